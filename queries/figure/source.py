"""What stands behind a figure: activities and bundles of sheets, live or as they were frozen (product law 6)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.dates import format_span
from models.activity import Activity, ActivityCost, ActivityReach, activity_attachment, activity_theme
from models.indicator import SourceKind
from models.programme import Audience, FundingSource, Medium, Theme
from models.satisfaction import SMALLEST_GROUP
from models.survey import SurveyChannel
from queries.figure.counted import Window
from queries.figure.indicator import IndicatorLine
from queries.survey.answer import Answers, Days, read_answers


@dataclass(frozen=True, slots=True)
class ActivityRecord:
    """One activity with what indicators count of it; reach in turns by audience, cost in đồng by source."""

    id: int
    starts_on: date
    ends_on: date | None
    title: str
    medium: str
    medium_label: str
    unit: str
    quantity: int
    is_integrated: bool
    outlet: str
    link: str
    file_count: int
    reach: Mapping[str, int] = field(default_factory=dict)
    cost: Mapping[str, int] = field(default_factory=dict)
    themes: tuple[str, ...] = ()

    @property
    def day(self) -> str:
        """As "06/03/2023" or "06-08/03/2023"."""
        return format_span(self.starts_on, self.ends_on)

    def contribution(self, indicator: IndicatorLine) -> int | None:
        """What it adds to an indicator; None when it does not count there."""
        filters = indicator.filters
        if filters.get("media") and self.medium not in filters["media"]:
            return None
        if filters.get("integrated") is not None and self.is_integrated is not filters["integrated"]:
            return None
        match indicator.source:
            case SourceKind.ACTIVITY_QUANTITY:
                return self.quantity
            case SourceKind.ACTIVITY_COUNT:
                return 1
            case SourceKind.ACTIVITY_REACH:
                return _sum(self.reach, filters.get("audiences"))
            case SourceKind.ACTIVITY_COST:
                return _sum(self.cost, filters.get("funding"))
            case _:
                return None


@dataclass(frozen=True, slots=True)
class TallyRecord:
    """One bundle of sheets, or one channel of a round: how many, and the headline answers by level 1..5."""

    id: int
    collected_from: date
    collected_to: date
    questionnaire: str
    title: str
    sheet_count: int
    levels: tuple[int, int, int, int, int]
    """All zero where they may not be told (``is_told``)."""
    channel: str = SurveyChannel.TALLY.value
    """How the sheets came in; ``id`` is the tally's, or the round's."""
    is_told: bool = True
    """Whether the answers may be told: no group under five is (product law 9)."""

    @property
    def days(self) -> str:
        """As "06-08/03/2023"."""
        return format_span(self.collected_from, self.collected_to)

    def counts_for(self, indicator: IndicatorLine) -> bool:
        """Whether it stands behind an indicator."""
        return indicator.from_surveys and indicator.filters.get("questionnaire") in (None, self.questionnaire)


@dataclass(frozen=True, slots=True)
class Records:
    """Everything a unit recorded in a window."""

    activities: tuple[ActivityRecord, ...]
    tallies: tuple[TallyRecord, ...]

    def behind(self, indicator: IndicatorLine) -> "Records":
        """Those that count for an indicator."""
        return Records(
            tuple(row for row in self.activities if row.contribution(indicator) is not None),
            tuple(row for row in self.tallies if row.counts_for(indicator)))

    def by_theme(self) -> Counter[str]:
        """Number of activities by code of theme; one with two themes counts in both."""
        return Counter(code for row in self.activities for code in row.themes)

    def dump(self) -> dict[str, Any]:
        """As plain JSON, to be frozen."""
        return {"activities": [_plain(asdict(row)) for row in self.activities],
                "tallies": [_plain(asdict(row)) for row in self.tallies]}


def load_records(content: Mapping[str, Any]) -> Records:
    """The records of a frozen version's content; none in one without them."""
    return Records(
        tuple(ActivityRecord(**_dated(row, "starts_on", "ends_on", themes=tuple(row["themes"])))
              for row in content.get("activities", ())),
        tuple(TallyRecord(**_dated(row, "collected_from", "collected_to", levels=tuple(row["levels"])))
              for row in content.get("tallies", ())))


