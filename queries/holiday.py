"""Holidays as calculations and the Office's page need them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import extract, select
from sqlalchemy.orm import Session

from models.deadline import Holidays
from models.holiday import Holiday, HolidayKind


@dataclass(frozen=True, slots=True)
class HolidayLine:
    """One row of the page; a removed one can be put back."""

    id: int
    day: date
    name: str
    kind: HolidayKind
    source: str
    is_removed: bool


def read_holidays(session: Session) -> Holidays:
    """All days that are no ordinary ones. One query."""
    rows = session.execute(select(Holiday.day, Holiday.kind).where(Holiday.removed_at.is_(None))).all()
    return Holidays(
        frozenset(day for day, kind in rows if kind is HolidayKind.OFF),
        frozenset(day for day, kind in rows if kind is HolidayKind.MAKE_UP))


def list_holidays(session: Session, year: int) -> list[HolidayLine]:
    """The days of a year in order, removed ones too. One query."""
    rows = session.scalars(
        select(Holiday).where(extract("year", Holiday.day) == year).order_by(Holiday.day, Holiday.id))
    return [HolidayLine(row.id, row.day, row.name, row.kind, row.source, row.removed_at is not None) for row in rows]


def holiday_years(session: Session) -> list[int]:
    """The years that have any, in order. One query."""
    years = session.scalars(select(extract("year", Holiday.day)).distinct())
    return sorted({int(year) for year in years})
