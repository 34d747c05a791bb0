"""Packages: the frozen papers of all units of a requirement in one file, made in the background for one person.

What a package holds is written down when it is asked for, version by version, so that making it twice gives the same
bytes. The row stays when its file has gone.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.text import fold
from core.translation import N_
from models.account import Role
from models.base import Identified, Model, code_column, enum_column

KEPT_FOR = timedelta(days=7)
"""How long the file of a package lies ready."""
LOST_AFTER = timedelta(minutes=2)
"""A worker that said nothing for so long has died: one paper takes far less."""
MOST_ATTEMPTS = 3
LONGEST_NAME = 50
"""Signs of a folder's or file's name: three levels stay far below what Windows allows."""


class PackageStatus(StrEnum):
    """Where a package stands."""

    WAITING = "waiting"
    WORKING = "working"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        """In words, as 'Đã sẵn sàng'."""
        return {
            "waiting": N_("Đang chờ đến lượt"), "working": N_("Đang tạo"), "ready": N_("Đã sẵn sàng"),
            "failed": N_("Chưa tạo được"), "cancelled": N_("Đã hủy"), "expired": N_("Đã hết hạn giữ tệp"),
        }[self.value]

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done for it."""
        return self in (PackageStatus.WAITING, PackageStatus.WORKING)


class Package(Identified, Model):
    """One wish for all papers of a requirement, and what became of it."""

    __tablename__ = "package"
    __table_args__ = (
        CheckConstraint("done >= 0 and done <= total", name="done"),
        Index("ix_package_status", "status"),
    )

    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirement.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[Role] = enum_column(Role, "role")
    """What the person was when asking; another role or unit ends the access."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    form_token: Mapped[str] = code_column(64, unique=True)
    only_accepted: Mapped[bool]
    content: Mapped[dict[str, Any]]
    """The lines of ``Entry``, under "entries"."""
    digest: Mapped[str] = code_column(64)
    """SHA-256 of what was wished for: the same again needs no second file."""
    status: Mapped[PackageStatus] = enum_column(PackageStatus, "status", default=PackageStatus.WAITING)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int]
    asked_at: Mapped[datetime]
    claim: Mapped[str] = code_column(32, default="")
    """Of the worker that has it."""
    heartbeat_at: Mapped[datetime | None]
    attempt_count: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None]
    name: Mapped[str] = mapped_column(default="")
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    sha256: Mapped[str] = code_column(64, default="")
    trouble: Mapped[str] = mapped_column(default="")

    @property
    def entries(self) -> list["Entry"]:
        """What it holds, unit by unit."""
        return [Entry(**row) for row in self.content["entries"]]

    @property
    def file(self) -> str:
        """The name of its file in the store of packages."""
        return f"{self.id}-{self.claim}.zip"

    @property
    def share(self) -> int:
        """How much is done, in per cent."""
        return self.done * 100 // self.total if self.total else 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit: its frozen version, or none and why."""

    unit_id: int
    unit: str
    group: str
    """The district office or the Department under whose folder it stands."""
    state: str
    version_id: int | None
    number: int | None
    day: str
    """Of handing in, as "2023-05-30"; "" without a version."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry with the path of its file within the package; "" where nothing was handed in."""

    entry: Entry
    path: str


def safe_name(text: str) -> str:
    """A name in ASCII that every system takes: ``safe_name("TH Hạ Long/../1")`` is "th-ha-long-1"."""
    words = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in fold(text))
    return "-".join(filter(None, words.split("-")))[:LONGEST_NAME].strip("-") or "don-vi"


def place_entries(entries: Sequence[Entry], kind: str) -> Iterator[Placed]:
    """Give each entry its path, as "01-phong-gddt-ha-long/003-th-cao-xanh/bao-cao-ban-1.pdf".

    Groups and units keep their order; the numbers make each path its own whatever the names are.
    """
    groups: dict[str, int] = {}
    for number, entry in enumerate(entries, 1):
        group = groups.setdefault(entry.group, len(groups) + 1)
        path = ""
        if entry.version_id is not None:
            path = (f"{group:02}-{safe_name(entry.group)}/{number:03}-{safe_name(entry.unit)}/"
                    f"{safe_name(kind)}-ban-{entry.number}.pdf")
        yield Placed(entry, path)


def content_of(entries: Sequence[Entry]) -> dict[str, Any]:
    """Entries as they are kept."""
    return {"entries": [asdict(entry) for entry in entries]}


def digest_of(entries: Sequence[Entry], only_accepted: bool) -> str:
    """The SHA-256 of a wish in canonical JSON."""
    whole = {**content_of(entries), "only_accepted": only_accepted}
    plain = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()
