"""Good models in reports: what was picked by a day, in the words that were made for publication."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from core.dates import end_of_day, start_of_day
from models.commendation import Commendation, CommendationKind, CommendationStatus
from models.requirement import Level, Obligation, Requirement, RequirementKind
from models.unit import UnitName
from queries.commendation.public import PERSON
from queries.model_annex import ModelLine
from queries.unit import called


@dataclass(frozen=True, slots=True)
class PickedModel:
    """A model that is worth spreading, with the proposal behind it."""

    id: int
    unit_id: int
    kind: CommendationKind
    line: ModelLine


def list_picked(session: Session, programme_id: int, *, on: date, since: date | None = None,
                until: date | None = None, unit_ids: Select[int] | None = None, limit: int | None = None,
                chosen: ColumnElement[bool] | None = None) -> tuple[PickedModel, ...]:
    """What is picked of a programme at the end of ``on``: by kind, then in the order of picking. One query.

    ``since`` and ``until`` bound the days of the proposals; ``unit_ids`` the units. ``chosen`` says in place of today's
    state what was picked on an earlier day. Not scoped.
    """
    picked: tuple[ColumnElement[bool], ...] = (
        Commendation.status == CommendationStatus.ACCEPTED, Commendation.picked_at < end_of_day(on))
    title = func.coalesce(func.nullif(Commendation.public_title, ""), Commendation.title)
    text = func.coalesce(func.nullif(Commendation.public_text, ""), Commendation.results)
    statement = (
        select(Commendation.id, Commendation.unit_id, Commendation.kind, title, text, PERSON,
               func.coalesce(UnitName.name, ""))
        .outerjoin(UnitName, called(UnitName, Commendation.unit_id, on))
        .where(Commendation.programme_id == programme_id,
               *(picked if chosen is None else (chosen,)))
        .order_by(Commendation.picked_at, Commendation.id))
    if since is not None:
        statement = statement.where(Commendation.created_at >= start_of_day(since))
    if until is not None:
        statement = statement.where(Commendation.created_at < end_of_day(until))
    if unit_ids is not None:
        statement = statement.where(Commendation.unit_id.in_(unit_ids))
    rows = session.execute(statement.limit(limit)).all()
    order = {kind: place for place, kind in enumerate(CommendationKind)}
    return tuple(
        PickedModel(row[0], row[1], row[2], ModelLine(row[2].label, row[3], row[6], row[4], row[5]))
        for row in sorted(rows, key=lambda row: order[row[2]]))


def list_reported(session: Session, requirement: Requirement, unit_id: int, on: date) -> tuple[PickedModel, ...]:
    """What stands in a unit's consolidated report at the end of ``on``: proposed within the report's coverage.

    A district's shows those of its own schools. One query; none for an ad hoc report, which has no such part.
    """
    if requirement.kind not in (RequirementKind.HALF_YEAR, RequirementKind.ANNUAL):
        return ()
    is_department = select(Obligation.id).where(
        Obligation.requirement_id == requirement.id, Obligation.unit_id == unit_id,
        Obligation.level == Level.DEPARTMENT).exists()
    units = select(Obligation.unit_id).where(
        Obligation.requirement_id == requirement.id,
        or_(is_department, Obligation.unit_id == unit_id, Obligation.reviewer_id == unit_id))
    return list_picked(session, requirement.programme_id, on=on, since=requirement.coverage_from,
                       until=requirement.coverage_to, unit_ids=units)


__all__ = ["PickedModel", "list_picked", "list_reported"]
