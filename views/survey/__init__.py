"""Survey rounds on the web: the list, a round, a unit's place in it, and what looks odd."""

from views.survey import deeds, listing, place, suspects, texts, units, writing
from views.survey.blueprint import blueprint

__all__ = ["blueprint", "deeds", "listing", "place", "suspects", "texts", "units", "writing"]
