"""What units owe and how each obligation stands: the ledger behind board, home and completeness."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from core.translation import N_
from models.deadline import DueIn, DueState, due_in
from models.permission import Action, Viewer
from models.requirement import Level, Obligation, Requirement, RequirementKind
from models.submission import Submission
from models.unit import Unit, UnitKind, UnitName, UnitParent
from models.waiting import Waiting, waiting_for
from models.workflow import Status
from queries.scope import scope
from queries.unit import called

HANDED_IN = frozenset({Status.SUBMITTED, Status.ACCEPTED, Status.ISSUED})
_LABELS = {"not_started": N_("Chưa bắt đầu"), "exempt": N_("Được miễn"), "closed": N_("Thôi giao")}


@dataclass(frozen=True, slots=True)
class ObligationLine:
    """One unit × one requirement, as it stands now."""

    id: int
    requirement_id: int
    requirement_code: str
    requirement_title: str
    requirement_kind: RequirementKind
    unit_id: int
    unit_code: str
    unit_name: str
    unit_kind: UnitKind
    unit_district: str
    unit_closed_on: date | None
    """First day on which the unit is no more, be it past or to come."""
    parent_id: int | None
    reviewer_id: int | None
    level: Level
    due_on: date
    submission_id: int | None
    status: Status | None
    late_days: int | None
    """Frozen at the first submission; None before."""
    return_count: int
    is_owed: bool
    is_exempt: bool
    extended_to: date | None
    waiting: Waiting | None
    """Who has the next step; None when nothing is left to do, or it is not owed."""
    due: DueIn
    submitted_at: datetime | None
    return_due_on: date | None

    @property
    def state(self) -> str:
        """The one word that names where it stands, as "submitted", "not_started", "exempt"."""
        if not self.is_owed:
            return "exempt" if self.is_exempt else "closed"
        return self.status.value if self.status is not None else "not_started"

    @property
    def state_label(self) -> str:
        """The users' word for the state, as 'Đã nộp'."""
        return _LABELS.get(self.state) or (self.status.label if self.status else "")

    @property
    def task(self) -> tuple[str, int]:
        """What the unit calls it, to be put together in the reader's language: ("Báo cáo 6 tháng đầu năm", 2023)."""
        if self.requirement_kind is RequirementKind.AD_HOC:
            return self.requirement_title, 0
        return self.requirement_kind.label, self.due_on.year

    @property
    def is_handed_in(self) -> bool:
        """Whether it lies with the reviewer or is accepted."""
        return self.is_owed and self.status in HANDED_IN

    @property
    def is_accepted(self) -> bool:
        """Whether its figures count."""
        return self.is_owed and self.status in (Status.ACCEPTED, Status.ISSUED)

    @property
    def days_late(self) -> int:
        """Days late: frozen when it was handed in once, else running; 0 when on time or not owed."""
        if not self.is_owed:
            return 0
        if self.late_days is not None:
            return self.late_days
        return self.due.days if self.due.state is DueState.LATE else 0

    @property
    def is_overdue(self) -> bool:
        """Whether it was never handed in and its day has passed."""
        return self.is_owed and self.late_days is None and self.due.state is DueState.LATE


