"""What the Office decides of odd sheets, with its line in the trail. Nothing here commits."""

from datetime import datetime

from sqlalchemy.orm import Session

from models.event import Subject
from models.permission import Viewer
from services.sheet.exclude import exclude, flag_duplicates, include
from services.trail import record


def exclude_sheet(session: Session, sheet_id: int, reason: str, *, place_id: int, unit_id: int, viewer: Viewer,
                  now: datetime) -> bool:
    """Leave a sheet out of every result, with a reason. False when it is out already.

    The trail names place and reason, never the sheet: its key stays unlinked from times and people.
    """
    if not exclude(session, sheet_id, reason):
        return False
    record(session, at=now, viewer=viewer, subject=Subject.PLACE, subject_id=place_id, action="exclude-sheet",
           unit_id=unit_id, reason=reason)
    return True


def include_sheet(session: Session, sheet_id: int, reason: str, *, place_id: int, unit_id: int, viewer: Viewer,
                  now: datetime) -> bool:
    """Let a sheet count again, with a reason. False when it counts already."""
    if not include(session, sheet_id):
        return False
    record(session, at=now, viewer=viewer, subject=Subject.PLACE, subject_id=place_id, action="include-sheet",
           unit_id=unit_id, reason=reason)
    return True


def look_through(session: Session, round_id: int, *, viewer: Viewer, now: datetime) -> int:
    """Mark sheets of a round that are alike or came in bursts; how many were marked."""
    count = flag_duplicates(session, round_id)
    record(session, at=now, viewer=viewer, subject=Subject.ROUND, subject_id=round_id, action="flag",
           detail={"count": count})
    return count


__all__ = ["exclude_sheet", "include_sheet", "look_through"]
