"""Emulation (thi đua): the rules of a year as rows of its programme, and the years that were frozen by them.

Plan, IV.3: units tie the work of making reform known to emulation and commendation.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.translation import N_
from models.base import Identified, Model, code_column, enum_column
from models.programme import OfProgramme

LABEL_MAX_LENGTH = 200
REASON_MAX_LENGTH = 1000
MOST_POINTS = 100
"""What the main rules of a unit add up to, and the most that one rule may give."""


class Side(StrEnum):
    """On which side of the sum a rule stands."""

    MAIN = "main"
    """Counts towards the hundred: its points above the line, its cap below."""
    BONUS = "bonus"
    DEDUCTION = "deduction"

    @property
    def label(self) -> str:
        """The Vietnamese word, as 'Điểm cộng'."""
        return {"main": N_("Điểm chính"), "bonus": N_("Điểm cộng"), "deduction": N_("Điểm trừ")}[self.value]


class RuleMethod(StrEnum):
    """How a measure becomes points."""

    PROPORTIONAL = "proportional"
    BANDS = "bands"
    EACH = "each"

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Theo tỷ lệ'."""
        return {"proportional": N_("Theo tỷ lệ, tới điểm tối đa"), "bands": N_("Theo các mức"),
                "each": N_("Tính từng lần, tới điểm tối đa")}[self.value]


class RuleKind(StrEnum):
    """What a rule looks at."""

    PLAN_TIMELY = "plan_timely"
    REPORT_TIMELY = "report_timely"
    PLAN_DONE = "plan_done"
    COVERAGE_CHANNELS = "coverage_channels"
    """Pairs of theme and channel with at least one activity, of all pairs of the programme."""
    COVERAGE_AUDIENCES = "coverage_audiences"
    SATISFACTION = "satisfaction"
    MODELS = "models"
    FINDINGS = "findings"

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Nộp báo cáo đúng hạn'."""
        return _KIND_LABELS[self]

    @property
    def side(self) -> Side:
        """Whether it counts towards the hundred, is added or taken off."""
        return {RuleKind.MODELS: Side.BONUS, RuleKind.FINDINGS: Side.DEDUCTION}.get(self, Side.MAIN)

    @property
    def is_timeliness(self) -> bool:
        """Whether it measures days late: whole numbers, 0 is on time."""
        return self in (RuleKind.PLAN_TIMELY, RuleKind.REPORT_TIMELY)

    @property
    def methods(self) -> tuple[RuleMethod, ...]:
        """By which methods its measure can become points."""
        if self.side is not Side.MAIN:
            return (RuleMethod.EACH,)
        if self.is_timeliness:
            return (RuleMethod.BANDS,)
        return (RuleMethod.PROPORTIONAL, RuleMethod.BANDS)


_KIND_LABELS = {
    RuleKind.PLAN_TIMELY: N_("Nộp kế hoạch đúng hạn"),
    RuleKind.REPORT_TIMELY: N_("Nộp báo cáo đúng hạn"),
    RuleKind.PLAN_DONE: N_("Thực hiện việc trong kế hoạch"),
    RuleKind.COVERAGE_CHANNELS: N_("Độ phủ nội dung và hình thức"),
    RuleKind.COVERAGE_AUDIENCES: N_("Độ phủ nội dung và đối tượng"),
    RuleKind.SATISFACTION: N_("Mức độ hài lòng"),
    RuleKind.MODELS: N_("Mô hình, sáng kiến được chọn"),
    RuleKind.FINDINGS: N_("Tồn tại qua kiểm tra"),
}


class EmulationRule(OfProgramme, Model):
    """One rule of a year. Numbers with a comma are kept as people write them and read by ``rule_of``, exactly."""

    __tablename__ = "emulation_rule"
    __table_args__ = (
        UniqueConstraint("programme_id", "code"),
        CheckConstraint(f"points between 0 and {MOST_POINTS}", name="points"),
        CheckConstraint("full_at between 0 and 100", name="full_at"),
        CheckConstraint("tie_order >= 0", name="tie_order"),
    )

    label: Mapped[str]
    kind: Mapped[RuleKind] = enum_column(RuleKind, "kind")
    points: Mapped[int] = mapped_column(default=0)
    """The cap: the most it gives or takes."""
    method: Mapped[RuleMethod] = enum_column(RuleMethod, "method")
    full_at: Mapped[int] = mapped_column(default=100)
    """By the proportional method: from which percentage on the cap is given."""
    bands: Mapped[list[str]] = mapped_column(default=list)
    """By bands: lines as "0: 10", "1–3: 7", "4–: 0" (days late) or "0–50: 0", "50–100: 20" (per cent)."""
    each: Mapped[str] = mapped_column(default="")
    """Points for each good model, or off for each open finding, as "0,5"."""
    each_overdue: Mapped[str] = mapped_column(default="")
    """Points off for each finding whose day to mend it has passed."""
    tie_order: Mapped[int] = mapped_column(default=0)
    """Which rule decides first between equal totals: 1, 2, …; 0 decides nothing."""
    reporter_kinds: Mapped[list[str]] = mapped_column(default=list)
    """Kinds of unit it applies to; empty is every kind."""


class EmulationYear(Identified, Model):
    """One version of a year's points, frozen whole. Never changed, never deleted: a correction is a new version."""

    __tablename__ = "emulation_year"
    __table_args__ = (
        UniqueConstraint("programme_id", "version"),
        CheckConstraint("version > 0", name="version"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    version: Mapped[int]
    counted_on: Mapped[date]
    """The last day whose data is in."""
    reason: Mapped[str]
    """On what ground it was published or corrected."""
    content: Mapped[dict[str, Any]]
    """Rules, groups and the head of the paper, as they were."""
    sha256: Mapped[str] = code_column(64)
    """Over the content and all its scores, so that a change would show."""
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    submit_key: Mapped[str] = code_column(64, unique=True)
    """Sent with the button; the same key twice makes one version."""


class EmulationScore(Identified, Model):
    """One unit in a frozen version."""

    __tablename__ = "emulation_score"
    __table_args__ = (
        UniqueConstraint("year_id", "unit_id"),
        Index("ix_emulation_score_unit_id", "unit_id"),
        CheckConstraint("(first_rank is null) = (last_rank is null)", name="rank"),
        CheckConstraint("first_rank is null or (first_rank > 0 and last_rank >= first_rank)", name="rank_span"),
    )

    year_id: Mapped[int] = mapped_column(ForeignKey("emulation_year.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    position: Mapped[int]
    """Its place in the paper: by group, rank, name."""
    group_code: Mapped[str] = code_column()
    first_rank: Mapped[int | None]
    """Of those that share a rank, the first; None for a unit to which no main rule applied."""
    last_rank: Mapped[int | None]
    content: Mapped[dict[str, Any]]
    """Its name, points and explanations, as they were."""


__all__ = ["LABEL_MAX_LENGTH", "MOST_POINTS", "REASON_MAX_LENGTH", "EmulationRule", "EmulationScore", "EmulationYear",
           "RuleKind", "RuleMethod", "Side"]
