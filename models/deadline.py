"""The one clock of due dates: when a day ends, and how late is late (product law 3).

A due date is a calendar day in Vietnam. Whether the day itself still counts ("trước ngày" read as offices do,
or to the letter) is a setting of the requirement.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement

from core.dates import end_of_day, local_day, start_of_day
from core.translation import N_

SATURDAY = 5
"""As ``date.weekday`` counts."""


def last_good_day(due_on: date, counts_due_day: bool) -> date:
    """The last day on which a submission is on time."""
    return due_on if counts_due_day else due_on - timedelta(days=1)


def deadline_of(due_on: date, counts_due_day: bool) -> datetime:
    """The first moment that is late: the end of the due day in Vietnam, or its start if it does not count."""
    return end_of_day(due_on) if counts_due_day else start_of_day(due_on)


def is_late(moment: datetime, deadline_at: datetime) -> bool:
    """Whether ``moment`` is late: at 23:59:59 of the last good day it is not, at 00:00:00 after it is."""
    return moment >= deadline_at


def is_late_clause(moment: ColumnElement[datetime],
                   deadline_at: ColumnElement[datetime]) -> ColumnElement[bool]:
    """The SQL twin of ``is_late``."""
    return moment >= deadline_at


def days_late(moment: datetime, deadline_at: datetime) -> int:
    """Whole calendar days in Vietnam after the last good day; 0 on time, 1 from the first late second."""
    if not is_late(moment, deadline_at):
        return 0
    return (local_day(moment) - local_day(deadline_at - timedelta(microseconds=1))).days


@dataclass(frozen=True, slots=True)
class Holidays:
    """The days that are no ordinary ones: free days of the week, and weekend days that are worked instead."""

    off: frozenset[date] = frozenset()
    made_up: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether offices work on ``day``: Monday to Friday unless it is free, and days worked instead."""
        return day in self.made_up or (day.weekday() < SATURDAY and day not in self.off)


def add_working_days(day: date, count: int, holidays: Holidays) -> date:
    """The day on which ``count`` working days after ``day`` are over. Three after an ordinary Friday is a Wednesday."""
    while count > 0:
        day += timedelta(days=1)
        count -= holidays.is_working(day)
    return day


def working_days_between(first: date, last: date, holidays: Holidays) -> int:
    """How many working days after ``first`` have begun by ``last``, that day included; 0 when it is not later.

    The counterpart of ``add_working_days``: from a day to the day that it gives there are ``count``.
    """
    return sum(holidays.is_working(first + timedelta(days=step)) for step in range(1, (last - first).days + 1))


class DueState(StrEnum):
    """How a due date stands today."""

    LATER = "later"
    SOON = "due_soon"
    TODAY = "due_today"
    LATE = "late"


DUE_SOON_DAYS = 10


@dataclass(frozen=True, slots=True)
class DueIn:
    """How far off a deadline is: ``days`` to go, or days late when the state is LATE."""

    state: DueState
    days: int

    @property
    def label(self) -> str:
        """Vietnamese words with %(days)s to fill in, as 'còn %(days)s ngày'."""
        return {
            DueState.LATER: N_("còn %(days)s ngày"),
            DueState.SOON: N_("còn %(days)s ngày"),
            DueState.TODAY: N_("đến hạn hôm nay"),
            DueState.LATE: N_("chậm %(days)s ngày"),
        }[self.state]


def due_in(now: datetime, deadline_at: datetime) -> DueIn:
    """Say how a deadline stands at ``now``."""
    if is_late(now, deadline_at):
        return DueIn(DueState.LATE, days_late(now, deadline_at))
    days = (local_day(deadline_at - timedelta(microseconds=1)) - local_day(now)).days
    if days == 0:
        return DueIn(DueState.TODAY, 0)
    return DueIn(DueState.SOON if days <= DUE_SOON_DAYS else DueState.LATER, days)
