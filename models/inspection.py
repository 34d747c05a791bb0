"""Inspections (kiểm tra): planned by a division or the Office, unit by unit, with the evidence that was seen."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.translation import N_
from models.base import Identified, Model, code_column, enum_column
from models.programme import Theme

TITLE_MAX_LENGTH = 300
"""Signs of a title, of the programme an inspection is part of, of a note beside evidence."""
NUMBER_MAX_LENGTH = 60
TEXT_MAX_LENGTH = 5000
MOST_UNITS = 700

inspection_theme = Table(
    "inspection_theme", Model.metadata,
    Column("inspection_id", ForeignKey("inspection.id"), primary_key=True),
    Column("theme_id", ForeignKey("theme.id"), primary_key=True),
)


class InspectionState(StrEnum):
    """How far an inspection is."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Đang kiểm tra'."""
        return {
            "planned": N_("Đã lên kế hoạch"), "under_way": N_("Đang kiểm tra"), "concluded": N_("Đã kết thúc"),
            "cancelled": N_("Đã hủy"),
        }[self.value]


class EvidenceKind(StrEnum):
    """What can be ticked off at a visit."""

    ACTIVITY = "activity"
    ATTACHMENT = "attachment"
    PLAN_ITEM = "plan_item"
    INDICATOR = "indicator"

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Việc trong kế hoạch'."""
        return {
            "activity": N_("Hoạt động"), "attachment": N_("Tệp minh chứng"), "plan_item": N_("Việc trong kế hoạch"),
            "indicator": N_("Chỉ tiêu đã báo cáo"),
        }[self.value]


class Mark(StrEnum):
    """What the inspectors say of a piece of evidence."""

    SEEN = "seen"
    MISSING = "missing"
    UNFIT = "unfit"

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Không thấy'."""
        return {"seen": N_("Đã xem, đúng"), "missing": N_("Không thấy"), "unfit": N_("Không phù hợp")}[self.value]


class Inspection(Identified, Model):
    """One inspection. It is never deleted: one that does not take place is cancelled with a reason."""

    __tablename__ = "inspection"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="span"),
        CheckConstraint("concluded_at is null or cancelled_at is null", name="one_end"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    """The programme whose year it looks at."""
    owner_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    """The division that inspects, or the Office."""
    title: Mapped[str]
    folded: Mapped[str] = mapped_column(default="")
    """The title without marks, for search."""
    basis: Mapped[str] = mapped_column(default="")
    """The legal basis in words."""
    decision_number: Mapped[str] = mapped_column(default="")
    """As "123/QĐ-SGDĐT"."""
    decided_on: Mapped[date | None]
    host_programme: Mapped[str] = mapped_column(default="")
    """The division's own programme into which it is integrated (lồng ghép); empty when it stands alone."""
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    team: Mapped[str] = mapped_column(default="")
    """Who inspects, a person a line, as typed."""
    content: Mapped[str] = mapped_column(default="")
    """What is looked at beside the themes."""
    concluded_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    """Why it was cancelled or opened again."""
    form_token: Mapped[str] = code_column(64, unique=True)
    """Sent with the form: the same form twice makes one inspection."""
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    themes: Mapped[list[Theme]] = relationship(secondary=inspection_theme, lazy="raise", order_by=Theme.position)

    @property
    def is_over(self) -> bool:
        """Whether nothing more is written in it but answers to its findings."""
        return self.concluded_at is not None or self.cancelled_at is not None


class InspectedUnit(Identified, Model):
    """One unit of an inspection, with its visit."""

    __tablename__ = "inspected_unit"
    __table_args__ = (UniqueConstraint("inspection_id", "unit_id"),)

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    visited_on: Mapped[date | None]
    """None before the visit."""
    met: Mapped[str] = mapped_column(default="")
    """Whom the inspectors met, as typed."""
    conclusion: Mapped[str] = mapped_column(default="")
    removed_at: Mapped[datetime | None]
    """Set when it was taken out before its visit; it can be put back."""


class EvidenceMark(Identified, Model):
    """What the inspectors said of one activity, file, planned item or indicator of a unit."""

    __tablename__ = "evidence_mark"
    __table_args__ = (UniqueConstraint("visit_id", "kind", "subject_id"),)

    visit_id: Mapped[int] = mapped_column(ForeignKey("inspected_unit.id"))
    kind: Mapped[EvidenceKind] = enum_column(EvidenceKind, "kind")
    subject_id: Mapped[int]
    """The id of the thing in the table of its kind."""
    label: Mapped[str]
    """How the thing was called when it was ticked."""
    mark: Mapped[Mark] = enum_column(Mark, "mark")
    note: Mapped[str] = mapped_column(default="")
    marked_at: Mapped[datetime]
    marked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


def state_of(*, is_cancelled: bool, is_concluded: bool, visited: int) -> InspectionState:
    """How far an inspection is, with how many units visited."""
    if is_cancelled:
        return InspectionState.CANCELLED
    if is_concluded:
        return InspectionState.CONCLUDED
    return InspectionState.UNDER_WAY if visited else InspectionState.PLANNED


__all__ = ["MOST_UNITS", "NUMBER_MAX_LENGTH", "TEXT_MAX_LENGTH", "TITLE_MAX_LENGTH", "EvidenceKind", "EvidenceMark",
           "InspectedUnit", "Inspection", "InspectionState", "Mark", "inspection_theme", "state_of"]
