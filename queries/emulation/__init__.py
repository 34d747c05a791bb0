"""Emulation: rules, what is measured of units, points and ranks as they stand and as they were frozen."""

from queries.emulation.document import EmulationDocument, document_of
from queries.emulation.frozen import VersionLine, find_version, list_versions, load_year
from queries.emulation.ground import Ground, Judged, counted_on, read_ground
from queries.emulation.rule import RULES, list_rules
from queries.emulation.standing import Group, Shift, Standing, Year, dump_standing, shifts, stand

__all__ = [
    "RULES", "EmulationDocument", "Ground", "Group", "Judged", "Shift", "Standing", "VersionLine", "Year",
    "counted_on", "document_of", "dump_standing", "find_version", "list_rules", "list_versions", "load_year",
    "read_ground", "shifts", "stand",
]
