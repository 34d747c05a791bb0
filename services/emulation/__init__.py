"""Emulation: changing the rules of a year, publishing and freezing its points."""

from services.emulation.rule import add_rules, adopt_default_rules, change_rules, problems_of
from services.emulation.year import EmulationError, publish_year, reckon, stored_digest

__all__ = ["EmulationError", "add_rules", "adopt_default_rules", "change_rules", "problems_of", "publish_year",
           "reckon", "stored_digest"]
