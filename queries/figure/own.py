"""A unit's own figures: counted by the portal, typed or overridden by the unit, formulas recomputed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.figure import EMPTY, HUNDRED, Aggregate, Figure, Provenance, compute
from models.report import ReportFigure
from models.requirement import Requirement
from queries.figure.counted import Window, count_figures
from queries.figure.indicator import IndicatorLine


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """One cell of a unit's own part: what it says, where from, why, and what the portal counts now."""

    figure: Figure
    provenance: Provenance
    reason: str = ""
    counted: Figure = EMPTY


def until_of(requirement: Requirement, today: date) -> date:
    """The last day whose figures are counted: the cut-off, or today before it."""
    return min(requirement.cut_off_on, today)


def window_of(requirement: Requirement, until: date, heirs: Mapping[int, int] | None = None) -> Window:
    """The days a report of ``requirement`` tells of, up to ``until``, and whose records count with whose."""
    return Window(requirement.programme_id, requirement.coverage_from, until, heirs or {})


def own_figures(session: Session, *, submission_id: int | None, unit_id: int, window: Window,
                indicators: Iterable[IndicatorLine]) -> dict[str, OwnFigure]:
    """A unit's own figures by indicator code. Four queries."""
    lines = list(indicators)
    counted = count_figures(session, lines, window, [unit_id])[unit_id]
    said = said_figures(session, submission_id)
    return merge(lines, counted, said)


def said_figures(session: Session, submission_id: int | None) -> dict[int, ReportFigure]:
    """What the unit itself says, by indicator id. One query, none without a submission."""
    if submission_id is None:
        return {}
    rows = session.scalars(select(ReportFigure).where(ReportFigure.submission_id == submission_id))
    return {row.indicator_id: row for row in rows}


def merge(indicators: Iterable[IndicatorLine], counted: Mapping[str, Figure],
          said: Mapping[int, ReportFigure]) -> dict[str, OwnFigure]:
    """Put what the unit says over what was counted, then compute formulas and the weights of typed rates."""
    lines = list(indicators)
    result: dict[str, OwnFigure] = {}
    for line in lines:
        row, found = said.get(line.id), counted.get(line.code, EMPTY)
        if line.is_formula:
            continue
        if row is not None:
            result[line.code] = OwnFigure(Figure(row.state, row.value), row.provenance, row.reason, found)
        else:
            provenance = Provenance.TYPED if line.is_typed else Provenance.COUNTED
            result[line.code] = OwnFigure(found, provenance, "", found)
    plain = {code: own.figure for code, own in result.items()}
    for line in lines:
        own = result.get(line.code)
        if own is not None and own.figure.denominator is None:
            result[line.code] = replace(own, figure=weigh(line, own.figure, plain))
        elif own is None:
            result[line.code] = OwnFigure(compute(line.rule, plain), Provenance.COMPUTED)
    return {line.code: result[line.code] for line in lines}


def weigh(indicator: IndicatorLine, figure: Figure, figures: Mapping[str, Figure]) -> Figure:
    """Give a typed rate or mean the numerator and denominator that pooling needs, from its weight.

    A share of 80 over 50 sheets is 40 of 50; without a weight the figure stays as it is and pools as nothing.
    """
    if figure.value is None or indicator.aggregate not in (Aggregate.WEIGHTED_SHARE, Aggregate.WEIGHTED_MEAN):
        return figure
    weight = figures.get(indicator.rule.operands[0], EMPTY).number if indicator.rule.operands else Decimal(0)
    scale = HUNDRED if indicator.aggregate is Aggregate.WEIGHTED_SHARE else Decimal(1)
    return replace(figure, numerator=figure.value * weight / scale, denominator=weight)
