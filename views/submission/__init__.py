"""The steps of plans and reports, their versions, and the panel that says how they stand."""

from views.submission.blueprint import blueprint
from views.submission.panel import Panel, build_panel
from views.submission.step import ask, sign, take_back
from views.submission.version import index, show_changes, show_version

__all__ = ["Panel", "ask", "blueprint", "build_panel", "index", "show_changes", "show_version", "sign", "take_back"]
