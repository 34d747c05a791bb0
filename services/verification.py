"""Is this file what the portal issued? By its bytes, else by its words and signatures. Nothing of it is kept."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.pdf_reading import read_pdf
from core.storage import FileStore
from core.translation import N_
from models.issued import CopyState
from models.narrative import TRACE
from models.paper_reading import is_redrawn, judge
from models.submission import IssuedDocument, SubmissionVersion
from queries.consolidation import DOCUMENT, frozen_document
from queries.issued import PaperFacts, find_version_of_file, get_paper
from services.consolidation import BUILDERS, Format
from services.narrative.trace import trace_lines
from services.sheet.pace import count_source, day_key, source_of
from services.version_paper import print_version

MOST_FILES = 60
"""Files a day from one network that are read for their words; equal bytes are recognised without end (ours)."""
_hashes: dict[tuple[str, "Form"], str] = {}
_MOST_HASHES = 2000


@dataclass(frozen=True, slots=True)
class Form:
    """One of the files that are handed out of a version: its format, and whether it carries the annex of sources."""

    kind: Format
    is_traced: bool = False


PDF = Form("pdf")


class Outcome(StrEnum):
    """What a file is."""

    GENUINE = "genuine"
    """The very file, byte by byte."""
    COPY = "copy"
    """A signed or scanned copy that its office attached."""
    SIGNED = "signed"
    """The same words under signatures that fit."""
    SAME_WORDS = "same_words"
    """The same pages, saved again."""
    REDRAWN = "redrawn"
    """The same words on pages drawn anew, as by another program's printing: what else they show is not known."""
    OTHER = "other"
    """A genuine file, of another paper than the one that was asked for."""
    CHANGED = "changed"
    FOREIGN = "foreign"
    UNREAD = "unread"

    @property
    def label(self) -> str:
        """In words."""
        return {
            "genuine": N_("Đúng là tệp do cổng phát hành"), "copy": N_("Đúng là bản ký do cơ quan phát hành đính kèm"),
            "signed": N_("Chữ đúng với bản phát hành, chữ ký số còn nguyên vẹn"),
            "same_words": N_("Chữ đúng với bản phát hành, nhưng tệp đã được lưu lại nên không còn nguyên vẹn"),
            "redrawn": N_("Chữ đúng với bản phát hành, nhưng các trang đã được vẽ lại"),
            "other": N_("Là tệp của văn bản khác trên cổng"), "changed": N_("Tệp đã bị sửa hoặc dựng lại"),
            "foreign": N_("Không phải tệp do cổng phát hành"),
            "unread": N_("Không đọc được tệp nên chưa kết luận được"),
        }[self.value]

    @property
    def is_good(self) -> bool:
        """Whether the file says what was issued, and can be shown to."""
        return self in (Outcome.GENUINE, Outcome.COPY, Outcome.SIGNED)


@dataclass(frozen=True)
class Checked:
    """What a file turned out to be: of which ``paper``, and what its words and signatures say (``reading``)."""

    outcome: Outcome
    paper: PaperFacts | None = None
    reading: dict[str, Any] = field(default_factory=dict)


_JUDGED = {
    CopyState.SIGNED: Outcome.SIGNED, CopyState.UNSIGNED: Outcome.SAME_WORDS, CopyState.CHANGED: Outcome.CHANGED,
    CopyState.BROKEN: Outcome.CHANGED, CopyState.FOREIGN: Outcome.FOREIGN, CopyState.UNREAD: Outcome.UNREAD,
    CopyState.SCAN: Outcome.FOREIGN,
}


