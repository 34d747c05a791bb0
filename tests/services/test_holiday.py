"""The product's own calendar."""

import csv
from datetime import date

import pytest
from sqlalchemy.orm import Session

from models.deadline import add_working_days
from queries.holiday import list_holidays, read_holidays
from services.holiday import FILE, load_holidays


def test_the_calendar_loads_once(db_session: Session) -> None:
    count = load_holidays(db_session)
    assert count == len(FILE.read_text(encoding="utf-8").splitlines()) - 1
    assert load_holidays(db_session) == 0
    assert {row.day.year for year in (2023, 2024, 2025, 2026) for row in list_holidays(db_session, year)} == {
        2023, 2024, 2025, 2026}


def test_every_day_says_by_what_right_and_days_worked_instead_are_weekend_days() -> None:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    days = [date.fromisoformat(row["day"]) for row in rows]
    assert days == sorted(set(days))
    assert all(row["source"] and row["name"] for row in rows)
    assert all(day.weekday() >= 5 for day, row in zip(days, rows, strict=True) if row["kind"] == "make_up")


@pytest.mark.parametrize(("day", "count", "expected"), [
    (date(2023, 4, 28), 1, date(2023, 5, 4)),  # Giỗ Tổ, 30/4 and 1/5 with two days for the weekend
    (date(2023, 1, 19), 3, date(2023, 1, 31)),  # Tết Quý Mão
    (date(2024, 5, 3), 1, date(2024, 5, 4)),  # a Saturday worked for 29/4
    (date(2026, 2, 13), 1, date(2026, 2, 23)),  # Tết Bính Ngọ
])
def test_working_days_of_known_years(db_session: Session, day: date, count: int, expected: date) -> None:
    load_holidays(db_session)
    assert add_working_days(day, count, read_holidays(db_session)) == expected
