"""Keeping the contact particulars of units, with what they were in the trail."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from models.contact import UnitContact
from models.event import Subject
from models.permission import Viewer
from queries.contact import find_contact
from services.trail import record

FIELDS = ("address", "phone", "email", "officer")


def change_contact(session: Session, unit_id: int, given: Mapping[str, str], *, viewer: Viewer | None,
                   now: datetime) -> bool:
    """Write down how a unit is reached; False when nothing differs. Does not commit."""
    row = find_contact(session, unit_id)
    before = {name: getattr(row, name) if row is not None else "" for name in FIELDS}
    changed = {name: [before[name], given[name]] for name in FIELDS if before[name] != given[name]}
    if not changed:
        return False
    if row is None:
        row = UnitContact(unit_id=unit_id)
        session.add(row)
    for name in FIELDS:
        setattr(row, name, given[name])
    row.changed_at = now
    session.flush()
    record(session, at=now, viewer=viewer, subject=Subject.UNIT, subject_id=unit_id, action="change_contact",
           unit_id=unit_id, detail=dict(changed))
    return True
