"""The trail of one thing, as its timeline shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.event import Event, Subject


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One event; ``who`` is empty for what the portal or a command did."""

    at: datetime
    who: str
    action: str
    reason: str
    detail: Mapping[str, Any]


def list_trail(session: Session, subject: Subject, subject_id: int) -> list[TrailLine]:
    """Everything that happened to one thing, newest first. Not scoped. One query."""
    rows = session.execute(
        select(Event.at, Event.actor, Event.action, Event.reason, Event.detail)
        .where(Event.subject_kind == subject, Event.subject_id == subject_id)
        .order_by(Event.at.desc(), Event.id.desc())
    )
    return [TrailLine(*row) for row in rows]
