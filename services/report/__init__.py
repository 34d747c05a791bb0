"""Writing a unit's report: figures, texts, and its frozen form. Nothing here commits."""

from services.report.facts import facts_of, group_counts, subject_of, written_text
from services.report.freezing import find_problems, find_warnings, freeze_report, preview_report
from services.report.saving import figure_text, save_figures, save_section

__all__ = [
    "facts_of", "figure_text", "find_problems", "find_warnings", "freeze_report", "group_counts", "preview_report",
    "save_figures", "save_section", "subject_of", "written_text",
]