def obligation_lines(on: date | ColumnElement[date]) -> Select[*tuple[Any, ...]]:
    """The statement behind every list of obligations, by requirement and unit name.

    A unit that is closed on the day stands under its last name, below the unit that reviews what it left. The day
    may be a column of the requirement, so that each row tells of its own day.
    """
    return (
        select(
            Obligation.id, Obligation.requirement_id, Obligation.unit_id, Obligation.reviewer_id, Obligation.level,
            Obligation.due_on, Obligation.deadline_at, Obligation.extended_to, Obligation.exempted_at.is_not(None),
            Obligation.closed_at.is_not(None), Requirement.code, Requirement.title, Requirement.kind, Unit.code,
            UnitName.name, Unit.kind, Unit.district, Unit.valid_to,
            func.coalesce(UnitParent.parent_id, Obligation.reviewer_id), Submission.id, Submission.status,
            Submission.late_days, Submission.return_count, Submission.submitted_at,
            Submission.return_due_on, Submission.unlock_asked_at.is_not(None), _is_signed_off(), _is_prepared())
        .select_from(Obligation).join(Requirement, Requirement.id == Obligation.requirement_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .join(UnitName, called(UnitName, Unit.id, on))
        .outerjoin(UnitParent, and_(UnitParent.unit_id == Unit.id, UnitParent.covering(on)))
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .order_by(Requirement.due_on, Requirement.id, UnitName.sort_key, Unit.id)
    )


def _is_signed_off() -> ColumnElement[bool]:
    """The SQL twin of ``Submission.is_signed_off``."""
    return func.coalesce(Submission.signed_off_revision == Submission.revision, False)


def _is_prepared() -> ColumnElement[bool]:
    """Whether the head has something to sign: the paper's particulars are there, or an earlier text was signed."""
    return or_(Submission.document_number != "", Submission.document_on.is_not(None), Submission.signer_name != "",
               Submission.signed_off_revision.is_not(None))


def _lines(rows: Iterable[Row[*tuple[Any, ...]]], now: datetime) -> Iterator[ObligationLine]:
    """Make lines of rows; there are few different deadlines, so each is asked once."""
    dues: dict[datetime, DueIn] = {}
    for row in rows:
        (obligation_id, requirement_id, unit_id, reviewer_id, level, due_on, deadline_at, extended_to, is_exempt,
         is_closed, code, title, kind, unit_code, name, unit_kind, district, closed_on, parent_id, submission_id,
         status, late_days, returns, submitted_at, return_due_on, asks_unlock, is_signed_off, is_prepared) = row
        if deadline_at not in dues:
            dues[deadline_at] = due_in(now, deadline_at)
        is_owed = not is_exempt and not is_closed
        waiting = waiting_for(status, level, is_signed_off=is_signed_off, is_prepared=is_prepared,
                              asks_unlock=asks_unlock) if is_owed else None
        yield ObligationLine(
            id=obligation_id, requirement_id=requirement_id, requirement_code=code, requirement_title=title,
            requirement_kind=kind, unit_id=unit_id, unit_code=unit_code, unit_name=name, unit_kind=unit_kind,
            unit_district=district, unit_closed_on=closed_on, extended_to=extended_to, waiting=waiting,
            parent_id=parent_id, reviewer_id=reviewer_id, level=level, due_on=due_on, submission_id=submission_id,
            status=status, late_days=late_days, return_count=returns or 0, is_owed=is_owed,
            is_exempt=bool(is_exempt), due=dues[deadline_at], submitted_at=submitted_at, return_due_on=return_due_on)


def list_obligations(session: Session, viewer: Viewer, *, on: date, now: datetime,
                     requirement_ids: Iterable[int] | None = None, units_only: bool = True,
                     action: Action = Action.PLAN_VIEW, where: ColumnElement[bool] | None = None,
                     named: date | ColumnElement[date] | None = None) -> list[ObligationLine]:
    """Obligations of units in the viewer's scope. One query; ``units_only`` leaves out the Department's own.

    ``named`` is the day of the units' names and parents where that is not ``on``.
    """
    lines = obligation_lines(on if named is None else named)
    statement = lines.where(Obligation.unit_id.in_(scope(viewer, action, on)))
    if requirement_ids is not None:
        statement = statement.where(Obligation.requirement_id.in_(list(requirement_ids)))
    if units_only:
        statement = statement.where(Obligation.level != Level.DEPARTMENT)
    if where is not None:
        statement = statement.where(where)
    return list(_lines(session.execute(statement), now))


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of those that owe have handed in, and been accepted."""

    owed: int
    handed_in: int
    accepted: int
    late: int
    """Handed in late, or not handed in and overdue."""
    not_started: int

    @property
    def share(self) -> float:
        """Share handed in, 0..1; 0 when nobody owes."""
        return self.handed_in / self.owed if self.owed else 0.0


def completeness(lines: Iterable[ObligationLine]) -> Completeness:
    """Count ``lines``; excused and closed ones count neither above nor below."""
    owed = [line for line in lines if line.is_owed]
    return Completeness(
        owed=len(owed),
        handed_in=sum(line.is_handed_in for line in owed),
        accepted=sum(line.is_accepted for line in owed),
        late=sum(line.days_late > 0 for line in owed),
        not_started=sum(line.status is None for line in owed),
    )
