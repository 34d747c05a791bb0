"""Sentences from figures: the first draft of each section of a report, and the desk at which a report is written.

The desk (``services.narrative.sheet`` and its neighbours) stands on ``services.report`` and is imported from there.
"""

from services.narrative.draft import OFFERED_ONLY, draft_section, is_drafted
from services.narrative.live import live_draft, live_numbers
from services.narrative.speech import GroupCount, NarrativeFacts, coverage_of

__all__ = ["OFFERED_ONLY", "GroupCount", "NarrativeFacts", "coverage_of", "draft_section", "is_drafted", "live_draft",
           "live_numbers"]
