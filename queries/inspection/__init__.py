"""Inspections and their findings: lists, pages, evidence to tick, counts for other matters."""

from queries.inspection.count import (
    FindingCounts,
    concerning,
    count_concerning,
    count_findings,
    of_units,
    total_of,
)
from queries.inspection.detail import (
    InspectionCard,
    MarkLine,
    VisitCard,
    VisitLine,
    get_inspection,
    get_visit,
)
from queries.inspection.evidence import EvidenceCount, EvidenceRow, count_evidence, list_evidence
from queries.inspection.finding import (
    PAGE_SIZE,
    FindingLine,
    FindingPage,
    StepLine,
    counts_of,
    find_finding,
    last_answers,
    list_lines,
    list_steps,
    page_findings,
)
from queries.inspection.listing import InspectionLine, InspectionPage, list_inspections, page_inspections
from queries.inspection.right import count_to_judge, writes

__all__ = [
    "PAGE_SIZE", "EvidenceCount", "EvidenceRow", "FindingCounts", "FindingLine", "FindingPage", "InspectionCard",
    "InspectionLine", "InspectionPage", "MarkLine", "StepLine", "VisitCard", "VisitLine", "concerning",
    "count_concerning", "count_evidence", "count_findings", "count_to_judge", "counts_of", "find_finding",
    "get_inspection", "get_visit", "last_answers", "list_evidence", "list_inspections", "list_lines",
    "list_steps", "of_units", "page_findings", "page_inspections", "total_of", "writes",
]
