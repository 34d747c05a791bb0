"""The leadership's page: sentences with numbers that lead on, the charts, and the tables behind them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from models.figure import EMPTY, Figure
from models.satisfaction import LevelCounts
from models.workflow import Status
from queries.consolidation.annex import channel_bars, place_of, satisfaction_bars
from queries.consolidation.ground import Ground
from queries.consolidation.material import Material
from queries.consolidation.standing import Standing
from queries.document import CountBar, ScaleBar
from queries.figure import IndicatorLine
from queries.leadership.satisfaction import SatisfactionRow, headline_total, satisfaction_rows

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

    material: Material
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


def heat_of(material: Material) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Activities by district or kind of unit and by theme, places without any activity too."""
    places = place_of(material)
    sums: dict[str, list[int]] = {label: [0] * len(material.themes) for label in places.values()}
    for count in material.counts:
        row = sums.get(places.get(count.unit_id, ""))
        if row is not None:
            for place, number in enumerate(count.by_theme):
                row[place] += number
    return tuple((label, tuple(row)) for label, row in sums.items())


def plan_rows(material: Material, planned: dict[str, Figure]) -> tuple[PlanRow, ...]:
    """Indicators for which plans name a quantity, the least done first."""
    rows = [
        PlanRow(line, planned[line.code], material.gathered.figures.get(line.code, EMPTY))
        for line in material.gathered.indicators
        if line.code in planned and planned[line.code].number > 0 and not line.is_formula
        and line.unit != "đồng"]
    return tuple(sorted(rows, key=lambda row: row.share))


def dashboard_of(material: Material, planned: dict[str, Figure], now: datetime) -> Dashboard:
    """The page from what was read; no query here."""
    by_theme: defaultdict[int, int] = defaultdict(int)
    for count in material.counts:
        for place, number in enumerate(count.by_theme):
            by_theme[place] += number
    uncovered = tuple(theme.label for place, theme in enumerate(material.themes) if not by_theme[place])
    schools = [row for office in material.direct if office.kind.is_intermediate
               for row in material.schools_of(office.unit_id)]
    rows = plan_rows(material, planned)
    found = Dashboard(
        material, tally_of(material, now), sum(map(len, material.inside.values())), len(schools), (),
        late_units(material, now), tuple(theme.label for theme in material.themes), heat_of(material), uncovered,
        rows, satisfaction_rows(material), headline_total(material), satisfaction_bars(material),
        channel_bars(material), sum(count.activities for count in material.counts))
    return found
