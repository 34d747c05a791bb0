"""When those who owe are reminded."""

from datetime import date, timedelta

import pytest

from models.deadline import Holidays
from models.reminder import ReminderKind, Schedule

DUE = date(2023, 5, 30)
"""A Tuesday."""
USUAL = Schedule()
EVER = date(2023, 1, 1)


def occasions(schedule: Schedule, holidays: Holidays | None = None) -> list[tuple[str, date]]:
    """The occasions of three months around the due day, each on its own day."""
    days = (DUE + timedelta(days=step) for step in range(-40, 50))
    found = (schedule.occasion_on(day, DUE, holidays or Holidays()) for day in days)
    return [(occasion.code.partition("@")[0], occasion.on) for occasion in found if occasion]


def test_the_usual_schedule_is_ten_five_two_one_days_before_and_the_day_itself() -> None:
    before = [(code, day) for code, day in occasions(USUAL) if day <= DUE]
    assert before == [("before-10", date(2023, 5, 20)), ("before-5", date(2023, 5, 25)),
                      ("before-2", date(2023, 5, 28)), ("before-1", date(2023, 5, 29)), ("due_day-0", DUE)]


def test_after_it_every_second_working_day_and_no_more_than_the_most() -> None:
    after = [(code, day) for code, day in occasions(Schedule(most_after=3)) if day > DUE]
    assert after == [("after-2", date(2023, 6, 1)), ("after-4", date(2023, 6, 5)), ("after-6", date(2023, 6, 7))]


def test_a_holiday_puts_off_what_comes_after_it() -> None:
    holidays = Holidays(off=frozenset({date(2023, 5, 31), date(2023, 6, 1)}))
    after = [day for _code, day in occasions(Schedule(most_after=1), holidays) if day > DUE]
    assert after == [date(2023, 6, 5)]


def test_none_after_where_none_are_wanted_and_none_at_all_when_it_is_off() -> None:
    assert [day for _code, day in occasions(Schedule(every_after=0)) if day > DUE] == []
    assert Schedule(is_on=False).occasion_by(DUE, DUE, EVER, Holidays()) is None


@pytest.mark.parametrize(("day", "code"), [
    (date(2023, 5, 25), "before-5@2023-05-30"),
    (date(2023, 5, 27), "before-5@2023-05-30"),  # the portal was off for two days
    (date(2023, 5, 24), None),
    (date(2023, 5, 30), "due_day-0@2023-05-30"),
])
def test_what_was_missed_is_made_up_for_within_two_days(day: date, code: str | None) -> None:
    occasion = USUAL.occasion_by(day, DUE, EVER, Holidays())
    assert (occasion.code if occasion else None) == code


def test_nothing_is_made_up_for_that_came_before_the_unit_owed_it() -> None:
    assert USUAL.occasion_by(date(2023, 5, 26), DUE, date(2023, 5, 26), Holidays()) is None


def test_another_due_date_makes_other_occasions() -> None:
    codes = {USUAL.occasion_on(due - timedelta(days=5), due, Holidays()) for due in (DUE, DUE + timedelta(days=7))}
    assert len({occasion.code for occasion in codes if occasion}) == 2
    assert {occasion.kind for occasion in codes if occasion} == {ReminderKind.BEFORE}
