"""Announcements, guidance and blank forms that an office gives to its units, and which of them have read them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.translation import N_
from models.attachment import Attachment
from models.base import Identified, Model, code_column, enum_column

TITLE_MAX_LENGTH = 250
TEXT_MAX_LENGTH = 20_000
REASON_MAX_LENGTH = 1000
MOST_FILES = 20


class AnnouncementKind(StrEnum):
    """What is given to units."""

    NOTICE = "notice"
    GUIDANCE = "guidance"
    FORM = "form"

    @property
    def label(self) -> str:
        """The Vietnamese word, as 'Văn bản hướng dẫn'."""
        return {"notice": N_("Thông báo"), "guidance": N_("Văn bản hướng dẫn"), "form": N_("Biểu mẫu")}[self.value]


class AudienceKind(StrEnum):
    """How the units that are addressed were chosen."""

    ALL = "all"
    KINDS = "kinds"
    TREE = "tree"
    UNITS = "units"

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Mọi đơn vị'."""
        return {
            "all": N_("Mọi đơn vị"), "kinds": N_("Theo loại đơn vị"),
            "tree": N_("Một phòng (phường, xã) và các trường thuộc đó"), "units": N_("Chọn từng đơn vị"),
        }[self.value]


announcement_file = Table(
    "announcement_file", Model.metadata,
    Column("version_id", ForeignKey("announcement_version.id"), primary_key=True),
    Column("attachment_id", ForeignKey("attachment.id"), primary_key=True, index=True),
)
"""The files of a version."""


class Announcement(Identified, Model):
    """One announcement. What it says stands in its versions; it is withdrawn, never deleted."""

    __tablename__ = "announcement"
    __table_args__ = (
        CheckConstraint("version_count > 0", name="version_count"),
        CheckConstraint("(withdrawn_at is null) = (withdrawal_reason = '')", name="withdrawal_reason"),
        Index("ix_announcement_published_on", "published_on"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    """Who announces: the Department or a district office."""
    kind: Mapped[AnnouncementKind] = enum_column(AnnouncementKind, "kind")
    audience: Mapped[AudienceKind] = enum_column(AudienceKind, "audience")
    audience_codes: Mapped[list[str]] = mapped_column(default=list)
    """Kinds of units, or the code of the unit at the head of the tree; empty for all and for chosen units."""
    published_on: Mapped[date]
    """The first day on which the units see it."""
    by_mail: Mapped[bool] = mapped_column(default=False)
    version_count: Mapped[int] = mapped_column(default=1)
    """The number of the version that holds."""
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str] = mapped_column(default="")
    form_token: Mapped[str] = code_column(64, unique=True)
    """Of the form that made it; the same form twice makes one."""


class AnnouncementVersion(Identified, Model):
    """What an announcement said from one correction to the next. Never changed."""

    __tablename__ = "announcement_version"
    __table_args__ = (
        UniqueConstraint("announcement_id", "number"),
        CheckConstraint("number > 0", name="number"),
    )

    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcement.id"))
    number: Mapped[int]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    folded: Mapped[str] = mapped_column(default="")
    """Title and text without marks, in lower case, for search."""
    note: Mapped[str] = mapped_column(default="")
    """What was corrected and why; empty for the first version."""
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    files: Mapped[list[Attachment]] = relationship(
        secondary=announcement_file, lazy="raise", order_by=Attachment.id)


class AnnouncementUnit(Identified, Model):
    """One unit is addressed, and whether somebody of it has said to have read it."""

    __tablename__ = "announcement_unit"
    __table_args__ = (
        UniqueConstraint("announcement_id", "unit_id"),
        CheckConstraint("(read_at is null) = (read_version = 0)", name="read_version"),
    )

    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcement.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    read_version: Mapped[int] = mapped_column(default=0)
    """The newest version that was read; 0 for none. A corrected announcement is to be read again."""
    read_at: Mapped[datetime | None]
    read_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reminded_on: Mapped[date | None]
    """When it was last asked to read it."""


__all__ = [
    "MOST_FILES", "REASON_MAX_LENGTH", "TEXT_MAX_LENGTH", "TITLE_MAX_LENGTH", "Announcement", "AnnouncementKind",
    "AnnouncementUnit", "AnnouncementVersion", "AudienceKind", "announcement_file",
]
