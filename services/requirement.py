"""Requirements of a programme: made from the plan's deadlines, opened into obligations, extended, excused."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.dates import format_day
from core.translation import _
from models.ad_hoc import RequirementUnit
from models.event import Subject
from models.permission import Viewer
from models.programme import Programme, ProgrammeStatus
from models.requirement import Level, Obligation, Requirement, RequirementKind, RequirementStatus
from models.unit import Unit, UnitKind, UnitParent
from services.trail import record

PLAN_WINDOW_DAYS = 21
REPORT_WINDOW_DAYS = 15
CONSOLIDATION_DAYS = 15
_KINDS = {
    "unit_plan": (RequirementKind.PLAN, "plan", "Kế hoạch tuyên truyền cải cách hành chính năm {year}"),
    "report_half_year": (
        RequirementKind.HALF_YEAR, "half-year",
        "Kết quả công tác tuyên truyền cải cách hành chính 6 tháng đầu năm {year}"),
    "report_year": (
        RequirementKind.ANNUAL, "annual", "Kết quả công tác tuyên truyền cải cách hành chính năm {year}"),
}


class RequirementError(Exception):
    """A requirement or obligation cannot be changed so; the message says why, in Vietnamese."""


def add_requirements(session: Session, programme: Programme, deadlines: Sequence[Mapping[str, Any]]) -> list[
        Requirement]:
    """Add the requirements that the plan's ``deadlines`` set, not yet open. Does not commit.

    The plan sets no data windows. Reports cover from 1 December of the year before to the day before they are due,
    so that years follow each other without gap or overlap (domain facts, 3.2).
    """
    made = []
    for row in deadlines:
        if row["what"] not in _KINDS or not row.get("before"):
            continue
        kind, suffix, title = _KINDS[row["what"]]
        due_on = date.fromisoformat(row["before"])
        first, last = _coverage(kind, programme.year, due_on)
        window = PLAN_WINDOW_DAYS if kind is RequirementKind.PLAN else REPORT_WINDOW_DAYS
        requirement = Requirement(
            programme_id=programme.id, code=f"{programme.year}-{suffix}", kind=kind,
            title=title.format(year=programme.year), coverage_from=first, coverage_to=last, cut_off_on=last,
            opens_on=due_on - timedelta(days=window), due_on=due_on,
            consolidation_due_on=due_on + timedelta(days=CONSOLIDATION_DAYS) if kind.is_report else None,
            source_quote=row.get("quote", ""))
        session.add(requirement)
        made.append(requirement)
    session.flush()
    return made


def _coverage(kind: RequirementKind, year: int, due_on: date) -> tuple[date, date]:
    """First and last day a requirement tells of."""
    if kind is RequirementKind.PLAN:
        return date(year, 1, 1), date(year, 12, 31)
    return date(year - 1, 12, 1), due_on - timedelta(days=1)


def open_requirement(session: Session, requirement: Requirement, *, on: date, now: datetime,
                     viewer: Viewer | None) -> int:
    """Write one obligation per unit that owes ``requirement`` on a day; returns how many are new.

    The units chosen for it owe it (``RequirementUnit``), else those of its kinds. Opening again adds units that came
    since. A report also writes the Department's own obligation. Reviewers are the parents of that day. Raises
    RequirementError for a draft programme, or when there is no unit. Does not commit.
    """
    if session.get_one(Programme, requirement.programme_id).status is ProgrammeStatus.DRAFT:
        raise RequirementError(_("Chương trình của năm này chưa ban hành. Ban hành rồi mới mở cho các đơn vị."))
    units = session.execute(
        select(Unit.id, Unit.kind, UnitParent.parent_id)
        .outerjoin(UnitParent, (UnitParent.unit_id == Unit.id) & UnitParent.covering(on))
        .where(Unit.covering(on)).order_by(Unit.id)).all()
    kinds = {UnitKind(value) for value in requirement.reporter_kinds} or {k for k in UnitKind if k.is_reporter}
    department = next((unit_id for unit_id, kind, _parent in units if kind is UnitKind.DEPARTMENT), None)
    chosen = set(session.scalars(
        select(RequirementUnit.unit_id).where(RequirementUnit.requirement_id == requirement.id)))
    owing = [(unit_id, parent_id) for unit_id, kind, parent_id in units
             if parent_id is not None and (unit_id in chosen if chosen else kind in kinds)]
    if department is None or not owing:
        raise RequirementError(_("Chưa có đơn vị nào để giao. Nạp danh sách đơn vị trước."))
    present = set(session.scalars(select(Obligation.unit_id).where(Obligation.requirement_id == requirement.id)))
    added = [
        _obligation(requirement, unit_id, parent_id, Level.FIRST if parent_id == department else Level.SECOND, now)
        for unit_id, parent_id in owing if unit_id not in present
    ]
    if requirement.kind.is_report and department not in present:
        session.add(_obligation(requirement, department, None, Level.DEPARTMENT, now))
    session.add_all(added)
    requirement.status = RequirementStatus.OPEN
    requirement.opened_at = requirement.opened_at or now
    record(session, at=now, viewer=viewer, subject=Subject.REQUIREMENT, subject_id=requirement.id, action="open",
           detail={"units": len(added)})
    session.flush()
    return len(added)


def _obligation(requirement: Requirement, unit_id: int, reviewer_id: int | None, level: Level,
                now: datetime) -> Obligation:
    """One unit's obligation with its deadline."""
    obligation = Obligation(requirement_id=requirement.id, unit_id=unit_id, reviewer_id=reviewer_id, level=level,
                            opened_at=now)
    is_department = level is Level.DEPARTMENT and requirement.consolidation_due_on is not None
    due_on = requirement.consolidation_due_on if is_department else requirement.due_on
    obligation.set_due(due_on or requirement.due_on, requirement.counts_due_day)
    return obligation


