"""How things stood at the end of an earlier day, from frozen moments and the trail."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.dates import end_of_day, parse_day
from models.deadline import deadline_of, due_in
from models.event import Event, Subject
from models.requirement import Obligation, Requirement
from models.submission import Submission
from models.waiting import waiting_for
from models.workflow import Status, Step
from queries.obligation import ObligationLine

AFTER = {
    Step.SUBMIT: Status.SUBMITTED, Step.WITHDRAW: Status.WITHDRAWN, Step.RETURN: Status.RETURNED,
    Step.ACCEPT: Status.ACCEPTED, Step.REOPEN: Status.RETURNED,
}
"""Where a document stands after a step; other steps leave it where it is."""
_GIVEN_BACK = (Step.RETURN, Step.REOPEN)


@dataclass(slots=True)
class Then:
    """A document at the end of the day."""

    status: Status = Status.DRAFT
    submitted_at: datetime | None = None
    return_count: int = 0
    asks_unlock: bool = False
    accepted_version: int | None = None
    """Its number, while it was accepted."""
    accepted_at: datetime | None = None

    def take(self, step: Step, at: datetime, version: int | None = None) -> None:
        """Follow one step; ``version`` is the one that was accepted."""
        self.status = AFTER.get(step, self.status)
        if step in (Step.ACCEPT, Step.REOPEN):
            self.accepted_version, self.accepted_at = (version, at) if step is Step.ACCEPT else (None, None)
        self.return_count += step in _GIVEN_BACK
        if step is Step.SUBMIT:
            self.submitted_at = at
        self.asks_unlock = step is Step.ASK_UNLOCK or (self.asks_unlock and step not in (
            *AFTER, Step.KEEP_LOCKED))


def as_of(session: Session, lines: Iterable[ObligationLine], requirements: Sequence[Requirement],
          day: date) -> list[ObligationLine]:
    """The lines as they stood at the end of ``day``; what was not yet asked for then is left out. Three queries.

    Names and parents stay those of the lines. Whether a text lay ready for the head's signature is kept for no day,
    so all that was being written waits for the unit.
    """
    moment = end_of_day(day)
    ids = [row.id for row in requirements]
    rows = {row[0]: row[1:] for row in session.execute(
        select(Obligation.id, Obligation.opened_at, Obligation.closed_at, Obligation.exempted_at,
               Obligation.due_on, Obligation.counts_due_day, Obligation.extended_to, Submission.created_at)
        .outerjoin(Submission, Submission.obligation_id == Obligation.id).where(Obligation.requirement_id.in_(ids)))}
    counted = {row.id: row.counts_due_day for row in requirements}
    decisions = _decisions(session, ids)
    documents = _documents(session, ids, moment)
    found = []
    for line in lines:
        opened_at, closed_at, exempted_at, due_on, counts, extended_to, created_at = rows[line.id]
        if opened_at >= moment:
            continue
        duty = duty_on(decisions.get(line.id, ()), moment, exempted_at is not None, due_on, counts, extended_to,
                     counted[line.requirement_id])
        is_closed = closed_at is not None and closed_at < moment
        has_begun = created_at is not None and created_at < moment
        then = documents.get(line.submission_id or 0, Then()) if has_begun else None
        found.append(_line(line, then, duty, is_closed, moment))
    return found


@dataclass(frozen=True, slots=True)
class Duty:
    """What was decided about an obligation by the day."""

    is_exempt: bool
    due_on: date
    counts_due_day: bool
    extended_to: date | None


def duty_on(events: Iterable[tuple[datetime, str, Any]], moment: datetime, is_exempt: bool, due_on: date,
          counts_due_day: bool, extended_to: date | None, by_default: bool) -> Duty:
    """Take back, newest first, what was decided after the day."""
    earlier_extension = False
    for at, action, detail in events:
        if at < moment:
            earlier_extension = earlier_extension or action == "extend"
        elif action in ("exempt", "end_exemption"):
            is_exempt = action == "end_exemption"
        elif isinstance(detail.get("due_on"), list):
            due_on = parse_day(detail["due_on"][0])
            extended_to, counts_due_day = due_on, True
    if extended_to is not None and not earlier_extension:
        extended_to, counts_due_day = None, by_default
    return Duty(is_exempt, due_on, counts_due_day, extended_to)


def _line(line: ObligationLine, then: Then | None, duty: Duty, is_closed: bool,
          moment: datetime) -> ObligationLine:
    """One line as it stood."""
    is_owed = not duty.is_exempt and not is_closed
    waiting = waiting_for(
        then.status if then else None, line.level, is_signed_off=False, is_prepared=False,
        asks_unlock=bool(then and then.asks_unlock)) if is_owed else None
    was_sent = then is not None and then.submitted_at is not None
    last = moment - timedelta(microseconds=1)
    return replace(
        line, status=then.status if then else None, submission_id=line.submission_id if then else None,
        late_days=line.late_days if was_sent else None, return_count=then.return_count if then else 0,
        submitted_at=then.submitted_at if then else None, return_due_on=None, due_on=duty.due_on, is_owed=is_owed,
        is_exempt=duty.is_exempt, extended_to=duty.extended_to, waiting=waiting,
        due=due_in(last, deadline_of(duty.due_on, duty.counts_due_day)))


def _decisions(session: Session, requirement_ids: list[int]) -> dict[int, list[tuple[datetime, str, Any]]]:
    """What was decided about obligations, by obligation, newest first. One query."""
    rows = session.execute(
        select(Event.subject_id, Event.at, Event.action, Event.detail)
        .join(Obligation, Obligation.id == Event.subject_id)
        .where(Event.subject_kind == Subject.OBLIGATION, Event.action.in_(("extend", "exempt", "end_exemption")),
               Obligation.requirement_id.in_(requirement_ids))
        .order_by(Event.at.desc(), Event.id.desc()))
    found: dict[int, list[tuple[datetime, str, Any]]] = {}
    for obligation_id, at, action, detail in rows:
        found.setdefault(obligation_id, []).append((at, action, detail))
    return found


def _documents(session: Session, requirement_ids: list[int], moment: datetime) -> dict[int, Then]:
    """Documents at a moment, by submission, followed step by step. One query."""
    rows = session.execute(
        select(Event.subject_id, Event.action, Event.at)
        .join(Submission, Submission.id == Event.subject_id)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .where(Event.subject_kind == Subject.SUBMISSION, Event.at < moment,
               Event.action.in_([*AFTER, Step.ASK_UNLOCK, Step.KEEP_LOCKED]),
               Obligation.requirement_id.in_(requirement_ids))
        .order_by(Event.at, Event.id))
    found: dict[int, Then] = {}
    for submission_id, action, at in rows:
        found.setdefault(submission_id, Then()).take(Step(action), at)
    return found


__all__ = ["AFTER", "Duty", "Then", "as_of", "duty_on"]
