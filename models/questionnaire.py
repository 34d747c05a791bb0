"""Questionnaires: versions of what is asked, and their scale questions as rows."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.translation import N_
from models.base import Identified, Model, code_column, enum_column

SATISFACTION, AWARENESS = "HL-TTHC", "NT-CBVC"
"""Codes of the two that come with the product: people's satisfaction, and what staff know."""


class QuestionnaireStatus(StrEnum):
    """Whether a version may still change."""

    DRAFT = "draft"
    PUBLISHED = "published"
    """Fixed for ever: answers keep their version."""

    @property
    def label(self) -> str:
        """The Vietnamese word."""
        return N_("Đang soạn") if self is QuestionnaireStatus.DRAFT else N_("Đã ban hành")


class Questionnaire(Identified, Model):
    """One version of a questionnaire. A published one never changes; a change makes a new version."""

    __tablename__ = "questionnaire"
    __table_args__ = (UniqueConstraint("code", "version"),)

    code: Mapped[str] = code_column()
    version: Mapped[int] = mapped_column(default=1)
    status: Mapped[QuestionnaireStatus] = enum_column(
        QuestionnaireStatus, "status", default=QuestionnaireStatus.PUBLISHED)
    body: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """All that is asked, as ``models.question.Body.dump`` writes it."""
    revision: Mapped[int] = mapped_column(default=1)
    """Counts the changes of a draft, so that two people at once do not overwrite each other."""
    published_at: Mapped[datetime | None]
    title: Mapped[str]
    """From the body, for lists."""
    intro: Mapped[str] = mapped_column(default="")
    headline_code: Mapped[str] = code_column()
    """The question whose answers make the headline figure, as "Q17"; empty in one without."""
    level_labels: Mapped[list[str]] = mapped_column(default=list)
    """Five words of its first scale, most dissatisfied first."""
    questions: Mapped[list["SurveyQuestion"]] = relationship(lazy="raise", order_by="SurveyQuestion.position")


class SurveyQuestion(Identified, Model):
    """A question, or a row of a grid, answered on the five-level scale; written when its version is published."""

    __tablename__ = "survey_question"
    __table_args__ = (UniqueConstraint("questionnaire_id", "code"),)

    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    code: Mapped[str] = code_column()
    position: Mapped[int]
    factor_code: Mapped[str] = code_column()
    factor_name: Mapped[str]
    text: Mapped[str]
    allows_not_applicable: Mapped[bool] = mapped_column(default=False)


__all__ = ["AWARENESS", "SATISFACTION", "Questionnaire", "QuestionnaireStatus", "SurveyQuestion"]
