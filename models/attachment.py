"""Evidence files, kept once by the hash of their content."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Identified, Model, code_column

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes a single file may have."""
MEDIA_TYPES: dict[str, tuple[str, ...]] = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/heic": (".heic", ".heif"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
}
"""What may be uploaded, by content and by the endings such a file may bear."""


class Attachment(Identified, Model):
    """One uploaded file; equal contents share the bytes on disk."""

    __tablename__ = "attachment"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str]
    """As the person named it."""
    media_type: Mapped[str] = code_column(100)
    """Found from the content, not from the name."""
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = code_column(64, index=True)
    uploaded_at: Mapped[datetime]
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
