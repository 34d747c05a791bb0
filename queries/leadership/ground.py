"""The ground of the leadership's page: whose reports are in and what they say, now or at the end of an earlier day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from core.dates import end_of_day
from models.figure import Figure, total
from models.report import ReportFigure
from models.requirement import Requirement
from models.unit import UnitKind
from models.workflow import Status
from queries.activity import counted_figures
from queries.consolidation.ground import Ground, NoConsolidationError, read_children, read_standings
from queries.consolidation.standing import Standing
from queries.figure import (
    ChildPart,
    Gathered,
    IndicatorLine,
    OwnFigure,
    Window,
    consolidated_figures,
    frozen_figures,
    list_indicators,
    own_figures,
    until_of,
    window_of,
)
from queries.figure.counted import Tallied, choose, take_answers
from queries.figure.own import merge, said_figures
from queries.leadership.then import NotYetAskedError, Versions, inside_then, read_versions, standings_then
from queries.leadership.trail import Trail, read_trail
from queries.survey.answer import Answers
from queries.unit import UnitLine


@dataclass(frozen=True)
class Past:
    """What an earlier day is reckoned from."""

    day: date
    trail: Trail
    versions: Versions

    @property
    def moment(self) -> datetime:
        """The first moment after the day."""
        return end_of_day(self.day)

    @property
    def last(self) -> datetime:
        """The last moment of the day: lateness is judged by it."""
        return self.moment - timedelta(microseconds=1)


@dataclass(frozen=True)
class Standings:
    """How the unit itself and all below it stand with the report and the year's plan."""

    reports: tuple[Standing, ...]
    plans: Mapping[int, Standing]
    past: Past | None

    def own(self, unit: UnitLine) -> Standing:
        """The unit's own report. Raises NoConsolidationError when it owes none."""
        found = next((row for row in self.reports if row.unit_id == unit.id), None)
        if found is None:
            raise NoConsolidationError(unit.code)
        return found


def groups_of(reports: Iterable[Standing], unit: UnitLine) -> dict[int, object]:
    """The group of each unit as the page shows them: its district office or its kind; of a district each unit."""
    groups: dict[int, object] = {}
    for row in reports:
        if unit.kind is not UnitKind.DEPARTMENT:
            groups[row.unit_id] = row.unit_id
        elif row.reviewer_id == unit.id and not row.kind.is_intermediate:
            groups[row.unit_id] = row.kind
        else:
            groups[row.unit_id] = row.unit_id if row.reviewer_id in (unit.id, None) else row.reviewer_id
    return groups


def stand(session: Session, requirement: Requirement, unit: UnitLine, on: date, *, is_past: bool) -> Standings:
    """Read how they stand, at the end of ``on`` where that is past. One query, four for an earlier day.

    Raises NoConsolidationError when the unit does not owe it, NotYetAskedError when nobody did on that day.
    """
    reports, plans = read_standings(session, requirement, unit, on)
    found = Standings(tuple(reports), plans, None)
    own = found.own(unit)
    if not is_past:
        return found
    moment = end_of_day(on)
    if own.past is not None and own.past.opened_at >= moment:
        raise NotYetAskedError(own.past.opened_at)
    ids = sorted({requirement.id, *(row.requirement_id for row in plans.values())})
    past = Past(on, read_trail(session, ids, moment), read_versions(session, ids, moment))

    def then(rows: Iterable[Standing]) -> list[Standing]:
        return standings_then(rows, past.trail, past.versions, requirement, moment)

    return Standings(tuple(then(reports)), {row.unit_id: row for row in then(plans.values())}, past)


def read_ground(session: Session, requirement: Requirement, unit: UnitLine, on: date, found: Standings,
                answers: Iterable[Answers], heirs: Mapping[int, int]) -> tuple[Ground, int]:
    """The ground with its figures, and how many own figures were typed anew since the day and so are not known.

    Four to six queries.
    """
    lines = list_indicators(session, requirement.programme_id, requirement.id)
    window = window_of(requirement, until_of(requirement, on),
                       {old: heir for old, heir in heirs.items() if heir == unit.id})
    said = said_figures(session, found.own(unit).submission_id)
    known = said if found.past is None else {
        key: row for key, row in said.items() if row.changed_at < found.past.moment}
    own = _own(session, unit, lines, window, found, answers, known)
    direct = [row for row in found.reports if row.reviewer_id == unit.id]
    frozen = frozen_figures(session, [row.version_id for row in direct if row.version_id and row.is_included])
    parts = [_part(row, frozen) for row in direct if row.is_included or not row.is_closed]
    rules = [line.rule for line in lines]
    below = consolidated_figures(rules, {}, parts)
    figures = total(rules, [{code: cell.figure for code, cell in own.items()}, below])
    gathered = Gathered(lines, own, tuple(parts), below, figures, window, True)
    ground = Ground(requirement, unit, on, gathered, found.reports, found.plans, {})
    inside = read_children(session, ground.offices) if found.past is None else inside_then(
        ground.offices, found.past.versions)
    return Ground(requirement, unit, on, gathered, found.reports, found.plans, inside), len(said) - len(known)


def _own(session: Session, unit: UnitLine, lines: tuple[IndicatorLine, ...], window: Window, found: Standings,
         answers: Iterable[Answers], said: Mapping[int, ReportFigure]) -> Mapping[str, OwnFigure]:
    """The unit's own part. One query; four for a unit that owes a plan."""
    plan = found.plans.get(unit.id)
    if plan is not None and found.past is None:
        return own_figures(session, submission_id=found.own(unit).submission_id, unit_id=unit.id, window=window,
                           indicators=lines)
    tallied: defaultdict[int, Tallied] = defaultdict(Tallied)
    tallied[unit.id].activities += counted_figures(
        session, unit_ids=window.recorders([unit.id]), programme_id=window.programme_id, first_day=window.since,
        last_day=window.until, recorded_by=found.past.moment if found.past is not None else None)
    recorders = set(window.recorders([unit.id]))
    take_answers((row for row in answers if row.unit_id in recorders), tallied, window.heirs)
    if plan is not None and found.past is not None and not plan.is_exempt:
        tallied[unit.id].is_plan_sent = plan.late_days is not None and plan.status is not Status.WITHDRAWN
        items = found.past.versions.contents.get(plan.version_id or 0, [])
        amounts = [part["amount"] for item in items for part in item["budgets"]]
        tallied[unit.id].plan_budget = sum(amounts) if amounts else None
    counted = {line.code: choose(line, tallied[unit.id]) for line in lines if line.is_counted}
    return merge(lines, counted, said)


def _part(row: Standing, frozen: Mapping[int, Mapping[str, Figure]]) -> ChildPart:
    """A unit below with its frozen figures, or why it has none."""
    figures = frozen.get(row.version_id or 0, {}) if row.is_included else {}
    return ChildPart(
        row.unit_id, row.code, row.name, row.kind, row.status, row.version, figures, row.is_included, row.why_not,
        row.obligation_id, row.version_id, row.submission_id)


__all__ = ["Past", "Standings", "read_ground", "stand"]
