"""The outbox: letters written in the same transaction as what they tell of, and sent afterwards by a worker."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.translation import N_
from models.base import Identified, Model, code_column, enum_column

MOST_ATTEMPTS = 8
BACK_OFF_MINUTES = (1, 2, 5, 15, 60, 240, 720)
"""How long to wait after each attempt that failed; together about 17 hours."""


class MailStatus(StrEnum):
    """Where a letter stands."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNSURE = "unsure"
    """The server went away after it had the whole letter and before it said so: sent again only by a person."""
    CANCELLED = "cancelled"
    """What it asks for was done before it went out."""

    @property
    def label(self) -> str:
        """The Vietnamese word, as 'Đã gửi'."""
        return {
            "queued": N_("Chờ gửi"), "sending": N_("Đang gửi"), "sent": N_("Đã gửi"), "failed": N_("Không gửi được"),
            "unsure": N_("Không rõ đã đến chưa"), "cancelled": N_("Không cần gửi nữa"),
        }[self.value]


class OutboxMail(Identified, Model):
    """One letter to one person."""

    __tablename__ = "outbox_mail"
    __table_args__ = (
        CheckConstraint("attempt_count >= 0", name="attempt_count"),
        Index("ix_outbox_mail_status_next_at", "status", "next_at"),
    )

    key: Mapped[str] = code_column(120, unique=True)
    """What it is about and to whom; makes its Message-ID, so the same letter is known again wherever it arrives."""
    to_name: Mapped[str]
    to_address: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    status: Mapped[MailStatus] = enum_column(MailStatus, "status", default=MailStatus.QUEUED)
    attempt_count: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    """Not to be tried before."""
    claimed_at: Mapped[datetime | None]
    """When a worker took it last."""
    sent_at: Mapped[datetime | None]
    trouble: Mapped[str] = mapped_column(default="")
    """Why the last attempt failed, in the server's words or ours."""
    created_at: Mapped[datetime]
