"""What was typed into a report's pages and not yet saved in its place."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.draft import Draft, DraftField


def draft_key(obligation_id: int, section_code: str) -> str:
    """The key of a section's draft, as "report:33:II.2.a"."""
    return f"report:{obligation_id}:{section_code}"


def pending_sections(session: Session, obligation_id: int) -> dict[str, int]:
    """How many fields lie unsaved, by code of the section. One query."""
    start = draft_key(obligation_id, "")
    rows = session.execute(
        select(Draft.key, func.count())
        .join(DraftField, (DraftField.draft_id == Draft.id) & (DraftField.revision > Draft.applied_revision))
        .where(Draft.key.startswith(start, autoescape=True)).group_by(Draft.key))
    return {key.removeprefix(start): count for key, count in rows}
