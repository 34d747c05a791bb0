"""How many findings units have and how they stand: for reports, consolidations, leadership and emulation points."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from core.dates import start_of_day
from models.finding import Finding, FindingStatus, Standing, standing_clause

UnitIds = Sequence[int] | Select[int]


@dataclass(frozen=True, slots=True)
class FindingCounts:
    """Findings by where they stand; each counts once, so the five add up to ``total``."""

    open: int = 0
    """The unit's turn, and still in time."""
    overdue: int = 0
    """The unit's turn, and its day has passed."""
    answered: int = 0
    """Waiting for the inspectors."""
    mended: int = 0
    closed: int = 0
    """Closed with a reason and without being mended."""
    late: int = 0
    """Of all these: answered late, or overdue now."""

    @property
    def total(self) -> int:
        """All of them."""
        return self.open + self.overdue + self.answered + self.mended + self.closed

    @property
    def unsettled(self) -> int:
        """Neither mended nor closed."""
        return self.open + self.overdue + self.answered

    def __add__(self, other: "FindingCounts") -> "FindingCounts":
        """Findings of both."""
        return FindingCounts(
            self.open + other.open, self.overdue + other.overdue, self.answered + other.answered,
            self.mended + other.mended, self.closed + other.closed, self.late + other.late)


def of_units(unit_ids: UnitIds | None) -> ColumnElement[bool]:
    """Findings of these units; None for all."""
    if unit_ids is None:
        return Finding.id.is_not(None)
    return Finding.unit_id.in_(unit_ids if isinstance(unit_ids, Select) else list(unit_ids))


def concerning(since: date, until: date) -> ColumnElement[bool]:
    """Findings that a period tells of: raised by its last day, and not settled before it began."""
    return (Finding.raised_on <= until) & or_(
        Finding.settled_at.is_(None), Finding.settled_at >= start_of_day(since), Finding.raised_on >= since)


def count_findings(session: Session, unit_ids: UnitIds | None, *, now: datetime, since: date | None = None,
                   until: date | None = None) -> dict[int, FindingCounts]:
    """Findings by the unit that has to mend them, as they stand at ``now``; units without any are missing.

    ``since`` and ``until`` (both included) choose by the day on which a finding was written; None leaves a side open.
    ``unit_ids`` None counts those of all units. One query.
    """
    clauses = [of_units(unit_ids)]
    if since is not None:
        clauses.append(Finding.raised_on >= since)
    if until is not None:
        clauses.append(Finding.raised_on <= until)
    return count_where(session, clauses, now)


def count_concerning(session: Session, unit_ids: UnitIds | None, *, since: date, until: date,
                     now: datetime) -> dict[int, FindingCounts]:
    """Findings that the report of a period tells of, by unit, as they stand at ``now``. One query."""
    return count_where(session, [of_units(unit_ids), concerning(since, until)], now)


def count_where(session: Session, clauses: Iterable[ColumnElement[bool]], now: datetime) -> dict[int, FindingCounts]:
    """Count by unit and standing."""
    waits = Finding.status.in_([FindingStatus.OPEN, FindingStatus.ASKED])
    is_late = case((waits, Finding.deadline_at <= now), else_=Finding.answered_at >= Finding.deadline_at)
    found = select(Finding.unit_id, standing_clause(now).label("standing"), is_late.label("is_late")).where(
        *clauses).subquery()
    rows = session.execute(
        select(found.c.unit_id, found.c.standing, func.count(), func.count().filter(found.c.is_late))
        .group_by(found.c.unit_id, found.c.standing))
    counts: dict[int, FindingCounts] = {}
    for unit_id, standing, count, late in rows:
        part = FindingCounts(**{Standing(standing).value: count}, late=late)
        counts[unit_id] = counts.get(unit_id, FindingCounts()) + part
    return counts


def total_of(counts: dict[int, FindingCounts]) -> FindingCounts:
    """All units together."""
    return sum(counts.values(), FindingCounts())


__all__ = ["FindingCounts", "UnitIds", "concerning", "count_concerning", "count_findings",
           "count_where", "of_units", "total_of"]
