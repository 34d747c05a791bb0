"""What the portal itself counts for units: from activities, survey tallies and plans, for many units at once.

Nothing recorded is EMPTY and never zero (product law 4): a unit says "không phát sinh" on purpose.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from core.dates import end_of_day
from models.activity import Activity, ActivityCost, ActivityReach
from models.figure import EMPTY, Figure, figure_of, mean_of, share_of
from models.indicator import SourceKind
from models.plan import PlanBudget, PlanItem
from models.programme import Audience, FundingSource, Medium
from models.requirement import Obligation, Requirement, RequirementKind
from models.submission import Submission
from models.survey import Questionnaire, SurveyAnswerCount, SurveyQuestion, SurveyTally
from models.workflow import Status
from queries.figure.indicator import IndicatorLine


@dataclass(frozen=True, slots=True)
class Window:
    """Whose and which days' activities are counted: both days count, by the day an activity starts."""

    programme_id: int
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Cell:
    """A sum over activities that share medium and integration; ``key`` is the audience or source of money."""

    medium: str
    is_integrated: bool
    key: str
    amount: int
    count: int = 0


@dataclass(frozen=True, slots=True)
class Sheets:
    """Answers to the headline question of one questionnaire, pooled."""

    sheets: int
    satisfied: int
    valid: int
    points: int


@dataclass
class Tallied:
    """Everything counted for one unit, before indicators choose from it."""

    quantities: list[Cell] = field(default_factory=list)
    reaches: list[Cell] = field(default_factory=list)
    costs: list[Cell] = field(default_factory=list)
    surveys: dict[str, Sheets] = field(default_factory=dict)
    is_plan_sent: bool | None = None
    """None where the unit owes no plan."""
    plan_budget: int | None = None
    """None where the plan names no money, or was not sent."""


def count_figures(session: Session, indicators: Iterable[IndicatorLine], window: Window,
                  unit_ids: Sequence[int]) -> dict[int, dict[str, Figure]]:
    """Counted figures by unit and code, for indicators with a source. Five queries for any number of units."""
    tallied: defaultdict[int, Tallied] = defaultdict(Tallied)
    _tally_quantities(session, window, unit_ids, tallied)
    _tally_parts(session, window, unit_ids, tallied)
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
        case SourceKind.ACTIVITY_QUANTITY:
            return _sum(cell.amount for cell in _matching(indicator, tallied.quantities))
        case SourceKind.ACTIVITY_COUNT:
            return _sum(cell.count for cell in _matching(indicator, tallied.quantities))
        case SourceKind.ACTIVITY_REACH:
            return _sum(cell.amount for cell in _matching(indicator, tallied.reaches, "audiences"))
        case SourceKind.ACTIVITY_COST:
            return _sum(cell.amount for cell in _matching(indicator, tallied.costs, "funding"))
        case SourceKind.PLAN_EXISTS:
            return EMPTY if tallied.is_plan_sent is None else figure_of(int(tallied.is_plan_sent))
        case SourceKind.PLAN_BUDGET:
            return EMPTY if tallied.plan_budget is None else figure_of(tallied.plan_budget)
        case _:
            return _survey_figure(indicator, tallied)


def _survey_figure(indicator: IndicatorLine, tallied: Tallied) -> Figure:
    """Sheets, share at levels 4 and 5, or mean, pooled over the questionnaires asked for."""
    code = indicator.filters.get("questionnaire")
    found = [sheets for name, sheets in tallied.surveys.items() if code is None or name == code]
    if not found:
        return EMPTY
    valid = Decimal(sum(sheets.valid for sheets in found))
    if indicator.source is SourceKind.SURVEY_SHEETS:
        return figure_of(sum(sheets.sheets for sheets in found))
    if indicator.source is SourceKind.SURVEY_SHARE:
        return share_of(Decimal(sum(sheets.satisfied for sheets in found)), valid)
    return mean_of(Decimal(sum(sheets.points for sheets in found)), valid)


def _matching(indicator: IndicatorLine, cells: Iterable[Cell], key: str | None = None) -> Iterable[Cell]:
    """Cells that the indicator's filters let through."""
    filters = indicator.filters
    media, keys, integrated = filters.get("media"), filters.get(key or ""), filters.get("integrated")
    return [
        cell for cell in cells
        if (not media or cell.medium in media) and (not keys or cell.key in keys)
        and (integrated is None or cell.is_integrated is integrated)
    ]


