"""The narrative desk: what the sentences of a consolidated report are made of, and which units' texts were read.

``section_text`` stays what is printed. The rows here tell of its sentences where each came from; when a text is
changed elsewhere, sentences that stay the same keep what is known of them (models/sentence.py).
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.translation import N_
from models.base import Identified, Model, code_column, enum_column

TRACE = "trace"
"""Under this key a consolidating version's content holds where its sentences came from."""


class SentenceKind(StrEnum):
    """How a sentence came about."""

    TYPED = "typed"
    PICKED = "picked"
    MERGED = "merged"
    LIVE = "live"
    """Made by the portal from figures."""

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Lấy từ báo cáo của đơn vị'."""
        return {
            "typed": N_("Tự viết"), "picked": N_("Lấy từ báo cáo của đơn vị"), "merged": N_("Gộp từ nhiều câu"),
            "live": N_("Câu từ số liệu"),
        }[self.value]


class NarrativeSentence(Identified, Model):
    """One sentence of a section, as it was last saved at the desk; what left the text stays, to be put back."""

    __tablename__ = "narrative_sentence"
    __table_args__ = (
        CheckConstraint("position >= 0", name="position"),
        Index("ix_narrative_sentence_submission_id_section_id", "submission_id", "section_id"),
    )

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    section_id: Mapped[int] = mapped_column(ForeignKey("outline_section.id"))
    position: Mapped[int]
    """Its place in the section from 0 on; of a removed one, where it stood."""
    opens: Mapped[bool] = mapped_column(default=False)
    """Whether a paragraph begins with it."""
    text: Mapped[str]
    """With its live numbers as {{B1}}."""
    kind: Mapped[SentenceKind] = enum_column(SentenceKind, "kind")
    was: Mapped[str] = mapped_column(default="")
    """Its wording before the last change; empty when it was never changed."""
    revision: Mapped[int] = mapped_column(default=1)
    """Raised by every change of the wording."""
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    removed_at: Mapped[datetime | None]
    """When it left the text; None while it stands in it."""


class NarrativeSource(Identified, Model):
    """A sentence of a unit's report that a sentence was made of."""

    __tablename__ = "narrative_source"
    __table_args__ = (
        Index("ix_narrative_source_sentence_id", "sentence_id"),
        Index("ix_narrative_source_version_id", "version_id"),
    )

    sentence_id: Mapped[int] = mapped_column(ForeignKey("narrative_sentence.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("submission_version.id"))
    """The frozen version it was taken from; a later one of the same unit does not take its place."""
    section_code: Mapped[str] = code_column()
    excerpt: Mapped[str]
    """The unit's own wording."""


class NarrativeMark(Identified, Model):
    """Somebody who writes the report has read what a unit wrote under a heading."""

    __tablename__ = "narrative_mark"
    __table_args__ = (UniqueConstraint("submission_id", "section_id", "version_id"),)

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    """The report that is being written."""
    section_id: Mapped[int] = mapped_column(ForeignKey("outline_section.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("submission_version.id"), index=True)
    marked_at: Mapped[datetime]
    marked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


__all__ = ["TRACE", "NarrativeMark", "NarrativeSentence", "NarrativeSource", "SentenceKind"]
