"""The working figures of a report: what the unit says, beside what the portal counts."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model, enum_column
from models.figure import FigureState, Provenance

REASON_MIN_LENGTH = 5
NARRATIVE_MAX_LENGTH = 20_000


class ReportFigure(Model):
    """What the unit itself says of one indicator. No row: the counted figure stands, or nothing was typed yet.

    For a unit that consolidates others this is its own part; the parts below it come from accepted versions.
    """

    __tablename__ = "report_figure"
    __table_args__ = (
        CheckConstraint("(state = 'value') = (value is not null)", name="value"),
        CheckConstraint("provenance <> 'overridden' or length(reason) > 0", name="reason"),
    )

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), primary_key=True)
    state: Mapped[FigureState] = enum_column(FigureState, "state")
    value: Mapped[Decimal | None]
    provenance: Mapped[Provenance] = enum_column(Provenance, "provenance")
    """TYPED for indicators without a source, OVERRIDDEN (with a reason) where it replaces a counted figure."""
    reason: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
