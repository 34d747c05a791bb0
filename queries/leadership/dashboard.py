"""The leadership's page: sentences with numbers that lead on, the charts, and the tables behind them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from core.heat import Heat, heat_of_counts
from models.figure import EMPTY, Figure
from models.finding import Standing as FindingStanding
from models.requirement import RequirementKind
from models.satisfaction import LevelCounts
from models.withheld import shown
from models.workflow import Status
from queries.commendation import PickedModel
from queries.consolidation.annex import OWN_LABEL, channel_bars, place_of, satisfaction_bars
from queries.consolidation.ground import Ground
from queries.consolidation.standing import Standing
from queries.document import CountBar, ScaleBar
from queries.figure import IndicatorLine
from queries.inspection import FindingCounts, FindingLine, counts_of
from queries.leadership.satisfaction import Satisfaction, headline_counts, satisfaction_of
from queries.leadership.watch import Watch

REACH_CODES = ("C4", "D2", "D4", "D6")
"""Reach online, and turns at meetings, trainings and lessons."""
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
    heat: Heat
    """Activities by district or kind of unit and by theme."""
    plan_rows: tuple[PlanRow, ...]
    opinion: Satisfaction
    """Answers to the headline question."""
    satisfaction: tuple[ScaleBar, ...]
    channels: tuple[CountBar, ...]
    activity_count: int
    findings: FindingCounts
    """Findings of inspections, as they stand."""
    overdue: tuple[FindingLine, ...] = ()
    """Findings whose date to mend has passed without an answer, the oldest first."""
    models: tuple[PickedModel, ...] = ()
    """Good models that are worth spreading."""
    own_figures: tuple[tuple[IndicatorLine, Figure], ...] = ()
    """What an ad hoc report asks for; none of a periodic one, which has its appendix."""
    day: date | None = None
    """The earlier day at whose end things stood so; None is now."""
    withheld: int = 0
    """Sheets of the earlier day that are not told, being too few since the last batch."""
    unknown_figures: int = 0
    """Own figures of the earlier day that nobody knows any more."""
    notes: tuple[Sentence, ...] = field(default=())
    """What cannot be known of the earlier day."""

    @property
    def headline(self) -> LevelCounts | None:
        """Answers to the headline question of all units; None where nobody answered or too few did."""
        return self.opinion.total.counts if self.opinion.total is not None else None

    @property
    def uncovered(self) -> tuple[str, ...]:
        """Themes without any activity."""
        return self.heat.empty_columns

    @property
    def figure_columns(self) -> tuple[IndicatorLine, ...]:
        """Indicators whose figures the page names: they stand by unit below an earlier day."""
        if self.own_figures:
            return tuple(line for line, _figure in self.own_figures)
        wanted = {*REACH_CODES, *(row.indicator.code for row in self.plan_rows)}
        return tuple(line for line in self.ground.gathered.indicators if line.code in wanted)


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


def heat_of(watch: Watch) -> Heat:
    """Activities by district or kind of unit and by theme, places without any activity too."""
    places = place_of(watch.ground)
    sums: dict[str, list[int]] = {label: [0] * len(watch.themes) for label in places.values()}
    for count in watch.counts:
        row = sums.get(places.get(count.unit_id, ""))
        if row is not None:
            for place, number in enumerate(count.by_theme):
                row[place] += number
    return heat_of_counts([theme.label for theme in watch.themes], [(label, tuple(row)) for label, row in sums.items()],
                          column_sums=[sum(count.by_theme[place] for count in watch.counts)
                                       for place in range(len(watch.themes))])


def plan_rows(watch: Watch) -> tuple[PlanRow, ...]:
    """Indicators for which plans name a quantity, the least done first."""
    planned, gathered = watch.planned, watch.ground.gathered
    rows = [
        PlanRow(line, planned[line.code], gathered.figures.get(line.code, EMPTY))
        for line in gathered.indicators
        if line.code in planned and planned[line.code].number > 0 and not line.is_formula and line.unit != "đồng"]
    return tuple(sorted(rows, key=lambda row: row.share))


def opinion_of(watch: Watch) -> Satisfaction:
    """Satisfaction by district and kind of unit with its change; units that are no more count with their heirs."""
    places = place_of(watch.ground) | {watch.ground.unit.id: OWN_LABEL}
    labels = list(dict.fromkeys(places.values()))
    numbers = {unit_id: labels.index(label) + 1 for unit_id, label in places.items()}
    numbers |= {old: numbers[heir] for old, heir in watch.heirs.items() if heir in numbers}
    rounds, earlier = watch.told.rounds, watch.earlier
    whole = headline_counts(watch.told.whole, numbers) if watch.told.whole is not None else None
    if earlier is not None:
        return satisfaction_of(
            labels, headline_counts(watch.told.answers, numbers), whole=whole,
            earlier=headline_counts(earlier.answers, numbers), compared=(earlier.title, watch.ground.requirement.title))
    if rounds is None:
        return satisfaction_of(labels, headline_counts(watch.told.answers, numbers), whole=whole)
    parts = (rounds.earlier_id, rounds.later_id)
    return satisfaction_of(
        labels, headline_counts(watch.told.answers, numbers, parts), whole=whole,
        parts=(str(parts[0]), str(parts[1])), compared=(rounds.earlier, rounds.later))


def own_figures(ground: Ground) -> tuple[tuple[IndicatorLine, Figure], ...]:
    """What an ad hoc report asks for, in its order; none of a periodic one."""
    if ground.requirement.kind is not RequirementKind.AD_HOC:
        return ()
    figures = ground.gathered.figures
    return tuple((line, shown(line.aggregate, figures.get(line.code, EMPTY))) for line in ground.gathered.indicators)


def _overdue(findings: Iterable[FindingLine]) -> tuple[FindingLine, ...]:
    """Those whose date to mend has passed."""
    return tuple(line for line in findings if line.standing is FindingStanding.OVERDUE)


def dashboard_of(watch: Watch, now: datetime) -> Dashboard:
    """The page from what was read, still without its sentences; no query here."""
    ground, past = watch.ground, watch.past
    schools = [row for office in ground.direct if office.kind.is_intermediate
               for row in ground.schools_of(office.unit_id)]
    opinion = opinion_of(watch)
    is_shown = past is None or (opinion.total is not None and opinion.total.counts is not None)
    return Dashboard(
        ground=ground, tally=tally_of(ground, now), schools_included=sum(map(len, ground.inside.values())),
        schools_owed=len(schools), sentences=(), late=late_units(ground, now), heat=heat_of(watch),
        plan_rows=plan_rows(watch), opinion=opinion,
        satisfaction=satisfaction_bars(sorted(watch.answers, key=lambda row: not row.is_headline)) if is_shown else (),
        channels=channel_bars(watch.counts, watch.channels),
        activity_count=sum(count.activities for count in watch.counts), findings=counts_of(watch.findings),
        overdue=_overdue(watch.findings), models=tuple(watch.models), own_figures=own_figures(ground),
        day=past.day if past is not None else None, withheld=watch.told.withheld,
        unknown_figures=watch.unknown_figures)
