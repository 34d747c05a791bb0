"""Days and moments in Vietnam: written as offices write them, decided in one time zone."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_DAY = re.compile(r"^\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})\s*$")
_BARE_DAY = re.compile(r"^\s*(\d{2})(\d{2})(\d{4})\s*$")


class DayFormatError(ValueError):
    """A text is not a day as "30/05/2023"."""


def parse_day(text: str) -> date:
    """Read "30/5/2023" (also with dots or dashes), "30052023" or "2023-05-30". Raises DayFormatError.

    A phone's keyboard of digits has no slash.
    """
    match = _DAY.match(text) or _BARE_DAY.match(text)
    try:
        if match:
            return date(int(match[3]), int(match[2]), int(match[1]))
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise DayFormatError(text) from error


def format_day(day: date) -> str:
    """Write a day as "30/05/2023"."""
    return f"{day:%d/%m/%Y}"


def format_long_day(day: date) -> str:
    """Write a day as Decree 30 wants it: "ngày 05 tháng 02 năm 2023", "ngày 30 tháng 5 năm 2023".

    Days below 10 and the months 1 and 2 carry a zero (annex I, II.4).
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def format_document_day(day: date) -> str:
    """Write a day as documents do within a sentence: "25/5/2023", "05/02/2023" (zeros as in the long form)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day:%d}/{month}/{day.year}"


def format_span(first: date, last: date | None) -> str:
    """Write a span shortly: "06/03/2023", "06-08/03/2023", "28/02-03/03/2023"."""
    if last is None or last == first:
        return format_day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%d}-{format_day(last)}"
    if first.year == last.year:
        return f"{first:%d/%m}-{format_day(last)}"
    return f"{format_day(first)}-{format_day(last)}"


def local_day(moment: datetime) -> date:
    """The calendar day of an aware ``moment`` in Vietnam."""
    return moment.astimezone(LOCAL_ZONE).date()


def format_moment(moment: datetime) -> str:
    """Write an aware moment as "10:32 ngày 30/05/2023"."""
    local = moment.astimezone(LOCAL_ZONE)
    return f"{local:%H:%M} ngày {local:%d/%m/%Y}"


def start_of_day(day: date) -> datetime:
    """The first moment of ``day`` in Vietnam, as an aware moment in UTC."""
    return datetime.combine(day, time(), LOCAL_ZONE).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """The first moment after ``day`` in Vietnam, as an aware moment in UTC."""
    return start_of_day(day + timedelta(days=1))
