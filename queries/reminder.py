"""Who is to be reminded of what, and who was: the ground of the queue, the Office's pages and the home page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Row, Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from core.dates import local_day
from models.account import Account, Role
from models.deadline import last_good_day
from models.mail import MailStatus, OutboxMail
from models.permission import Action, Viewer
from models.reminder import Reminder, ReminderChannel, ReminderKind, ReminderRule, Schedule
from models.requirement import Level, Obligation, Requirement, RequirementKind, RequirementStatus
from models.submission import Submission
from models.unit import Unit, UnitKind, UnitName
from models.workflow import Status
from queries.obligation import HANDED_IN
from queries.scope import scope
from queries.unit import called, department_id

STILL_TO_DO = tuple(status for status in Status if status not in HANDED_IN)


@dataclass(frozen=True, slots=True)
class OpenTask:
    """One obligation that is not handed in; ``last_day`` is the last good one (of the mending, after a return)."""

    obligation_id: int
    requirement_id: int
    unit_id: int
    unit_code: str
    unit_name: str
    unit_kind: UnitKind
    reviewer_id: int | None
    level: Level
    last_day: date
    is_returned: bool
    opened_on: date
    status: Status | None


def _open_tasks(on: date) -> Select[*tuple[Any, ...]]:
    """Obligations of open requirements that units still owe, by name; the Department's own is not among them."""
    return (
        select(Obligation.id, Obligation.requirement_id, Obligation.unit_id, Unit.code, UnitName.name, Unit.kind,
               Obligation.reviewer_id, Obligation.level, Obligation.due_on, Obligation.counts_due_day,
               Submission.return_due_on, Submission.status, Obligation.opened_at)
        .join(Requirement, Requirement.id == Obligation.requirement_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .join(UnitName, and_(UnitName.unit_id == Unit.id, UnitName.covering(on)))
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .where(Requirement.status == RequirementStatus.OPEN, Obligation.exempted_at.is_(None),
               Obligation.closed_at.is_(None), Obligation.level != Level.DEPARTMENT,
               Submission.status.is_(None) | Submission.status.in_(STILL_TO_DO))
        .order_by(UnitName.sort_key, Obligation.id))


def _task(row: Row[*tuple[Any, ...]]) -> OpenTask:
    """Make a task of a row."""
    (obligation_id, requirement_id, unit_id, code, name, kind, reviewer_id, level, due_on, counts, return_due_on,
     status, opened_at) = row
    is_returned = status is Status.RETURNED and return_due_on is not None
    last_day = _last_day(due_on, counts, return_due_on, status)
    return OpenTask(obligation_id, requirement_id, unit_id, code, name, kind, reviewer_id, level, last_day,
                    is_returned, local_day(opened_at), status)


def list_open_tasks(session: Session, requirement_id: int, on: date) -> list[OpenTask]:
    """What is still owed for a requirement, by unit. Not scoped: for the queue. One query."""
    return [_task(row) for row in session.execute(_open_tasks(on).where(Obligation.requirement_id == requirement_id))]


def list_own_tasks(session: Session, viewer: Viewer, requirement_id: int, on: date) -> list[OpenTask]:
    """What is still owed for a requirement by the units whom a person may remind, by unit. One query."""
    statement = _open_tasks(on).where(
        Obligation.requirement_id == requirement_id,
        Obligation.unit_id.in_(scope(viewer, Action.REMINDER_SEND, on)))
    return [_task(row) for row in session.execute(statement)]


def last_days(session: Session, on: date) -> dict[int, set[date]]:
    """The distinct last good days that are still owed, by open requirement. One query."""
    found: dict[int, set[date]] = {}
    statement = _open_tasks(on).order_by(None).with_only_columns(
        Obligation.requirement_id, Obligation.due_on, Obligation.counts_due_day, Submission.return_due_on,
        Submission.status, maintain_column_froms=True).distinct()
    for requirement_id, due_on, counts, return_due_on, status in session.execute(statement):
        found.setdefault(requirement_id, set()).add(_last_day(due_on, counts, return_due_on, status))
    return found


def _last_day(due_on: date, counts_due_day: bool, return_due_on: date | None, status: Status | None) -> date:
    """The last good day: of mending what was returned, else of handing in."""
    if status is Status.RETURNED and return_due_on is not None:
        return return_due_on
    return last_good_day(due_on, counts_due_day)


def get_schedules(session: Session, requirement_ids: Iterable[int]) -> dict[int, Schedule]:
    """The schedules of requirements: the Office's own, else the usual one. One query."""
    wanted = list(requirement_ids)
    rules = session.scalars(select(ReminderRule).where(ReminderRule.requirement_id.in_(wanted)))
    return {requirement_id: Schedule() for requirement_id in wanted} | {
        rule.requirement_id: rule.schedule for rule in rules}


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person with a mail address; ``unit_id`` is the unit the person acts for."""

    account_id: int
    unit_id: int
    role: Role
    full_name: str
    address: str


def list_addressees(session: Session) -> list[Addressee]:
    """Everybody who can be reminded by mail. Two queries."""
    department = department_id(session)
    rows = session.execute(
        select(Account.id, Account.unit_id, Account.role, Account.full_name, Account.email)
        .where(Account.is_active, Account.email != "",
               Account.role.in_((Role.OFFICER, Role.DISTRICT, Role.HEAD, Role.OFFICE)))
        .order_by(Account.id))
    return [Addressee(account_id, department if role is Role.OFFICE and department else unit_id, role, name, address)
            for account_id, unit_id, role, name, address in rows]


@dataclass(frozen=True, slots=True)
class Notice:
    """What the home page says of one requirement: of the unit itself, or of units below it."""

    requirement_id: int
    requirement_code: str
    requirement_title: str
    requirement_kind: RequirementKind
    obligation_id: int | None
    """The unit's own obligation; None for a reviewer's notice of units below."""
    unit_count: int
    """How many units below are told of."""
    last_day: date
    newest_on: date
    year: int


def list_notices(session: Session, viewer: Viewer) -> list[Notice]:
    """Reminders in the portal to the unit a person acts for, not yet received, of what is still open. One query."""
    is_own = Obligation.unit_id == Reminder.unit_id
    last_day = func.coalesce(Submission.return_due_on, Obligation.due_on)
    rows = session.execute(
        select(Requirement.id, Requirement.code, Requirement.title, Requirement.kind,
               func.max(Obligation.id).filter(is_own), func.count(Obligation.id.distinct()).filter(~is_own),
               func.min(last_day), func.max(Reminder.sent_on))
        .select_from(Reminder)
        .join(Obligation, Obligation.id == Reminder.obligation_id)
        .join(Requirement, Requirement.id == Obligation.requirement_id)
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .where(Reminder.unit_id == viewer.acts_for_id, Reminder.channel == ReminderChannel.PORTAL,
               Reminder.received_at.is_(None), Requirement.status == RequirementStatus.OPEN,
               Obligation.exempted_at.is_(None), Obligation.closed_at.is_(None),
               Submission.status.is_(None) | Submission.status.in_(STILL_TO_DO))
        .group_by(Requirement.id, Requirement.code, Requirement.title, Requirement.kind, is_own)
        .order_by(func.min(last_day), Requirement.id, func.max(Obligation.id)))
    return [Notice(*row, row[6].year) for row in rows]


@dataclass(frozen=True, slots=True)
class ReminderCount:
    """How often an obligation was reminded of: occasions (however many people), and the last day."""

    occasions: int
    last_on: date
    received_at: datetime | None
    troubles: int
    """Mails that did not go, or of which it is not known."""


def count_reminders(session: Session, requirement_id: int) -> dict[int, ReminderCount]:
    """How often each obligation of a requirement was reminded of, by obligation. One query."""
    bad = OutboxMail.status.in_((MailStatus.FAILED, MailStatus.UNSURE))
    rows = session.execute(
        select(Reminder.obligation_id, func.count(Reminder.occasion.distinct()), func.max(Reminder.sent_on),
               func.max(Reminder.received_at).filter(Reminder.unit_id == Obligation.unit_id),
               func.count().filter(bad))
        .join(Obligation, Obligation.id == Reminder.obligation_id)
        .outerjoin(OutboxMail, OutboxMail.id == Reminder.mail_id)
        .where(Obligation.requirement_id == requirement_id)
        .group_by(Reminder.obligation_id))
    return {row[0]: ReminderCount(row[1], row[2], row[3], row[4]) for row in rows}


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """One reminder in an obligation's record."""

    sent_on: date
    kind: ReminderKind
    days: int
    channel: ReminderChannel
    unit_name: str
    person: str
    """To whom a mail went; empty in the portal."""
    address: str
    by_name: str
    """Who pressed the button; empty for the schedule."""
    received_at: datetime | None
    mail_id: int | None
    mail_status: MailStatus | None
    sent_at: datetime | None
    next_at: datetime | None
    trouble: str

    @property
    def can_send_again(self) -> bool:
        """Whether the letter needs somebody's decision."""
        return self.mail_status in (MailStatus.FAILED, MailStatus.UNSURE)


def list_reminders(session: Session, obligation_id: int, on: date) -> list[ReminderLine]:
    """Every reminder of an obligation, newest first. One query."""
    by = aliased(Account)
    rows = session.execute(
        select(Reminder.sent_on, Reminder.kind, Reminder.days, Reminder.channel, UnitName.name,
               func.coalesce(OutboxMail.to_name, ""), func.coalesce(OutboxMail.to_address, ""),
               func.coalesce(by.full_name, ""), Reminder.received_at, OutboxMail.id, OutboxMail.status,
               OutboxMail.sent_at, OutboxMail.next_at, func.coalesce(OutboxMail.trouble, ""))
        .select_from(Reminder)
        .join(UnitName, called(UnitName, Reminder.unit_id, on))
        .outerjoin(OutboxMail, OutboxMail.id == Reminder.mail_id)
        .outerjoin(by, by.id == Reminder.created_by_id)
        .where(Reminder.obligation_id == obligation_id)
        .order_by(Reminder.created_at.desc(), Reminder.id.desc()))
    return [ReminderLine(*cast(tuple[Any, ...], row)) for row in rows]


def find_mail(session: Session, viewer: Viewer, mail_id: int, on: date) -> tuple[OutboxMail, int] | None:
    """A letter that tells of units whom the viewer may remind, with one of their obligations; or None."""
    row = session.execute(
        select(OutboxMail, Reminder.obligation_id)
        .join(Reminder, Reminder.mail_id == OutboxMail.id)
        .join(Obligation, Obligation.id == Reminder.obligation_id)
        .where(OutboxMail.id == mail_id, Obligation.unit_id.in_(scope(viewer, Action.REMINDER_SEND, on)))
        .order_by(Reminder.id).limit(1)).first()
    return (row[0], row[1]) if row is not None else None
