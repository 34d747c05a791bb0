"""Chase letters (công văn đôn đốc): official documents to units that are late, frozen as they were issued."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Identified, Model, code_column

LAST_ROUND = 3


class ChaseLetter(Identified, Model):
    """One letter. Never changed, never deleted."""

    __tablename__ = "chase_letter"
    __table_args__ = (CheckConstraint(f"round between 1 and {LAST_ROUND}", name="round"),)

    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirement.id"), index=True)
    round: Mapped[int]
    """1 asks, 2 is firmer, 3 firmer still."""
    number: Mapped[str] = mapped_column(default="")
    """The registry's number as "05"; empty leaves room for the clerk."""
    symbol: Mapped[str]
    """As "SGDĐT-VP"."""
    issued_on: Mapped[date]
    answer_by: Mapped[date]
    """By when the units are asked to send it."""
    signer_authority: Mapped[str] = mapped_column(default="")
    signer_position: Mapped[str]
    signer_name: Mapped[str]
    content: Mapped[dict[str, Any]]
    """The whole document, of which the same bytes are printed again."""
    pdf_sha256: Mapped[str] = code_column(64)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    submit_key: Mapped[str] = code_column(64, unique=True)
    """Sent with the button; the same key twice makes one letter."""


class ChasedUnit(Identified, Model):
    """A late unit in a letter, as it stood that day."""

    __tablename__ = "chased_unit"
    __table_args__ = (
        UniqueConstraint("letter_id", "obligation_id"),
        CheckConstraint("days_late > 0", name="days_late"),
    )

    letter_id: Mapped[int] = mapped_column(ForeignKey("chase_letter.id"))
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    position: Mapped[int]
    days_late: Mapped[int]
    reminder_count: Mapped[int]
    """On how many occasions it had been reminded."""
