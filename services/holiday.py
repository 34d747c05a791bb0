"""The Office's calendar: days added, taken out and put back; what hangs on working days follows."""

import csv
from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from core.dates import format_day, local_day
from core.settings import ROOT
from core.translation import _
from models.deadline import add_working_days
from models.event import Subject
from models.holiday import Holiday, HolidayKind
from models.permission import Viewer
from models.requirement import Obligation, Requirement
from models.submission import Submission
from models.workflow import Status
from queries.holiday import read_holidays
from services.trail import record

FILE = ROOT / "data" / "holidays.csv"


class HolidayError(Exception):
    """A day cannot be added so; the message says why, in Vietnamese."""


def load_holidays(session: Session) -> int:
    """Load the product's own list into a calendar that has no day yet; how many. Does not commit."""
    if session.scalar(select(exists().where(Holiday.id.is_not(None)))):
        return 0
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [Holiday(day=date.fromisoformat(row["day"]), name=row["name"], kind=HolidayKind(row["kind"]),
                        source=row["source"]) for row in csv.DictReader(file)]
    session.add_all(rows)
    session.flush()
    return len(rows)


def add_holiday(session: Session, *, day: date, name: str, kind: HolidayKind, source: str, viewer: Viewer | None,
                now: datetime) -> Holiday:
    """Add a day; one that was taken out comes back with what is said now. Raises HolidayError. Does not commit."""
    if kind is HolidayKind.MAKE_UP and day.weekday() < 5:
        raise HolidayError(_("Ngày làm bù phải là thứ Bảy hoặc Chủ nhật."))
    row = session.scalar(select(Holiday).where(Holiday.day == day))
    if row is not None and row.removed_at is None:
        raise HolidayError(_("Ngày %(day)s đã có trong lịch.", day=format_day(day)))
    if row is None:
        row = Holiday(day=day)
        session.add(row)
    row.name, row.kind, row.source, row.removed_at = name.strip(), kind, source.strip(), None
    session.flush()
    _changed(session, row, "add", viewer, now)
    return row


def remove_holiday(session: Session, row: Holiday, *, viewer: Viewer | None, now: datetime) -> None:
    """Take a day out; it can be put back. Does not commit."""
    if row.removed_at is None:
        row.removed_at = now
        _changed(session, row, "remove", viewer, now)


def restore_holiday(session: Session, row: Holiday, *, viewer: Viewer | None, now: datetime) -> None:
    """Put a day back. Does not commit."""
    if row.removed_at is not None:
        row.removed_at = None
        _changed(session, row, "restore", viewer, now)


def _changed(session: Session, row: Holiday, action: str, viewer: Viewer | None, now: datetime) -> None:
    """Write the trail and move the reviewers' clocks that run now."""
    record(session, at=now, viewer=viewer, subject=Subject.HOLIDAY, subject_id=row.id, action=action,
           detail={"day": row.day.isoformat(), "name": row.name, "kind": row.kind.value})
    session.flush()
    move_review_days(session)


def move_review_days(session: Session) -> None:
    """Count anew by when each submission that lies with a reviewer is to be dealt with. Does not commit."""
    holidays = read_holidays(session)
    rows = session.execute(
        select(Submission, Requirement.review_days)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .join(Requirement, Requirement.id == Obligation.requirement_id)
        .where(Submission.status == Status.SUBMITTED, Submission.submitted_at.is_not(None)))
    for submission, review_days in rows:
        assert submission.submitted_at is not None
        submission.review_due_on = add_working_days(local_day(submission.submitted_at), review_days, holidays)
