"""What leaves the portal on paper: codes, issued files, signed copies, recalls, and what was printed before sending."""

import secrets
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.translation import N_
from models.base import Identified, Model, code_column, enum_column

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""The signs of a code: 32 of them, without 0, O, 1 and I, which are mistaken for each other."""
CODE_LENGTH, CODE_GROUP = 12, 4
"""Twelve signs of five bits are 60 bits: whoever tries a thousand codes a second needs a million years for one."""
LARGEST_COPY = 30 * 1024 * 1024
"""Bytes that a signed or scanned copy may have."""
COPY_TYPES: dict[str, str] = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
"""What a copy may be, by content, with the ending under which it is handed out."""


def new_code() -> str:
    """A fresh code at random, as "K7PM-4TQX-92HD"."""
    return _grouped("".join(secrets.choice(SIGNS) for _place in range(CODE_LENGTH)))


def read_code(typed: str) -> str | None:
    """The code that a person typed, with or without dashes, blanks and capitals; None where it can be none.

    ``read_code("k7pm 4tqx92hd")`` is ``"K7PM-4TQX-92HD"``.
    """
    bare = "".join(sign for sign in typed.upper() if sign.isalnum())
    if len(bare) != CODE_LENGTH or not set(bare) <= set(SIGNS):
        return None
    return _grouped(bare)


def _grouped(signs: str) -> str:
    """Twelve signs with a dash after each four."""
    return "-".join(signs[place:place + CODE_GROUP] for place in range(0, CODE_LENGTH, CODE_GROUP))


class IssuedFile(Identified, Model):
    """A file of an issued version as it was handed out first; the bytes lie in the store under their hash."""

    __tablename__ = "issued_file"
    __table_args__ = (UniqueConstraint("version_id", "kind"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("submission_version.id"))
    kind: Mapped[str] = code_column(20)
    """The format, as "pdf", "docx", "summary"."""
    name: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = code_column(64, index=True)
    made_at: Mapped[datetime]


class Recall(Identified, Model):
    """The recall of what was issued (Decree 30/2020/NĐ-CP, article 18.4). It is never undone; a new version follows."""

    __tablename__ = "recall"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("submission_version.id"), unique=True)
    recalled_on: Mapped[date]
    reason: Mapped[str]
    recalled_at: Mapped[datetime]
    recalled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class CopyState(StrEnum):
    """What an attached copy turned out to be."""

    SIGNED = "signed"
    """Digitally signed, intact, and its pages are the version's."""
    SCAN = "scan"
    """A picture of paper, or a PDF without text: a person has to look."""
    UNSIGNED = "unsigned"
    """The version's pages without any digital signature."""
    CHANGED = "changed"
    """Says or shows something else than the version: other words, or something laid over them or drawn anew."""
    BROKEN = "broken"
    """A signature does not fit: the file was changed after it was signed."""
    FOREIGN = "foreign"
    """Another document."""
    UNREAD = "unread"
    """Could not be read: locked, damaged, or too heavy."""

    @property
    def label(self) -> str:
        """In words, as 'Đã ký số, còn nguyên vẹn'."""
        return {
            "signed": N_("Đã ký số, chữ đúng với bản của cổng"), "scan": N_("Bản quét, không có chữ để đối chiếu"),
            "unsigned": N_("Không có chữ ký số, chữ đúng với bản của cổng"),
            "changed": N_("Tệp không còn như bản của cổng"),
            "broken": N_("Tệp đã bị sửa sau khi ký"), "foreign": N_("Không phải văn bản này"),
            "unread": N_("Không đọc được tệp"),
        }[self.value]

    @property
    def is_good(self) -> bool:
        """Whether nothing speaks against it."""
        return self in (CopyState.SIGNED, CopyState.SCAN)


class SignedCopy(Identified, Model):
    """A signed PDF or a scan of the stamped paper, attached to a version. Taken off with a reason, never deleted."""

    __tablename__ = "signed_copy"
    __table_args__ = (
        UniqueConstraint("version_id", "sha256"),
        CheckConstraint("(removed_at is null) = (removal_reason = '')", name="removal_reason"),
    )

    version_id: Mapped[int] = mapped_column(ForeignKey("submission_version.id"))
    name: Mapped[str]
    media_type: Mapped[str] = code_column(100)
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = code_column(64, index=True)
    state: Mapped[CopyState] = enum_column(CopyState, "state")
    reading: Mapped[dict[str, Any]]
    """What core/signed_pdf.py read: signatures, pages that differ; empty for a picture."""
    attached_at: Mapped[datetime]
    attached_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    removed_at: Mapped[datetime | None]
    removal_reason: Mapped[str] = mapped_column(default="")


class PaperPrint(Identified, Model):
    """What a unit printed of its plan or report before sending it: to tell whether it still says the same."""

    __tablename__ = "paper_print"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    digest: Mapped[str] = code_column(64)
    """SHA-256 of ``parts`` in canonical JSON."""
    parts: Mapped[dict[str, Any]]
    """By part, as "section:I.1" or "figure:B1": [what it is called, what it said]."""
    printed_at: Mapped[datetime]
    printed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
