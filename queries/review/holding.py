"""The reviewers' clock: who holds how many plans and reports beyond the days they have."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.permission import Action, Viewer
from models.requirement import Obligation, Requirement
from models.submission import Submission
from models.unit import Unit, UnitName
from models.workflow import Status
from queries.scope import scope
from queries.unit import called


@dataclass(frozen=True, slots=True)
class Holding:
    """One reviewer with what lies there too long."""

    unit_id: int
    unit_code: str
    unit_name: str
    count: int
    review_days: int
    """Working days a reviewer has (the fewest, where requirements differ)."""
    oldest_at: datetime | None


def list_holdings(session: Session, viewer: Viewer, on: date) -> list[Holding]:
    """Reviewers who are beyond their days with units in the viewer's scope, the fullest first. One query."""
    rows = session.execute(
        select(Unit.id, Unit.code, UnitName.name, func.count(), func.min(Requirement.review_days),
               func.min(Submission.submitted_at))
        .select_from(Submission)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .join(Requirement, Requirement.id == Obligation.requirement_id)
        .join(Unit, Unit.id == Obligation.reviewer_id)
        .join(UnitName, called(UnitName, Unit.id, on))
        .where(Submission.status == Status.SUBMITTED, Submission.review_due_on < on,
               Obligation.unit_id.in_(scope(viewer, Action.BOARD_VIEW, on)))
        .group_by(Unit.id, Unit.code, UnitName.name, UnitName.sort_key)
        .order_by(func.count().desc(), UnitName.sort_key, Unit.id))
    return [Holding(*row) for row in rows]
