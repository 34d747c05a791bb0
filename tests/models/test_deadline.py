"""What is late, to the second, in Vietnam; and its twin in SQL."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from core.dates import LOCAL_ZONE
from models.base import Utc
from models.deadline import (
    DueState,
    Holidays,
    add_working_days,
    days_late,
    deadline_of,
    due_in,
    is_late,
    is_late_clause,
    last_good_day,
    working_days_between,
)

DUE = date(2023, 5, 30)
START = datetime(2022, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 3 * 366 * 86_400).map(lambda seconds: START + timedelta(seconds=seconds))
DAYS = st.integers(150, 900).map(lambda days: START.date() + timedelta(days=days))
calmly = settings(derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def local(day: date, at: time) -> datetime:
    """A moment in Vietnam."""
    return datetime.combine(day, at, LOCAL_ZONE)


CASES = [
    (True, local(DUE, time(0, 0, 0)), 0),
    (True, local(DUE, time(23, 59, 59)), 0),
    (True, local(DUE, time(23, 59, 59, 999_999)), 0),
    (True, local(DUE + timedelta(days=1), time(0, 0, 0)), 1),
    (True, local(DUE + timedelta(days=1), time(23, 59, 59)), 1),
    (True, local(DUE + timedelta(days=2), time(0, 0, 0)), 2),
    (False, local(DUE - timedelta(days=1), time(23, 59, 59)), 0),
    (False, local(DUE, time(0, 0, 0)), 1),
    (False, local(DUE, time(23, 59, 59)), 1),
    (False, local(DUE + timedelta(days=1), time(0, 0, 0)), 2),
    (True, local(DUE + timedelta(days=1), time(0, 0, 1)), 1),
    (False, local(DUE, time(0, 0, 1)), 1),
]


@pytest.mark.parametrize(("counts_due_day", "moment", "days"), CASES)
def test_lateness_turns_at_midnight_in_vietnam(counts_due_day: bool, moment: datetime, days: int) -> None:
    deadline = deadline_of(DUE, counts_due_day)
    assert days_late(moment, deadline) == days
    assert is_late(moment, deadline) is (days > 0)


SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.mark.parametrize(("counts_due_day", "step", "state", "days"), [
    (True, -11 * DAY - SECOND, DueState.LATER, 11), (True, -11 * DAY, DueState.SOON, 10),
    (True, -DAY - SECOND, DueState.SOON, 1), (True, -DAY, DueState.TODAY, 0), (True, -SECOND, DueState.TODAY, 0),
    (True, 0 * SECOND, DueState.LATE, 1), (True, SECOND, DueState.LATE, 1), (True, DAY - SECOND, DueState.LATE, 1),
    (True, DAY, DueState.LATE, 2), (True, DAY + SECOND, DueState.LATE, 2),
    (False, -SECOND, DueState.TODAY, 0), (False, 0 * SECOND, DueState.LATE, 1), (False, DAY, DueState.LATE, 2),
])
def test_the_words_of_a_due_date_turn_with_the_second(
        counts_due_day: bool, step: timedelta, state: DueState, days: int) -> None:
    deadline = deadline_of(DUE, counts_due_day)
    due = due_in(deadline + step, deadline)
    assert (due.state, due.days) == (state, days)
    assert days_late(deadline + step, deadline) == (days if state is DueState.LATE else 0)


def asked_of_sql(session: Session, moment: datetime, deadline: datetime) -> bool:
    """What the SQL twin says."""
    clause = is_late_clause(bindparam("moment", moment, Utc()), bindparam("deadline", deadline, Utc()))
    return bool(session.scalar(select(clause)))


@pytest.mark.parametrize(("counts_due_day", "moment", "days"), CASES)
def test_the_sql_twin_says_the_same(db_session: Session, counts_due_day: bool, moment: datetime, days: int) -> None:
    assert asked_of_sql(db_session, moment, deadline_of(DUE, counts_due_day)) is (days > 0)


def test_the_sql_twin_says_the_same_at_every_edge_of_a_year(db_session: Session) -> None:
    steps = [timedelta(0), timedelta(microseconds=1), timedelta(seconds=1), timedelta(days=1)]
    for number in range(0, 365, 7):
        for counts in (True, False):
            deadline = deadline_of(date(2023, 1, 1) + timedelta(days=number), counts)
            for moment in [deadline + sign * step for step in steps for sign in (1, -1)]:
                assert asked_of_sql(db_session, moment, deadline) is is_late(moment, deadline)


@calmly
@given(MOMENTS, DAYS, st.booleans())
def test_days_late_are_whole_days_after_the_last_good_one(moment: datetime, due_on: date, counts: bool) -> None:
    day = moment.astimezone(LOCAL_ZONE).date()
    assert days_late(moment, deadline_of(due_on, counts)) == max(0, (day - last_good_day(due_on, counts)).days)


@calmly
@given(MOMENTS, DAYS, st.booleans())
def test_the_words_of_a_due_date_agree_with_lateness(moment: datetime, due_on: date, counts: bool) -> None:
    deadline = deadline_of(due_on, counts)
    due = due_in(moment, deadline)
    assert (due.state is DueState.LATE) is is_late(moment, deadline)
    assert due.days >= 0 and (due.days == 0) is (due.state is DueState.TODAY)


@pytest.mark.parametrize(("day", "count", "expected"), [
    (date(2023, 5, 26), 3, date(2023, 5, 31)),  # a Friday
    (date(2023, 5, 27), 1, date(2023, 5, 29)),  # a Saturday
    (date(2023, 5, 29), 5, date(2023, 6, 5)),
    (date(2023, 5, 29), 0, date(2023, 5, 29)),
])
def test_working_days_leave_out_saturday_and_sunday(day: date, count: int, expected: date) -> None:
    assert add_working_days(day, count, Holidays()) == expected


TET = Holidays(off=frozenset(date(2023, 1, day) for day in (20, 23, 24, 25, 26)))
SWAP = Holidays(off=frozenset({date(2024, 4, 29), date(2024, 4, 30), date(2024, 5, 1)}),
                made_up=frozenset({date(2024, 5, 4)}))


@pytest.mark.parametrize(("day", "count", "holidays", "expected"), [
    (date(2023, 1, 19), 1, TET, date(2023, 1, 27)),  # the Thursday before Tết
    (date(2023, 1, 22), 2, TET, date(2023, 1, 30)),  # a Sunday within it
    (date(2024, 5, 3), 1, SWAP, date(2024, 5, 4)),  # a Saturday that is worked
    (date(2024, 4, 26), 3, SWAP, date(2024, 5, 4)),
])
def test_working_days_leave_out_holidays_and_count_days_worked_instead(
        day: date, count: int, holidays: Holidays, expected: date) -> None:
    assert add_working_days(day, count, holidays) == expected


@calmly
@given(DAYS, st.integers(0, 30), st.frozensets(DAYS, max_size=5), st.frozensets(DAYS, max_size=5))
def test_between_a_day_and_the_day_it_gives_there_are_as_many_working_days(
        day: date, count: int, off: frozenset[date], made_up: frozenset[date]) -> None:
    holidays = Holidays(off, made_up)
    assert working_days_between(day, add_working_days(day, count, holidays), holidays) == count


def test_no_working_day_lies_between_a_day_and_itself_or_one_before() -> None:
    assert working_days_between(date(2023, 5, 30), date(2023, 5, 30), Holidays()) == 0
    assert working_days_between(date(2023, 5, 30), date(2023, 5, 1), Holidays()) == 0
