"""Drafts of questionnaires: begun, saved without overwriting one another, published, given up.

A published version never changes: everything here refuses one that is no draft.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from models.event import Subject
from models.permission import Viewer
from models.question import Body
from models.questionnaire import Questionnaire, QuestionnaireStatus
from models.questionnaire_check import Problem, check
from services.questionnaire import fill, next_version, scale_questions
from services.trail import record


class StaleDraftError(ValueError):
    """Somebody saved the draft in between, published it or gave it up; nothing was written."""


class DraftExistsError(ValueError):
    """The questionnaire has a draft already; ``draft_id`` is where to go on."""

    def __init__(self, draft_id: int) -> None:
        """Hold the draft that is there."""
        super().__init__(str(draft_id))
        self.draft_id = draft_id


class UnsoundQuestionnaireError(ValueError):
    """A draft cannot be published; ``problems`` say why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Hold the problems."""
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = tuple(problems)


def new_draft(session: Session, code: str, body: Body, *, viewer: Viewer | None, now: datetime,
              source: str = "") -> Questionnaire:
    """Begin the next version of ``code`` with a body, from a version or a file named by ``source``.

    Raises DraftExistsError. Does not commit.
    """
    present = session.scalar(select(Questionnaire.id).where(
        Questionnaire.code == code, Questionnaire.status == QuestionnaireStatus.DRAFT).limit(1))
    if present is not None:
        raise DraftExistsError(present)
    made = Questionnaire(code=code, version=next_version(session, code), status=QuestionnaireStatus.DRAFT)
    fill(made, body)
    session.add(made)
    session.flush()
    _record(session, made, "create", viewer, now, {"source": source} if source else {})
    return made


def save_draft(session: Session, draft_id: int, body: Body, revision: int, *, viewer: Viewer | None, now: datetime,
               action: str = "change", detail: dict[str, Any] | None = None) -> int:
    """Write a body into a draft that is still at ``revision``; the result is the trail event's id.

    Raises StaleDraftError. Does not commit.
    """
    draft = _take(session, draft_id, revision)
    fill(draft, body)
    event_id = _record(session, draft, action, viewer, now, detail or {})
    session.flush()
    return event_id


def publish(session: Session, draft_id: int, revision: int, *, viewer: Viewer | None, now: datetime) -> Questionnaire:
    """Fix a sound draft for ever and write its scale questions as rows.

    Raises UnsoundQuestionnaireError or StaleDraftError. Does not commit.
    """
    draft = _take(session, draft_id, revision)
    body = Body.load(draft.body)
    problems = check(body)
    if problems:
        raise UnsoundQuestionnaireError(problems)
    latest = next_version(session, draft.code) - 1
    if latest > draft.version:  # a version came in from a file meanwhile
        draft.version = latest + 1
    for row in scale_questions(body):
        row.questionnaire_id = draft.id
        session.add(row)
    draft.status, draft.published_at = QuestionnaireStatus.PUBLISHED, now
    _record(session, draft, "publish", viewer, now, {"version": draft.version})
    session.flush()
    return draft


def discard(session: Session, draft_id: int, revision: int, *, viewer: Viewer | None, now: datetime) -> int:
    """Give a draft up; the result is the event that holds its text, so that it can be begun again.

    Raises StaleDraftError. Does not commit.
    """
    draft = _take(session, draft_id, revision)
    event_id = _record(session, draft, "discard", viewer, now, {"code": draft.code, "body": dict(draft.body)})
    session.expunge(draft)
    session.execute(delete(Questionnaire).where(Questionnaire.id == draft_id))
    return event_id


def _take(session: Session, draft_id: int, revision: int) -> Questionnaire:
    """The draft, moved on from ``revision`` in one statement, so that one of two people at once comes second."""
    moved = session.execute(
        update(Questionnaire).values(revision=revision + 1).returning(Questionnaire.id)
        .where(Questionnaire.id == draft_id, Questionnaire.revision == revision,
               Questionnaire.status == QuestionnaireStatus.DRAFT),
        execution_options={"synchronize_session": False}).scalar()
    if moved is None:
        raise StaleDraftError(str(draft_id))
    return session.get_one(Questionnaire, draft_id, populate_existing=True)


def _record(session: Session, draft: Questionnaire, action: str, viewer: Viewer | None, now: datetime,
            detail: dict[str, Any]) -> int:
    """Leave a line in the trail; the result is its id."""
    event = record(session, at=now, viewer=viewer, subject=Subject.QUESTIONNAIRE, subject_id=draft.id, action=action,
                   unit_id=viewer.acts_for_id if viewer else None, detail=detail)
    session.flush()
    return event.id


__all__ = ["DraftExistsError", "StaleDraftError", "UnsoundQuestionnaireError", "discard", "new_draft", "publish",
           "save_draft"]
