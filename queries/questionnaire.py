"""Questionnaires: their versions, and the scale questions of one."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from models.event import Event, Subject
from models.question import Body
from models.questionnaire import SATISFACTION, Questionnaire, QuestionnaireStatus
from models.survey import SurveyRound


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question on the five-level scale."""

    id: int
    code: str
    factor_code: str
    factor_name: str
    text: str
    allows_not_applicable: bool


@dataclass(frozen=True, slots=True)
class QuestionnaireLine:
    """One version of a questionnaire with its questions in order."""

    id: int
    code: str
    version: int
    title: str
    headline_code: str
    level_labels: tuple[str, ...]
    questions: tuple[QuestionLine, ...]


def latest_questionnaire(session: Session, code: str = SATISFACTION) -> QuestionnaireLine | None:
    """The newest published version of a questionnaire, of the satisfaction one without a code. Two queries."""
    statement = (
        select(Questionnaire).where(Questionnaire.status == QuestionnaireStatus.PUBLISHED, Questionnaire.code == code)
        .order_by(Questionnaire.version.desc()).limit(1))
    return _questionnaire(session.scalar(statement.options(selectinload(Questionnaire.questions))))


def get_questionnaire(session: Session, questionnaire_id: int) -> QuestionnaireLine | None:
    """One version of a questionnaire, or None. Two queries."""
    return _questionnaire(session.scalar(
        select(Questionnaire).where(Questionnaire.id == questionnaire_id)
        .options(selectinload(Questionnaire.questions))))


def _questionnaire(row: Questionnaire | None) -> QuestionnaireLine | None:
    """A questionnaire in plain values."""
    if row is None:
        return None
    questions = tuple(
        QuestionLine(question.id, question.code, question.factor_code, question.factor_name, question.text,
                     question.allows_not_applicable)
        for question in row.questions)
    return QuestionnaireLine(
        row.id, row.code, row.version, row.title, row.headline_code, tuple(row.level_labels), questions)


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the Office's list; ``round_count`` are the survey rounds that ask it."""

    id: int
    code: str
    version: int
    title: str
    status: QuestionnaireStatus
    published_at: datetime | None
    round_count: int


@dataclass(frozen=True, slots=True)
class RoundUse:
    """A survey round that asks a version."""

    code: str
    title: str
    opens_on: date
    closes_on: date


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One version with all that it asks."""

    id: int
    code: str
    version: int
    status: QuestionnaireStatus
    revision: int
    published_at: datetime | None
    body: Body
    rounds: tuple[RoundUse, ...]

    @property
    def is_draft(self) -> bool:
        """Whether it may still change."""
        return self.status is QuestionnaireStatus.DRAFT


def list_versions(session: Session) -> list[VersionLine]:
    """All versions, by code, the newest first. One query."""
    rounds = (select(func.count()).select_from(SurveyRound)
              .where(SurveyRound.questionnaire_id == Questionnaire.id).scalar_subquery())
    rows = session.execute(
        select(Questionnaire.id, Questionnaire.code, Questionnaire.version, Questionnaire.title, Questionnaire.status,
               Questionnaire.published_at, rounds)
        .order_by(Questionnaire.code, Questionnaire.version.desc()))
    return [VersionLine(*row) for row in rows]


def get_version(session: Session, questionnaire_id: int) -> VersionPage | None:
    """One version with its body and rounds, or None. Two queries."""
    row = session.get(Questionnaire, questionnaire_id)
    if row is None:
        return None
    rounds = session.execute(
        select(SurveyRound.code, SurveyRound.title, SurveyRound.opens_on, SurveyRound.closes_on)
        .where(SurveyRound.questionnaire_id == questionnaire_id).order_by(SurveyRound.opens_on.desc(), SurveyRound.id))
    return VersionPage(row.id, row.code, row.version, row.status, row.revision, row.published_at, Body.load(row.body),
                       tuple(RoundUse(*use) for use in rounds))


def find_draft_id(session: Session, code: str) -> int | None:
    """The draft of a questionnaire, or None."""
    return session.scalar(select(Questionnaire.id).where(
        Questionnaire.code == code, Questionnaire.status == QuestionnaireStatus.DRAFT).limit(1))


def find_removed(session: Session, questionnaire_id: int, event_id: int) -> dict[str, Any] | None:
    """What the trail keeps of a question or section that was taken out, or None."""
    return session.scalar(select(Event.detail).where(
        Event.id == event_id, Event.subject_kind == Subject.QUESTIONNAIRE, Event.subject_id == questionnaire_id,
        Event.action == "remove"))


def find_discarded(session: Session, event_id: int) -> dict[str, Any] | None:
    """Code and body of a draft that was given up, or None."""
    return session.scalar(select(Event.detail).where(
        Event.id == event_id, Event.subject_kind == Subject.QUESTIONNAIRE, Event.action == "discard"))


__all__ = ["QuestionLine", "QuestionnaireLine", "RoundUse", "VersionLine", "VersionPage", "find_discarded",
           "find_draft_id", "find_removed", "get_questionnaire", "get_version", "latest_questionnaire",
           "list_versions"]
