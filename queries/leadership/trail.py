"""What the trail tells of an earlier day: documents, decisions, findings and picked models, followed event by event."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from core.dates import parse_day
from models.commendation import Deed as ModelDeed
from models.event import Event, Subject
from models.finding import RULES, Deed, Finding, FindingStatus, FindingStep
from models.requirement import Obligation
from models.submission import Submission
from models.workflow import Step
from queries.board.day import AFTER, Then

Decision = tuple[datetime, str, Any]
_DECISIONS = ("extend", "exempt", "end_exemption")
_MODEL_DEEDS = tuple(deed.value for deed in (
    ModelDeed.PICK, ModelDeed.DROP, ModelDeed.REFUSE, ModelDeed.ASK, ModelDeed.WITHDRAW, ModelDeed.END_CONSENT))


@dataclass(slots=True)
class FindingThen:
    """A finding at the end of the day."""

    due_on: date | None = None
    status: FindingStatus = FindingStatus.OPEN
    answered_at: datetime | None = None
    settled_at: datetime | None = None

    def take(self, deed: Deed, at: datetime, due_on: date | None) -> None:
        """Follow one step."""
        self.status, self.due_on = RULES[deed].target, due_on or self.due_on
        self.answered_at = at if deed is Deed.ANSWER else self.answered_at
        self.settled_at = at if self.status.is_settled else None


@dataclass
class Trail:
    """The trail up to a moment."""

    decisions: defaultdict[int, list[Decision]] = field(default_factory=lambda: defaultdict(list))
    """What was decided about obligations, later decisions too, newest first."""
    documents: defaultdict[int, Then] = field(default_factory=lambda: defaultdict(Then))
    """By submission."""
    findings: defaultdict[int, FindingThen] = field(default_factory=lambda: defaultdict(FindingThen))
    """Findings that were written by then."""
    written: dict[int, tuple[int, date, date]] = field(default_factory=dict)
    """Of every finding: its unit, its day, and the day to mend it as it stands today."""
    picked: set[int] = field(default_factory=set)
    """Models that were picked, by proposal."""
    unnamed: set[int] = field(default_factory=set)
    """Proposals whose consent to a name ended at any time."""


def read_trail(session: Session, requirement_ids: list[int], moment: datetime) -> Trail:
    """Follow it. Two queries, whatever the number of units."""
    trail = Trail()
    steps = _steps(session, trail, moment)
    for kind, subject_id, at, action, detail in session.execute(
            select(Event.subject_kind, Event.subject_id, Event.at, Event.action, Event.detail)
            .where(or_(*_wanted(requirement_ids, moment))).order_by(Event.at, Event.id)):
        match kind:
            case Subject.OBLIGATION:
                trail.decisions[subject_id].insert(0, (at, action, detail))
            case Subject.SUBMISSION:
                trail.documents[subject_id].take(Step(action), at, detail.get("version"))
            case Subject.FINDING:
                _follow_finding(trail.findings[subject_id], steps.get(subject_id, []), at, action, detail)
            case _:
                _follow_model(trail, subject_id, action, at < moment)
    for finding_id, found in trail.findings.items():
        _take_until(found, steps.get(finding_id, []), moment)
    return trail


def _wanted(requirement_ids: list[int], moment: datetime) -> list[ColumnElement[bool]]:
    """The events that tell of the day."""
    owed = select(Obligation.id).where(Obligation.requirement_id.in_(requirement_ids))
    begun = select(Submission.id).where(Submission.obligation_id.in_(owed))
    steps = [*AFTER, Step.ASK_UNLOCK, Step.KEEP_LOCKED]
    return [
        and_(Event.subject_kind == Subject.OBLIGATION, Event.action.in_(_DECISIONS), Event.subject_id.in_(owed)),
        and_(Event.subject_kind == Subject.SUBMISSION, Event.action.in_(steps), Event.at < moment,
             Event.subject_id.in_(begun)),
        and_(Event.subject_kind == Subject.FINDING, Event.action.in_(("raise_finding", "change_finding")),
             Event.at < moment),
        and_(Event.subject_kind == Subject.COMMENDATION, Event.action.in_(_MODEL_DEEDS)),
    ]


def _steps(session: Session, trail: Trail, moment: datetime) -> dict[int, list[tuple[Deed, datetime, date | None]]]:
    """Steps of findings by then, by finding, oldest first; notes the findings. One query."""
    found: defaultdict[int, list[tuple[Deed, datetime, date | None]]] = defaultdict(list)
    is_then = and_(FindingStep.finding_id == Finding.id, FindingStep.at < moment)
    for finding_id, unit_id, raised_on, mended_by, deed, at, due_on in session.execute(
            select(Finding.id, Finding.unit_id, Finding.raised_on, Finding.due_on,
                   FindingStep.deed, FindingStep.at, FindingStep.due_on)
            .outerjoin(FindingStep, is_then).order_by(FindingStep.at, FindingStep.id)):
        trail.written[finding_id] = unit_id, raised_on, mended_by
        if deed is not None:
            found[finding_id].append((deed, at, due_on))
    return found


def _follow_finding(found: FindingThen, steps: list[tuple[Deed, datetime, date | None]], at: datetime, action: str,
                    detail: Any) -> None:
    """Take the day that was written, after the steps before it."""
    _take_until(found, steps, at)
    text = detail.get("day") if action == "raise_finding" else detail.get("due_on", [None, None])[1]
    if text:
        found.due_on = parse_day(text)


def _take_until(found: FindingThen, steps: list[tuple[Deed, datetime, date | None]], until: datetime) -> None:
    """Follow the steps before a moment; what is followed is taken off the list."""
    while steps and steps[0][1] < until:
        found.take(*steps.pop(0))


def _follow_model(trail: Trail, proposal_id: int, action: str, is_before: bool) -> None:
    """Note what became of a proposal; a consent that ended holds for every day."""
    if action == ModelDeed.END_CONSENT:
        trail.unnamed.add(proposal_id)
    elif is_before and action == ModelDeed.PICK:
        trail.picked.add(proposal_id)
    elif is_before:
        trail.picked.discard(proposal_id)


__all__ = ["FindingThen", "Trail", "read_trail"]
