"""A unit's plan and the items in it."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Identified, Model, code_column
from models.programme import Audience, Theme

TITLE_MAX_LENGTH = 300
NOTE_MAX_LENGTH = 5000
QUANTITY_MAX = 1_000_000
AMOUNT_MAX = 10**13

plan_item_theme = Table(
    "plan_item_theme", Model.metadata,
    Column("plan_item_id", ForeignKey("plan_item.id"), primary_key=True),
    Column("theme_id", ForeignKey("theme.id"), primary_key=True),
)
plan_item_audience = Table(
    "plan_item_audience", Model.metadata,
    Column("plan_item_id", ForeignKey("plan_item.id"), primary_key=True),
    Column("audience_id", ForeignKey("audience.id"), primary_key=True),
)


class PlanItem(Identified, Model):
    """One thing a unit plans to do."""

    __tablename__ = "plan_item"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="window"),
        CheckConstraint("quantity > 0", name="quantity"),
    )

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    position: Mapped[int]
    title: Mapped[str]
    medium_id: Mapped[int] = mapped_column(ForeignKey("medium.id"))
    quantity: Mapped[int]
    """How many of the medium's unit."""
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    lead: Mapped[str] = mapped_column(default="")
    """Person or part of the unit that leads (chủ trì)."""
    partner: Mapped[str] = mapped_column(default="")
    staff: Mapped[str] = mapped_column(default="")
    """Named staff who carry it out, one per line."""
    note: Mapped[str] = mapped_column(default="")
    form_token: Mapped[str] = code_column(64, unique=True)
    """Sent with the form; the same token twice makes one item."""
    removed_at: Mapped[datetime | None]
    """Set when it was taken out; it can be put back, and counts nowhere until then."""
    themes: Mapped[list[Theme]] = relationship(secondary=plan_item_theme, lazy="raise", order_by=Theme.position)
    audiences: Mapped[list[Audience]] = relationship(
        secondary=plan_item_audience, lazy="raise", order_by=Audience.position)
    budgets: Mapped[list["PlanBudget"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="PlanBudget.funding_source_id")


class PlanBudget(Model):
    """Money planned for an item from one source, in đồng."""

    __tablename__ = "plan_budget"
    __table_args__ = (CheckConstraint("amount >= 0", name="amount"),)

    plan_item_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id"), primary_key=True)
    funding_source_id: Mapped[int] = mapped_column(ForeignKey("funding_source.id"), primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)


class SectionText(Model):
    """What a unit wrote under one heading of the outline, in its plan or report."""

    __tablename__ = "section_text"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("outline_section.id"), primary_key=True)
    text: Mapped[str] = mapped_column(default="")
    is_drafted: Mapped[bool] = mapped_column(default=False)
    """Whether the text is still the one the portal drafted from the figures."""


__all__ = ["AMOUNT_MAX", "NOTE_MAX_LENGTH", "QUANTITY_MAX", "TITLE_MAX_LENGTH", "PlanBudget", "PlanItem",
           "SectionText", "plan_item_audience", "plan_item_theme"]
