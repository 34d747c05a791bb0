"""Sentences whose numbers follow the figures until the report is issued (models/sentence.py says how they are kept)."""

from collections.abc import Mapping
from dataclasses import replace

from services.narrative.draft import SECTIONS, draft_section
from services.narrative.speech import NarrativeFacts, number_words


def live_draft(section_code: str, facts: NarrativeFacts) -> str:
    """The sentences from figures for one section, with {{names}} in place of what follows the figures."""
    return draft_section(section_code, replace(facts, spoken={}))


def live_numbers(facts: NarrativeFacts) -> Mapping[str, str]:
    """What each name says now: figures by code (empty when they have no number to be told), and parts of sentences."""
    spoken: dict[str, str] = {}
    telling = replace(facts, spoken=spoken)
    for code in {*SECTIONS, *facts.own_sections}:
        draft_section(code, telling)
    return spoken | {code: number_words(code, facts) or "" for code in facts.names}
