"""Making a chase letter: composed from the wording of its round, frozen, and noted with every unit it chases."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.dates import format_day, format_document_day
from core.settings import ROOT
from core.translation import _
from exports.chase_letter import build
from models.chase_letter import ChasedUnit, ChaseLetter
from models.deadline import add_working_days
from models.event import Subject
from models.permission import Viewer
from models.programme import Programme
from models.requirement import Level, Requirement, RequirementKind
from queries.chase_letter import ChaseDocument, Lateness, LetterLine, get_lateness, list_letters, next_round
from queries.consolidation.frozen import dump_document, load_as
from queries.document import DocumentHead
from queries.holiday import read_holidays
from queries.unit import department_id, unit_names
from services.trail import record

FILE = ROOT / "data" / "letters" / "chase.json"
TYPE_NAME = "CÔNG VĂN"
MOST_NAMED = 5
"""More addressees than these are named in the annex alone."""
NAMED_IN_ANNEX = "Các đơn vị có tên tại Phụ lục kèm theo"
UNIT_OF_OFFICE = "VP"


class ChaseLetterError(Exception):
    """No letter can be made; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class LetterFields:
    """What the clerk types; an empty number leaves room for it."""

    number: str
    symbol: str
    issued_on: date
    answer_by: date
    authority: str
    position: str
    name: str


@cache
def wording() -> dict[str, Any]:
    """The words of the letters, by round, with what stands in braces to fill in."""
    return cast(dict[str, Any], json.loads(FILE.read_text(encoding="utf-8")))


def suggest_fields(session: Session, requirement: Requirement, letter_round: int, on: date) -> LetterFields:
    """What the form begins with: today, the programme's signer, the round's working days to answer. Two queries."""
    programme = session.get_one(Programme, requirement.programme_id)
    days = wording()["rounds"][letter_round - 1]["answer_working_days"]
    agency = programme.symbol.partition("-")[2]
    return LetterFields(
        number="", symbol="-".join(filter(None, [agency, UNIT_OF_OFFICE])), issued_on=on,
        answer_by=add_working_days(on, days, read_holidays(session)), authority=programme.signer_authority,
        position=programme.signer_position, name=programme.signer_name)


def compose_letter(session: Session, requirement: Requirement, lateness: Lateness, letters: list[LetterLine],
                   fields: LetterFields, *, is_draft: bool = False) -> ChaseDocument:
    """The letter that would be made. Three queries. Raises ChaseLetterError when nobody is late."""
    if not lateness.units:
        raise ChaseLetterError(_("Không còn đơn vị nào quá hạn để đôn đốc."))
    words = wording()
    said = words["rounds"][next_round(letters) - 1]
    values = _values(session, requirement, lateness, letters, fields)
    head = _head(session, requirement, lateness, fields, said["subject"].format(**values), is_draft)
    paragraphs = tuple(text.format(**values) for text in said["paragraphs"])
    return ChaseDocument(head, paragraphs, said["closing"].format(**values), lateness.units)


def _values(session: Session, requirement: Requirement, lateness: Lateness, letters: list[LetterLine],
            fields: LetterFields) -> dict[str, str]:
    """What stands for the braces."""
    department = department_id(session)
    agency = unit_names(session, [department], fields.issued_on).get(department, "") if department else ""
    until = "chậm nhất ngày" if requirement.counts_due_day else "trước ngày"
    before = ", ".join(_named(letter) for letter in reversed(letters))
    is_ad_hoc = requirement.kind is RequirementKind.AD_HOC
    part, words, year = "ad_hoc" if is_ad_hoc else "programme", wording(), str(requirement.due_on.year)
    own_basis = requirement.legal_basis if is_ad_hoc else ""
    return {
        "agency": agency, "year": year, "task": _task(requirement), "matter": words["matter"][part],
        "basis": own_basis or words["basis"][part].format(year=year, agency=agency),
        "kind": _task(requirement) if is_ad_hoc else _small(requirement.kind.label),
        "due": f"{until} {format_document_day(requirement.due_on)}",
        "day": format_document_day(fields.issued_on), "late": str(len(lateness.units)), "owed": str(lateness.owed),
        "answer_by": format_document_day(fields.answer_by), "before": before}


