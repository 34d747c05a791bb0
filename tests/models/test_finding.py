"""What may be done with a finding, and when one is overdue."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dates import end_of_day
from models.finding import (
    RULES,
    Deed,
    FindingError,
    FindingStatus,
    Standing,
    deadline,
    late_days,
    next_status,
    possible_deeds,
    standing_of,
)
from models.permission import Action

DUE = date(2023, 5, 15)
SECOND = timedelta(seconds=1)
MOMENTS = st.datetimes(datetime(2023, 1, 1), datetime(2024, 1, 1), timezones=st.just(UTC))  # hypothesis adds the zone


@given(st.lists(st.sampled_from(Deed)), MOMENTS)
def test_whatever_is_done_a_finding_stands_in_exactly_one_state(deeds: list[Deed], now: datetime) -> None:
    status = FindingStatus.OPEN
    for deed in deeds:
        try:
            status = next_status(status, deed)
        except FindingError:
            assert status not in RULES[deed].sources
    fits = [status.is_with_unit and now < deadline(DUE), status.is_with_unit and now >= deadline(DUE),
            status is FindingStatus.ANSWERED, status is FindingStatus.MENDED, status is FindingStatus.CLOSED]
    assert fits.count(True) == 1
    assert list(Standing)[fits.index(True)] is standing_of(status, deadline(DUE), now)


@pytest.mark.parametrize("status", [FindingStatus.OPEN, FindingStatus.ASKED])
@pytest.mark.parametrize(("moment", "standing", "days"), [
    (end_of_day(DUE) - SECOND, Standing.OPEN, 0),
    (end_of_day(DUE), Standing.OVERDUE, 1),
    (end_of_day(DUE) + SECOND, Standing.OVERDUE, 1),
    (end_of_day(DUE) + timedelta(days=1) - SECOND, Standing.OVERDUE, 1),
    (end_of_day(DUE) + timedelta(days=1), Standing.OVERDUE, 2),
])
def test_a_finding_is_overdue_from_the_first_second_after_its_day(
        status: FindingStatus, moment: datetime, standing: Standing, days: int) -> None:
    assert standing_of(status, deadline(DUE), moment) is standing
    assert late_days(status, deadline(DUE), None, moment) == days


@pytest.mark.parametrize(("answered_at", "days"), [(end_of_day(DUE) - SECOND, 0), (end_of_day(DUE), 1), (None, 0)])
def test_once_answered_the_answer_is_judged_and_not_the_day_of_looking(answered_at: datetime | None, days: int) -> None:
    long_after = end_of_day(DUE) + timedelta(days=90)
    for status in (FindingStatus.ANSWERED, FindingStatus.MENDED, FindingStatus.CLOSED):
        assert late_days(status, deadline(DUE), answered_at, long_after) == days
        assert standing_of(status, deadline(DUE), long_after).value == status.value


def test_every_state_leads_on_for_somebody_and_only_units_answer() -> None:
    for status in FindingStatus:
        assert possible_deeds(status, Action.INSPECTION_WRITE)
        assert set(possible_deeds(status, Action.FINDING_ANSWER)) <= {Deed.ANSWER}
    assert not possible_deeds(FindingStatus.MENDED, Action.FINDING_ANSWER)
