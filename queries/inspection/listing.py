"""Lists of inspections: those whose units a person sees, with how far they are and what was found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select, true
from sqlalchemy.orm import Session

from core.text import fold
from models.finding import Finding, Standing, standing_clause
from models.inspection import InspectedUnit, Inspection, InspectionState, state_of
from models.permission import Action, Reach, Viewer, reach
from models.programme import Programme
from models.unit import UnitName
from queries.inspection.count import FindingCounts
from queries.scope import scope
from queries.unit import called

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class InspectionLine:
    """One inspection; of units and findings those that the viewer sees."""

    id: int
    title: str
    year: int
    owner_id: int
    owner_name: str
    decision_number: str
    decided_on: date | None
    host_programme: str
    """Empty when it stands alone."""
    starts_on: date
    ends_on: date
    state: InspectionState
    unit_count: int
    visited_count: int
    findings: FindingCounts


@dataclass(frozen=True, slots=True)
class InspectionPage:
    """One page of inspections, and how many the search found by state."""

    lines: tuple[InspectionLine, ...]
    total: int
    number: int
    page_count: int
    by_state: dict[InspectionState, int]


def seen(viewer: Viewer, on: date) -> ColumnElement[bool]:
    """Which inspected units a person sees: those in the scope, taken out ones for the inspectors alone."""
    if reach(viewer.role, Action.INSPECTION_VIEW) is Reach.ALL:
        return true()
    return InspectedUnit.unit_id.in_(scope(viewer, Action.INSPECTION_VIEW, on)) & InspectedUnit.removed_at.is_(None)


def seen_inspections(viewer: Viewer, on: date) -> ColumnElement[bool]:
    """Which inspections a person sees: all, or those with a unit in the scope."""
    if reach(viewer.role, Action.INSPECTION_VIEW) is Reach.ALL:
        return true()
    return exists().where(InspectedUnit.inspection_id == Inspection.id, seen(viewer, on))


def list_inspections(session: Session, viewer: Viewer, *, on: date, now: datetime, search: str = "",
                     state: InspectionState | None = None, owner_id: int | None = None,
                     ids: Iterable[int] | None = None) -> list[InspectionLine]:
    """Inspections in the viewer's scope, the newest first. Three queries."""
    words = fold(search).split()
    clauses = [seen_inspections(viewer, on), *(Inspection.folded.contains(word, autoescape=True) for word in words)]
    if owner_id is not None:
        clauses.append(Inspection.owner_unit_id == owner_id)
    if ids is not None:
        clauses.append(Inspection.id.in_(list(ids)))
    rows = session.execute(
        select(Inspection, Programme.year, UnitName.name)
        .join(Programme, Programme.id == Inspection.programme_id)
        .outerjoin(UnitName, called(UnitName, Inspection.owner_unit_id, on))
        .where(*clauses).order_by(Inspection.starts_on.desc(), Inspection.id.desc())).all()
    units = _units(session, viewer, on)
    findings = _findings(session, viewer, on, now)
    lines = [_line(row, units, findings) for row in rows]
    return [line for line in lines if state in (None, line.state)]


def _line(row: Any, units: dict[int, tuple[int, int]], findings: dict[int, FindingCounts]) -> InspectionLine:
    """One line from its row."""
    inspection, year, owner = row
    unit_count, visited = units.get(inspection.id, (0, 0))
    return InspectionLine(
        inspection.id, inspection.title, year, inspection.owner_unit_id, owner or "", inspection.decision_number,
        inspection.decided_on, inspection.host_programme, inspection.starts_on, inspection.ends_on,
        state_of(is_cancelled=inspection.cancelled_at is not None, is_concluded=inspection.concluded_at is not None,
                 visited=visited),
        unit_count, visited, findings.get(inspection.id, FindingCounts()))


def _units(session: Session, viewer: Viewer, on: date) -> dict[int, tuple[int, int]]:
    """Units and visited ones by inspection. One query."""
    rows = session.execute(
        select(InspectedUnit.inspection_id, func.count(), func.count(InspectedUnit.visited_on))
        .where(seen(viewer, on), InspectedUnit.removed_at.is_(None)).group_by(InspectedUnit.inspection_id))
    return {inspection_id: (count, visited) for inspection_id, count, visited in rows}


def _findings(session: Session, viewer: Viewer, on: date, now: datetime) -> dict[int, FindingCounts]:
    """Findings by inspection. One query."""
    found = (
        select(InspectedUnit.inspection_id, standing_clause(now).label("standing"))
        .join(Finding, Finding.visit_id == InspectedUnit.id).where(seen(viewer, on)).subquery())
    counts: dict[int, FindingCounts] = {}
    for inspection_id, standing, count in session.execute(
            select(found.c.inspection_id, found.c.standing, func.count())
            .group_by(found.c.inspection_id, found.c.standing)):
        part = FindingCounts(**{Standing(standing).value: count})
        counts[inspection_id] = counts.get(inspection_id, FindingCounts()) + part
    return counts


def page_inspections(lines: list[InspectionLine], state: InspectionState | None, number: int) -> InspectionPage:
    """One page of what was found; ``lines`` are of all states."""
    by_state = {each: sum(line.state is each for line in lines) for each in InspectionState}
    chosen = [line for line in lines if state in (None, line.state)]
    page_count = max(1, -(-len(chosen) // PAGE_SIZE))
    number = min(max(number, 1), page_count)
    first = (number - 1) * PAGE_SIZE
    return InspectionPage(tuple(chosen[first:first + PAGE_SIZE]), len(chosen), number, page_count, by_state)


__all__ = ["PAGE_SIZE", "InspectionLine", "InspectionPage", "list_inspections", "page_inspections", "seen",
           "seen_inspections"]
