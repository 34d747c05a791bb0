"""Satisfaction feedback: questionnaires and tallies of paper sheets per question and level."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.translation import N_
from models.base import Identified, Model, code_column, enum_column

LEVELS = (1, 2, 3, 4, 5)
SATISFIED_LEVELS = (4, 5)


class SurveyChannel(StrEnum):
    """How sheets came in; channels are always counted apart."""

    PAPER = "paper"

    @property
    def label(self) -> str:
        """The Vietnamese word, as 'Phiếu giấy'."""
        return N_("Phiếu giấy")


class Questionnaire(Identified, Model):
    """A published questionnaire; a change makes a new version."""

    __tablename__ = "questionnaire"
    __table_args__ = (UniqueConstraint("code", "version"),)

    code: Mapped[str] = code_column()
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str]
    intro: Mapped[str] = mapped_column(default="")
    headline_code: Mapped[str] = code_column()
    """The question whose answers make the headline figure, as "Q17"."""
    level_labels: Mapped[list[str]] = mapped_column(default=list)
    """Five words, most dissatisfied first."""
    questions: Mapped[list["SurveyQuestion"]] = relationship(lazy="raise", order_by="SurveyQuestion.position")


class SurveyQuestion(Identified, Model):
    """A question answered on the five-level scale."""

    __tablename__ = "survey_question"
    __table_args__ = (UniqueConstraint("questionnaire_id", "code"),)

    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    code: Mapped[str] = code_column()
    position: Mapped[int]
    factor_code: Mapped[str] = code_column()
    factor_name: Mapped[str]
    text: Mapped[str]
    allows_not_applicable: Mapped[bool] = mapped_column(default=False)


class SurveyTally(Identified, Model):
    """A bundle of paper sheets of one unit, tallied."""

    __tablename__ = "survey_tally"
    __table_args__ = (
        CheckConstraint("collected_to >= collected_from", name="span"),
        CheckConstraint("sheet_count > 0", name="sheet_count"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    channel: Mapped[SurveyChannel] = enum_column(SurveyChannel, "channel", default=SurveyChannel.PAPER)
    collected_from: Mapped[date]
    collected_to: Mapped[date]
    """The tally counts in the period that holds its last day."""
    sheet_count: Mapped[int]
    """Valid sheets in the bundle."""
    note: Mapped[str] = mapped_column(default="")
    form_token: Mapped[str] = code_column(64, unique=True)
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    changed_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    answers: Mapped[list["SurveyAnswerCount"]] = relationship(lazy="raise", cascade="all, delete-orphan")


class SurveyAnswerCount(Model):
    """How many sheets of a tally chose each level for one question.

    Levels + not applicable + blank = the tally's sheet count (checked by the form and by ``is_balanced``).
    """

    __tablename__ = "survey_answer_count"
    __table_args__ = (
        CheckConstraint(
            "level_1 >= 0 and level_2 >= 0 and level_3 >= 0 and level_4 >= 0 and level_5 >= 0 "
            "and not_applicable >= 0 and blank >= 0", name="counts"),
    )

    tally_id: Mapped[int] = mapped_column(ForeignKey("survey_tally.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("survey_question.id"), primary_key=True)
    level_1: Mapped[int] = mapped_column(default=0)
    level_2: Mapped[int] = mapped_column(default=0)
    level_3: Mapped[int] = mapped_column(default=0)
    level_4: Mapped[int] = mapped_column(default=0)
    level_5: Mapped[int] = mapped_column(default=0)
    not_applicable: Mapped[int] = mapped_column(default=0)
    blank: Mapped[int] = mapped_column(default=0)

    @property
    def levels(self) -> tuple[int, int, int, int, int]:
        """Counts of levels 1..5."""
        return (self.level_1, self.level_2, self.level_3, self.level_4, self.level_5)

    @property
    def valid(self) -> int:
        """Answers that enter n: levels 1..5."""
        return sum(self.levels)

    def is_balanced(self, sheet_count: int) -> bool:
        """Whether every sheet is accounted for."""
        return self.valid + self.not_applicable + self.blank == sheet_count
