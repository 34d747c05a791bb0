"""Questionnaires: their versions, and the scale questions of one."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models.questionnaire import SATISFACTION, Questionnaire, QuestionnaireStatus


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


__all__ = ["QuestionLine", "QuestionnaireLine", "get_questionnaire", "latest_questionnaire"]
