"""What the portal itself counts for units: from activities, survey tallies and plans, for many units at once.

Nothing recorded is EMPTY and never zero (product law 4): a unit says "không phát sinh" on purpose.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from core.dates import end_of_day
from models.figure import EMPTY, Figure, figure_of, mean_of, share_of
from models.indicator import SourceKind
from models.plan import PlanBudget, PlanItem
from models.requirement import Obligation, Requirement, RequirementKind
from models.satisfaction import SMALLEST_GROUP, pool
from models.submission import Submission
from models.workflow import Status
from queries.activity import CountedFigure, Measure, counted_figures, sum_fitting
from queries.figure.indicator import IndicatorLine
from queries.survey.answer import Answers, Days, read_answers, told_of

_MEASURES = {SourceKind.ACTIVITY_REACH: Measure.REACH, SourceKind.ACTIVITY_COST: Measure.COST}


@dataclass(frozen=True, slots=True)
class Window:
    """Whose and which days' activities are counted: both days count, by the day an activity starts."""

    programme_id: int
    since: date
    until: date
    heirs: Mapping[int, int] = field(default_factory=dict)
    """Closed units whose records count, too, with the unit that counts them (``heirs_of``)."""

    def recorders(self, unit_ids: Iterable[int]) -> list[int]:
        """The units, and the closed ones that they count for."""
        units = list(unit_ids)
        wanted = set(units)
        return [*units, *(old for old, heir in self.heirs.items() if heir in wanted)]


@dataclass(frozen=True, slots=True)
class Sheets:
    """Answers to the headline question of one questionnaire, pooled."""

    sheets: int
    satisfied: int
    valid: int
    points: int
    judged: int = 0
    """Sheets of knowledge that were judged."""
    passed: int = 0
    is_told: bool = True
    """Whether more may be told than how many sheets there are (product law 9)."""


@dataclass
class Tallied:
    """Everything counted for one unit, before indicators choose from it."""

    activities: list[CountedFigure] = field(default_factory=list)
    surveys: dict[str, Sheets] = field(default_factory=dict)
    is_plan_sent: bool | None = None
    """None where the unit owes no plan."""
    plan_budget: int | None = None
    """None where the plan names no money, or was not sent."""


def count_figures(session: Session, indicators: Iterable[IndicatorLine], window: Window,
                  unit_ids: Sequence[int]) -> dict[int, dict[str, Figure]]:
    """Counted figures by unit and code, for indicators with a source. Three queries for any number of units."""
    tallied: defaultdict[int, Tallied] = defaultdict(Tallied)
    for row in counted_figures(session, unit_ids=window.recorders(unit_ids), programme_id=window.programme_id,
                               first_day=window.since, last_day=window.until):
        tallied[window.heirs.get(row.unit_id, row.unit_id)].activities.append(row)
    _tally_surveys(session, window, unit_ids, tallied)
    _tally_plans(session, window, unit_ids, tallied)
    counted = [indicator for indicator in indicators if indicator.is_counted]
    return {
        unit_id: {indicator.code: choose(indicator, tallied[unit_id]) for indicator in counted}
        for unit_id in unit_ids
    }


def choose(indicator: IndicatorLine, tallied: Tallied) -> Figure:
    """The figure of one indicator from what was counted for a unit; EMPTY when nothing was recorded."""
    match indicator.source:
        case SourceKind.PLAN_EXISTS:
            return EMPTY if tallied.is_plan_sent is None else figure_of(int(tallied.is_plan_sent))
        case SourceKind.PLAN_BUDGET:
            return EMPTY if tallied.plan_budget is None else figure_of(tallied.plan_budget)
        case _ if indicator.from_activities:
            return _activity_figure(indicator, tallied)
        case _:
            return _survey_figure(indicator, tallied)


def _activity_figure(indicator: IndicatorLine, tallied: Tallied) -> Figure:
    """The sum over activities that the indicator's filters let through; of counts, the number of them."""
    measure = _MEASURES.get(indicator.source, Measure.QUANTITY)
    found = sum_fitting(tallied.activities, measure, indicator.filters)
    if found is None:
        return EMPTY
    value, activities = found
    return figure_of(activities if indicator.source is SourceKind.ACTIVITY_COUNT else value)


