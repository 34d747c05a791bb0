"""Planning an inspection: what, on which ground, which units; and how it ends. Nothing here commits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from core.dates import format_day, format_span, local_day
from core.text import fold
from core.translation import N_
from models.event import Subject
from models.finding import Finding
from models.inspection import InspectedUnit, Inspection
from models.permission import Viewer
from models.programme import Theme
from queries.unit import unit_names
from services.trail import record


class InspectionError(Exception):
    """It cannot be done as the inspection stands; the message is Vietnamese."""


@dataclass(frozen=True)
class InspectionInput:
    """An inspection as a checked form gives it; themes by code."""

    title: str
    basis: str
    decision_number: str
    decided_on: date | None
    theme_codes: tuple[str, ...]
    content: str
    host_programme: str
    """Empty when it stands alone."""
    starts_on: date
    ends_on: date
    team: str


class Ending(StrEnum):
    """What may be decided of a whole inspection."""

    CONCLUDE = "conclude"
    CANCEL = "cancel"
    REOPEN = "reopen"

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Kết thúc cuộc kiểm tra'."""
        return {"conclude": N_("Kết thúc cuộc kiểm tra"), "cancel": N_("Hủy cuộc kiểm tra"),
                "reopen": N_("Mở lại cuộc kiểm tra")}[self.value]


def add_inspection(session: Session, given: InspectionInput, *, programme_id: int, owner_unit_id: int,
                   form_token: str, viewer: Viewer | None, now: datetime) -> Inspection:
    """Plan an inspection; the same ``form_token`` twice makes one."""
    inspection = Inspection(
        programme_id=programme_id, owner_unit_id=owner_unit_id, form_token=form_token, created_at=now,
        created_by_id=viewer.account_id if viewer else None, themes=[])
    with session.no_autoflush:
        _fill(session, inspection, given)
    try:
        with session.begin_nested():
            session.add(inspection)
            session.flush()
    except IntegrityError:
        made = session.scalar(select(Inspection).where(Inspection.form_token == form_token))
        if made is None:
            raise
        return made
    record(session, at=now, viewer=viewer, subject=Subject.INSPECTION, subject_id=inspection.id,
           action="create_inspection", unit_id=owner_unit_id)
    return inspection


def change_inspection(session: Session, inspection: Inspection, given: InspectionInput, *, viewer: Viewer | None,
                      now: datetime) -> bool:
    """Change what was planned, of an inspection loaded with its themes; False when nothing differs.

    Raises InspectionError when it is over.
    """
    _check_running(inspection)
    before = describe(inspection)
    _fill(session, inspection, given)
    session.flush()
    after = describe(inspection)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changed:
        record(session, at=now, viewer=viewer, subject=Subject.INSPECTION, subject_id=inspection.id,
               action="change_inspection", unit_id=inspection.owner_unit_id, detail=changed)
    return bool(changed)


def _fill(session: Session, inspection: Inspection, given: InspectionInput) -> None:
    """Put what was given into the row; themes are those of its programme."""
    inspection.title, inspection.folded = given.title, fold(given.title)
    inspection.basis, inspection.decision_number = given.basis, given.decision_number
    inspection.decided_on, inspection.content, inspection.team = given.decided_on, given.content, given.team
    inspection.host_programme = given.host_programme
    inspection.starts_on, inspection.ends_on = given.starts_on, given.ends_on
    inspection.themes = list(session.scalars(
        select(Theme).where(Theme.programme_id == inspection.programme_id, Theme.code.in_(given.theme_codes))
        .order_by(Theme.position)))


def describe(inspection: Inspection) -> dict[str, Any]:
    """An inspection loaded with its themes, in plain values for the trail's before and after."""
    return {
        "title": inspection.title, "basis": inspection.basis, "decision_number": inspection.decision_number,
        "decided_on": format_day(inspection.decided_on) if inspection.decided_on else "",
        "host_programme": inspection.host_programme, "span": format_span(inspection.starts_on, inspection.ends_on),
        "team": inspection.team, "content": inspection.content,
        "themes": ", ".join(theme.code for theme in sorted(inspection.themes, key=lambda theme: theme.position)),
    }


