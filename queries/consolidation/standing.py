"""How the units below stand with a report and with the year's plan: one row per unit and requirement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from models.deadline import days_late
from models.requirement import Obligation
from models.submission import Submission, SubmissionVersion
from models.unit import Unit, UnitKind, UnitName
from models.workflow import Status
from queries.figure.part import EXEMPT, why_lacking
from queries.unit import called


@dataclass(frozen=True, slots=True)
class Past:
    """Since when, and by when, as things stand now: an earlier day takes back from it what came later."""

    opened_at: datetime
    closed_at: datetime | None
    due_on: date
    counts_due_day: bool
    extended_to: date | None
    begun_at: datetime | None
    """When the unit began its document."""
    unit_closed_on: date | None = None
    """First day on which the unit is no more, be it past or to come."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit and one requirement; from ``submission_id`` on None or empty when the unit never started."""

    requirement_id: int
    obligation_id: int
    unit_id: int
    code: str
    name: str
    kind: UnitKind
    reviewer_id: int | None
    deadline_at: datetime
    is_exempt: bool
    is_closed: bool
    submission_id: int | None
    status: Status | None
    late_days: int | None
    """Frozen at the first submission; None before."""
    number: str
    document_on: date | None
    submitted_at: datetime | None
    accepted_at: datetime | None
    version_id: int | None
    """The accepted version; None while there is none."""
    version: int | None
    past: "Past | None" = None
    """What an earlier day is reckoned from."""

    @property
    def is_included(self) -> bool:
        """Whether its accepted figures count."""
        return self.version_id is not None and not self.is_exempt

    @property
    def is_owed(self) -> bool:
        """Whether it stands below the line: neither excused nor closed without a report."""
        return not self.is_exempt and (self.is_included or not self.is_closed)

    @property
    def why_not(self) -> str:
        """Why it is lacking, in Vietnamese as "Chưa nộp"; empty when it is included."""
        if self.is_included:
            return ""
        return EXEMPT if self.is_exempt else why_lacking(self.status)

    def days_late(self, now: datetime) -> int:
        """Days late: frozen when it was handed in once, else running; 0 when on time or not owed."""
        if not self.is_owed:
            return 0
        return self.late_days if self.late_days is not None else days_late(now, self.deadline_at)


def below(requirement_ids: Iterable[int] | Select[int], unit_id: int) -> ColumnElement[bool]:
    """The obligations of a unit, of those it reviews, and of those that they review."""
    ids = requirement_ids if isinstance(requirement_ids, Select) else list(requirement_ids)
    direct = select(Obligation.unit_id).where(Obligation.requirement_id.in_(ids), Obligation.reviewer_id == unit_id)
    return and_(
        Obligation.requirement_id.in_(ids),
        or_(Obligation.unit_id == unit_id, Obligation.reviewer_id == unit_id, Obligation.reviewer_id.in_(direct)))


def list_standings(session: Session, requirement_ids: Iterable[int] | Select[int], unit_id: int,
                   on: date) -> list[Standing]:
    """The unit itself and all below it, for each requirement, alphabetically by the names of ``on``. One query."""
    rows = session.execute(
        select(
            Obligation.requirement_id, Obligation.id, Unit.id, Unit.code, UnitName.name, Unit.kind,
            Obligation.reviewer_id, Obligation.deadline_at, Obligation.exempted_at, Obligation.closed_at,
            Submission.id, Submission.status, Submission.late_days, Submission.document_number,
            Submission.document_on, Submission.submitted_at, Submission.accepted_at, SubmissionVersion.id,
            SubmissionVersion.number, Obligation.opened_at, Obligation.closed_at, Obligation.due_on,
            Obligation.counts_due_day, Obligation.extended_to, Submission.created_at, Unit.valid_to)
        .join(Unit, Unit.id == Obligation.unit_id)
        .outerjoin(UnitName, called(UnitName, Unit.id, on))
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .outerjoin(SubmissionVersion, and_(SubmissionVersion.submission_id == Submission.id,
                                           SubmissionVersion.number == Submission.accepted_version))
        .where(below(requirement_ids, unit_id)).order_by(UnitName.sort_key, Unit.id, Obligation.id))
    return [
        Standing(
            requirement_id=row[0], obligation_id=row[1], unit_id=row[2], code=row[3], name=row[4] or row[3],
            kind=row[5], reviewer_id=row[6], deadline_at=row[7], is_exempt=row[8] is not None,
            is_closed=row[9] is not None, submission_id=row[10], status=row[11], late_days=row[12],
            number=row[13] or "", document_on=row[14], submitted_at=row[15], accepted_at=row[16],
            version_id=row[17], version=row[18],
            past=Past(row[19], row[20], row[21], row[22], row[23], row[24], row[25]))
        for row in rows
    ]
