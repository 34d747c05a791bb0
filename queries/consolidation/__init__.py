"""Consolidated reports: what they are made of, the document, its frozen versions and the page about them."""

from queries.consolidation.document import (
    build_document,
    consolidated_document,
    coverage_of,
    frozen_document,
    inspection_of,
    missing_of,
)
from queries.consolidation.frozen import dump_document, load_document, load_summary
from queries.consolidation.ground import Ground, NoConsolidationError, read_ground
from queries.consolidation.head import symbol_for
from queries.consolidation.lookup import (
    DOCUMENT,
    SUMMARY,
    find_own_line,
    find_report_requirement,
    find_version,
    latest_version,
    list_report_requirements,
)
from queries.consolidation.material import Material, read_material
from queries.consolidation.overview import get_overview, list_consolidations

__all__ = [
    "DOCUMENT",
    "SUMMARY",
    "Ground",
    "Material",
    "NoConsolidationError",
    "build_document",
    "consolidated_document",
    "coverage_of",
    "dump_document",
    "find_own_line",
    "find_report_requirement",
    "find_version",
    "frozen_document",
    "get_overview",
    "inspection_of",
    "latest_version",
    "list_consolidations",
    "list_report_requirements",
    "load_document",
    "load_summary",
    "missing_of",
    "read_ground",
    "read_material",
    "symbol_for",
]
