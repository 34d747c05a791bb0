"""Plans and reports as lists and pages see them: what is owed, where it stands, what may be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from core.translation import N_
from models.account import Account
from models.deadline import DueIn, due_in
from models.permission import Action, Reach, Viewer, reach
from models.programme import Programme
from models.requirement import Level, Obligation, Requirement, RequirementKind, RequirementStatus
from models.submission import ALL_PARTS, ReturnedPart, Submission, SubmissionVersion
from models.unit import Unit, UnitKind, UnitName
from models.workflow import Right, Status
from queries.scope import may, scope
from queries.unit import called


@dataclass(frozen=True)
class SubmissionLine:
    """One obligation with what became of it; from ``submission_id`` on None or empty when not started."""

    obligation_id: int
    requirement_id: int
    requirement_code: str
    requirement_title: str
    kind: RequirementKind
    requirement_status: RequirementStatus
    programme_id: int
    year: int
    unit_id: int
    unit_name: str
    unit_kind: UnitKind
    level: Level
    reviewer_id: int | None
    reviewer_name: str
    coverage_from: date
    coverage_to: date
    cut_off_on: date
    opens_on: date
    due_on: date
    counts_due_day: bool
    deadline_at: datetime
    extended_to: date | None
    extension_reason: str
    exempted_at: datetime | None
    exemption_reason: str
    closed_at: datetime | None
    submission_id: int | None
    status: Status | None
    revision: int
    version_count: int
    changed_at: datetime | None
    first_submitted_at: datetime | None
    late_days: int | None
    submitted_at: datetime | None
    review_started_at: datetime | None
    review_due_on: date | None
    returned_at: datetime | None
    return_count: int
    return_due_on: date | None
    accepted_at: datetime | None
    accepted_version: int | None
    unlock_asked_at: datetime | None
    unlock_reason: str
    signed_off_at: datetime | None
    signed_off_by: str
    signed_off_revision: int | None
    document_number: str
    document_on: date | None
    signer_authority: str
    signer_position: str
    signer_name: str

    @property
    def called(self) -> str:
        """What its pages call it: its kind, or the title of an ad hoc report."""
        return self.requirement_title if self.kind is RequirementKind.AD_HOC else self.kind.label

    @property
    def called_year(self) -> str:
        """What follows its kind, as " 2023"; nothing after a title."""
        return "" if self.kind is RequirementKind.AD_HOC else f" {self.year}"

    @property
    def is_owed(self) -> bool:
        """Whether the unit still owes it: neither excused nor closed."""
        return self.exempted_at is None and self.closed_at is None

    @property
    def is_editable(self) -> bool:
        """Whether its unit may write in it now."""
        is_open = self.requirement_status is not RequirementStatus.CLOSED
        return self.is_owed and is_open and (self.status is None or self.status.is_editable)

    @property
    def is_signed_off(self) -> bool:
        """Whether the head has read what stands there now."""
        return self.signed_off_revision is not None and self.signed_off_revision == self.revision

    @property
    def state(self) -> str:
        """The key of its state for the status component, as "submitted", "not_started", "exempt"."""
        if self.status is None:
            return "not_started" if self.is_owed else "exempt"
        return self.status.value

    @property
    def state_label(self) -> str:
        """The Vietnamese word for its state."""
        if self.status is not None:
            return self.status.label
        if self.exempted_at is not None:
            return N_("Được miễn")
        return N_("Chưa bắt đầu") if self.is_owed else N_("Đã khép lại")

    def due(self, now: datetime) -> DueIn | None:
        """How its due date stands; None once it was submitted for the first time or is no longer owed."""
        if self.first_submitted_at is not None or not self.is_owed:
            return None
        return due_in(now, self.deadline_at)


@lru_cache(maxsize=8)  # it depends on nothing but the day
def submission_lines(on: date) -> Select[*tuple[Any, ...]]:
    """The statement behind every list of obligations: one row each, by unit, then due date; not scoped."""
    unit_name, reviewer = aliased(UnitName), aliased(UnitName)
    return (
        select(Obligation, Requirement, Programme.year, Submission, Unit.kind.label("unit_kind"),
               unit_name.name.label("unit_name"), reviewer.name.label("reviewer_name"),
               Account.full_name.label("signed_off_by"))
        .select_from(Obligation).join(Requirement, Requirement.id == Obligation.requirement_id)
        .join(Programme, Programme.id == Requirement.programme_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .outerjoin(unit_name, called(unit_name, Obligation.unit_id, on))
        .outerjoin(reviewer, called(reviewer, Obligation.reviewer_id, on))
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .outerjoin(Account, Account.id == Submission.signed_off_by_id)
        .order_by(unit_name.sort_key, Obligation.due_on, Obligation.id)
    )


def line_of(row: Any) -> SubmissionLine:
    """Make a line of a row of ``submission_lines``."""
    obligation, requirement, submission = row.Obligation, row.Requirement, row.Submission
    started = {name: getattr(submission, name) for name in _STARTED} if submission else dict(_NOT_STARTED)
    return SubmissionLine(
        obligation_id=obligation.id, requirement_id=requirement.id, requirement_code=requirement.code,
        requirement_title=requirement.title, kind=requirement.kind, requirement_status=requirement.status,
        programme_id=requirement.programme_id, year=row.year, unit_id=obligation.unit_id,
        unit_name=row.unit_name or "", unit_kind=row.unit_kind, level=obligation.level,
        reviewer_id=obligation.reviewer_id, reviewer_name=row.reviewer_name or "",
        coverage_from=requirement.coverage_from, coverage_to=requirement.coverage_to,
        cut_off_on=requirement.cut_off_on, opens_on=requirement.opens_on, due_on=obligation.due_on,
        counts_due_day=obligation.counts_due_day, deadline_at=obligation.deadline_at,
        extended_to=obligation.extended_to, extension_reason=obligation.extension_reason,
        exempted_at=obligation.exempted_at, exemption_reason=obligation.exemption_reason,
        closed_at=obligation.closed_at, submission_id=submission.id if submission else None,
        signed_off_by=row.signed_off_by or "", **started)


_NOT_STARTED: dict[str, Any] = {
    "status": None, "revision": 0, "version_count": 0, "changed_at": None, "first_submitted_at": None,
    "late_days": None, "submitted_at": None, "review_started_at": None, "review_due_on": None,
    "returned_at": None, "return_count": 0, "return_due_on": None, "accepted_at": None,
    "accepted_version": None,
    "unlock_asked_at": None, "unlock_reason": "", "signed_off_at": None, "signed_off_revision": None,
    "document_number": "", "document_on": None, "signer_authority": "", "signer_position": "",
    "signer_name": "",
}
_STARTED = tuple(_NOT_STARTED)


def get_submission_line(session: Session, obligation_id: int, on: date) -> SubmissionLine | None:
    """One obligation with its submission, names as on a day, or None. Not scoped: the caller authorises."""
    row = session.execute(submission_lines(on).where(Obligation.id == obligation_id)).first()
    return line_of(row) if row is not None else None


def find_submission_line(session: Session, submission_id: int, on: date) -> SubmissionLine | None:
    """The same, by the submission's id."""
    row = session.execute(submission_lines(on).where(Submission.id == submission_id)).first()
    return line_of(row) if row is not None else None


