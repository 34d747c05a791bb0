"""Satisfaction feedback on the web: tallies of paper sheets, and what they come to."""

from views.tally.routes import blueprint

__all__ = ["blueprint"]
