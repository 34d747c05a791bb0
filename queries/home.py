"""What a person finds on arriving: what is due, what waits for them, what was left half done."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from models.account import Role
from models.activity import Activity
from models.deadline import DueState
from models.draft import Draft, DraftField
from models.permission import Action, Viewer
from models.programme import Programme, ProgrammeStatus
from models.requirement import Obligation
from models.submission import Submission
from models.workflow import Status
from queries.obligation import Completeness, ObligationLine, completeness, list_obligations


@dataclass(frozen=True, slots=True)
class Waiting:
    """What lies with a reviewer: how many, how many too long, and how many ask to be unlocked."""

    submitted: int
    overdue: int
    """Whose review is past the day on which the reviewer's time ran out."""
    unlocks: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A form that was begun and not saved."""

    key: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class ActivityCount:
    """Activities of the own unit this year: all, and those of the last thirty days."""

    total: int
    recent: int


@dataclass(frozen=True, slots=True)
class RequirementCount:
    """How complete one open requirement is among the units a person watches."""

    code: str
    label: str
    due_on: date
    count: Completeness


def own_tasks(session: Session, viewer: Viewer, *, on: date, now: datetime) -> list[ObligationLine]:
    """The obligations of the unit a person acts for, what is still to do first. One query."""
    lines = list_obligations(session, viewer, on=on, now=now, units_only=False,
                             where=Obligation.unit_id == viewer.acts_for_id)
    order = {DueState.LATE: 0, DueState.TODAY: 1, DueState.SOON: 2, DueState.LATER: 3}
    return sorted(lines, key=lambda line: (line.is_handed_in, order[line.due.state], line.due_on, line.id))


def waiting_for(session: Session, viewer: Viewer, *, on: date) -> Waiting:
    """What lies with the unit a person reviews for. One query."""
    overdue = and_(Submission.status == Status.SUBMITTED, Submission.review_due_on < on)
    submitted = Submission.status == Status.SUBMITTED
    row = session.execute(
        select(
            func.count().filter(submitted), func.count().filter(overdue),
            func.count().filter(Submission.unlock_asked_at.is_not(None)),
            func.min(Submission.submitted_at).filter(submitted))
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .where(Obligation.reviewer_id == viewer.acts_for_id,
               or_(submitted, Submission.unlock_asked_at.is_not(None)))).one()
    return Waiting(*row)


def kept_drafts(session: Session, viewer: Viewer) -> list[KeptDraft]:
    """Forms of the own unit with something typed by this person and not saved, newest first. One query."""
    rows = session.execute(
        select(Draft.key, func.max(DraftField.saved_at))
        .join(DraftField, and_(DraftField.draft_id == Draft.id, DraftField.revision > Draft.applied_revision))
        .where(Draft.unit_id == viewer.acts_for_id, DraftField.saved_by_id == viewer.account_id)
        .group_by(Draft.id, Draft.key).order_by(func.max(DraftField.saved_at).desc(), Draft.key).limit(10))
    return [KeptDraft(key, saved_at) for key, saved_at in rows]


def count_activities(session: Session, viewer: Viewer, *, on: date) -> ActivityCount:
    """Activities of the own unit in the newest programme. One query."""
    newest = select(func.max(Programme.year)).where(Programme.status != ProgrammeStatus.DRAFT).scalar_subquery()
    recent = Activity.starts_on > on - timedelta(days=30)
    row = session.execute(
        select(func.count(), func.count().filter(recent)).select_from(Activity)
        .join(Programme, Programme.id == Activity.programme_id)
        .where(Activity.unit_id == viewer.acts_for_id, Activity.removed_at.is_(None),
               Programme.year == newest)).one()
    return ActivityCount(*row)


def watched_requirements(session: Session, viewer: Viewer, *, on: date, now: datetime) -> list[RequirementCount]:
    """How complete each open requirement is over the units below. One query."""
    lines = list_obligations(session, viewer, on=on, now=now, action=Action.BOARD_VIEW,
                             where=Obligation.unit_id != viewer.acts_for_id)
    found: dict[int, list[ObligationLine]] = {}
    for line in lines:
        found.setdefault(line.requirement_id, []).append(line)
    return [
        RequirementCount(same[0].requirement_code, same[0].task[0], same[0].due_on, completeness(same))
        for same in found.values()
    ]


WATCHERS = frozenset({Role.OFFICE, Role.LEADER, Role.DIVISION, Role.DISTRICT, Role.ADMINISTRATOR})
__all__ = ["WATCHERS", "count_activities", "kept_drafts", "own_tasks", "waiting_for",
           "watched_requirements"]