def recognise(session: Session, content: bytes, version: SubmissionVersion | None, store: FileStore) -> Checked | None:
    """Say what a file is by its bytes alone; None where they are nobody's. Quick, so strangers may ask without end."""
    sha256 = hashlib.sha256(content).hexdigest()
    found = find_version_of_file(session, sha256)
    if found is not None:
        paper = get_paper(session, found)
        assert paper is not None
        is_copy = all(sha256 != file.sha256 for file in paper.files)
        if version is not None and version.id != found:
            return Checked(Outcome.OTHER, paper)
        return Checked(Outcome.COPY if is_copy else Outcome.GENUINE, paper)
    if version is not None and any(sha256 == hash_of(session, version, store, form)
                                   for form in forms_of(version, content)):
        return Checked(Outcome.GENUINE, get_paper(session, version.id))
    return None


def examine(session: Session, content: bytes, version: SubmissionVersion | None, store: FileStore,
            roots: Path | None) -> Checked:
    """Say what a file is by its words and signatures. Takes seconds. Raises BusyError.

    Without a ``version`` the code on the file's own pages names it.
    """
    if content[:5] != b"%PDF-":
        return Checked(Outcome.FOREIGN)
    if version is None:
        reading = read_pdf(content, None, roots)
        version = next(filter(None, (_bearing(session, code) for code in reading.get("codes", ()))), None)
        if version is None:
            return Checked(Outcome.FOREIGN if reading.get("ok") else Outcome.UNREAD, None, reading)
        exact = recognise(session, content, version, store)
        if exact is not None:
            return exact
    reading = read_pdf(content, print_version(session, version, store), roots)
    others = filter(None, (_bearing(session, code) for code in reading.get("codes", ()) if code != version.code))
    for other in others:
        exact = recognise(session, content, other, store)
        if exact is not None:
            return Checked(Outcome.OTHER, exact.paper)
    state = judge(reading, version.code)
    is_anew = state is CopyState.CHANGED and is_redrawn(reading)
    return Checked(Outcome.REDRAWN if is_anew else _JUDGED[state], get_paper(session, version.id), reading)


def forms_of(version: SubmissionVersion, content: bytes) -> Iterator[Form]:
    """The files of a version that one which begins like ``content`` could be, the likeliest first."""
    kinds: tuple[Format, ...] = ("docx", "xlsx") if content[:2] == b"PK" else ()
    if content[:5] == b"%PDF-":
        kinds = ("pdf",)
    if DOCUMENT not in version.content:
        yield from (Form(kind) for kind in kinds if kind != "xlsx")
        return
    yield from map(Form, kinds or ("csv",))
    if version.content.get(TRACE):
        yield from (Form(kind, is_traced=True) for kind in kinds if kind != "xlsx")


def hash_of(session: Session, version: SubmissionVersion, store: FileStore, form: Form = PDF) -> str:
    """SHA-256 of a version's file; printed once in this process, as a frozen version never changes."""
    key = (version.code or f"{version.id}-{version.content_hash}", form)
    if key not in _hashes:
        if len(_hashes) >= _MOST_HASHES:
            _hashes.clear()
        _hashes[key] = hashlib.sha256(_printed(session, version, store, form)).hexdigest()
    return _hashes[key]


def _printed(session: Session, version: SubmissionVersion, store: FileStore, form: Form) -> bytes:
    """A file of a version as its pages hand it out."""
    if form.kind in ("pdf", "docx") and not form.is_traced:
        return print_version(session, version, store, "docx" if form.kind == "docx" else "pdf")
    issued = session.scalar(select(IssuedDocument).where(IssuedDocument.version_id == version.id))
    document = frozen_document(version, issued)
    if form.is_traced:
        document = replace(document, trace=trace_lines(version.content[TRACE]))
    return BUILDERS[form.kind](document)


def may_examine(session: Session, address: str, today: date) -> bool:
    """Count one more file from a network, under the day's throwaway key of the surveys. Writes; does not commit."""
    source = source_of(address, 0, day_key(session, today))
    return source is None or count_source(session.connection(), source, today) <= MOST_FILES


def _bearing(session: Session, code: str) -> SubmissionVersion | None:
    """The version that bears a code."""
    return session.scalar(select(SubmissionVersion).where(SubmissionVersion.code == code))


__all__ = ["Checked", "Outcome", "examine", "hash_of", "may_examine", "recognise"]
