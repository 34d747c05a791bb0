"""Findings as documents print them: in a unit's report, in a consolidated one. What is printed was frozen before.

A finding is told by every report from the period in which it was written until that in which it was settled. It is
judged as of the beginning of a day, so that one due on that day is still in time.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, literal, select
from sqlalchemy.orm import Session

from core.dates import format_day, start_of_day
from models.finding import Finding, Standing
from models.inspection import InspectedUnit
from models.requirement import Requirement, RequirementKind
from queries.inspection.count import FindingCounts, UnitIds, concerning, count_concerning, of_units, total_of
from queries.inspection.finding import FindingLine, last_answers, list_lines
from queries.inspection_annex import FindingRow, FindingTally, InspectionAnnex

OTHERS = "Đơn vị khác"
NO_ANSWER = "Chưa trả lời"
FINDINGS = "findings"
"""Under this key the content of a report's version holds its findings."""


def own_findings(session: Session, requirement: Requirement, unit_id: int, *, until: date,
                 on: date) -> list[FindingLine]:
    """What the report of one unit tells; an ad hoc report tells of its own matter alone. Two queries at most."""
    if requirement.kind is RequirementKind.AD_HOC:
        return []
    return read_findings(session, [unit_id], since=requirement.coverage_from, until=until, on=on)


def read_findings(session: Session, unit_ids: UnitIds | None, *, since: date, until: date,
                  on: date) -> list[FindingLine]:
    """Findings that the report of a period tells of, as they stand on ``on``; what is due first above.

    One query where there are none, as with most units; two elsewhere.
    """
    if session.scalar(select(Finding.id).where(of_units(unit_ids), concerning(since, until)).limit(1)) is None:
        return []
    return list_lines(session, [of_units(unit_ids), concerning(since, until)], on=on, now=start_of_day(on))


def finding_rows(session: Session, lines: Sequence[FindingLine]) -> tuple[FindingRow, ...]:
    """Findings as rows of a table: unsettled ones above, of those the overdue first. One query."""
    answers = last_answers(session, [line.id for line in lines]) if lines else {}
    order = list(_ORDER)
    return tuple(
        FindingRow(
            unit=line.unit_name, source=source_of(line), what=line.what, severity=line.severity.label,
            raised_on=line.raised_on, due_on=line.due_on, answer=answers.get(line.id, NO_ANSWER),
            state=state_words(line), is_open=not line.status.is_settled)
        for line in sorted(lines, key=lambda line: (order.index(line.standing), line.due_on, line.id)))


_ORDER = (Standing.OVERDUE, Standing.OPEN, Standing.ANSWERED, Standing.MENDED, Standing.CLOSED)


def source_of(line: FindingLine) -> str:
    """The inspection that found it, as "Kiểm tra …, ngày 12/04/2023"."""
    return f"{line.inspection_title}, ngày {format_day(line.visited_on or line.raised_on)}"


def state_words(line: FindingLine) -> str:
    """Where it stands, as "Quá hạn 3 ngày", "Đã khắc phục"."""
    if line.standing is Standing.OVERDUE:
        return f"Quá hạn {line.late_days} ngày"
    late = f", trả lời chậm {line.late_days} ngày" if line.late_days else ""
    return f"{line.standing.label}{late}"


def counts_of(lines: Iterable[FindingLine]) -> dict[int, FindingCounts]:
    """Findings that were read, counted by unit as ``count_concerning`` counts them."""
    counts: dict[int, FindingCounts] = {}
    for line in lines:
        part = FindingCounts(**{line.standing.value: 1}, late=int(line.late_days > 0))
        counts[line.unit_id] = counts.get(line.unit_id, FindingCounts()) + part
    return counts


def dump_findings(rows: Iterable[FindingRow]) -> list[dict[str, Any]]:
    """Findings as JSON, to be frozen with a report."""
    return [{field.name: _plain(getattr(row, field.name)) for field in fields(row)} for row in rows]


def _plain(value: Any) -> Any:
    """A value as JSON."""
    return value.isoformat() if isinstance(value, date) else value


def load_findings(content: Mapping[str, Any]) -> tuple[FindingRow, ...]:
    """Findings that were frozen with a report; none in one that was sent before there were inspections."""
    return tuple(
        FindingRow(**{**row, "raised_on": date.fromisoformat(row["raised_on"]),
                      "due_on": date.fromisoformat(row["due_on"])})
        for row in content.get(FINDINGS, ()))