def load_inspection(session: Session, inspection_id: int) -> Inspection:
    """The row with its themes, locked until the end of the transaction where the database can."""
    return session.scalars(
        select(Inspection).where(Inspection.id == inspection_id).options(selectinload(Inspection.themes))
        .with_for_update(of=Inspection)).one()


def _check_running(inspection: Inspection) -> None:
    """Raise InspectionError when it is over."""
    if inspection.is_over:
        raise InspectionError(N_("Cuộc kiểm tra đã kết thúc hoặc đã hủy nên không ghi thêm được."))


def add_units(session: Session, inspection: Inspection, unit_ids: Iterable[int], *, viewer: Viewer | None,
              now: datetime) -> int:
    """Take units in, those that were taken out again too; gives back how many. Raises InspectionError when over."""
    _check_running(inspection)
    rows = {row.unit_id: row for row in session.scalars(
        select(InspectedUnit).where(InspectedUnit.inspection_id == inspection.id))}
    added = []
    for unit_id in dict.fromkeys(unit_ids):
        row = rows.get(unit_id)
        if row is None:
            session.add(InspectedUnit(inspection_id=inspection.id, unit_id=unit_id))
        elif row.removed_at is not None:
            row.removed_at = None
        else:
            continue
        added.append(unit_id)
    session.flush()
    names = unit_names(session, added, local_day(now))
    for unit_id in added:
        record(session, at=now, viewer=viewer, subject=Subject.INSPECTION, subject_id=inspection.id,
               action="add_inspected", unit_id=unit_id, detail={"unit": names.get(unit_id, "")})
    return len(added)


def remove_unit(session: Session, inspection: Inspection, visit: InspectedUnit, *, viewer: Viewer | None,
                now: datetime) -> None:
    """Take a unit out before its visit. Raises InspectionError when it was visited or the inspection is over."""
    _check_running(inspection)
    has_findings = session.scalar(select(exists().where(Finding.visit_id == visit.id)))
    if visit.visited_on is not None or has_findings:
        raise InspectionError(N_("Đơn vị đã được kiểm tra nên không đưa ra khỏi danh sách được."))
    if visit.removed_at is None:
        visit.removed_at = now
        record(session, at=now, viewer=viewer, subject=Subject.INSPECTION, subject_id=inspection.id,
               action="remove_inspected", unit_id=visit.unit_id,
               detail={"unit": unit_names(session, [visit.unit_id], local_day(now)).get(visit.unit_id, "")})


def end_inspection(session: Session, inspection: Inspection, ending: Ending, reason: str, *, viewer: Viewer | None,
                   now: datetime) -> None:
    """Conclude, cancel or open an inspection again. Raises InspectionError when that does not fit."""
    match ending:
        case Ending.CONCLUDE:
            _check_running(inspection)
            inspection.concluded_at = now
        case Ending.CANCEL:
            _check_running(inspection)
            if session.scalar(select(exists().where(
                    InspectedUnit.inspection_id == inspection.id, InspectedUnit.visited_on.is_not(None)))):
                raise InspectionError(N_("Đã có đơn vị được kiểm tra; hãy kết thúc cuộc kiểm tra thay vì hủy."))
            inspection.cancelled_at = now
        case Ending.REOPEN:
            if not inspection.is_over:
                raise InspectionError(N_("Cuộc kiểm tra đang mở."))
            inspection.concluded_at = inspection.cancelled_at = None
    inspection.reason = reason.strip()
    record(session, at=now, viewer=viewer, subject=Subject.INSPECTION, subject_id=inspection.id,
           action=f"{ending.value}_inspection", unit_id=inspection.owner_unit_id, reason=reason)
    session.flush()


__all__ = ["Ending", "InspectionError", "InspectionInput", "add_inspection", "add_units", "change_inspection",
           "describe", "end_inspection", "load_inspection", "remove_unit"]
