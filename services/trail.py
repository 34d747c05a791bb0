"""Writing the trail of who did what (product law 11)."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models.event import Event, Subject
from models.permission import Viewer


def record(session: Session, *, at: datetime, viewer: Viewer | None, subject: Subject, subject_id: int, action: str,
           unit_id: int | None = None, reason: str = "", detail: dict[str, Any] | None = None) -> Event:
    """Add one event; ``viewer`` None is the portal itself or a command. Does not commit."""
    event = Event(
        at=at, account_id=viewer.account_id if viewer else None, actor=viewer.name if viewer else "",
        unit_id=unit_id, subject_kind=subject, subject_id=subject_id, action=action, reason=reason.strip(),
        detail=detail or {},
    )
    session.add(event)
    return event
