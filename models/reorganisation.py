"""Decisions that reorganise units, and their steps (product law 8).

A decision is a draft until it is applied. What it did then stands in the dated tables of ``models.unit``; another
decision, never a deletion, takes it back.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.translation import N_
from models.base import Identified, Model, code_column, enum_column
from models.unit import CODE_MAX_LENGTH

NUMBER_MAX_LENGTH = 60
TITLE_MAX_LENGTH = 300
ISSUER_MAX_LENGTH = 200
MOST_STEPS = 5000
"""Steps of one decision; the reform of 2025 had about seven hundred."""


class ReorganisationStatus(StrEnum):
    """Where a decision stands in the portal."""

    DRAFT = "draft"
    APPLIED = "applied"
    DISCARDED = "discarded"

    @property
    def label(self) -> str:
        """The Vietnamese word, as 'Đã áp dụng'."""
        return {"draft": N_("Bản nháp"), "applied": N_("Đã áp dụng"), "discarded": N_("Đã bỏ")}[self.value]


class StepKind(StrEnum):
    """What one step does to one unit; the values stand in files of steps."""

    FOUND = "found"
    RENAME = "rename"
    MOVE = "move"
    MERGE = "merge"
    SPLIT = "split"
    CLOSE = "close"
    REOPEN = "reopen"
    CHANGE = "change"

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Sáp nhập'."""
        return {
            "found": N_("Thành lập"), "rename": N_("Đổi tên"), "move": N_("Chuyển đơn vị cấp trên"),
            "merge": N_("Sáp nhập"), "split": N_("Chia tách, chuyển giao"), "close": N_("Giải thể"),
            "reopen": N_("Hoạt động trở lại"), "change": N_("Đổi thủ trưởng, loại đơn vị"),
        }[self.value]


class Reorganisation(Identified, Model):
    """One decision: number, day, body, from which day it holds, and what the portal did with it."""

    __tablename__ = "reorganisation"
    __table_args__ = (
        Index("uq_reorganisation_applied", "number", "decided_on", unique=True,
              sqlite_where=text("status = 'applied'"), postgresql_where=text("status = 'applied'")),
    )

    number: Mapped[str] = code_column(NUMBER_MAX_LENGTH)
    """As "1679/NQ-UBTVQH15"."""
    decided_on: Mapped[date]
    issuer: Mapped[str] = mapped_column(default="")
    effective_on: Mapped[date]
    """First day on which the new order holds."""
    title: Mapped[str]
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    status: Mapped[ReorganisationStatus] = enum_column(
        ReorganisationStatus, "status", default=ReorganisationStatus.DRAFT)
    form_token: Mapped[str] = code_column(64, unique=True)
    """Sent with the form: the same form twice makes one decision."""
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    applied_at: Mapped[datetime | None]
    applied_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Counts of what applying did, as {"merge": 520, "moved": 40}."""


class ReorganisationStep(Identified, Model):
    """One step: a unit, what becomes of it, and where that leads. Units stand by code: some are yet to come."""

    __tablename__ = "reorganisation_step"
    __table_args__ = (
        UniqueConstraint("reorganisation_id", "position"),
        CheckConstraint("position > 0", name="position"),
    )

    reorganisation_id: Mapped[int] = mapped_column(ForeignKey("reorganisation.id"))
    position: Mapped[int]
    """From 1; of steps from a file, the row of the spreadsheet."""
    kind: Mapped[StepKind] = enum_column(StepKind, "kind")
    unit_code: Mapped[str] = code_column(CODE_MAX_LENGTH)
    target_code: Mapped[str] = code_column(CODE_MAX_LENGTH, default="")
    """Into which unit it is merged, or one of those into which it is split."""
    name: Mapped[str] = mapped_column(default="")
    unit_kind: Mapped[str] = code_column(40, default="")
    """A value of ``UnitKind``; empty when the step does not say."""
    parent_code: Mapped[str] = code_column(CODE_MAX_LENGTH, default="")
    district: Mapped[str] = mapped_column(default="")
    head: Mapped[str] = mapped_column(default="")
    head_position: Mapped[str] = mapped_column(default="")
    takes_duties: Mapped[bool] = mapped_column(default=False)
    """Of a split: whether the target takes over what the unit still owes."""
    takes_accounts: Mapped[bool] = mapped_column(default=False)
    """Of a split: whether the people of the unit go to the target."""


__all__ = ["ISSUER_MAX_LENGTH", "MOST_STEPS", "NUMBER_MAX_LENGTH", "TITLE_MAX_LENGTH", "Reorganisation",
           "ReorganisationStatus", "ReorganisationStep", "StepKind"]
