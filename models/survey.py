"""Survey rounds, their places, and tallies of paper sheets counted by hand."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.translation import N_
from models.base import Identified, Model, code_column, enum_column

LEVELS = (1, 2, 3, 4, 5)
SATISFIED_LEVELS = (4, 5)
PLACE_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""The signs of a public address: none is mistaken for another on paper."""


class SurveyChannel(StrEnum):
    """How answers came in; channels are always counted apart."""

    LINK = "link"
    QR = "qr"
    STAFF = "staff"
    """By a code that is good for one answer."""
    PAPER = "paper"
    """Typed in from paper, sheet by sheet."""
    UPLOAD = "upload"
    TALLY = "tally"
    """Paper counted by hand and brought in as sums."""

    @property
    def label(self) -> str:
        """The Vietnamese word, as "Phiếu giấy"."""
        return _CHANNEL_LABELS[self]


_CHANNEL_LABELS = {
    SurveyChannel.LINK: N_("Đường liên kết"), SurveyChannel.QR: N_("Mã QR"),
    SurveyChannel.STAFF: N_("Mã dùng một lần"), SurveyChannel.PAPER: N_("Phiếu giấy"),
    SurveyChannel.UPLOAD: N_("Tệp bảng tính"), SurveyChannel.TALLY: N_("Phiếu giấy đếm sẵn"),
}


class SurveyAudience(StrEnum):
    """Who is asked; a round asks one audience."""

    PEOPLE = "people"
    """Parents, learners, citizens: everyone may answer through link, QR or paper."""
    STAFF = "staff"
    """Officials and staff, once each, by code."""

    @property
    def label(self) -> str:
        """The Vietnamese word."""
        return N_("Người dân, cha mẹ, người học") if self is SurveyAudience.PEOPLE else N_(
            "Cán bộ, công chức, viên chức, người lao động")


class SurveyRound(Identified, Model):
    """A questionnaire put to the people of several units between two days."""

    __tablename__ = "survey_round"
    __table_args__ = (CheckConstraint("closes_on >= opens_on", name="window"),)

    code: Mapped[str] = code_column(unique=True)
    """As "2023-HL-1"."""
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    title: Mapped[str]
    audience: Mapped[SurveyAudience] = enum_column(SurveyAudience, "audience")
    host: Mapped[str]
    """Đơn vị chủ trì, named in the consent text."""
    contact: Mapped[str] = mapped_column(default="")
    """Đầu mối, named in the consent text."""
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    """Both days count, by the day in Asia/Ho_Chi_Minh."""
    closed_at: Mapped[datetime | None]
    """Closed by hand before its last day."""
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    form_token: Mapped[str | None] = mapped_column(String(64), unique=True)
    """The form that made it; a second press leads here. Null for what a command made."""
    revision: Mapped[int] = mapped_column(default=1)

    def is_open(self, on: date) -> bool:
        """Whether answers are taken on a day."""
        return self.closed_at is None and self.opens_on <= on <= self.closes_on


class SurveyPlace(Identified, Model):
    """A unit in a round: where its people answer."""

    __tablename__ = "survey_place"
    __table_args__ = (
        UniqueConstraint("round_id", "unit_id"),
        CheckConstraint("population is null or population > 0", name="population"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("survey_round.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    code: Mapped[str] = code_column(16, unique=True)
    """The public address /s/<code>; eight signs that are not mistaken for each other."""
    population: Mapped[int | None]
    """N, the people who could answer; null where nobody knows. The sample to reach follows from it."""
    withdrawn_at: Mapped[datetime | None]
    """Taken out of the round; its address says so, its sheets stay."""


class SurveyTally(Identified, Model):
    """A bundle of paper sheets of one unit, counted by hand: the channel ``TALLY``."""

    __tablename__ = "survey_tally"
    __table_args__ = (
        CheckConstraint("collected_to >= collected_from", name="span"),
        CheckConstraint("sheet_count > 0", name="sheet_count"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("survey_round.id"), index=True)
    """The round it belongs to; null where sheets were counted outside any."""
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
