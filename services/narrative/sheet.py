"""Saving what was done at the desk: the section's text, and what is known of its sentences. Nothing here commits."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Table, delete, select
from sqlalchemy.orm import Session

from core.bulk import put_rows
from models.event import Event, Subject
from models.indicator import OutlineSection
from models.narrative import NarrativeMark, NarrativeSentence, NarrativeSource
from models.permission import Viewer
from models.sentence import join_text, split_text
from models.sentence_list import Line, Ref, text_of
from models.submission import Submission
from queries.narrative import Sheet
from services.report import save_section


def save_lines(session: Session, submission: Submission, section_id: int, before: Sheet, lines: Sequence[Line],
               viewer: Viewer | None, now: datetime) -> bool:
    """Make ``lines`` the section's text, with what is known of them; False when nothing has changed.

    ``before`` was read in this transaction. What leaves the text is marked as taken out, never deleted. Raises
    SubmissionError when the report is locked.
    """
    is_changed = save_section(session, submission, section_id, text_of(lines), viewer, now)
    rows = {row.id: row for row in session.scalars(select(NarrativeSentence).where(
        NarrativeSentence.submission_id == submission.id, NarrativeSentence.section_id == section_id))}
    known = {one.line.id: one.line.refs for one in (*before.sentences, *before.removed) if one.line.id is not None}
    kept = set()
    for place, line in enumerate(lines):
        row = rows.get(line.id) if line.id is not None and line.id not in kept else None
        if row is None:
            row = NarrativeSentence(submission_id=submission.id, section_id=section_id, text=line.text, revision=1)
            _stamp(row, viewer, now)
            session.add(row)
        elif row.text != line.text:
            row.was, row.text, row.revision = row.text, line.text, row.revision + 1
            _stamp(row, viewer, now)
        row.position, row.opens, row.kind, row.removed_at = place, line.opens, line.kind, None
        session.flush()
        kept.add(row.id)
        is_changed = _add_sources(session, row.id, line.refs, known.get(line.id or 0, ())) or is_changed
    for id_, row in rows.items():
        if id_ not in kept and row.removed_at is None:
            row.removed_at = now
    session.flush()
    return is_changed


def _stamp(row: NarrativeSentence, viewer: Viewer | None, now: datetime) -> None:
    """Say who changed a sentence and when."""
    row.changed_at, row.changed_by_id = now, viewer.account_id if viewer else None


def _add_sources(session: Session, sentence_id: int, refs: Iterable[Ref], known: Iterable[Ref]) -> bool:
    """Add the sources that a sentence does not have yet; whether there were any."""
    fresh = [ref for ref in refs if ref not in set(known)]
    session.add_all(NarrativeSource(sentence_id=sentence_id, version_id=ref.version_id, section_code=ref.section_code,
                                    excerpt=ref.excerpt) for ref in fresh)
    return bool(fresh)


def mark_read(session: Session, submission: Submission, section_id: int, version_ids: Iterable[int],
              viewer: Viewer | None, now: datetime) -> None:
    """Say that what these versions hold under a heading was read."""
    session.flush()
    put_rows(session, cast(Table, NarrativeMark.__table__), [
        {"submission_id": submission.id, "section_id": section_id, "version_id": version_id, "marked_at": now,
         "marked_by_id": viewer.account_id if viewer else None} for version_id in dict.fromkeys(version_ids)],
        ["submission_id", "section_id", "version_id"])


def mark_unread(session: Session, submission: Submission, section_id: int, version_ids: Iterable[int]) -> None:
    """Take marks back."""
    session.execute(delete(NarrativeMark).where(
        NarrativeMark.submission_id == submission.id, NarrativeMark.section_id == section_id,
        NarrativeMark.version_id.in_(list(version_ids))))


def text_before(session: Session, submission_id: int, section_id: int, text: str) -> str | None:
    """What the section said before its last change; None when that change is not known, or is not what stands there."""
    code = session.get_one(OutlineSection, section_id).code
    detail = session.scalar(
        select(Event.detail).where(
            Event.subject_kind == Subject.SUBMISSION, Event.subject_id == submission_id, Event.action == "write",
            Event.detail["part"].as_string() == f"section:{code}").order_by(Event.id.desc()).limit(1))
    if not detail or "text" not in detail:
        return None
    before, after = detail["text"]
    return str(before) if join_text(split_text(after)) == join_text(split_text(text)) else None
