"""Activities held: what was done, when, by which means, who was reached, what it cost."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.attachment import Attachment
from models.base import Identified, Model, code_column
from models.programme import Theme

TITLE_MAX_LENGTH = 300
"""Signs of a title, an outlet's name, the event an activity was part of."""
LINK_MAX_LENGTH = 1000
NOTE_MAX_LENGTH = 20_000
REACH_MAX = 100_000_000

activity_theme = Table(
    "activity_theme", Model.metadata,
    Column("activity_id", ForeignKey("activity.id"), primary_key=True),
    Column("theme_id", ForeignKey("theme.id"), primary_key=True, index=True),
)
activity_attachment = Table(
    "activity_attachment", Model.metadata,
    Column("activity_id", ForeignKey("activity.id"), primary_key=True),
    Column("attachment_id", ForeignKey("attachment.id"), primary_key=True, index=True),
)


class Activity(Identified, Model):
    """One activity of a unit. It counts in the period in which it starts; a removed one counts nowhere."""

    __tablename__ = "activity"
    __table_args__ = (
        CheckConstraint("ends_on is null or ends_on >= starts_on", name="span"),
        CheckConstraint("quantity > 0", name="quantity"),
        Index("ix_activity_unit_id_starts_on", "unit_id", "starts_on"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    medium_id: Mapped[int] = mapped_column(ForeignKey("medium.id"), index=True)
    title: Mapped[str]
    folded: Mapped[str] = mapped_column(default="")
    """The title without marks, for search."""
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    """None for a single day."""
    outlet: Mapped[str] = mapped_column(default="")
    """Which paper, station or page, as "Trung tâm Truyền thông tỉnh"."""
    quantity: Mapped[int]
    is_integrated: Mapped[bool] = mapped_column(default=False)
    """Whether it was part of another event (lồng ghép)."""
    host_event: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    plan_item_id: Mapped[int | None] = mapped_column(ForeignKey("plan_item.id", ondelete="SET NULL"), index=True)
    """The planned item it carries out; None is an unplanned activity."""
    form_token: Mapped[str] = code_column(64, unique=True)
    """Sent with the form; the same token twice makes one activity."""
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    changed_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    """Set when it was taken out; it can be put back."""
    themes: Mapped[list[Theme]] = relationship(secondary=activity_theme, lazy="raise", order_by=Theme.position)
    reaches: Mapped[list["ActivityReach"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ActivityReach.audience_id")
    costs: Mapped[list["ActivityCost"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ActivityCost.funding_source_id")
    attachments: Mapped[list[Attachment]] = relationship(
        secondary=activity_attachment, lazy="raise", order_by=Attachment.id)


class ActivityReach(Model):
    """How many turns of one audience an activity reached (lượt; not distinct persons)."""

    __tablename__ = "activity_reach"
    __table_args__ = (CheckConstraint("turns >= 0", name="turns"),)

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    audience_id: Mapped[int] = mapped_column(ForeignKey("audience.id"), primary_key=True)
    turns: Mapped[int] = mapped_column(BigInteger)


class ActivityCost(Model):
    """What an activity cost from one source, in đồng."""

    __tablename__ = "activity_cost"
    __table_args__ = (CheckConstraint("amount >= 0", name="amount"),)

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    funding_source_id: Mapped[int] = mapped_column(ForeignKey("funding_source.id"), primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)
