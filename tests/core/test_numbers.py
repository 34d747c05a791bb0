"""Vietnamese numbers in and out."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numbers import (
    NumberFormatError,
    format_decimal,
    format_integer,
    format_number,
    format_share,
    parse_decimal,
    parse_integer,
    roman,
)


@pytest.mark.parametrize(
    ("text", "value"), [("1234", 1234), ("1.234", 1234), ("1 234 567", 1234567), ("-5", -5), (" 0 ", 0)]
)
def test_whole_numbers_are_read_with_or_without_grouping(text: str, value: int) -> None:
    """Dots and blanks group thousands."""
    assert parse_integer(text) == value


@pytest.mark.parametrize(
    "text", ["", "abc", "1.23", "1,5", "1..234", "12.34.567", "١٢a", "1e3", "--1", "0x10"]
)
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    """Nothing is guessed at."""
    with pytest.raises(NumberFormatError):
        parse_integer(text)


@pytest.mark.parametrize(
    ("text", "value"), [("82,66", "82.66"), ("1.234,5", "1234.5"), ("7", "7"), ("1.234.567", "1234567")]
)
def test_decimals_are_read_with_a_comma(text: str, value: str) -> None:
    """The comma is the decimal sign."""
    assert parse_decimal(text) == Decimal(value)


@pytest.mark.parametrize("text", ["1.5", "82.66", "1.234", "1,2,3", "", "x"])
def test_a_dot_that_may_mean_either_is_refused(text: str) -> None:
    """ "1.234" in a decimal field might be 1,234 or 1234: the person is asked."""
    with pytest.raises(NumberFormatError):
        parse_decimal(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1234567"), "1.234.567"),
        (Decimal("82.665"), "82,67"),
        (Decimal("3.50"), "3,5"),
        (Decimal(0), "0"),
        (Decimal(10) ** 15, "1.000.000.000.000.000"),
        (Decimal("-1.5"), "-1,5"),
    ],
)
def test_numbers_are_written_without_needless_zeros(value: Decimal, text: str) -> None:
    """Rounded half up to two places at the end only."""
    assert format_number(value) == text


def test_shares_are_written_as_percent() -> None:
    """No blank before the sign."""
    assert (format_share(0.8266), format_share(0.87), format_share(1)) == ("82,66%", "87%", "100%")
    assert format_decimal(Decimal("1234.5")) == "1.234,50"


def test_headings_are_numbered_as_long_as_there_are_headings() -> None:
    """A province has more districts than a row of twelve numerals."""
    assert [roman(number) for number in (1, 4, 9, 12, 13, 21, 40, 1994)] == [
        "I", "IV", "IX", "XII", "XIII", "XXI", "XL", "MCMXCIV"]


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_what_was_written_is_read_back(value: int) -> None:
    """Writing and reading are inverse."""
    assert parse_integer(format_integer(value)) == value
