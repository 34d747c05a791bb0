"""Writing reminders: the record of each unit and the letters of the outbox, in one transaction, nothing twice.

What was reminded of is known by its unique key (obligation, occasion, channel, recipient); a letter by its own. Two
workers at once wait for each other at the requirement's row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from models.account import Role
from models.deadline import Holidays
from models.event import Subject
from models.mail import MailStatus, OutboxMail
from models.permission import Viewer
from models.reminder import Occasion, Reminder, ReminderChannel, ReminderKind, Schedule
from models.requirement import Requirement
from queries.holiday import read_holidays
from queries.reminder import Addressee, OpenTask, get_schedules, last_days, list_addressees, list_open_tasks
from queries.unit import department_id, unit_names
from services.reminder.words import (
    Setting,
    body_for_reviewer,
    body_for_unit,
    subject_for_reviewer,
    subject_for_unit,
)
from services.trail import record

UNNAMED_AGENCY = "Cổng báo cáo"
OFFICERS = frozenset({Role.OFFICER, Role.DISTRICT})
REVIEWERS = frozenset({Role.DISTRICT, Role.OFFICE})


@dataclass(frozen=True)
class Queued:
    """How much was written."""

    units: int = 0
    reminders: int = 0
    mails: int = 0

    def __add__(self, other: "Queued") -> "Queued":
        """Both together."""
        return Queued(self.units + other.units, self.reminders + other.reminders, self.mails + other.mails)


@dataclass(frozen=True)
class Mailing:
    """Whether letters are written, and what stands in them."""

    is_on: bool = False
    portal_url: str = ""


@dataclass
class _Batch:
    """What is to be written for one requirement."""

    requirement: Requirement
    setting: Setting
    schedule: Schedule
    known: set[tuple[int, str, str, str]]
    people: Mapping[int, Sequence[Addressee]]
    now: datetime
    by: Viewer | None
    rows: list[dict[str, Any]] = field(default_factory=list)
    letters: dict[str, dict[str, Any]] = field(default_factory=dict)
    told: dict[int, tuple[str, Addressee, list[OpenTask]]] = field(default_factory=dict)
    """Reviewers' letters in the making by account: the letter's key, to whom, of which units."""


def queue_due(session: Session, *, on: date, now: datetime, mailing: Mailing) -> Queued:
    """Remind everybody whose occasion has come by ``on``. Does nothing where it was done. Does not commit."""
    days = last_days(session, on)
    holidays = read_holidays(session)
    total = Queued()
    for requirement_id, schedule in get_schedules(session, days).items():
        if not any(schedule.occasion_by(on, day, date.min, holidays) for day in days[requirement_id]):
            continue
        requirement = _lock(session, requirement_id)
        chosen = []
        for task in list_open_tasks(session, requirement_id, on):
            occasion = schedule.occasion_by(on, task.last_day, task.opened_on, holidays)
            if occasion is not None:
                chosen.append((task, occasion))
        total += _write(session, requirement, chosen, schedule, _setting(session, on, mailing, holidays),
                        mailing, now, None)
    return total


def queue_now(session: Session, requirement: Requirement, tasks: Sequence[OpenTask], *, viewer: Viewer, on: date,
              now: datetime, mailing: Mailing) -> Queued:
    """Remind the units of ``tasks`` at once, each at most once a day by this button. Writes one event; no commit."""
    _lock(session, requirement.id)
    schedule = get_schedules(session, [requirement.id])[requirement.id]
    chosen = [(task, Occasion(ReminderKind.NOW, abs((task.last_day - on).days), on, task.last_day)) for task in tasks]
    setting = _setting(session, on, mailing, read_holidays(session))
    queued = _write(session, requirement, chosen, schedule, setting, mailing, now, viewer)
    if queued.units:
        record(session, at=now, viewer=viewer, subject=Subject.REQUIREMENT, subject_id=requirement.id,
               action="remind", detail={"units": queued.units})
    return queued


def _lock(session: Session, requirement_id: int) -> Requirement:
    """The requirement, its row held until the transaction ends, so that no other worker reminds meanwhile."""
    return session.execute(
        select(Requirement).where(Requirement.id == requirement_id).with_for_update()).scalar_one()


def _setting(session: Session, on: date, mailing: Mailing, holidays: Holidays) -> Setting:
    """What is the same for all letters."""
    department = department_id(session)
    name = unit_names(session, [department], on).get(department) if department is not None else None
    return Setting(on, name or UNNAMED_AGENCY, mailing.portal_url, holidays)


def _write(session: Session, requirement: Requirement, chosen: Sequence[tuple[OpenTask, Occasion]],
           schedule: Schedule, setting: Setting, mailing: Mailing, now: datetime, by: Viewer | None) -> Queued:
    """Write what is not written yet."""
    if not chosen:
        return Queued()
    people = _by_unit(list_addressees(session)) if mailing.is_on else {}
    known = _known(session, {occasion.code for _task, occasion in chosen})
    batch = _Batch(requirement, setting, schedule, known, people, now, by)
    for task, occasion in chosen:
        _remind(batch, task, occasion)
    for key, person, tasks in batch.told.values():
        _add_letter(batch, key, person, subject_for_reviewer(requirement, len(tasks)),
                    body_for_reviewer(requirement, tasks, person, setting))
    _store(session, batch)
    units = {row["obligation_id"] for row in batch.rows}
    return Queued(len(units), len(batch.rows), len(batch.letters))


def _by_unit(people: Iterable[Addressee]) -> dict[int, list[Addressee]]:
    """People by the unit they act for."""
    found: dict[int, list[Addressee]] = {}
    for person in people:
        found.setdefault(person.unit_id, []).append(person)
    return found


def _known(session: Session, codes: set[str]) -> set[tuple[int, str, str, str]]:
    """The keys of what was already reminded of on these occasions."""
    rows = session.execute(
        select(Reminder.obligation_id, Reminder.occasion, Reminder.channel, Reminder.recipient)
        .where(Reminder.occasion.in_(codes)))
    return {(obligation_id, code, channel.value, recipient) for obligation_id, code, channel, recipient in rows}


def _remind(batch: _Batch, task: OpenTask, occasion: Occasion) -> None:
    """Add the reminders of one obligation: its unit and the unit's people, its reviewer and the reviewer's people."""
    schedule = batch.schedule
    _add(batch, task, occasion, task.unit_id)
    for person in batch.people.get(task.unit_id, ()):
        is_meant = (schedule.to_officers and person.role in OFFICERS) or (
            schedule.to_head and person.role is Role.HEAD)
        key = _letter_key(batch, f"{occasion.code}:{task.obligation_id}", person)
        if is_meant and _add(batch, task, occasion, task.unit_id, person, key):
            _add_letter(batch, key, person, subject_for_unit(batch.requirement, task, batch.setting.on),
                        body_for_unit(batch.requirement, task, person, batch.setting))
    is_own = batch.by is not None and batch.by.acts_for_id == task.reviewer_id
    if not schedule.to_reviewer or task.reviewer_id is None or is_own:
        return
    _add(batch, task, occasion, task.reviewer_id)
    for person in batch.people.get(task.reviewer_id, ()):
        if person.role not in REVIEWERS:
            continue
        key, tasks = _letter_of(batch, task, occasion, person)
        if _add(batch, task, occasion, task.reviewer_id, person, key):
            batch.told[person.account_id] = (key, person, [*tasks, task])


def _letter_of(batch: _Batch, task: OpenTask, occasion: Occasion, person: Addressee) -> tuple[str, list[OpenTask]]:
    """The key of a reviewer's one letter of this batch, named by its first obligation, and the units told of so far."""
    if person.account_id in batch.told:
        key, _person, tasks = batch.told[person.account_id]
        return key, tasks
    return _letter_key(batch, f"{occasion.code}:below:{task.obligation_id}", person), []


