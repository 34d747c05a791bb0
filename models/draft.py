"""Drafts: everything typed, kept per field until it is saved in its place (product law 7)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Identified, Model, code_column

VALUE_MAX_LENGTH = 100_000
NAME_MAX_LENGTH = 120
"""Of a field's name; ours are shorter, what a stranger makes up may not be."""


class Draft(Identified, Model):
    """What was typed into one form. The row stays when the form is saved, so that another tab can be told."""

    __tablename__ = "draft"
    __table_args__ = (Index("ix_draft_unit_id", "unit_id"),)

    key: Mapped[str] = code_column(120, unique=True)
    """Which form: "activity:91", "report:33:II.2.a", "activity:new:17" (a person's own new one)."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """Whose form it is: who may write for this unit may read and write the draft."""
    form_token: Mapped[str] = code_column(64, default="")
    """The token that the saved object will bear, so that a reload or a double click makes one."""
    revision: Mapped[int] = mapped_column(default=0)
    """Raised by every saved field; a field's own revision is the counter's value then."""
    saved_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    """When its contents were last saved in their place; fields up to ``applied_revision`` are done with."""
    applied_revision: Mapped[int] = mapped_column(default=0)
    fields: Mapped[list["DraftField"]] = relationship(lazy="raise", cascade="all, delete-orphan")


class DraftField(Identified, Model):
    """One field as it was typed, valid or not."""

    __tablename__ = "draft_field"
    __table_args__ = (UniqueConstraint("draft_id", "name"),)

    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    name: Mapped[str] = code_column(NAME_MAX_LENGTH)
    value: Mapped[Any] = mapped_column(JSON)
    """A text, or a list of texts for choices of which several may be ticked."""
    revision: Mapped[int]
    tab: Mapped[str] = code_column(64, default="")
    """The page that sent it; the same page never conflicts with itself."""
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
