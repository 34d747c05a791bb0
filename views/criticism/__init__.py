"""Criticisms on the web, for the Office and the leadership alone."""

from views.criticism import page, writing  # noqa: F401  # they add their addresses
from views.criticism.blueprint import blueprint

__all__ = ["blueprint"]
