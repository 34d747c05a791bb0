"""Requirements of a programme and the obligations that opening one writes (product laws 2 and 3)."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.translation import N_
from models.base import Identified, Model, code_column, enum_column
from models.deadline import deadline_of


class RequirementKind(StrEnum):
    """What is asked for."""

    PLAN = "plan"
    HALF_YEAR = "half_year"
    ANNUAL = "annual"
    AD_HOC = "ad_hoc"

    @property
    def label(self) -> str:
        """The Vietnamese name, as 'Báo cáo 6 tháng đầu năm'."""
        return {
            "plan": N_("Kế hoạch năm"), "half_year": N_("Báo cáo 6 tháng đầu năm"),
            "annual": N_("Báo cáo năm"), "ad_hoc": N_("Báo cáo đột xuất"),
        }[self.value]

    @property
    def is_report(self) -> bool:
        """Whether it asks for figures and narrative rather than a plan."""
        return self is not RequirementKind.PLAN


class RequirementStatus(StrEnum):
    """Whether units owe it already."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The Vietnamese word, as 'Đang mở'."""
        return {"draft": N_("Chưa mở"), "open": N_("Đang mở"), "closed": N_("Đã đóng")}[self.value]


class Requirement(Identified, Model):
    """One thing asked of units: a plan, a half-year, annual or ad hoc report, with its four dates."""

    __tablename__ = "requirement"
    __table_args__ = (
        CheckConstraint("coverage_to >= coverage_from", name="coverage"),
        CheckConstraint("opens_on <= due_on", name="window"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    code: Mapped[str] = code_column(unique=True)
    """As "2023-half-year"."""
    kind: Mapped[RequirementKind] = enum_column(RequirementKind, "kind")
    title: Mapped[str]
    """As "Báo cáo kết quả tuyên truyền cải cách hành chính 6 tháng đầu năm 2023"."""
    status: Mapped[RequirementStatus] = enum_column(RequirementStatus, "status", default=RequirementStatus.DRAFT)
    coverage_from: Mapped[date]
    coverage_to: Mapped[date]
    """First and last day whose activities the report tells of."""
    cut_off_on: Mapped[date]
    """Last day whose figures are counted ("chốt số liệu")."""
    opens_on: Mapped[date]
    """First day on which it can be submitted."""
    due_on: Mapped[date]
    counts_due_day: Mapped[bool] = mapped_column(default=True)
    """Whether the due day itself is still on time."""
    consolidation_due_on: Mapped[date | None]
    """When the Department sends its own consolidated report."""
    return_days: Mapped[int] = mapped_column(default=3)
    """Calendar days a unit has to mend what was returned."""
    review_days: Mapped[int] = mapped_column(default=3)
    """Working days a reviewer has."""
    reporter_kinds: Mapped[list[str]] = mapped_column(default=list)
    """Kinds of unit that owe it; empty is every kind that reports."""
    legal_basis: Mapped[str] = mapped_column(default="")
    source_quote: Mapped[str] = mapped_column(default="")
    """The words of the plan that set it, as "trước ngày 30/5"."""
    opened_at: Mapped[datetime | None]

    @property
    def called(self) -> str:
        """What people call it: its kind, or the title of an ad hoc report, of which a year has several."""
        return self.title if self.kind is RequirementKind.AD_HOC else self.kind.label

    @property
    def called_in_year(self) -> str:
        """The same with its year, as "Báo cáo 6 tháng đầu năm 2023"; a title stands alone."""
        return self.title if self.kind is RequirementKind.AD_HOC else f"{self.kind.label} {self.due_on.year}"


class Level(StrEnum):
    """On which step of the chain an obligation stands."""

    DEPARTMENT = "department"
    """The Department's own consolidated report; it is not counted among the units'."""
    FIRST = "first"
    """District offices and affiliated units, which report to the Department."""
    SECOND = "second"
    """Schools, which report to a district office."""


class Obligation(Identified, Model):
    """One unit owes one requirement. Completeness counts these rows and nothing else."""

    __tablename__ = "obligation"
    __table_args__ = (
        UniqueConstraint("requirement_id", "unit_id"),
        Index("ix_obligation_unit_id", "unit_id"),
        Index("ix_obligation_reviewer_id", "reviewer_id"),
    )

    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirement.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    """The unit that accepts or returns it; None for the Department's own."""
    level: Mapped[Level] = enum_column(Level, "level")
    due_on: Mapped[date]
    """The requirement's due date when it was opened, or the extended one."""
    counts_due_day: Mapped[bool] = mapped_column(default=True)
    deadline_at: Mapped[datetime]
    """First moment that is late; kept in step by ``set_due``."""
    extended_to: Mapped[date | None]
    extension_reason: Mapped[str] = mapped_column(default="")
    exempted_at: Mapped[datetime | None]
    """Set when the unit is excused ("miễn"); it then counts neither above nor below the line."""
    exemption_reason: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    """Set when the unit ceased to owe it, as when it was merged into another."""

    def set_due(self, due_on: date, counts_due_day: bool) -> None:
        """Set the due day and the deadline that follows from it."""
        self.due_on, self.counts_due_day = due_on, counts_due_day
        self.deadline_at = deadline_of(due_on, counts_due_day)

    @property
    def is_owed(self) -> bool:
        """Whether the unit still owes it: neither excused nor closed."""
        return self.exempted_at is None and self.closed_at is None
