"""What the portal proposes for the texts of a plan: the passages of the Department's plan that fit (law 1).

A proposal is never part of a plan until the unit takes it over.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.dates import format_document_day
from models.programme import Channel, Passage, PassageKind, Theme
from models.requirement import Requirement
from queries.programme import rows_of
from queries.submission import SubmissionLine

PASSAGES = {
    "I.1": PassageKind.PURPOSE, "I.2": PassageKind.DEMAND, "II.1": PassageKind.AUDIENCE,
    "III": PassageKind.FUNDING,
}
"""Which passages fit under which heading of the outline."""
DUTIES = {"IV.1": "RB3B", "IV.2": "RB3C"}
"""Codes of the duties of reporting units, by heading."""


def get_proposals(session: Session, line: SubmissionLine) -> dict[str, str]:
    """Proposed texts by the section's code; headings without one are not in it. Four queries."""
    passages = rows_of(session, Passage, line.programme_id)
    found = {
        code: _paragraphs([passage.full_text for passage in passages if passage.kind is kind])
        for code, kind in PASSAGES.items()
    }
    found |= {
        section: passage.full_text
        for section, code in DUTIES.items() for passage in passages if passage.code == code
    }
    found["II.2"] = _paragraphs([theme.full_text for theme in rows_of(session, Theme, line.programme_id)])
    found["II.3"] = _paragraphs([channel.full_text for channel in rows_of(session, Channel, line.programme_id)])
    found["IV.5"] = _paragraphs(_reports(session, line))
    return {code: text for code, text in found.items() if text}


def _paragraphs(texts: Sequence[str]) -> str:
    """One paragraph as it is, several with a dash each."""
    return "\n".join(texts) if len(texts) == 1 else "\n".join(f"- {text}" for text in texts)


def _reports(session: Session, line: SubmissionLine) -> list[str]:
    """A sentence for each report that the programme asks for."""
    requirements = session.scalars(
        select(Requirement).where(Requirement.programme_id == line.programme_id)
        .order_by(Requirement.due_on, Requirement.id))
    return [
        f"{requirement.kind.label}: gửi {line.reviewer_name or 'cơ quan quản lý'} "
        f"{'chậm nhất' if requirement.counts_due_day else 'trước'} ngày {format_document_day(requirement.due_on)}."
        for requirement in requirements if requirement.kind.is_report
    ]
