"""Bringing paper in: sheet by sheet in the grid, or as a file."""

from views.paper import grid, template, upload
from views.paper.blueprint import blueprint

__all__ = ["blueprint", "grid", "template", "upload"]
