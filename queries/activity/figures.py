"""What activities add up to for reports: aggregated in SQL for many units at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from models.activity import Activity, ActivityCost, ActivityReach
from models.programme import Audience, FundingSource, Medium
from queries.activity.listing import UnitIds


class Measure(StrEnum):
    """What a counted figure measures."""

    QUANTITY = "quantity"
    """Quantities of activities; ``code`` is empty."""
    REACH = "reach"
    """Turns by audience; ``code`` is the audience's."""
    COST = "cost"
    """Đồng by funding source; ``code`` is the source's."""


@dataclass(frozen=True, slots=True)
class CountedFigure:
    """One unit's sum of one measure by medium and integration; a group without activities has no row."""

    unit_id: int
    measure: Measure
    medium_code: str
    is_integrated: bool
    code: str
    value: int
    activity_count: int
    """Activities behind the value."""

    def fits(self, filters: Mapping[str, Any]) -> bool:
        """Whether an indicator's ``filters`` (media, audiences, funding, integrated) count this row."""
        codes = {Measure.REACH: "audiences", Measure.COST: "funding"}.get(self.measure, "")
        return (
            ("media" not in filters or self.medium_code in filters["media"])
            and ("integrated" not in filters or self.is_integrated == filters["integrated"])
            and (codes not in filters or self.code in filters[codes])
        )


def counted_figures(session: Session, *, unit_ids: UnitIds, programme_id: int, first_day: date, last_day: date,
                    recorded_by: datetime | None = None) -> list[CountedFigure]:
    """Sums of quantities, reach and cost of the units' activities that start within the days, both included.

    Removed activities count nowhere; with ``recorded_by`` what stood recorded at that moment counts. One query,
    whatever the number of units; rows by measure, unit, medium, code.
    """
    held = _held(unit_ids, programme_id, first_day, last_day, recorded_by)
    key = (Activity.unit_id, Medium.code, Activity.is_integrated)
    count = func.count(func.distinct(Activity.id))
    quantity = (
        select(literal(Measure.QUANTITY.value), *key, literal(""), func.sum(Activity.quantity), count)
        .join(Medium, Medium.id == Activity.medium_id).where(*held).group_by(*key))
    reach = (
        select(literal(Measure.REACH.value), *key, Audience.code, func.sum(ActivityReach.turns), count)
        .join(Medium, Medium.id == Activity.medium_id)
        .join(ActivityReach, ActivityReach.activity_id == Activity.id)
        .join(Audience, Audience.id == ActivityReach.audience_id)
        .where(*held).group_by(*key, Audience.code))
    cost = (
        select(literal(Measure.COST.value), *key, FundingSource.code, func.sum(ActivityCost.amount), count)
        .join(Medium, Medium.id == Activity.medium_id)
        .join(ActivityCost, ActivityCost.activity_id == Activity.id)
        .join(FundingSource, FundingSource.id == ActivityCost.funding_source_id)
        .where(*held).group_by(*key, FundingSource.code))
    rows = [
        CountedFigure(unit_id, Measure(measure), medium, bool(integrated), code, int(value), activities)
        for measure, unit_id, medium, integrated, code, value, activities
        in session.execute(union_all(quantity, reach, cost))
    ]
    measures = list(Measure)
    return sorted(rows, key=lambda row: (measures.index(row.measure), row.unit_id, row.medium_code,
                                         row.is_integrated, row.code))


def _held(unit_ids: UnitIds, programme_id: int, first_day: date, last_day: date,
          recorded_by: datetime | None = None) -> list[ColumnElement[bool]]:
    """The conditions on activities that count."""
    stood = [Activity.removed_at.is_(None)] if recorded_by is None else [
        Activity.created_at <= recorded_by, or_(Activity.removed_at.is_(None), Activity.removed_at > recorded_by)]
    return [
        Activity.unit_id.in_(unit_ids if isinstance(unit_ids, Select) else list(unit_ids)),
        Activity.programme_id == programme_id, *stood, Activity.starts_on.between(first_day, last_day),
    ]


@dataclass(frozen=True, slots=True)
class UnitActivities:
    """How many activities a unit held, and when the last of them started."""

    unit_id: int
    count: int
    last_on: date


def count_activities_by_unit(session: Session, *, unit_ids: UnitIds, programme_id: int, first_day: date,
                             last_day: date) -> dict[int, UnitActivities]:
    """Activities per unit within the days; a unit without any has no entry. One query."""
    rows = session.execute(
        select(Activity.unit_id, func.count(), func.max(Activity.starts_on))
        .where(*_held(unit_ids, programme_id, first_day, last_day)).group_by(Activity.unit_id))
    return {row[0]: UnitActivities(*row) for row in rows}


def sum_fitting(rows: Iterable[CountedFigure], measure: Measure, filters: Mapping[str, Any]) -> tuple[int, int] | None:
    """Add up the rows of one unit that an indicator counts: (value, activities), or None when there is none.

    The number of activities is exact for quantities; an activity that reached two audiences is told twice.
    """
    fitting = [row for row in rows if row.measure is measure and row.fits(filters)]
    if not fitting:
        return None
    return sum(row.value for row in fitting), sum(row.activity_count for row in fitting)


__all__ = ["CountedFigure", "Measure", "UnitActivities", "count_activities_by_unit", "counted_figures",
           "sum_fitting"]
