"""The ground of a consolidation: whose reports are asked for, whose are in, and the figures they make together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.requirement import Requirement, RequirementKind
from models.submission import SubmissionVersion
from models.unit import UnitKind
from queries.consolidation.standing import Standing, list_standings
from queries.figure import Gathered, gather, until_of
from queries.unit import UnitLine

COLUMNS = ("A1", "B1", "B2", "B3", "B4", "C1+C2+C3", "C4", "D1", "D3", "D2+D4", "E4", "F3", "G3", "G6", "M5")
"""Columns of appendix II (domain facts, 2.3); those whose indicators the programme lacks are left out."""


class NoConsolidationError(LookupError):
    """A unit does not owe the report that is asked for, or nobody reports to it."""


@dataclass(frozen=True, slots=True)
class Included:
    """A unit of the second level whose frozen figures went into the accepted report of its reviewer."""

    unit_id: int
    version_id: int


@dataclass(frozen=True)
class Ground:
    """One consolidation as it stands on a day, units called as on that day."""

    requirement: Requirement
    unit: UnitLine
    on: date
    gathered: Gathered
    reports: tuple[Standing, ...]
    """Standings with the report, of the unit itself and all below it, alphabetically."""
    plans: Mapping[int, Standing]
    """Standings with the year's plan, by unit."""
    inside: Mapping[int, tuple[Included, ...]]
    """By unit of the first level: the units whose figures are in its accepted version."""

    @property
    def is_department(self) -> bool:
        """Whether it is the Department's own report."""
        return self.unit.kind is UnitKind.DEPARTMENT

    @property
    def own(self) -> Standing:
        """The consolidating unit's own standing."""
        return next(row for row in self.reports if row.unit_id == self.unit.id)

    @property
    def direct(self) -> list[Standing]:
        """Units that report to it and still count, alphabetically."""
        return self.schools_of(self.unit.id)

    def schools_of(self, unit_id: int) -> list[Standing]:
        """Units that report to one of the units and still count, alphabetically."""
        return [row for row in self.reports if row.reviewer_id == unit_id and row.is_owed]

    @property
    def offices(self) -> dict[int, Standing]:
        """Included units of the first level that consolidate others themselves, by version."""
        return {row.version_id: row for row in self.direct
                if row.version_id is not None and row.is_included and row.kind.is_intermediate}

    @property
    def versions(self) -> list[int]:
        """All versions whose figures are in, of both levels."""
        direct = [row.version_id for row in self.direct if row.version_id is not None and row.is_included]
        return direct + [child.version_id for children in self.inside.values() for child in children]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of appendix II that the programme has: single codes, or codes joined by "+".

        An ad hoc report has those of its own figures, as far as a page holds them.
        """
        if self.requirement.kind is RequirementKind.AD_HOC:
            return tuple(line.code for line in self.gathered.indicators)[:len(COLUMNS)]
        known = {line.code for line in self.gathered.indicators}
        found = tuple(column for column in COLUMNS if all(code in known for code in column.split("+")))
        return found or tuple(line.code for line in self.gathered.indicators if line.is_core)[:len(COLUMNS)]

    @property
    def column_codes(self) -> list[str]:
        """Codes of the columns and of what their rates are computed from."""
        wanted = {code for column in self.columns for code in column.split("+")}
        operands = {code for line in self.gathered.indicators if line.code in wanted for code in line.rule.operands}
        return sorted(wanted | operands)


def read_ground(session: Session, requirement: Requirement, unit: UnitLine, on: date,
                gathered: Gathered | None = None) -> Ground:
    """Read it for the figures as they stand at the end of ``on``. About a dozen queries for any number of units.

    ``gathered`` are the unit's figures of that day where they were read already: three queries are left then.
    Raises NoConsolidationError when the unit does not owe ``requirement``.
    """
    reports, plans = read_standings(session, requirement, unit, on)
    own = next((row for row in reports if row.unit_id == unit.id), None)
    if own is None:
        raise NoConsolidationError(unit.code)
    gathered = gathered or gather(session, requirement=requirement, unit_id=unit.id, submission_id=own.submission_id,
                      until=until_of(requirement, on), on=on, consolidates=True)
    ground = Ground(requirement, unit, on, gathered, tuple(reports), plans, {})
    return Ground(requirement, unit, on, gathered, tuple(reports), plans, read_children(session, ground.offices))


def read_standings(session: Session, requirement: Requirement, unit: UnitLine,
                   on: date) -> tuple[list[Standing], dict[int, Standing]]:
    """Standings with the report, and with the year's plan by unit. One query."""
    wanted = select(Requirement.id).where(
        Requirement.programme_id == requirement.programme_id,
        or_(Requirement.id == requirement.id, Requirement.kind == RequirementKind.PLAN))
    both = list_standings(session, wanted, unit.id, on)
    return ([row for row in both if row.requirement_id == requirement.id],
            {row.unit_id: row for row in both if row.requirement_id != requirement.id})


def children_of(content: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Unit and version of each report whose figures a frozen consolidating version added up."""
    return [(row["unit_id"], row["version_id"]) for row in content.get("children") or ()
            if row.get("version_id") is not None]


def read_children(session: Session, offices: Mapping[int, Standing]) -> dict[int, tuple[Included, ...]]:
    """Which versions are in the accepted reports of consolidating units. One query, none without any."""
    if not offices:
        return {}
    rows = session.execute(
        select(SubmissionVersion.id, SubmissionVersion.content["children"])
        .where(SubmissionVersion.id.in_(list(offices))))
    return {
        offices[version_id].unit_id: tuple(Included(*pair) for pair in children_of({"children": children}))
        for version_id, children in rows
    }
