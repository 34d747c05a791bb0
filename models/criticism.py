"""Criticisms: places that do badly, recorded for the competent body alone (the plan of 2023, appendix row 2).

Nothing here hangs on a table that other roles read: a criticism keeps its own trail, and names its unit only in its
own row, so that no timeline, list or report of the unit can tell of it.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.translation import N_
from models.base import Identified, Model, code_column, enum_column

TEXT_MAX_LENGTH = 5000
"""Signs of what is said and of what is proposed."""
REASON_MAX_LENGTH = 1000
LOW_SHARE = 70
"""Percent satisfied (levels 4 and 5) under which the portal proposes a unit."""
SMALLEST_SAMPLE = 30
"""Answers that a rate needs before anybody is proposed for it."""


class Basis(StrEnum):
    """On what a criticism stands."""

    LATE = "late"
    FINDING = "finding"
    SATISFACTION = "satisfaction"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Báo cáo chậm, chưa gửi'."""
        return {
            "late": N_("Kế hoạch, báo cáo chậm hoặc chưa gửi"), "finding": N_("Kiến nghị quá hạn khắc phục"),
            "satisfaction": N_("Mức độ hài lòng thấp"), "other": N_("Phản ánh, kiến nghị khác"),
        }[self.value]


class CriticismDeed(StrEnum):
    """What is done with a criticism."""

    CREATE = "create"
    CHANGE = "change"
    CLOSE = "close"
    REOPEN = "reopen"

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Ghi nhận'."""
        return {
            "create": N_("Ghi nhận"), "change": N_("Sửa nội dung"), "close": N_("Khép lại"), "reopen": N_("Mở lại"),
        }[self.value]


class Criticism(Identified, Model):
    """One place that does badly: what, on which basis, with the figures as they stood. Closed, never deleted."""

    __tablename__ = "criticism"
    __table_args__ = (
        CheckConstraint("closed_at is null or closing_reason <> ''", name="closing_reason"),
        Index("ix_criticism_programme_id_unit_id", "programme_id", "unit_id"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    basis: Mapped[Basis] = enum_column(Basis, "basis")
    what: Mapped[str]
    """What is said of the place, in the Office's words."""
    proposal: Mapped[str] = mapped_column(default="")
    """What the competent body is asked to do."""
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """As {"lines": [{"text", "url"}]}: figures of the portal as they stood when it was recorded, with their pages."""
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    closed_at: Mapped[datetime | None]
    closing_reason: Mapped[str] = mapped_column(default="")
    form_token: Mapped[str] = code_column(64, unique=True)
    """Sent with the form: the same form twice makes one."""


class CriticismStep(Identified, Model):
    """One line of a criticism's own trail; the portal's general one must not tell of it. Rows are only ever added."""

    __tablename__ = "criticism_step"

    criticism_id: Mapped[int] = mapped_column(ForeignKey("criticism.id"), index=True)
    deed: Mapped[CriticismDeed] = enum_column(CriticismDeed, "deed")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str] = mapped_column(default="")
    """The person's name as it was then."""
    reason: Mapped[str] = mapped_column(default="")
    before: Mapped[str] = mapped_column(default="")
    """What it said before a change."""


__all__ = ["LOW_SHARE", "REASON_MAX_LENGTH", "SMALLEST_SAMPLE", "TEXT_MAX_LENGTH", "Basis", "Criticism",
           "CriticismDeed", "CriticismStep"]
