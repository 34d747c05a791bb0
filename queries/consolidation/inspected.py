"""Inspections in a consolidation: of the unit itself and of all below it, each finding once, of every unit that owes.

Findings are the inspectors' own records and not figures of a unit's report, so they are told of units whose report is
lacking too; the document freezes them as they stood on its day (product law 5).
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from models.requirement import Level, Obligation, Requirement, RequirementKind
from queries.consolidation.ground import Ground
from queries.consolidation.standing import below
from queries.inspection.document import Inspected, annex_of, read_inspected
from queries.inspection_annex import InspectionAnnex
from queries.scope import with_predecessors


def units_of(requirement_id: int, unit_id: int, on: date, *, is_department: bool) -> Select[int] | None:
    """Ids of the units whose findings are told, with those that they followed; None for all, as the Department does."""
    if is_department:
        return None
    return with_predecessors(select(Obligation.unit_id).where(below([requirement_id], unit_id)), on)


def inspected_of(session: Session, requirement: Requirement, unit_id: int, *, is_department: bool, until: date,
                 on: date, owed: int | None = None) -> Inspected:
    """Counts of the period as they stand on ``on``; how many owe is counted where it is not known. Two queries."""
    owing = select(func.count()).select_from(Obligation).where(
        below([requirement.id], unit_id), Obligation.closed_at.is_(None), Obligation.level != Level.DEPARTMENT)
    return read_inspected(session, units_of(requirement.id, unit_id, on, is_department=is_department),
                          owing if owed is None else owed,
                          since=requirement.coverage_from, until=until, on=on)


def inspected_on(session: Session, ground: Ground) -> Inspected:
    """The same for a ground that was read; nothing for an ad hoc report. Two queries."""
    if ground.requirement.kind is RequirementKind.AD_HOC:
        return Inspected({}, {}, 0)
    owed = sum(not row.is_closed and (row.unit_id != ground.unit.id or not ground.is_department)
               for row in ground.reports)
    return inspected_of(session, ground.requirement, ground.unit.id, is_department=ground.is_department,
                        until=ground.gathered.until, on=ground.on, owed=owed)


def annex_for(session: Session, ground: Ground, found: Inspected, places: Mapping[int, str]) -> InspectionAnnex | None:
    """The annex of the document, counted under the labels of ``places``; None when there is nothing to tell.

    Two queries.
    """
    return annex_of(
        session, found, units_of(ground.requirement.id, ground.unit.id, ground.on, is_department=ground.is_department),
        places, since=ground.requirement.coverage_from, until=ground.gathered.until, on=ground.on)


__all__ = ["annex_for", "inspected_of", "inspected_on", "units_of"]