def _add(batch: _Batch, task: OpenTask, occasion: Occasion, unit_id: int, person: Addressee | None = None,
         letter_key: str | None = None) -> bool:
    """Add one reminder, by mail to a person or in the portal to a unit; False when it was written before."""
    channel = ReminderChannel.MAIL if person else ReminderChannel.PORTAL
    recipient = f"account-{person.account_id}" if person else f"unit-{unit_id}"
    key = (task.obligation_id, occasion.code, channel.value, recipient)
    if key in batch.known:
        return False
    batch.known.add(key)
    batch.rows.append({
        "obligation_id": task.obligation_id, "occasion": occasion.code, "kind": occasion.kind, "days": occasion.days,
        "sent_on": batch.setting.on, "channel": channel, "recipient": recipient, "unit_id": unit_id,
        "account_id": person.account_id if person else None, "created_at": batch.now,
        "created_by_id": batch.by.account_id if batch.by else None, "mail_id": letter_key})
    return True


def _letter_key(batch: _Batch, about: str, person: Addressee) -> str:
    """By what a letter is known; stands in a reminder for the letter's id until that is stored."""
    return f"{batch.requirement.id}:{about}:{person.account_id}"


def _add_letter(batch: _Batch, key: str, person: Addressee, subject: str, body: str) -> None:
    """Add one letter to the outbox."""
    batch.letters[key] = {
        "key": key, "to_name": person.full_name, "to_address": person.address, "subject": subject, "body": body,
        "status": MailStatus.QUEUED, "attempt_count": 0, "next_at": batch.now, "trouble": "",
        "created_at": batch.now}


def _store(session: Session, batch: _Batch) -> None:
    """Write letters, then the reminders that point to them: two statements."""
    if batch.letters:
        stored = session.execute(insert(OutboxMail).returning(OutboxMail.key, OutboxMail.id),
                                 list(batch.letters.values()))
        ids = dict(stored.all())
        for row in batch.rows:
            if row["mail_id"] is not None:
                row["mail_id"] = ids[row["mail_id"]]
    if batch.rows:
        session.execute(insert(Reminder), batch.rows)
