"""What a unit printed before sending, held against what its plan or report says now."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.dates import format_day
from core.numbers import format_number
from models.account import Account
from models.figure import EMPTY, Figure
from models.issued import PaperPrint
from queries.plan import PlanContent
from queries.report import ReportState
from queries.submission import SubmissionLine

Parts = dict[str, list[str]]
"""By part, as "section:I.1": what it is called, what it says."""


@dataclass(frozen=True)
class Changed:
    """One part that says something else now."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class PrintLine:
    """The last print: when, by whom, and what has changed since."""

    printed_at: datetime
    printed_by: str
    digest: str
    changes: tuple[Changed, ...]


def report_parts(state: ReportState) -> Parts:
    """What a report says: typed texts, figures, number, day and signer. No query."""
    parts = {section.part: [section.title, state.texts[section.id].text if section.id in state.texts else ""]
             for section in state.sections if section.has_text}
    figures = {f"figure:{row.code}": [f"{row.code}. {row.name}", _figure(state.gathered.figures.get(row.code, EMPTY))]
               for row in state.gathered.indicators}
    return parts | figures | _document(state.line)


def plan_parts(plan: PlanContent, line: SubmissionLine) -> Parts:
    """What a plan says: texts, items, number, day and signer. No query."""
    parts = {f"section:{row.code}": [row.title, row.text] for row in plan.sections if row.has_text}
    items = {f"item:{row.id}": [row.title, "; ".join(filter(None, [
        row.title, row.medium_label, row.quantity_words, row.window, row.doers, row.partner, row.budget_words]))]
        for row in plan.items}
    return parts | items | _document(line)


def _document(line: SubmissionLine) -> Parts:
    """Number, day and signer."""
    on = format_day(line.document_on) if line.document_on else ""
    words = [line.document_number, on, line.signer_authority, line.signer_position, line.signer_name]
    return {"document": ["Số, ngày, người ký", "; ".join(filter(None, words))]}


def _figure(figure: Figure) -> str:
    """A figure in words: empty, nothing to report, or its number."""
    if figure.is_empty:
        return ""
    return "không phát sinh" if figure.is_nil or figure.value is None else format_number(figure.value)


def digest_of(parts: Parts) -> str:
    """SHA-256 of the parts in canonical JSON."""
    plain = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def last_print(session: Session, submission_id: int | None, parts: Parts) -> PrintLine | None:
    """The last print of a submission and what differs from ``parts`` now; None when none was made. One query."""
    if submission_id is None:
        return None
    row = session.execute(
        select(PaperPrint, Account.full_name).outerjoin(Account, Account.id == PaperPrint.printed_by_id)
        .where(PaperPrint.submission_id == submission_id).order_by(PaperPrint.id.desc()).limit(1)).first()
    if row is None:
        return None
    printed, name = row
    is_same = printed.digest == digest_of(parts)
    return PrintLine(printed.printed_at, name or "", printed.digest, () if is_same else _changes(printed.parts, parts))


def _changes(before: Mapping[str, list[str]], after: Parts) -> tuple[Changed, ...]:
    """The parts that differ, in the order in which they stand now, those that went at the end."""
    names = [*after, *(name for name in before if name not in after)]
    pairs = ((before.get(name), after.get(name)) for name in names)
    return tuple(
        Changed((new or old or [""])[0], old[1] if old else "", new[1] if new else "")
        for old, new in pairs if (old[1] if old else None) != (new[1] if new else None))


__all__ = ["Changed", "Parts", "PrintLine", "digest_of", "last_print", "plan_parts", "report_parts"]
