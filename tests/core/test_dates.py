"""Days as offices write them, in the time zone of Vietnam."""

from datetime import UTC, date, datetime

import pytest

from core.clock import Clock
from core.dates import (
    DayFormatError,
    end_of_day,
    format_day,
    format_document_day,
    format_long_day,
    format_moment,
    format_span,
    local_day,
    parse_day,
    start_of_day,
)


@pytest.mark.parametrize(("text", "day"), [
    ("30/05/2023", date(2023, 5, 30)), ("5/3/2023", date(2023, 3, 5)), ("30-5-2023", date(2023, 5, 30)),
    (" 30.05.2023 ", date(2023, 5, 30)), ("2023-05-30", date(2023, 5, 30)), ("30052023", date(2023, 5, 30)),
])
def test_days_are_read_day_first(text: str, day: date) -> None:
    """Day, month, year, with the usual signs between."""
    assert parse_day(text) == day


@pytest.mark.parametrize("text", ["31/02/2023", "2023", "30/13/2023", "mai", "", "1/1/23"])
def test_what_is_no_day_is_refused(text: str) -> None:
    """A two-digit year is not guessed at."""
    with pytest.raises(DayFormatError):
        parse_day(text)


@pytest.mark.parametrize(("day", "text"), [
    (date(2023, 2, 5), "ngày 05 tháng 02 năm 2023"), (date(2023, 5, 30), "ngày 30 tháng 5 năm 2023"),
    (date(2023, 11, 3), "ngày 03 tháng 11 năm 2023"), (date(2023, 1, 15), "ngày 15 tháng 01 năm 2023"),
])
def test_the_long_form_is_that_of_decree_30(day: date, text: str) -> None:
    """Days under 10 and the months 1 and 2 carry a zero."""
    assert format_long_day(day) == text


def test_a_day_within_a_sentence_of_a_document_has_the_zeros_of_the_long_form() -> None:
    """As the plan itself writes "ngày 21/02/2023" and "ngày 15/7/2021"."""
    assert format_document_day(date(2023, 2, 5)) == "05/02/2023"
    assert format_document_day(date(2021, 7, 15)) == "15/7/2021"


def test_spans_say_no_more_than_needed() -> None:
    """The month and year stand once where they are the same."""
    assert format_span(date(2023, 3, 6), None) == "06/03/2023"
    assert format_span(date(2023, 3, 6), date(2023, 3, 8)) == "06-08/03/2023"
    assert format_span(date(2023, 2, 28), date(2023, 3, 3)) == "28/02-03/03/2023"
    assert format_span(date(2022, 12, 30), date(2023, 1, 2)) == "30/12/2022-02/01/2023"


def test_a_day_begins_and_ends_in_vietnam() -> None:
    """17:00 UTC is midnight there."""
    assert start_of_day(date(2023, 5, 30)) == datetime(2023, 5, 29, 17, tzinfo=UTC)
    assert end_of_day(date(2023, 5, 30)) == datetime(2023, 5, 30, 17, tzinfo=UTC)
    assert local_day(datetime(2023, 3, 5, 17, 30, tzinfo=UTC)) == date(2023, 3, 6)
    assert format_moment(datetime(2023, 5, 30, 3, 32, tzinfo=UTC)) == "10:32 ngày 30/05/2023"
    assert format_day(date(2023, 5, 3)) == "03/05/2023"


def test_a_rehearsal_clock_runs_on_from_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day is moved, the time of day is not."""
    monkeypatch.undo()  # let time go by
    clock = Clock()
    clock.start_on(date(2023, 5, 25))
    assert clock.today() == date(2023, 5, 25)
    first = clock.now()
    assert clock.now() >= first
    clock.start_on(None)
    assert abs((clock.now() - datetime.now(UTC)).total_seconds()) < 5
