"""Writing a consolidated report: its texts from people or figures, the live draft, and what is downloaded."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.storage import FileStore
from core.text import fold
from exports.consolidation import build as build_report
from exports.consolidation import build_word
from exports.consolidation_csv import build as build_csv
from exports.consolidation_workbook import build as build_workbook
from exports.summary import build as build_summary
from models.issued import IssuedFile
from models.requirement import Requirement
from models.submission import IssuedDocument, SubmissionVersion
from models.workflow import Status
from queries.consolidation import (
    SUMMARY,
    Material,
    build_document,
    find_version,
    frozen_document,
    latest_version,
    load_summary,
    read_material,
)
from queries.document import ConsolidatedDocument, SummaryDocument
from queries.leadership import get_dashboard, summary_of
from queries.unit import UnitLine
from services.report.facts import facts_of, model_names, written_text

Format = Literal["pdf", "docx", "xlsx", "csv", "summary"]
FORMATS: tuple[Format, ...] = ("pdf", "docx", "xlsx", "csv", "summary")
BUILDERS: dict[Format, Callable[[ConsolidatedDocument], bytes]] = {
    "pdf": build_report, "docx": build_word, "xlsx": build_workbook, "csv": build_csv}
"""How the report becomes a file. A further format is one line here: it is downloaded, issued, kept and verified."""
ENDINGS: dict[Format, str] = {"pdf": "pdf", "docx": "docx", "xlsx": "xlsx", "csv": "csv", "summary": "pdf"}


@dataclass(frozen=True)
class PrintedFile:
    """A file that the portal prints: its bytes, the name a person reads, and which version it is."""

    content: bytes
    name: str
    version: int | None
    """None for the live draft."""


def texts_of(session: Session, material: Material) -> dict[str, str]:
    """What stands under each heading now: written by people, else sentences from the figures."""
    state = material.state
    themes = tuple(
        (theme.label, sum(count.by_theme[place] for count in material.counts))
        for place, theme in enumerate(material.themes))
    facts = replace(facts_of(session, state, sections=frozenset()), themes=themes, models=model_names(material.models),
                    inspected=material.inspected)
    return {section.code: written_text(state, section.id, section.code, facts)
            for section in state.sections if section.has_text}


def compose(session: Session, requirement: Requirement, unit: UnitLine, on: date) -> ConsolidatedDocument:
    """The live draft as it stands at the end of ``on``. Raises NoConsolidationError."""
    material = read_material(session, requirement, unit, on)
    return build_document(session, material, texts_of(session, material))


def print_file(session: Session, requirement: Requirement, unit: UnitLine, kind: Format, *, version: int | None,
               on: date, now: datetime, store: FileStore | None = None) -> PrintedFile | None:
    """The report or the summary: a version as it was frozen, else the newest while it stands, else the draft.

    What was issued is handed out of ``store`` as it was kept then. None when there is no such version. Page and
    command both call this, so they give the same bytes. Raises NoConsolidationError.
    """
    version = version if version is not None else standing_version(session, requirement, unit)
    found = find_version(session, requirement.id, unit.id, version) if version is not None else None
    if version is not None and found is None:
        return None
    name = file_name(requirement, unit, kind, version)
    if found is not None:
        kept = kept_file(session, store, found[0].id, kind)
        content = kept if kept is not None else build_frozen(*found, kind)
        if content is not None:
            return PrintedFile(content, name, version)
    if kind == "summary":
        return PrintedFile(build_summary(compose_summary(session, requirement, unit, on=on, now=now)), name, version)
    return PrintedFile(BUILDERS[kind](compose(session, requirement, unit, on)), name, version)


def build_frozen(version: SubmissionVersion, issued: IssuedDocument | None, kind: Format) -> bytes | None:
    """A file of a frozen version, always the same bytes; None for the summary of one that froze none."""
    if kind == "summary":
        return build_summary(load_summary(version.content[SUMMARY])) if SUMMARY in version.content else None
    return BUILDERS[kind](frozen_document(version, issued))


def kept_file(session: Session, store: FileStore | None, version_id: int, kind: str) -> bytes | None:
    """The bytes that were kept when a version was issued; None where none were, or the disk has lost them. A query."""
    if store is None:
        return None
    sha256 = session.scalar(
        select(IssuedFile.sha256).where(IssuedFile.version_id == version_id, IssuedFile.kind == kind))
    if sha256 is None or not store.has(sha256):
        return None
    content = store.path(sha256).read_bytes()
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def compose_summary(session: Session, requirement: Requirement, unit: UnitLine, *, on: date, now: datetime,
                    day: date | None = None) -> SummaryDocument:
    """The two pages for leadership as things stand now, or as they stood at the end of ``day``.

    Raises NoConsolidationError; NotYetAskedError (queries/leadership) when nobody owed the report on that day.
    """
    return summary_of(get_dashboard(session, requirement, unit, on=on, now=now, day=day))


def print_past_summary(session: Session, requirement: Requirement, unit: UnitLine, day: date, *, on: date,
                       now: datetime) -> PrintedFile:
    """The two pages as things stood at the end of an earlier day. Raises as ``compose_summary`` does."""
    content = build_summary(compose_summary(session, requirement, unit, on=on, now=now, day=day))
    name = f"tom-tat-{requirement.code}-{fold(unit.code).replace(' ', '-')}-den-{day:%d-%m-%Y}.pdf"
    return PrintedFile(content, name, None)


def file_name(requirement: Requirement, unit: UnitLine, kind: Format, version: int | None) -> str:
    """A name that a person can read and any system keeps, as "bao-cao-2023-half-year-SGDDT-ban-2.pdf"."""
    what = "tom-tat" if kind == "summary" else "bao-cao"
    which = f"ban-{version}" if version is not None else "du-thao"
    return f"{what}-{requirement.code}-{fold(unit.code).replace(' ', '-')}-{which}.{ENDINGS[kind]}"


def standing_version(session: Session, requirement: Requirement, unit: UnitLine) -> int | None:
    """The newest version while the report is handed in, accepted or issued; None while it is being written."""
    status, number = latest_version(session, requirement.id, unit.id)
    return number if status in (Status.SUBMITTED, Status.ACCEPTED, Status.ISSUED) and number else None


__all__ = ["BUILDERS", "ENDINGS", "FORMATS", "Format", "PrintedFile", "build_frozen", "compose", "compose_summary",
           "file_name", "kept_file", "print_file", "print_past_summary", "standing_version", "texts_of"]
