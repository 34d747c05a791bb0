"""Reading reports: outline, texts, other periods, and the state behind their pages."""

from queries.report.outline import (
    SavedText,
    SectionLine,
    list_sections,
    next_period,
    period_name,
    section_of,
    section_texts,
)
from queries.report.period import frozen_of_period
from queries.report.state import Progress, ReportState, consolidates, load_state, outline_kind

__all__ = [
    "Progress", "ReportState", "SavedText", "SectionLine", "consolidates", "frozen_of_period", "list_sections",
    "load_state", "next_period", "outline_kind", "period_name", "section_of", "section_texts",
]
