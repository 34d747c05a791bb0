"""Packages: all papers of a requirement in one file, made beside the pages and handed out while the right lasts."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.translation import N_
from models.base import Identified, Model, code_column, enum_column

KEPT_FOR = timedelta(days=7)
"""How long a finished file can be fetched (ours)."""
LOST_AFTER = timedelta(minutes=2)
"""A maker that said nothing for so long has died: a paper takes less than a second."""
MOST_ATTEMPTS = 3
"""Makers that may die over one package before it is given up (ours)."""


class PackageKind(StrEnum):
    """What the package is."""

    ZIP = "zip"
    PDF = "pdf"

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Một tệp PDF có dấu trang'."""
        return {"zip": N_("Tệp ZIP, mỗi đơn vị một tệp PDF"), "pdf": N_("Một tệp PDF có dấu trang")}[self.value]


class PackageState(StrEnum):
    """How far it is."""

    WAITING = "waiting"
    WORKING = "working"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Đang lập'."""
        return {"waiting": N_("Chờ lập"), "working": N_("Đang lập"), "ready": N_("Đã lập xong"),
                "failed": N_("Không lập được"), "cancelled": N_("Đã dừng"), "expired": N_("Đã hết hạn tải")}[self.value]

    @property
    def may_be_asked_anew(self) -> bool:
        """Whether the page offers to make it again."""
        return self in (PackageState.FAILED, PackageState.CANCELLED, PackageState.EXPIRED)

    @property
    def is_going_on(self) -> bool:
        """Whether the file is still to come."""
        return self in (PackageState.WAITING, PackageState.WORKING)


class Package(Identified, Model):
    """A file that somebody asked for. The row stays when its file is swept."""

    __tablename__ = "package"
    __table_args__ = (
        CheckConstraint("done >= 0 and done <= total", name="done"),
        Index("ix_package_state", "state"),
    )

    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirement.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    """Who asked for it and alone may fetch it."""
    kind: Mapped[PackageKind] = enum_column(PackageKind, "kind")
    only_accepted: Mapped[bool]
    unit_ids: Mapped[list[int]] = mapped_column(JSON)
    """All units that it tells of: whoever may no longer read one of them may no longer fetch it."""
    version_ids: Mapped[list[int]] = mapped_column(JSON)
    """The frozen versions in it, in order, fixed when it was asked for."""
    state: Mapped[PackageState] = enum_column(PackageState, "state", default=PackageState.WAITING)
    done: Mapped[int] = mapped_column(default=0)
    """Papers that are in."""
    total: Mapped[int]
    name: Mapped[str]
    """Of the file, as "bao-cao-2023-half-year-30-05-2023.zip"."""
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    sha256: Mapped[str] = code_column(64, default="")
    trouble: Mapped[str] = mapped_column(default="")
    """Why it could not be made, in Vietnamese."""
    form_token: Mapped[str] = code_column(64, unique=True)
    """Sent with the form: the same form twice makes one package."""
    asked_at: Mapped[datetime]
    heard_at: Mapped[datetime | None]
    """When its maker last gave a sign of life."""
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    """Makers that took it: each has a number of its own, and one that was followed by another writes nothing more."""
    ready_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]


__all__ = ["KEPT_FOR", "LOST_AFTER", "MOST_ATTEMPTS", "Package", "PackageKind", "PackageState"]
