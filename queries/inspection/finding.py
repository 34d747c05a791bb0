"""Findings as pages and reports show them: where they stand today, what was said last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, selectinload

from models.finding import (
    Deed,
    Finding,
    FindingStatus,
    FindingStep,
    Severity,
    Standing,
    late_days,
    standing_clause,
    standing_of,
)
from models.inspection import InspectedUnit, Inspection
from models.permission import Action, Viewer
from models.programme import Theme
from models.unit import UnitName
from queries.activity import FileLine
from queries.activity.detail import file_line
from queries.inspection.count import FindingCounts
from queries.scope import scope
from queries.unit import called, search_clause

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding; ``standing`` and ``late_days`` as of the moment it was asked for."""

    id: int
    inspection_id: int
    inspection_title: str
    owner_id: int
    visit_id: int
    visited_on: date | None
    unit_id: int
    unit_name: str
    number: int
    what: str
    severity: Severity
    theme: str
    """Empty when it is about none."""
    raised_on: date
    due_on: date
    status: FindingStatus
    standing: Standing
    late_days: int
    decision_number: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of a finding's history."""

    deed: Deed
    text: str
    due_on: date | None
    at: datetime
    by_name: str
    activities: tuple[tuple[int, str], ...]
    """(id, title)."""
    files: tuple[FileLine, ...]


_FIRST_DUE = (Finding.settled_at.is_not(None), Finding.due_on, Finding.id)
"""What is settled stands below, the rest by its day."""


def _statement(on: date) -> Select[*tuple[Any, ...]]:
    """The statement behind every list of findings."""
    return (
        select(Finding, InspectedUnit.visited_on, Inspection.id, Inspection.title, Inspection.owner_unit_id,
               Inspection.decision_number, UnitName.name, Theme.label)
        .join(InspectedUnit, InspectedUnit.id == Finding.visit_id)
        .join(Inspection, Inspection.id == InspectedUnit.inspection_id)
        .outerjoin(UnitName, called(UnitName, Finding.unit_id, on))
        .outerjoin(Theme, Theme.id == Finding.theme_id))


def line_of(row: Any, now: datetime) -> FindingLine:
    """One line of a row of the statement."""
    finding, visited_on, inspection_id, title, owner_id, number, unit_name, theme = row
    return FindingLine(
        finding.id, inspection_id, title, owner_id, finding.visit_id, visited_on, finding.unit_id, unit_name or "",
        finding.number, finding.what, finding.severity, theme or "", finding.raised_on, finding.due_on,
        finding.status, standing_of(finding.status, finding.deadline_at, now),
        late_days(finding.status, finding.deadline_at, finding.answered_at, now), number)


def list_lines(session: Session, clauses: Iterable[ColumnElement[bool]], *, on: date,
               now: datetime) -> list[FindingLine]:
    """Findings of some clauses, what is due first above; for callers that have authorised. One query."""
    rows = session.execute(_statement(on).where(*clauses).order_by(*_FIRST_DUE))
    return [line_of(row, now) for row in rows]


def counts_of(lines: Iterable[FindingLine]) -> FindingCounts:
    """How many of the lines stand where."""
    one = (FindingCounts(**{line.standing.value: 1}, late=int(line.late_days > 0)) for line in lines)
    return sum(one, FindingCounts())


@dataclass(frozen=True, slots=True)
class FindingPage:
    """One page of findings, with how many stand where among those that the search found."""

    lines: tuple[FindingLine, ...]
    counts: FindingCounts
    total: int
    number: int
    page_count: int


def page_findings(session: Session, viewer: Viewer, *, on: date, now: datetime, standing: Standing | None = None,
                  severity: Severity | None = None, search: str = "", number: int = 1,
                  page_size: int | None = PAGE_SIZE) -> FindingPage:
    """Findings of units in the viewer's scope, what is due first above; ``search`` is for units. Two queries.

    ``page_size`` None gives all of them on one page.
    """
    clauses: list[ColumnElement[bool]] = [Finding.unit_id.in_(scope(viewer, Action.INSPECTION_VIEW, on))]
    if search:
        clauses.append(search_clause(search))
    if severity is not None:
        clauses.append(Finding.severity == severity)
    found = (
        select(standing_clause(now).label("standing"))
        .outerjoin(UnitName, called(UnitName, Finding.unit_id, on)).where(*clauses).subquery())
    rows = session.execute(select(found.c.standing, func.count()).group_by(found.c.standing))
    counts = FindingCounts(**{Standing(name).value: count for name, count in rows})
    total = counts.total if standing is None else getattr(counts, standing.value)
    size = page_size or max(total, 1)
    page_count = max(1, -(-total // size))
    number = min(max(number, 1), page_count)
    if standing is not None:
        clauses.append(standing_clause(now) == standing.value)
    lines = session.execute(
        _statement(on).where(*clauses).order_by(*_FIRST_DUE).offset((number - 1) * size).limit(size))
    return FindingPage(tuple(line_of(row, now) for row in lines), counts, total, number, page_count)


def find_finding(session: Session, viewer: Viewer, finding_id: int, *, on: date, now: datetime) -> FindingLine | None:
    """One finding of a unit in the viewer's scope, or None. One query."""
    row = session.execute(_statement(on).where(
        Finding.id == finding_id, Finding.unit_id.in_(scope(viewer, Action.INSPECTION_VIEW, on)))).first()
    return line_of(row, now) if row is not None else None


def list_steps(session: Session, finding_id: int) -> list[StepLine]:
    """What unit and inspectors said, oldest first. Three queries. Not scoped."""
    rows = session.scalars(
        select(FindingStep).where(FindingStep.finding_id == finding_id).order_by(FindingStep.id)
        .options(selectinload(FindingStep.activities), selectinload(FindingStep.attachments)))
    return [
        StepLine(row.deed, row.text, row.due_on, row.at, row.by_name,
                 tuple((activity.id, activity.title) for activity in row.activities),
                 tuple(file_line(file) for file in row.attachments))
        for row in rows]


def list_to_answer(session: Session, unit_id: int, *, on: date, now: datetime) -> list[FindingLine]:
    """Findings that wait for a unit's answer, the first due above. One query."""
    waits = Finding.status.in_([FindingStatus.OPEN, FindingStatus.ASKED])
    return list_lines(session, [Finding.unit_id == unit_id, waits], on=on, now=now)


def last_answers(session: Session, finding_ids: Sequence[int]) -> dict[int, str]:
    """The unit's last answer, by finding; those without any are missing. One query."""
    newest = (
        select(func.max(FindingStep.id)).where(FindingStep.finding_id.in_(finding_ids),
                                               FindingStep.deed == Deed.ANSWER).group_by(FindingStep.finding_id))
    return dict(session.execute(
        select(FindingStep.finding_id, FindingStep.text).where(FindingStep.id.in_(newest))).all())


__all__ = ["PAGE_SIZE", "FindingLine", "FindingPage", "StepLine", "counts_of", "find_finding", "last_answers",
           "line_of", "list_lines", "list_steps", "list_to_answer", "page_findings"]