def _survey_figure(indicator: IndicatorLine, tallied: Tallied) -> Figure:
    """Sheets, share at levels 4 and 5, mean, or share passed, pooled over the questionnaires asked for.

    EMPTY where fewer than five answered on sheets: nothing may be told of them, and zero or nil would be a lie.
    """
    code = indicator.filters.get("questionnaire")
    found = [sheets for name, sheets in tallied.surveys.items() if code is None or name == code]
    if not found:
        return EMPTY
    if indicator.source is SourceKind.SURVEY_SHEETS:
        return figure_of(sum(sheets.sheets for sheets in found))
    if indicator.source is SourceKind.SURVEY_PASS:
        judged = sum(sheets.judged for sheets in found)
        if judged < SMALLEST_GROUP:
            return EMPTY
        return share_of(Decimal(sum(sheets.passed for sheets in found)), Decimal(judged))
    found = [sheets for sheets in found if sheets.is_told]
    if not found:
        return EMPTY
    valid = Decimal(sum(sheets.valid for sheets in found))
    if indicator.source is SourceKind.SURVEY_SHARE:
        return share_of(Decimal(sum(sheets.satisfied for sheets in found)), valid)
    return mean_of(Decimal(sum(sheets.points for sheets in found)), valid)


def _tally_surveys(session: Session, window: Window, unit_ids: Sequence[int],
                   tallied: defaultdict[int, Tallied]) -> None:
    """Sheets and answers to the headline question, from sheets and tallies. One query."""
    days = Days(window.programme_id, window.since, window.until)
    take_answers(read_answers(session, days, window.recorders(unit_ids)), tallied, window.heirs)


def take_answers(answers: Iterable[Answers], tallied: defaultdict[int, Tallied],
                 heirs: Mapping[int, int] | None = None) -> None:
    """Put what units were answered beside what else was counted for them, by questionnaire.

    What a closed unit was answered is told or not as its own before it is added to its heir's.
    """
    found: defaultdict[tuple[int, str], list[Answers]] = defaultdict(list)
    for row in answers:
        found[row.unit_id, row.questionnaire].append(row)
    heard: defaultdict[tuple[int, str], tuple[list[Answers], list[Answers]]] = defaultdict(lambda: ([], []))
    for (unit_id, code), rows in found.items():
        everything, told = heard[(heirs or {}).get(unit_id, unit_id), code]
        everything += rows
        told += told_of(rows)
    for (unit_id, code), (rows, told) in heard.items():
        levels = pool(row.headline_levels for row in told)
        tallied[unit_id].surveys[code] = Sheets(
            sum(row.sheets for row in rows), levels.satisfied, levels.n, levels.points,
            sum(row.judged for row in rows), sum(row.passed for row in rows), bool(told))


def _tally_plans(session: Session, window: Window, unit_ids: Sequence[int],
                 tallied: defaultdict[int, Tallied]) -> None:
    """Whether the year's plan was sent by the last day, and the money in it. One query."""
    rows = session.execute(
        select(
            Obligation.unit_id, Submission.first_submitted_at, Submission.status, func.sum(PlanBudget.amount))
        .join(Requirement, and_(Requirement.id == Obligation.requirement_id,
                                Requirement.programme_id == window.programme_id,
                                Requirement.kind == RequirementKind.PLAN))
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .outerjoin(PlanItem, and_(PlanItem.submission_id == Submission.id, PlanItem.removed_at.is_(None)))
        .outerjoin(PlanBudget, PlanBudget.plan_item_id == PlanItem.id)
        .where(Obligation.unit_id.in_(unit_ids), Obligation.exempted_at.is_(None))
        .group_by(Obligation.unit_id, Submission.first_submitted_at, Submission.status))
    for unit_id, first_at, status, amount in rows:
        is_sent = first_at is not None and first_at < end_of_day(window.until)
        is_sent = is_sent and status is not Status.WITHDRAWN
        tallied[unit_id].is_plan_sent = is_sent
        tallied[unit_id].plan_budget = int(amount) if is_sent and amount is not None else None
