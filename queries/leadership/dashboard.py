"""The leadership's page: sentences with numbers that lead on, the charts, and the tables behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from models.figure import EMPTY, Figure
from models.finding import Standing as FindingStanding
from models.satisfaction import LevelCounts
from models.workflow import Status
from queries.commendation import PickedModel
from queries.consolidation.annex import channel_bars, place_of, satisfaction_bars
from queries.consolidation.ground import Ground
from queries.consolidation.standing import Standing
from queries.document import CountBar, ScaleBar
from queries.figure import IndicatorLine
from queries.inspection import FindingCounts, FindingLine, counts_of
from queries.leadership.satisfaction import SatisfactionRow, headline_total, satisfaction_rows
from queries.leadership.watch import Watch

HANDED_IN = frozenset({Status.SUBMITTED, Status.ACCEPTED, Status.ISSUED})


@dataclass(frozen=True, slots=True)
class Part:
    """What fills a place in a sentence; with a target it is a number that leads to what stands behind it."""

    text: str
    target: str = ""
    """As "late", "missing", "themes", "figure:C4", "satisfaction"; empty for plain words."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence whose %(…)s are filled with ``values``; a page translates the template first."""

    template: str
    values: Mapping[str, Part]

    @property
    def text(self) -> str:
        """The sentence as documents print it."""
        return self.template % {name: part.text for name, part in self.values.items()}


@dataclass(frozen=True, slots=True)
class Tally:
    """How the units that report directly stand."""

    owed: int
    handed_in: int
    accepted: int
    late: int
    """Handed in late, or not handed in and overdue."""


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit that is missing or late, and where its report is."""

    standing: Standing
    days_late: int
    is_missing: bool
    """Not handed in now."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One indicator: what plans promise for the year, what was done."""

    indicator: IndicatorLine
    planned: Figure
    done: Figure

    @property
    def share(self) -> float:
        """Done of planned, 0 and up."""
        return float(self.done.number / self.planned.number)


@dataclass(frozen=True)
class Dashboard:
    """Everything on the page and in the two-page summary."""

    ground: Ground
    tally: Tally
    schools_included: int
    schools_owed: int
    sentences: tuple[Sentence, ...]
    late: tuple[LateUnit, ...]
    theme_labels: tuple[str, ...]
    heat: tuple[tuple[str, tuple[int, ...]], ...]
    """(district or kind of unit, activities by theme)."""
    uncovered: tuple[str, ...]
    """Themes without any activity."""
    plan_rows: tuple[PlanRow, ...]
    satisfaction_rows: tuple[SatisfactionRow, ...]
    headline: LevelCounts
    satisfaction: tuple[ScaleBar, ...]
    channels: tuple[CountBar, ...]
    activity_count: int
    findings: FindingCounts
    """Findings of inspections, as they stand."""
    overdue: tuple[FindingLine, ...] = ()
    """Findings whose date to mend has passed without an answer, the oldest first."""
    models: tuple[PickedModel, ...] = ()
    """Good models that are worth spreading."""

    def heat_level(self, count: int) -> int:
        """How strongly a cell of the heat table is tinted: 0 for nothing, 3 for the strongest third."""
        most = max((max(counts, default=0) for _label, counts in self.heat), default=0)
        return -(-3 * count // most) if most else 0


def tally_of(ground: Ground, now: datetime) -> Tally:
    """Count the units that report directly."""
    owed = ground.direct
    return Tally(
        len(owed), sum(row.status in HANDED_IN for row in owed), sum(row.is_included for row in owed),
        sum(row.days_late(now) > 0 for row in owed))


def late_units(ground: Ground, now: datetime) -> tuple[LateUnit, ...]:
    """Units that report directly and are missing or late, then schools that are overdue; the latest first."""
    found = [LateUnit(row, row.days_late(now), row.status not in HANDED_IN) for row in ground.direct]
    shown = [unit for unit in found if unit.is_missing or unit.days_late]
    for office in ground.direct:
        if office.kind.is_intermediate:
            shown += [LateUnit(row, row.days_late(now), row.status not in HANDED_IN)
                      for row in ground.schools_of(office.unit_id) if row.days_late(now)]
    direct = {row.unit_id for row in ground.direct}
    return tuple(sorted(shown, key=lambda unit: (unit.standing.unit_id not in direct, not unit.is_missing,
                                                 -unit.days_late)))


def heat_of(watch: Watch) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Activities by district or kind of unit and by theme, places without any activity too."""
    places = place_of(watch.ground)
    sums: dict[str, list[int]] = {label: [0] * len(watch.themes) for label in places.values()}
    for count in watch.counts:
        row = sums.get(places.get(count.unit_id, ""))
        if row is not None:
            for place, number in enumerate(count.by_theme):
                row[place] += number
    return tuple((label, tuple(row)) for label, row in sums.items())


def plan_rows(watch: Watch) -> tuple[PlanRow, ...]:
    """Indicators for which plans name a quantity, the least done first."""
    planned, gathered = watch.planned, watch.ground.gathered
    rows = [
        PlanRow(line, planned[line.code], gathered.figures.get(line.code, EMPTY))
        for line in gathered.indicators
        if line.code in planned and planned[line.code].number > 0 and not line.is_formula and line.unit != "đồng"]
    return tuple(sorted(rows, key=lambda row: row.share))


def dashboard_of(watch: Watch, now: datetime) -> Dashboard:
    """The page from what was read, still without its sentences; no query here."""
    ground = watch.ground
    by_theme = [sum(count.by_theme[place] for count in watch.counts) for place in range(len(watch.themes))]
    schools = [row for office in ground.direct if office.kind.is_intermediate
               for row in ground.schools_of(office.unit_id)]
    return Dashboard(
        ground, tally_of(ground, now), sum(map(len, ground.inside.values())), len(schools), (),
        late_units(ground, now), tuple(theme.label for theme in watch.themes), heat_of(watch),
        tuple(theme.label for theme, number in zip(watch.themes, by_theme, strict=True) if not number),
        plan_rows(watch), satisfaction_rows(watch), headline_total(watch),
        satisfaction_bars(sorted(watch.answers, key=lambda row: not row.is_headline)),
        channel_bars(watch.counts, watch.channels), sum(count.activities for count in watch.counts),
        counts_of(watch.findings), tuple(line for line in watch.findings if line.standing is FindingStanding.OVERDUE),
        tuple(watch.models))