def _task(requirement: Requirement) -> str:
    """What is asked for within a sentence, as "báo cáo kết quả công tác tuyên truyền …"."""
    task = _small(requirement.title)
    is_named = task.startswith(("báo cáo", "kế hoạch"))
    return task if is_named or not requirement.kind.is_report else f"báo cáo {task}"


def _named(letter: LetterLine) -> str:
    """An earlier letter, as "Công văn số 12/SGDĐT-VP ngày 05/6/2023"."""
    number = f" số {letter.full_number}" if letter.number else ""
    return f"Công văn{number} ngày {format_document_day(letter.issued_on)}"


def _small(text: str) -> str:
    """The text with a small first letter, as within a sentence."""
    return text[:1].lower() + text[1:]


def _head(session: Session, requirement: Requirement, lateness: Lateness, fields: LetterFields, subject: str,
          is_draft: bool) -> DocumentHead:
    """Agency, number, day, to whom, who signs."""
    programme = session.get_one(Programme, requirement.programme_id)
    names = tuple(unit.name for unit in lateness.units)
    return DocumentHead(
        parent_agency=programme.parent_agency, agency=programme.agency, number=fields.number, symbol=fields.symbol,
        place=programme.place, issued_on=fields.issued_on, year=fields.issued_on.year, type_name=TYPE_NAME,
        subject=subject, addressees=names if len(names) <= MOST_NAMED else (NAMED_IN_ANNEX,),
        recipients=tuple(wording()["recipients"]), authority=fields.authority, signer_position=fields.position,
        signer_name=fields.name, is_draft=is_draft)


def make_letter(session: Session, requirement: Requirement, fields: LetterFields, *, level: Level | None,
                submit_key: str, viewer: Viewer | None, on: date, now: datetime) -> ChaseLetter:
    """Freeze a letter to the units that are late now, and note it with each of them. Does not commit.

    The same ``submit_key`` twice makes one. Raises ChaseLetterError when nobody is late.
    """
    session.execute(select(Requirement.id).where(Requirement.id == requirement.id).with_for_update())
    done = session.scalar(select(ChaseLetter).where(ChaseLetter.submit_key == submit_key))
    if done is not None:
        return done
    letters = list_letters(session, requirement.id)
    lateness = get_lateness(session, requirement.id, on, level=level)
    document = compose_letter(session, requirement, lateness, letters, fields)
    letter = ChaseLetter(
        requirement_id=requirement.id, round=next_round(letters), number=fields.number, symbol=fields.symbol,
        issued_on=fields.issued_on, answer_by=fields.answer_by, signer_authority=fields.authority,
        signer_position=fields.position, signer_name=fields.name, content=dump_document(document),
        pdf_sha256=hashlib.sha256(build(document)).hexdigest(), made_at=now,
        made_by_id=viewer.account_id if viewer else None, submit_key=submit_key)
    session.add(letter)
    session.flush()
    _note_units(session, letter, requirement, document, viewer, now)
    return letter


def _note_units(session: Session, letter: ChaseLetter, requirement: Requirement, document: ChaseDocument,
                viewer: Viewer | None, now: datetime) -> None:
    """Write the late units, and one line on the timeline of each."""
    number = f"{letter.number}/{letter.symbol}" if letter.number else f"…/{letter.symbol}"
    detail = {"letter_id": letter.id, "letter": number, "day": format_day(letter.issued_on), "round": letter.round,
              "requirement": requirement.code}
    for position, unit in enumerate(document.units, start=1):
        session.add(ChasedUnit(letter_id=letter.id, obligation_id=unit.obligation_id, unit_id=unit.unit_id,
                               position=position, days_late=unit.days_late, reminder_count=unit.reminder_count))
        record(session, at=now, viewer=viewer, subject=Subject.UNIT, subject_id=unit.unit_id, action="chase",
               unit_id=unit.unit_id, reason=requirement.title, detail={**detail, "days_late": unit.days_late})
    record(session, at=now, viewer=viewer, subject=Subject.CHASE_LETTER, subject_id=letter.id, action="issue_letter",
           detail={**detail, "units": len(document.units)})
    session.flush()


def letter_document(letter: ChaseLetter) -> ChaseDocument:
    """The document as it was frozen."""
    return load_as(ChaseDocument, letter.content)


def print_letter(letter: ChaseLetter) -> bytes:
    """The same file as on the day it was made."""
    return build(letter_document(letter))
