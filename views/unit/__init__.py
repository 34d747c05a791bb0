"""Units: the list, one unit with its history and head, and many from a file."""

from views.unit import load, pages
from views.unit.blueprint import blueprint

__all__ = ["blueprint", "load", "pages"]