def _sum(amounts: Iterable[int]) -> Figure:
    """A sum; EMPTY when there is nothing to add up."""
    found = list(amounts)
    return figure_of(sum(found)) if found else EMPTY


def _counts(window: Window, unit_ids: Sequence[int]) -> list[ColumnElement[bool]]:
    """The clauses that say which activities count."""
    return [
        Activity.unit_id.in_(unit_ids), Activity.programme_id == window.programme_id,
        Activity.removed_at.is_(None), Activity.starts_on.between(window.since, window.until),
    ]


def _tally_quantities(session: Session, window: Window, unit_ids: Sequence[int],
                      tallied: defaultdict[int, Tallied]) -> None:
    """Quantities and numbers of activities. One query."""
    rows = session.execute(
        select(
            Activity.unit_id, Medium.code, Activity.is_integrated, func.sum(Activity.quantity), func.count())
        .join(Medium, Medium.id == Activity.medium_id)
        .where(*_counts(window, unit_ids))
        .group_by(Activity.unit_id, Medium.code, Activity.is_integrated))
    for unit_id, medium, is_integrated, quantity, count in rows.tuples():
        tallied[unit_id].quantities.append(Cell(medium, bool(is_integrated), "", int(quantity), count))


def _tally_parts(session: Session, window: Window, unit_ids: Sequence[int],
                 tallied: defaultdict[int, Tallied]) -> None:
    """Reach by audience and cost by source of money. Two queries."""
    reaches = (
        select(Activity.unit_id, Medium.code, Activity.is_integrated, Audience.code, func.sum(ActivityReach.turns))
        .join(ActivityReach, ActivityReach.activity_id == Activity.id)
        .join(Audience, Audience.id == ActivityReach.audience_id))
    costs = (
        select(Activity.unit_id, Medium.code, Activity.is_integrated, FundingSource.code,
               func.sum(ActivityCost.amount))
        .join(ActivityCost, ActivityCost.activity_id == Activity.id)
        .join(FundingSource, FundingSource.id == ActivityCost.funding_source_id))
    for statement, key, name in ((reaches, Audience.code, "reaches"), (costs, FundingSource.code, "costs")):
        rows = session.execute(
            statement.join(Medium, Medium.id == Activity.medium_id).where(*_counts(window, unit_ids))
            .group_by(Activity.unit_id, Medium.code, Activity.is_integrated, key))
        for unit_id, medium, is_integrated, code, amount in rows.tuples():
            getattr(tallied[unit_id], name).append(Cell(medium, bool(is_integrated), code, int(amount)))


def _tally_surveys(session: Session, window: Window, unit_ids: Sequence[int],
                   tallied: defaultdict[int, Tallied]) -> None:
    """Sheets and answers to the headline question; a tally counts by its last day. One query."""
    count = SurveyAnswerCount
    satisfied = count.level_4 + count.level_5
    valid = count.level_1 + count.level_2 + count.level_3 + satisfied
    points = count.level_1 + 2 * count.level_2 + 3 * count.level_3 + 4 * count.level_4 + 5 * count.level_5
    rows = session.execute(
        select(SurveyTally.unit_id, Questionnaire.code, func.sum(SurveyTally.sheet_count),
               func.coalesce(func.sum(satisfied), 0), func.coalesce(func.sum(valid), 0),
               func.coalesce(func.sum(points), 0))
        .join(Questionnaire, Questionnaire.id == SurveyTally.questionnaire_id)
        .outerjoin(SurveyQuestion, and_(SurveyQuestion.questionnaire_id == Questionnaire.id,
                                        SurveyQuestion.code == Questionnaire.headline_code))
        .outerjoin(count, and_(count.tally_id == SurveyTally.id, count.question_id == SurveyQuestion.id))
        .where(SurveyTally.unit_id.in_(unit_ids), SurveyTally.programme_id == window.programme_id,
               SurveyTally.removed_at.is_(None), SurveyTally.collected_to.between(window.since, window.until))
        .group_by(SurveyTally.unit_id, Questionnaire.code))
    for unit_id, code, *sums in rows.tuples():
        tallied[unit_id].surveys[code] = Sheets(*map(int, sums))


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
    for unit_id, first_at, status, amount in rows.tuples():
        is_sent = first_at is not None and first_at < end_of_day(window.until)
        is_sent = is_sent and status is not Status.WITHDRAWN
        tallied[unit_id].is_plan_sent = is_sent
        tallied[unit_id].plan_budget = int(amount) if is_sent and amount is not None else None
