"""Commendations on the web: list, page, form, moderation, the text for publication."""

from views.commendation import deed, page, text, writing  # noqa: F401  # they add their addresses
from views.commendation.blueprint import blueprint

__all__ = ["blueprint"]
