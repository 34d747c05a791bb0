"""Sentences from figures: the first draft of each section of a report."""

from services.narrative.draft import (
    OFFERED_ONLY,
    GroupCount,
    NarrativeFacts,
    coverage_of,
    draft_section,
    is_drafted,
)

__all__ = ["OFFERED_ONLY", "GroupCount", "NarrativeFacts", "coverage_of", "draft_section", "is_drafted"]
