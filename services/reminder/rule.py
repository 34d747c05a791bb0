"""The Office's schedule of a requirement, and what units say to a reminder in the portal."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.event import Subject
from models.permission import Viewer
from models.reminder import Reminder, ReminderChannel, ReminderRule, Schedule
from models.requirement import Obligation, Requirement
from services.trail import record


def set_schedule(session: Session, requirement: Requirement, schedule: Schedule, *, viewer: Viewer | None,
                 now: datetime) -> bool:
    """Set when and whom to remind; False when it was so already. Writes one event; does not commit."""
    rule = session.scalar(select(ReminderRule).where(ReminderRule.requirement_id == requirement.id))
    before = rule.schedule if rule is not None else Schedule()
    if before == schedule:
        return False
    if rule is None:
        rule = ReminderRule(requirement_id=requirement.id)
        session.add(rule)
    rule.days_before = list(schedule.days_before)
    rule.every_after, rule.most_after, rule.is_on = schedule.every_after, schedule.most_after, schedule.is_on
    rule.to_officers, rule.to_head, rule.to_reviewer = (
        schedule.to_officers, schedule.to_head, schedule.to_reviewer)
    old, new = asdict(before), asdict(schedule)
    record(session, at=now, viewer=viewer, subject=Subject.REQUIREMENT, subject_id=requirement.id,
           action="schedule_reminders",
           detail={name: [_plain(old[name]), _plain(new[name])] for name in new if old[name] != new[name]})
    return True


def _plain(value: object) -> object:
    """A value as the trail keeps it."""
    return ", ".join(str(each) for each in value) if isinstance(value, tuple) else value


def mark_received(session: Session, requirement: Requirement, *, viewer: Viewer, now: datetime) -> int:
    """Note that the viewer's unit has seen its reminders in the portal; how many. Does not commit."""
    mine = select(Obligation.id).where(Obligation.requirement_id == requirement.id)
    changed = session.execute(
        update(Reminder)
        .where(Reminder.unit_id == viewer.acts_for_id, Reminder.channel == ReminderChannel.PORTAL,
               Reminder.received_at.is_(None), Reminder.obligation_id.in_(mine))
        .values(received_at=now, received_by_id=viewer.account_id))
    return int(changed.rowcount)  # type: ignore[attr-defined]  # an update has it
