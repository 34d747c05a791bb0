"""Indicators of a programme: what is reported, how it adds up, where a unit's figure comes from."""

from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.translation import N_
from models.base import Model, enum_column
from models.figure import Aggregate, IndicatorRule
from models.programme import OfProgramme


class ValueKind(StrEnum):
    """What kind of value an indicator holds."""

    INTEGER = "integer"
    YES_NO = "yes_no"
    PERCENT = "percent"
    MEAN = "mean"
    AMOUNT = "amount"
    """Whole đồng."""

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Số nguyên'."""
        return {
            "integer": N_("Số nguyên"), "yes_no": N_("Có hoặc không"), "percent": N_("Tỷ lệ phần trăm"),
            "mean": N_("Điểm trung bình"), "amount": N_("Số tiền (đồng)"),
        }[self.value]


class SourceKind(StrEnum):
    """Where a unit's figure comes from."""

    ACTIVITY_QUANTITY = "activity_quantity"
    """The sum of quantities of its activities."""
    ACTIVITY_COUNT = "activity_count"
    """The number of its activities."""
    ACTIVITY_REACH = "activity_reach"
    """The reach (turns) of its activities, by audience where audiences are named."""
    ACTIVITY_COST = "activity_cost"
    PLAN_BUDGET = "plan_budget"
    PLAN_EXISTS = "plan_exists"
    """Yes when the unit's plan of the year was submitted."""
    SURVEY_SHEETS = "survey_sheets"
    SURVEY_SHARE = "survey_share"
    """Share of answers at levels 4 and 5 to the headline question."""
    SURVEY_MEAN = "survey_mean"
    SURVEY_PASS = "survey_pass"  # noqa: S105 - no password: the share that passed
    """Share of sheets of knowledge that passed."""
    FORMULA = "formula"
    TYPED = "typed"

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Đếm từ hoạt động'."""
        if self.value.startswith("activity"):
            return N_("Đếm từ hoạt động đã ghi")
        if self.value.startswith("survey"):
            return N_("Tính từ phiếu khảo sát")
        if self.value.startswith("plan"):
            return N_("Lấy từ kế hoạch của đơn vị")
        return N_("Tính theo công thức") if self is SourceKind.FORMULA else N_("Đơn vị nhập")


class Indicator(OfProgramme, Model):
    """One indicator (chỉ tiêu)."""

    __tablename__ = "indicator"
    __table_args__ = (UniqueConstraint("programme_id", "code"),)

    name: Mapped[str]
    unit: Mapped[str]
    """As "tin, bài"."""
    value_kind: Mapped[ValueKind] = enum_column(ValueKind, "value_kind")
    aggregate: Mapped[Aggregate] = enum_column(Aggregate, "aggregate")
    operand_codes: Mapped[list[str]] = mapped_column(default=list)
    """(numerator, denominator) of a ratio, addends of a sum of others, the weight of a weighted figure."""
    is_core: Mapped[bool] = mapped_column(default=False)
    source: Mapped[SourceKind] = enum_column(SourceKind, "source")
    filters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Which activities count: {"media": […codes], "audiences": […], "funding": […], "integrated": true|false,
    "questionnaire": code}; a missing key does not filter."""
    requirement_id: Mapped[int | None] = mapped_column(ForeignKey("requirement.id"), index=True)
    """The ad hoc report that it was made for; None for an indicator of the programme."""

    @property
    def group(self) -> str:
        """The letter of its group, as "B"."""
        return self.code[0]

    @property
    def rule(self) -> IndicatorRule:
        """What arithmetic needs to know of it."""
        return IndicatorRule(self.code, self.aggregate, tuple(self.operand_codes))


class OutlineKind(StrEnum):
    """Which document an outline is for."""

    PLAN = "plan"
    REPORT = "report"
    CONSOLIDATION = "consolidation"

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Báo cáo của đơn vị'."""
        return {
            "plan": N_("Kế hoạch của đơn vị"), "report": N_("Báo cáo của đơn vị"),
            "consolidation": N_("Báo cáo tổng hợp"),
        }[self.value]


class OutlineSection(OfProgramme, Model):
    """One heading of the outline of a plan, a unit's report or a consolidated report (domain facts, section 2)."""

    __tablename__ = "outline_section"
    __table_args__ = (UniqueConstraint("programme_id", "kind", "code"),)

    kind: Mapped[OutlineKind] = enum_column(OutlineKind, "kind")
    level: Mapped[int]
    """1 is "I.", 2 is "1.", 3 is "a)"."""
    mark: Mapped[str]
    heading: Mapped[str]
    """May hold {year} and {next_period}."""
    hint: Mapped[str] = mapped_column(default="")
    indicator_codes: Mapped[list[str]] = mapped_column(default=list)
    """Indicators asked for, and told of, under this heading."""
    has_text: Mapped[bool] = mapped_column(default=True)
    """False for a heading that only groups others."""
    requirement_id: Mapped[int | None] = mapped_column(ForeignKey("requirement.id"), index=True)
    """The ad hoc report that it was made for; None for an outline of the programme."""


__all__ = ["Indicator", "OutlineKind", "OutlineSection", "SourceKind", "ValueKind"]