def get_records(session: Session, unit_id: int, window: Window) -> Records:
    """What a unit recorded in a window, oldest first. Five queries."""
    return Records(_activities(session, unit_id, window), _tallies(session, unit_id, window))


def records_behind(session: Session, unit_id: int, window: Window, indicator: IndicatorLine) -> Records:
    """What of a unit's records stands behind one indicator, oldest first. Four queries at most, none for most."""
    activities = _activities(session, unit_id, window) if indicator.from_activities else ()
    tallies = _tallies(session, unit_id, window) if indicator.from_surveys else ()
    return Records(activities, tallies).behind(indicator)


def _activities(session: Session, unit_id: int, window: Window) -> tuple[ActivityRecord, ...]:
    """Activities with reach, cost and themes. Four queries."""
    held = (Activity.unit_id.in_(window.recorders([unit_id])), Activity.programme_id == window.programme_id,
            Activity.removed_at.is_(None), Activity.starts_on.between(window.since, window.until))
    files = (select(func.count()).select_from(activity_attachment)
             .where(activity_attachment.c.activity_id == Activity.id).scalar_subquery())
    rows = session.execute(
        select(Activity.id, Activity.starts_on, Activity.ends_on, Activity.title, Medium.code.label("medium"),
               Medium.label.label("medium_label"), Medium.unit, Activity.quantity, Activity.is_integrated,
               Activity.outlet, Activity.link, files.label("file_count"))
        .join(Medium, Medium.id == Activity.medium_id).where(*held)
        .order_by(Activity.starts_on, Activity.id)).mappings().all()
    reach = _by_activity(session.execute(
        select(ActivityReach.activity_id, Audience.code, ActivityReach.turns)
        .join(Audience, Audience.id == ActivityReach.audience_id)
        .join(Activity, Activity.id == ActivityReach.activity_id).where(*held)
        .order_by(Audience.position)).all())
    cost = _by_activity(session.execute(
        select(ActivityCost.activity_id, FundingSource.code, ActivityCost.amount)
        .join(FundingSource, FundingSource.id == ActivityCost.funding_source_id)
        .join(Activity, Activity.id == ActivityCost.activity_id).where(*held)
        .order_by(FundingSource.position)).all())
    themes = _by_activity([(row[0], row[1], 1) for row in session.execute(
        select(activity_theme.c.activity_id, Theme.code).join(Theme, Theme.id == activity_theme.c.theme_id)
        .join(Activity, Activity.id == activity_theme.c.activity_id).where(*held)
        .order_by(Theme.position))])
    return tuple(
        ActivityRecord(**row, reach=reach[row["id"]], cost=cost[row["id"]], themes=tuple(themes[row["id"]]))
        for row in rows)


def _by_activity(rows: Iterable[tuple[int, str, int]]) -> defaultdict[int, dict[str, int]]:
    """Amounts by code, by activity."""
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for activity_id, code, amount in rows:
        found[activity_id][code] = amount
    return found


def _tallies(session: Session, unit_id: int, window: Window) -> tuple[TallyRecord, ...]:
    """Tallies, then rounds by channel, with the answers to their headline question. One query."""
    days = Days(window.programme_id, window.since, window.until)
    found = read_answers(session, days, window.recorders([unit_id]))
    silent = {(row.unit_id, row.questionnaire) for row in found
              if row.channel is not SurveyChannel.TALLY and 0 < row.headline_levels.n < SMALLEST_GROUP}
    return tuple(_record(row, (row.unit_id, row.questionnaire) not in silent) for row in found)


def _record(row: Answers, is_told: bool) -> TallyRecord:
    """One line; one small channel silences the others of its questionnaire, or the total would tell it."""
    told = is_told or row.channel is SurveyChannel.TALLY
    return TallyRecord(row.source_id, row.first, row.last, row.questionnaire, row.title, row.sheets,
                       row.headline_levels.levels if told else (0, 0, 0, 0, 0), row.channel.value, told)


def _sum(amounts: Mapping[str, int], codes: Sequence[str] | None) -> int | None:
    """The sum of the amounts of these codes, of all when none are named; None when there is none."""
    found = [amount for code, amount in amounts.items() if not codes or code in codes]
    return sum(found) if found else None


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Days as text."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def _dated(row: Mapping[str, Any], *names: str, **others: Any) -> dict[str, Any]:
    """A frozen row with its days read."""
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in names}
    return {**row, **days, **others}
