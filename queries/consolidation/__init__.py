"""Consolidated reports: what they are made of, the document, its frozen versions and the page about them."""

from queries.consolidation.document import (
    DOCUMENT,
    build_document,
    consolidated_document,
    coverage_of,
    find_version,
    frozen_document,
    latest_version,
    missing_of,
)
from queries.consolidation.frozen import dump_document, load_document
from queries.consolidation.ground import Ground, NoConsolidationError, read_ground
from queries.consolidation.material import Material, read_material

__all__ = [
    "DOCUMENT", "Ground", "Material", "NoConsolidationError", "build_document", "consolidated_document", "coverage_of",
    "dump_document", "find_version", "frozen_document", "latest_version", "load_document", "missing_of", "read_ground",
    "read_material",
]
