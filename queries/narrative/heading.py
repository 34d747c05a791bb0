"""The headings of a report with how far their texts and the reading of the units' texts are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.narrative import NarrativeMark
from models.submission import SubmissionVersion
from queries.narrative.sentence import read_sheets
from queries.report import ReportState, SectionLine


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading at the desk."""

    section: SectionLine
    sentence_count: int
    """Sentences that people wrote or picked; 0 while the portal's own stand there."""
    source_count: int
    """Units' sentences behind them."""
    text_count: int
    """Units that report directly and wrote something here."""
    unread_count: int


def list_headings(session: Session, state: ReportState, on: date) -> list[Heading]:
    """The headings that hold a text, in order. Three queries, however many units."""
    sections = [section for section in state.steps if section.has_text]
    texts = {section.id: saved.text for section in sections
             if (saved := state.texts.get(section.id)) is not None and not saved.is_drafted}
    sheets = read_sheets(session, state.line.submission_id, texts, on)
    written = _written(session, state)
    read = _read(session, state)
    result = []
    for section in sections:
        sheet = sheets.get(section.id)
        lines = sheet.lines if sheet is not None else ()
        versions = written.get(section.code, frozenset())
        result.append(Heading(section, len(lines), sum(len(line.refs) for line in lines), len(versions),
                              len(versions - read.get(section.id, frozenset()))))
    return result


def _written(session: Session, state: ReportState) -> Mapping[str, frozenset[int]]:
    """Versions of direct reporters with something under a heading, by its code. One query."""
    ids = [part.version_id for part in state.gathered.included if part.version_id is not None]
    rows = session.execute(select(SubmissionVersion.id, SubmissionVersion.content["sections"])
                           .where(SubmissionVersion.id.in_(ids)))
    found: dict[str, set[int]] = {}
    for version_id, sections in rows:
        for row in sections or ():
            if row["text"].strip():
                found.setdefault(row["code"], set()).add(version_id)
    return {code: frozenset(versions) for code, versions in found.items()}


def _read(session: Session, state: ReportState) -> Mapping[int, frozenset[int]]:
    """Versions that were read, by section. One query."""
    rows = session.execute(select(NarrativeMark.section_id, NarrativeMark.version_id)
                           .where(NarrativeMark.submission_id == (state.line.submission_id or 0)))
    found: dict[int, set[int]] = {}
    for section_id, version_id in rows:
        found.setdefault(section_id, set()).add(version_id)
    return {section_id: frozenset(versions) for section_id, versions in found.items()}
