"""Ad hoc reports: drafted, changed, given up, given out with all that belongs to them, more units. No commit here."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.translation import _
from models.ad_hoc import (
    SUFFIX,
    AdHocReport,
    Brief,
    Fault,
    RequirementIndicator,
    RequirementUnit,
    asked_codes,
    find_faults,
)
from models.event import Subject
from models.indicator import Indicator
from models.permission import Viewer
from models.programme import Programme
from models.requirement import Requirement, RequirementKind, RequirementStatus
from models.survey import SurveyRound
from queries.ad_hoc import programme_operands, reporters_of, taken_codes
from services.ad_hoc_content import add_outline, add_own_indicators, open_round
from services.requirement import RequirementError, open_requirement
from services.survey import add_places
from services.trail import record

_ATTEMPTS = 5


class AdHocTokenTakenError(Exception):
    """The form's token made a report already, in another request at the same time."""


@dataclass(frozen=True)
class AdHocInput:
    """An ad hoc report as a checked form gives it."""

    title: str
    legal_basis: str
    coverage_from: date
    coverage_to: date
    cut_off_on: date
    opens_on: date
    due_on: date
    counts_due_day: bool
    consolidation_due_on: date | None
    review_days: int
    return_days: int
    brief: Brief

    def columns(self) -> dict[str, Any]:
        """The columns of its requirement."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "brief"}


def faults_of(session: Session, programme_id: int, brief: Brief, requirement_id: int | None = None) -> list[Fault]:
    """Everything wrong with what a report asks. Two queries."""
    return find_faults(brief, programme_operands(session, programme_id),
                       taken_codes(session, programme_id, requirement_id))


def next_code(session: Session, year: int, skip: int = 0) -> str:
    """The next code of a year: "2023-ad-hoc-3" after "2023-ad-hoc-2"; withdrawn ones keep theirs."""
    start = f"{year}-{SUFFIX}-"
    codes = session.scalars(select(Requirement.code).where(Requirement.code.startswith(start, autoescape=True)))
    numbers = [int(rest) for code in codes if (rest := code.removeprefix(start)).isdecimal()]
    return f"{start}{max(numbers, default=0) + 1 + skip}"


def add_ad_hoc(session: Session, programme: Programme, given: AdHocInput, *, form_token: str, viewer: Viewer | None,
               now: datetime) -> Requirement:
    """Keep a draft under the next free code; nobody owes it yet.

    Raises AdHocTokenTakenError when the form was sent at the same time by another request.
    """
    for attempt in range(_ATTEMPTS):
        made = Requirement(programme_id=programme.id, code=next_code(session, programme.year, attempt),
                           kind=RequirementKind.AD_HOC, status=RequirementStatus.DRAFT, **given.columns())
        try:
            with session.begin_nested():
                session.add(made)
                session.flush()
                session.add(AdHocReport(
                    requirement_id=made.id, brief=given.brief.dump(), form_token=form_token or None, created_at=now,
                    created_by_id=viewer.account_id if viewer else None))
                session.flush()
        except IntegrityError as error:
            if form_token and session.scalar(
                    select(AdHocReport.requirement_id).where(AdHocReport.form_token == form_token)) is not None:
                raise AdHocTokenTakenError(form_token) from error
            if attempt == _ATTEMPTS - 1:
                raise
            continue
        break
    _note(session, made, "draft_ad_hoc", viewer, now, detail={"after": _describe(made, given.brief)})
    return made


def change_ad_hoc(session: Session, requirement: Requirement, given: AdHocInput, *, viewer: Viewer | None,
                  now: datetime) -> bool:
    """Change a draft. False when nothing differs. Raises RequirementError once it was given out or withdrawn."""
    report = _draft(session, requirement)
    before = _describe(requirement, Brief.load(report.brief))
    for name, value in given.columns().items():
        setattr(requirement, name, value)
    report.brief = given.brief.dump()
    after = _describe(requirement, given.brief)
    changed = {name: [before[name], value] for name, value in after.items() if before[name] != value}
    if changed:
        _note(session, requirement, "change_ad_hoc", viewer, now, detail={"fields": changed})
    session.flush()
    return bool(changed)


def withdraw_ad_hoc(session: Session, requirement: Requirement, reason: str, *, viewer: Viewer | None,
                    now: datetime) -> None:
    """Give a draft up; it stays to be read. Raises RequirementError once it was given out or withdrawn."""
    report = _draft(session, requirement)
    if not reason.strip():
        raise RequirementError(_("Ghi lý do rút báo cáo."))
    report.withdrawn_at, report.withdrawn_reason = now, reason.strip()
    _note(session, requirement, "withdraw_ad_hoc", viewer, now, reason=reason.strip())
    session.flush()


def open_ad_hoc(session: Session, requirement: Requirement, *, on: date, now: datetime, viewer: Viewer | None) -> int:
    """Give it out: write its units, indicators and headings, open it, and its survey round; how many units owe it.

    Raises RequirementError for one that was given out or withdrawn, and where the programme or the units have
    changed so that it no longer holds together.
    """
    report = _draft(session, requirement)
    brief = Brief.load(report.brief)
    faults = faults_of(session, requirement.programme_id, brief, requirement.id)
    reporters = reporters_of(session, brief.unit_ids, on)
    if faults or not reporters.chosen:
        raise RequirementError(_("Bản nháp cần sửa trước khi giao: %(why)s.", why="; ".join(
            _(fault.message) % fault.values for fault in faults) or _("không còn đơn vị nào được chọn")))
    if requirement.due_on < on:
        raise RequirementError(_("Hạn nộp đã qua. Sửa hạn nộp trước khi giao."))
    codes = asked_codes(brief.indicator_codes, brief.own, programme_operands(session, requirement.programme_id))
    own = add_own_indicators(session, requirement, brief)
    _link(session, requirement, codes, own)
    add_outline(session, requirement, brief, (*codes, *(row.code for row in own)))
    session.add_all(RequirementUnit(requirement_id=requirement.id, unit_id=unit.id) for unit in reporters.all)
    session.flush()
    count = open_requirement(session, requirement, on=on, now=now, viewer=viewer)
    if brief.survey is not None:
        report.round_id = open_round(session, requirement, brief.survey, [unit.id for unit in reporters.chosen],
                                     viewer=viewer, now=now)
    session.flush()
    return count


def add_units(session: Session, requirement: Requirement, unit_ids: Iterable[int], *, on: date, now: datetime,
              viewer: Viewer | None) -> int:
    """Let more units owe a report that was given out, with the offices that review them; how many are new.

    They take part in its survey round, too. Raises RequirementError for a draft, or one that is no ad hoc report.
    """
    report = session.get(AdHocReport, requirement.id)
    if report is None or requirement.status is not RequirementStatus.OPEN:
        raise RequirementError(_("Chỉ thêm được đơn vị vào báo cáo đột xuất đã giao."))
    reporters = reporters_of(session, unit_ids, on)
    present = set(session.scalars(
        select(RequirementUnit.unit_id).where(RequirementUnit.requirement_id == requirement.id)))
    added = [unit for unit in reporters.all if unit.id not in present]
    if not added:
        return 0
    session.add_all(RequirementUnit(requirement_id=requirement.id, unit_id=unit.id) for unit in added)
    session.flush()
    count = open_requirement(session, requirement, on=on, now=now, viewer=viewer)
    if report.round_id is not None:
        add_places(session, session.get_one(SurveyRound, report.round_id),
                   {unit.id: None for unit in reporters.chosen}, viewer=viewer, now=now)
    _note(session, requirement, "add_units", viewer, now, detail={"count": count, "names": [u.name for u in added]})
    return count


def _link(session: Session, requirement: Requirement, codes: Iterable[str], own: Iterable[Indicator]) -> None:
    """Write down which indicators it asks for: of the programme, and its own."""
    ids = list(session.scalars(
        select(Indicator.id).where(Indicator.programme_id == requirement.programme_id,
                                   Indicator.requirement_id.is_(None), Indicator.code.in_(list(codes)))))
    session.add_all(RequirementIndicator(requirement_id=requirement.id, indicator_id=id_)
                    for id_ in [*ids, *(row.id for row in own)])


def _draft(session: Session, requirement: Requirement) -> AdHocReport:
    """The draft of a report that nobody owes yet. Raises RequirementError."""
    report = session.get(AdHocReport, requirement.id)
    if report is None:
        raise RequirementError(_("Đây không phải báo cáo đột xuất."))
    if report.withdrawn_at is not None:
        raise RequirementError(_("Bản nháp này đã rút."))
    if requirement.status is not RequirementStatus.DRAFT:
        raise RequirementError(_("Báo cáo này đã giao cho các đơn vị."))
    return report


def _describe(requirement: Requirement, brief: Brief) -> dict[str, Any]:
    """A draft in plain values, for the trail's before and after."""
    columns = {one.name: getattr(requirement, one.name) for one in fields(AdHocInput) if one.name != "brief"}
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in columns.items()}
    asked = brief.dump()
    del asked["selection"]
    return {**plain, **asked}


def _note(session: Session, requirement: Requirement, action: str, viewer: Viewer | None, now: datetime, *,
          reason: str = "", detail: dict[str, Any] | None = None) -> None:
    """Write a line of the requirement's trail."""
    record(session, at=now, viewer=viewer, subject=Subject.REQUIREMENT, subject_id=requirement.id, action=action,
           reason=reason, detail=detail)


__all__ = ["AdHocInput", "AdHocTokenTakenError", "add_ad_hoc", "add_units", "change_ad_hoc", "faults_of", "next_code",
           "open_ad_hoc", "withdraw_ad_hoc"]