def extend(session: Session, obligation: Obligation, *, until: date, reason: str, viewer: Viewer | None,
           now: datetime) -> None:
    """Give a unit until the end of ``until``. Lateness already frozen stays. Raises RequirementError.

    Writes one event; does not commit.
    """
    if not reason.strip():
        raise RequirementError(_("Ghi lý do gia hạn."))
    if until <= obligation.due_on:
        raise RequirementError(_("Ngày gia hạn phải sau hạn hiện tại %(day)s.", day=format_day(obligation.due_on)))
    before = format_day(obligation.due_on)
    obligation.extended_to, obligation.extension_reason = until, reason.strip()
    obligation.set_due(until, counts_due_day=True)
    record(session, at=now, viewer=viewer, subject=Subject.OBLIGATION, subject_id=obligation.id, action="extend",
           unit_id=obligation.unit_id, reason=reason, detail={"due_on": [before, format_day(until)]})


def exempt(session: Session, obligation: Obligation, *, reason: str, viewer: Viewer | None, now: datetime) -> None:
    """Excuse a unit ("miễn"): it no longer counts above or below the line. Raises RequirementError."""
    if not reason.strip():
        raise RequirementError(_("Ghi lý do miễn báo cáo."))
    obligation.exempted_at, obligation.exemption_reason = now, reason.strip()
    record(session, at=now, viewer=viewer, subject=Subject.OBLIGATION, subject_id=obligation.id, action="exempt",
           unit_id=obligation.unit_id, reason=reason)


def end_exemption(session: Session, obligation: Obligation, *, reason: str, viewer: Viewer | None,
                  now: datetime) -> None:
    """Ask the unit for it after all. Writes one event; does not commit."""
    obligation.exempted_at, obligation.exemption_reason = None, ""
    record(session, at=now, viewer=viewer, subject=Subject.OBLIGATION, subject_id=obligation.id,
           action="end_exemption", unit_id=obligation.unit_id, reason=reason)
