"""Inspections and their findings: lists, pages, evidence to tick, counts for other matters."""

from queries.inspection.count import FindingCounts, count_concerning, count_findings, total_of

__all__ = ["FindingCounts", "count_concerning", "count_findings", "total_of"]
