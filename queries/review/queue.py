"""What waits for a reviewer, how long, and what comes next."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from core.translation import N_
from models.permission import Action, Viewer
from models.requirement import Obligation, Requirement, RequirementKind
from models.submission import Submission
from models.unit import UnitName
from models.workflow import Status
from queries.scope import scope
from queries.submission import SubmissionLine, line_of, submission_lines
from queries.unit import search_clause

PAGE_SIZE = 25


class QueueState(StrEnum):
    """Which part of the reviewer's work is shown."""

    WAITING = "waiting"
    OVERDUE = "overdue"
    UNLOCK = "unlock"
    RETURNED = "returned"
    ACCEPTED = "accepted"

    @property
    def label(self) -> str:
        """The words on its chip, as 'Chờ duyệt'."""
        return {
            "waiting": N_("Chờ duyệt"), "overdue": N_("Quá hạn duyệt"), "unlock": N_("Yêu cầu mở khóa"),
            "returned": N_("Đã trả lại, chờ bổ sung"), "accepted": N_("Đã duyệt"),
        }[self.value]

    def clause(self, on: date) -> ColumnElement[bool]:
        """The condition that a submission belongs here on a day."""
        match self:
            case QueueState.WAITING:
                return Submission.status == Status.SUBMITTED
            case QueueState.OVERDUE:
                return and_(Submission.status == Status.SUBMITTED, Submission.review_due_on < on)
            case QueueState.UNLOCK:
                return Submission.unlock_asked_at.is_not(None)
            case QueueState.RETURNED:
                return Submission.status == Status.RETURNED
            case _:
                return Submission.status == Status.ACCEPTED


@dataclass(frozen=True)
class QueueFilter:
    """What a reviewer chose to see."""

    state: QueueState = QueueState.WAITING
    kind: RequirementKind | None = None
    search: str = ""


@dataclass(frozen=True)
class ReviewQueue:
    """One page of what a reviewer chose to see; ``counts`` by state for the kind and search that were chosen."""

    lines: list[SubmissionLine]
    counts: dict[QueueState, int]
    page: int
    page_count: int


def get_queue(session: Session, viewer: Viewer, chosen: QueueFilter, on: date, page: int = 1) -> ReviewQueue:
    """One page of the queue, what is due first on top. Two queries."""
    counts = count_queue(session, viewer, chosen, on)
    page_count = max(1, -(-counts[chosen.state] // PAGE_SIZE))
    page = min(max(page, 1), page_count)
    statement = _queue(viewer, chosen, on).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    return ReviewQueue([line_of(row) for row in session.execute(statement)], counts, page, page_count)


def count_queue(session: Session, viewer: Viewer, chosen: QueueFilter, on: date) -> dict[QueueState, int]:
    """How many submissions there are in each state of the queue. One query."""
    counts = [func.count().filter(state.clause(on)) for state in QueueState]
    statement = (
        select(*counts).select_from(Submission)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .join(Requirement, Requirement.id == Obligation.requirement_id)
        .where(*_reviewed(viewer, on), *_narrowed(chosen, on)))
    return dict(zip(QueueState, session.execute(statement).one(), strict=True))


def _queue(viewer: Viewer, chosen: QueueFilter, on: date) -> Select[*tuple[Any, ...]]:
    """The submissions of one state: waiting ones by their due day, others by what happened last."""
    waits = chosen.state in (QueueState.WAITING, QueueState.OVERDUE)
    order = (Submission.review_due_on, Submission.submitted_at) if waits else (Submission.changed_at.desc(),)
    return (
        submission_lines(on)
        .where(chosen.state.clause(on), *_reviewed(viewer, on), *_narrowed(chosen, on))
        .order_by(None).order_by(*order, Submission.id))


def _reviewed(viewer: Viewer, on: date) -> list[ColumnElement[bool]]:
    """The conditions that the viewer reviews an obligation."""
    return [Obligation.reviewer_id == viewer.acts_for_id,
            Obligation.unit_id.in_(scope(viewer, Action.REPORT_REVIEW, on))]


def _narrowed(chosen: QueueFilter, on: date) -> list[ColumnElement[bool]]:
    """The conditions of the kind and the search."""
    clauses: list[ColumnElement[bool]] = []
    if chosen.kind is not None:
        clauses.append(Requirement.kind == chosen.kind)
    if chosen.search:
        named = select(UnitName.unit_id).where(UnitName.covering(on), search_clause(chosen.search))
        clauses.append(Obligation.unit_id.in_(named))
    return clauses


@dataclass(frozen=True)
class Neighbours:
    """The submissions before and after one in the queue of what waits; None at its ends."""

    previous_id: int | None
    next_id: int | None
    place: int
    """From 1; 0 when it does not wait itself."""
    count: int


def list_queue(session: Session, viewer: Viewer, chosen: QueueFilter, on: date) -> list[SubmissionLine]:
    """All of what a reviewer chose to see, in the order of the queue. One query."""
    return [line_of(row) for row in session.execute(_queue(viewer, chosen, on))]


def find_neighbours(session: Session, viewer: Viewer, submission_id: int, chosen: QueueFilter,
                    on: date) -> Neighbours:
    """Where a submission stands in the queue. One query."""
    statement = _queue(viewer, chosen, on).with_only_columns(Submission.id)
    ids = list(session.scalars(statement))
    if submission_id not in ids:
        return Neighbours(None, ids[0] if ids else None, 0, len(ids))
    place = ids.index(submission_id)
    return Neighbours(ids[place - 1] if place else None, ids[place + 1] if place + 1 < len(ids) else None,
                      place + 1, len(ids))


def list_chosen(session: Session, viewer: Viewer, submission_ids: list[int], on: date) -> list[SubmissionLine]:
    """The submissions of these ids that wait for the viewer, by unit. One query."""
    statement = submission_lines(on).where(
        Submission.id.in_(submission_ids), QueueState.WAITING.clause(on), *_reviewed(viewer, on))
    return [line_of(row) for row in session.execute(statement)]
