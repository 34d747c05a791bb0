"""What consolidated figures are compared with: what the accepted plans of all units promise for the year."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from models.figure import Aggregate, Figure, compute, figure_of, sum_of
from models.indicator import SourceKind
from models.plan import PlanBudget, PlanItem
from models.programme import FundingSource, Medium
from models.requirement import Obligation, Requirement, RequirementKind
from models.submission import Submission
from models.workflow import Status
from queries.consolidation.standing import below
from queries.figure import IndicatorLine


def planned_figures(session: Session, indicators: Iterable[IndicatorLine], programme_id: int, unit_id: int,
                    among: Iterable[int] | None = None) -> dict[str, Figure]:
    """What the accepted plans of a unit and all below it promise for the year, by indicator code. One query.

    Quantities are added by the indicator's media, money by its sources; what plans do not name is not there.
    ``among`` leaves out the plans of other units.
    """
    return planned_of(indicators, *_promised(session, programme_id, unit_id, among))


def planned_of(indicators: Iterable[IndicatorLine], media: Mapping[str, int],
               funding: Mapping[str, int]) -> dict[str, Figure]:
    """What quantities by medium and amounts by source of money promise, by indicator code."""
    lines = list(indicators)
    planned: dict[str, Figure] = {}
    for line in lines:
        figure = _planned(line, media, funding)
        if figure is not None:
            planned[line.code] = figure
    for line in lines:
        if line.aggregate is Aggregate.SUM_OF:
            planned[line.code] = compute(line.rule, planned)
    return planned


def _planned(line: IndicatorLine, media: Mapping[str, int], funding: Mapping[str, int]) -> Figure | None:
    """What plans promise for one indicator; None when they say nothing of it."""
    match line.source:
        case SourceKind.ACTIVITY_QUANTITY:
            found = [figure_of(media[code]) for code in line.filters.get("media", media) if code in media]
        case SourceKind.ACTIVITY_COST:
            found = [figure_of(funding[code]) for code in line.filters.get("funding", funding) if code in funding]
        case SourceKind.PLAN_BUDGET:
            found = [figure_of(amount) for amount in funding.values()]
        case _:
            return None
    return sum_of(found) if found else None


def _promised(session: Session, programme_id: int, unit_id: int,
              among: Iterable[int] | None) -> tuple[dict[str, int], dict[str, int]]:
    """Quantities by medium and amounts by source of money in accepted plans. One query."""
    plans = select(Requirement.id).where(
        Requirement.programme_id == programme_id, Requirement.kind == RequirementKind.PLAN)
    accepted = (
        select(Submission.id).join(Obligation, Obligation.id == Submission.obligation_id)
        .where(below(plans, unit_id), Submission.status == Status.ACCEPTED, Obligation.exempted_at.is_(None)))
    if among is not None:
        accepted = accepted.where(Obligation.unit_id.in_(list(among)))
    quantities = (
        select(literal("medium"), Medium.code, func.sum(PlanItem.quantity))
        .join(Medium, Medium.id == PlanItem.medium_id)
        .where(PlanItem.submission_id.in_(accepted), PlanItem.removed_at.is_(None)).group_by(Medium.code))
    amounts = (
        select(literal("funding"), FundingSource.code, func.sum(PlanBudget.amount))
        .join(PlanItem, PlanItem.id == PlanBudget.plan_item_id)
        .join(FundingSource, FundingSource.id == PlanBudget.funding_source_id)
        .where(PlanItem.submission_id.in_(accepted), PlanItem.removed_at.is_(None)).group_by(FundingSource.code))
    sums: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for kind, code, amount in session.execute(union_all(quantities, amounts)):
        sums[kind][code] = int(amount)
    return sums["medium"], sums["funding"]