def list_obligations(session: Session, viewer: Viewer, on: date, *, unit_id: int | None = None,
                     kinds: Iterable[RequirementKind] = (), year: int | None = None) -> list[SubmissionLine]:
    """What the units in the viewer's scope owe, or one unit of them; by unit, then due date. One query."""
    statement = submission_lines(on).where(Obligation.unit_id.in_(scope(viewer, Action.PLAN_VIEW, on)))
    if unit_id is not None:
        statement = statement.where(Obligation.unit_id == unit_id)
    if kinds:
        statement = statement.where(Requirement.kind.in_(list(kinds)))
    if year is not None:
        statement = statement.where(Programme.year == year)
    return [line_of(row) for row in session.execute(statement)]


def held_rights(session: Session, viewer: Viewer, line: SubmissionLine, on: date) -> frozenset[Right]:
    """The rights the viewer holds over the line's unit, for ``possible_transitions``. A query or two."""
    held = set()
    for right in Right:
        action = right.action(line.kind.is_report)
        if right is Right.ISSUE and line.level is not Level.DEPARTMENT:
            continue
        if reach(viewer.role, action) is not Reach.NONE and may(session, viewer, action, line.unit_id, on):
            held.add(right)
    return frozenset(held)


@dataclass(frozen=True)
class OpenParts:
    """Which parts the unit may change now, and what the reviewer said of each."""

    is_all: bool
    reasons: dict[str, str]
    """By part: "section:I.1", "item:7", "items", "figure:B1", "document", "all"."""

    def allows(self, part: str) -> bool:
        """Whether ``part`` is open; an item is open when the whole list of items is."""
        return self.is_all or part in self.reasons or (part.startswith("item:") and "items" in self.reasons)


def open_parts(session: Session, line: SubmissionLine) -> OpenParts:
    """The parts open to the unit: all of a draft, after a return just those that were named. One query."""
    if not line.is_editable:
        return OpenParts(False, {})
    if line.status is not Status.RETURNED or line.submission_id is None:
        return OpenParts(True, {})
    reasons = returned_reasons(session, line.submission_id, line.version_count)
    return OpenParts(not reasons or ALL_PARTS in reasons, reasons)


def returned_reasons(session: Session, submission_id: int, version_number: int) -> dict[str, str]:
    """The parts of a version that were returned, with the reasons; empty when it was not. One query."""
    rows = session.execute(
        select(ReturnedPart.part, ReturnedPart.reason)
        .where(ReturnedPart.submission_id == submission_id, ReturnedPart.version_number == version_number)
        .order_by(ReturnedPart.id))
    return dict(rows.all())


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One frozen version in a list."""

    id: int
    number: int
    submitted_at: datetime
    submitted_by: str
    data_until: date
    content_hash: str


def list_versions(session: Session, submission_id: int) -> list[VersionLine]:
    """All versions of a submission, newest first. One query."""
    rows = session.execute(
        select(SubmissionVersion.id, SubmissionVersion.number, SubmissionVersion.submitted_at,
               Account.full_name, SubmissionVersion.data_until, SubmissionVersion.content_hash)
        .outerjoin(Account, Account.id == SubmissionVersion.submitted_by_id)
        .where(SubmissionVersion.submission_id == submission_id)
        .order_by(SubmissionVersion.number.desc()))
    return [VersionLine(row[0], row[1], row[2], row[3] or "", row[4], row[5]) for row in rows]


def get_version(session: Session, submission_id: int, number: int) -> SubmissionVersion | None:
    """One version with its content, or None. One query."""
    return session.scalar(select(SubmissionVersion).where(
        SubmissionVersion.submission_id == submission_id, SubmissionVersion.number == number))
