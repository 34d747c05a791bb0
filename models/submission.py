"""What a unit hands in for an obligation, and its frozen versions (product laws 5 and 6)."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Identified, Model, code_column, enum_column
from models.figure import Figure, FigureState, Provenance
from models.workflow import Status

ALL_PARTS = "all"
"""The part of a return that opens the whole document."""
REPLACES = "replaces"
"""Under this key a version's content says which version it replaces and why, as printed; missing in the first."""


class Submission(Identified, Model):
    """The plan or report of one unit for one requirement. No row means the unit never started."""

    __tablename__ = "submission"

    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), unique=True)
    status: Mapped[Status] = enum_column(Status, "status", default=Status.DRAFT, index=True)
    """Changed by ``models.workflow.move`` alone."""
    revision: Mapped[int] = mapped_column(default=0)
    """Raised by every saved change of content."""
    version_count: Mapped[int] = mapped_column(default=0)
    """Number of the last frozen version; 0 before the first submission."""
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    first_submitted_at: Mapped[datetime | None]
    """Set once; lateness hangs on it."""
    late_days: Mapped[int | None]
    """Frozen at the first valid submission: 0 is on time."""
    submitted_at: Mapped[datetime | None]
    review_started_at: Mapped[datetime | None]
    """When the reviewer first opened the present submission for review."""
    review_due_on: Mapped[date | None]
    returned_at: Mapped[datetime | None]
    return_count: Mapped[int] = mapped_column(default=0)
    return_due_on: Mapped[date | None]
    accepted_at: Mapped[datetime | None]
    accepted_version: Mapped[int | None]
    """Number of the version that consolidations add up; None unless the status is accepted or issued."""
    unlock_asked_at: Mapped[datetime | None]
    unlock_reason: Mapped[str] = mapped_column(default="")
    signed_off_at: Mapped[datetime | None]
    signed_off_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    signed_off_revision: Mapped[int | None]
    """The revision the head read; a later change makes the sign-off lapse."""
    document_number: Mapped[str] = mapped_column(default="")
    """Number and symbol on the unit's paper, as "12/BC-THPT"."""
    document_on: Mapped[date | None]
    signer_authority: Mapped[str] = mapped_column(default="")
    signer_position: Mapped[str] = mapped_column(default="")
    signer_name: Mapped[str] = mapped_column(default="")

    @property
    def is_signed_off(self) -> bool:
        """Whether the head has read what stands there now."""
        return self.signed_off_revision is not None and self.signed_off_revision == self.revision


class SubmissionVersion(Identified, Model):
    """What was handed in, frozen whole. Never changed, never deleted."""

    __tablename__ = "submission_version"
    __table_args__ = (
        UniqueConstraint("submission_id", "number"),
        UniqueConstraint("submission_id", "submit_key"),
        CheckConstraint("number > 0", name="number"),
        Index("ix_submission_version_code", "code", unique=True, sqlite_where=text("code <> ''"),
              postgresql_where=text("code <> ''")),
    )

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    number: Mapped[int]
    submit_key: Mapped[str] = code_column(64)
    """Sent with the button; the same key twice makes one version."""
    submitted_at: Mapped[datetime]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    revision: Mapped[int]
    data_until: Mapped[date]
    """Last day whose activities are in the figures."""
    content: Mapped[dict[str, Any]]
    """Everything else as it was: unit's name, sections, items, activities, children with their versions."""
    content_hash: Mapped[str] = code_column(64)
    """SHA-256 of content and figures in a canonical form."""
    code: Mapped[str] = code_column(20, default="")
    """Stands at the foot of each page, as "K7PM-4TQX-92HD"; empty for versions of before there were codes."""
    address: Mapped[str] = mapped_column(default="")
    """Where the portal was reached when it was frozen, as "https://baocao.example"; empty where nobody had said."""

    @property
    def verify_url(self) -> str:
        """Where its code leads, as "https://baocao.example/verify/K7PM-4TQX-92HD"; empty while one is unknown."""
        return f"{self.address}/verify/{self.code}" if self.address and self.code else ""

    @property
    def replaces(self) -> str:
        """The sentence that names the version before it; empty in the first."""
        return str(self.content.get(REPLACES, ""))


class VersionFigure(Model):
    """One frozen figure of a version."""

    __tablename__ = "version_figure"
    __table_args__ = (Index("ix_version_figure_indicator_id", "indicator_id"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("submission_version.id"), primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), primary_key=True)
    state: Mapped[FigureState] = enum_column(FigureState, "state")
    value: Mapped[Decimal | None]
    numerator: Mapped[Decimal | None]
    denominator: Mapped[Decimal | None]
    provenance: Mapped[Provenance] = enum_column(Provenance, "provenance")
    reason: Mapped[str] = mapped_column(default="")
    """Why it was overridden."""
    counted: Mapped[Decimal | None]
    """What the portal had counted then, beside an override and for telling drift."""
    own_value: Mapped[Decimal | None]
    """The consolidating unit's own part; None where there are no units below."""

    @property
    def figure(self) -> Figure:
        """The cell."""
        return Figure(self.state, self.value, self.numerator, self.denominator)


def hash_content(content: dict[str, Any], figures: Iterable[VersionFigure]) -> str:
    """The SHA-256 of a version in canonical JSON: sorted keys, figures by indicator, six decimal places."""
    rows = [
        [row.indicator_id, row.state, *(_plain(cell) for cell in (row.value, row.numerator, row.denominator)),
         row.provenance, row.reason, _plain(row.counted), _plain(row.own_value)]
        for row in sorted(figures, key=lambda row: row.indicator_id)
    ]
    whole = {"content": content, "figures": rows}
    plain = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _plain(value: Decimal | None) -> str | None:
    """A decimal as the database gives it back, as "12.5"."""
    if value is None:
        return None
    return format(value.quantize(Decimal("0.000001")).normalize(), "f")


class ReturnedPart(Identified, Model):
    """One section or cell that a reviewer asks to be mended, with the reason."""

    __tablename__ = "returned_part"
    __table_args__ = (UniqueConstraint("submission_id", "version_number", "part"),)

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    version_number: Mapped[int]
    part: Mapped[str] = code_column(80)
    """"section:II.2.a", "figure:B1", "item:3" (by id), "items" (the list itself), "document" or "all"."""
    reason: Mapped[str]


class IssuedDocument(Identified, Model):
    """A consolidated report that was issued: number, day, signer, and the bytes' hash. Never overwritten."""

    __tablename__ = "issued_document"

    version_id: Mapped[int] = mapped_column(ForeignKey("submission_version.id"), unique=True)
    number: Mapped[str] = mapped_column(default="")
    symbol: Mapped[str]
    issued_on: Mapped[date]
    authority: Mapped[str] = mapped_column(default="")
    """As "KT. GIÁM ĐỐC"; empty when the head signs."""
    signer_position: Mapped[str]
    signer_name: Mapped[str]
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(default="")
    """Why a later version replaces an earlier one."""
    pdf_sha256: Mapped[str] = code_column(64, default="")
