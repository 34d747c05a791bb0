"""Changing what is dated about a unit: the old row ends, a new one begins (product law 8)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.event import Subject
from models.permission import Viewer
from models.unit import Unit, UnitHead, UnitName, UnitParent
from services.trail import record

DatedRow = TypeVar("DatedRow", UnitName, UnitParent, UnitHead)


class LaterChangeError(ValueError):
    """A change that begins later is already recorded; ``from_day`` is its day."""

    def __init__(self, from_day: date) -> None:
        """Hold the day of the later change."""
        super().__init__(f"a later change begins on {from_day}")
        self.from_day = from_day


def change_dated(session: Session, kind: type[DatedRow], unit_id: int, from_day: date,
                 values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Let ``values`` hold from ``from_day`` on; returns before and after of what differs. Does not commit.

    A row that begins on that very day is mended in place. Raises LaterChangeError if one begins after it.
    """
    rows = list(session.scalars(select(kind).where(kind.unit_id == unit_id).order_by(kind.valid_from)))
    if rows and rows[-1].valid_from > from_day:
        raise LaterChangeError(rows[-1].valid_from)
    last = rows[-1] if rows and rows[-1].covers(from_day) else None
    before = {name: getattr(last, name) if last is not None else None for name in values}
    changes = {name: [before[name], value] for name, value in values.items() if before[name] != value}
    if not changes:
        return {}
    if last is not None and last.valid_from == from_day:
        for name, value in values.items():
            setattr(last, name, value)
        return changes
    if last is not None:
        last.valid_to = from_day
        session.flush()
    session.add(kind(unit_id=unit_id, valid_from=from_day, **values))
    return changes


def end_dated(session: Session, kind: type[DatedRow], unit_id: int, last_day: date) -> None:
    """Let what holds on ``last_day`` end the day before it. Does not commit."""
    for row in session.scalars(select(kind).where(kind.unit_id == unit_id, kind.covering(last_day))):
        if row.valid_from == last_day:
            session.delete(row)
        else:
            row.valid_to = last_day


def later_changes(session: Session, day: date) -> dict[int, date]:
    """Units of which a name, parent or head begins after ``day``: id → the first such day. Three queries."""
    found: dict[int, date] = {}
    for kind in (UnitName, UnitParent, UnitHead):
        rows = session.execute(select(kind.unit_id, kind.valid_from).where(kind.valid_from > day))
        for unit_id, begins in rows:
            found[unit_id] = min(begins, found.get(unit_id, begins))
    return found


def change_head(session: Session, unit_id: int, *, full_name: str, position: str, from_day: date,
                now: datetime, viewer: Viewer | None) -> bool:
    """Record who heads a unit from a day on; False when that is how it was. Does not commit.

    Raises LaterChangeError.
    """
    values = {"full_name": full_name, "position": position}
    changes = change_dated(session, UnitHead, unit_id, from_day, values)
    if not changes:
        return False
    record(session, at=now, viewer=viewer, subject=Subject.UNIT, subject_id=unit_id, unit_id=unit_id,
           action="change_head", detail={**changes, "from_day": from_day.isoformat()})
    return True


def change_marks(session: Session, unit_id: int, values: Mapping[str, str], *, now: datetime,
                 viewer: Viewer | None) -> bool:
    """Set what is not dated (symbol, place, district); False when nothing differs. Does not commit."""
    unit = session.get_one(Unit, unit_id)
    before = {name: getattr(unit, name) for name in values}
    changes = {name: [before[name], value] for name, value in values.items() if before[name] != value}
    for name, value in values.items():
        setattr(unit, name, value)
    if changes:
        record(session, at=now, viewer=viewer, subject=Subject.UNIT, subject_id=unit_id, unit_id=unit_id,
               action="change_marks", detail=changes)
    return bool(changes)