def count_visits(session: Session, unit_ids: UnitIds | None, *, since: date, until: date,
                 owed: int | Select[int] = 0) -> tuple[dict[int, set[int]], int]:
    """Inspections that visited a unit within a period, by unit, beside the number ``owed``. One query."""
    clauses = [InspectedUnit.visited_on.between(since, until), InspectedUnit.removed_at.is_(None)]
    if unit_ids is not None:
        clauses.append(InspectedUnit.unit_id.in_(unit_ids))
    counted = (owed if isinstance(owed, Select) else select(literal(owed))).subquery()
    [number] = counted.columns
    rows = session.execute(  # the count is one row, which stays where nobody was visited
        select(number, InspectedUnit.unit_id, InspectedUnit.inspection_id).select_from(counted)
        .outerjoin(InspectedUnit, and_(*clauses))).all()
    found: dict[int, set[int]] = {}
    for _number, unit_id, inspection_id in rows:
        if unit_id is not None:
            found.setdefault(unit_id, set()).add(inspection_id)
    return found, rows[0][0]


@dataclass(frozen=True)
class Inspected:
    """What a consolidation tells of inspections, before it is printed."""

    counts: Mapping[int, FindingCounts]
    """By unit."""
    visits: Mapping[int, set[int]]
    """Inspections that visited a unit in the period, by unit."""
    owed: int
    """How many units there are."""

    @property
    def total(self) -> FindingCounts:
        """Findings of all units, each once."""
        return total_of(dict(self.counts))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not self.counts and not self.visits

    @property
    def inspection_count(self) -> int:
        """How many inspections visited somebody."""
        return len(set().union(*self.visits.values())) if self.visits else 0


def read_inspected(session: Session, unit_ids: UnitIds | None, owed: int | Select[int], *, since: date, until: date,
                   on: date) -> Inspected:
    """Counts for a consolidation; ``owed`` may be the statement that counts it. Two queries."""
    visits, count = count_visits(session, unit_ids, since=since, until=until, owed=owed)
    return Inspected(count_concerning(session, unit_ids, since=since, until=until, now=start_of_day(on)), visits, count)


def annex_of(session: Session, found: Inspected, unit_ids: UnitIds | None, places: Mapping[int, str], *, since: date,
             until: date, on: date) -> InspectionAnnex | None:
    """The annex of a consolidated report; None when there is nothing to tell. Two queries.

    ``places`` says under which label each unit is counted; each unit and each finding counts once.
    """
    if found.is_empty:
        return None
    lines = read_findings(session, unit_ids, since=since, until=until, on=on)
    tallies = tally_by(found, places)
    return InspectionAnnex(
        as_of=on, inspections=found.inspection_count, owed=found.owed, tallies=tallies,
        total=_tally("Tổng cộng", found, {*found.counts, *found.visits}),
        findings=finding_rows(session, [line for line in lines if not line.status.is_settled]))


def tally_by(found: Inspected, places: Mapping[int, str]) -> tuple[FindingTally, ...]:
    """One line a label, in the order of ``places``; labels without a visit or a finding are left out."""
    groups: dict[str, set[int]] = {label: set() for label in places.values()}
    for unit_id in {*found.counts, *found.visits}:
        groups.setdefault(places.get(unit_id, OTHERS), set()).add(unit_id)
    return tuple(_tally(label, found, ids) for label, ids in groups.items() if ids)


def _tally(label: str, found: Inspected, unit_ids: Iterable[int]) -> FindingTally:
    """One line: units and findings of a group."""
    ids = set(unit_ids)
    counts = sum((found.counts[unit_id] for unit_id in ids if unit_id in found.counts), FindingCounts())
    return FindingTally(
        label=label, visited=sum(unit_id in found.visits for unit_id in ids),
        with_findings=sum(unit_id in found.counts for unit_id in ids), findings=counts.total, mended=counts.mended,
        closed=counts.closed, answered=counts.answered, open=counts.open, overdue=counts.overdue)


__all__ = ["FINDINGS", "Inspected", "annex_of", "count_visits", "counts_of", "dump_findings", "finding_rows",
           "load_findings", "own_findings", "read_findings", "read_inspected", "source_of", "state_words", "tally_by"]
