"""The steps of plans and reports, their versions, and the panel that says how they stand."""

from views.submission import step, version
from views.submission.blueprint import blueprint
from views.submission.panel import Panel, build_panel

__all__ = ["Panel", "blueprint", "build_panel", "step", "version"]
