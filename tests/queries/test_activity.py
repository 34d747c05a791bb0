"""What activities add up to equals what adding them up one by one gives, and costs a fixed number of queries."""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from core.clock import clock
from models.activity import Activity
from models.programme import Audience, FundingSource, Medium
from queries.activity import (
    ActivityFilter,
    Measure,
    count_activities_by_unit,
    count_by_month,
    counted_figures,
    list_activities,
    plan_progress,
    programme_on,
    sum_fitting,
    total_activities,
)
from tests.support.province import Province
from tests.support.queries import QueryGuard

FIRST, LAST = date(2023, 1, 1), date(2023, 5, 15)


@pytest.fixture
def programme_id(db_session: Session, province: Province) -> int:
    """The demonstration's programme."""
    programme = programme_on(db_session, date(2023, 5, 25))
    assert programme is not None
    assert (programme.year, programme.first_day, programme.last_day) == (2023, date(2022, 12, 1), date(2023, 12, 31))
    return programme.id


def recorded(session: Session) -> list[Activity]:
    """Every activity with all that hangs on it."""
    return list(session.scalars(select(Activity).options(
        selectinload(Activity.reaches), selectinload(Activity.costs), selectinload(Activity.themes))))


def test_counted_figures_equal_a_count_by_hand(
        db_session: Session, programme_id: int, assert_queries: QueryGuard) -> None:
    activities = recorded(db_session)
    activities[0].removed_at = clock.now()
    db_session.flush()
    units = sorted({activity.unit_id for activity in activities})[::2]
    media = dict(db_session.execute(select(Medium.id, Medium.code)).all())
    audiences = dict(db_session.execute(select(Audience.id, Audience.code)).all())
    sources = dict(db_session.execute(select(FundingSource.id, FundingSource.code)).all())
    by_hand: Counter[tuple[int, Measure, str, bool, str]] = Counter()
    for row in activities:
        if row.removed_at is None and row.unit_id in units and FIRST <= row.starts_on <= LAST:
            key = (row.unit_id, media[row.medium_id], row.is_integrated)
            by_hand[key[0], Measure.QUANTITY, key[1], key[2], ""] += row.quantity
            for reach in row.reaches:
                by_hand[key[0], Measure.REACH, key[1], key[2], audiences[reach.audience_id]] += reach.turns
            for cost in row.costs:
                by_hand[key[0], Measure.COST, key[1], key[2], sources[cost.funding_source_id]] += cost.amount
    with assert_queries(3):
        counted = counted_figures(
            db_session, unit_ids=units, programme_id=programme_id, first_day=FIRST, last_day=LAST)
    assert len(by_hand) > 100
    assert {(row.unit_id, row.measure, row.medium_code, row.is_integrated, row.code): row.value
            for row in counted} == dict(by_hand)


def test_an_indicators_filters_choose_the_rows_that_it_counts(db_session: Session, programme_id: int) -> None:
    unit_id = db_session.scalars(select(Activity.unit_id)).first()
    assert unit_id is not None
    rows = counted_figures(
        db_session, unit_ids=[unit_id], programme_id=programme_id, first_day=FIRST, last_day=LAST)
    every = sum_fitting(rows, Measure.QUANTITY, {})
    assert every is not None and every[0] == sum(row.value for row in rows if row.measure is Measure.QUANTITY)
    assert sum_fitting(rows, Measure.QUANTITY, {"media": []}) is None
    apart = [sum_fitting(rows, Measure.QUANTITY, {"integrated": flag}) for flag in (True, False)]
    assert sum(part[0] for part in apart if part) == every[0]


def test_a_figure_without_activities_is_none_and_not_zero(db_session: Session, programme_id: int) -> None:
    rows = counted_figures(db_session, unit_ids=[], programme_id=programme_id, first_day=FIRST, last_day=LAST)
    assert rows == []
    assert sum_fitting(rows, Measure.REACH, {}) is None


def test_the_totals_of_a_list_are_those_of_all_its_pages(
        db_session: Session, programme_id: int, assert_queries: QueryGuard) -> None:
    units = list(db_session.scalars(select(Activity.unit_id).distinct()))
    chosen = ActivityFilter(units, programme_id, channel_code="CH4")
    with assert_queries(3):
        totals = total_activities(db_session, chosen)
        lines = list_activities(db_session, chosen, date(2023, 5, 25), limit=None)
    assert totals.count == len(lines) > 20
    assert totals.quantity == sum(line.quantity for line in lines)
    assert totals.reach == sum(line.reach or 0 for line in lines)
    assert totals.cost == sum(line.cost or 0 for line in lines)
    assert lines == sorted(lines, key=lambda line: (line.starts_on, line.id), reverse=True)
    pages = [line for start in range(0, len(lines), 25)
             for line in list_activities(db_session, chosen, date(2023, 5, 25), offset=start)]
    assert pages == lines


def test_months_and_units_are_counted_by_the_day_an_activity_starts(db_session: Session, programme_id: int) -> None:
    activities = recorded(db_session)
    units = list({activity.unit_id for activity in activities})
    months = Counter((row.starts_on.year, row.starts_on.month) for row in activities)
    assert {(year, month): count for year, month, count in count_by_month(db_session, units, programme_id)} == months
    counted = count_activities_by_unit(
        db_session, unit_ids=units, programme_id=programme_id, first_day=date(2022, 12, 1), last_day=date(2023, 12, 31))
    assert {unit_id: row.count for unit_id, row in counted.items()} == Counter(row.unit_id for row in activities)


def test_planned_items_with_an_activity_are_begun(db_session: Session, programme_id: int, province: Province) -> None:
    unit_id = province["school"].unit_id
    before = plan_progress(db_session, unit_id, programme_id)
    assert before.planned == before.begun + before.open
    own = [row for row in recorded(db_session) if row.unit_id == unit_id]
    assert before.begun == len({row.plan_item_id for row in own if row.plan_item_id})
    for row in own:
        row.plan_item_id = None
    db_session.flush()
    after = plan_progress(db_session, unit_id, programme_id)
    assert (after.begun, after.unplanned_activities) == (0, len(own))
