"""Requirements and single obligations as the Office manages them."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.text import fold
from models.permission import Action, Viewer
from models.requirement import Obligation, Requirement
from queries.obligation import ObligationLine, list_obligations


def find_requirement(session: Session, code: str) -> Requirement | None:
    """A requirement by code, or None."""
    return session.scalar(select(Requirement).where(Requirement.code == code))


def requirement_code(session: Session, requirement_id: int) -> str | None:
    """The code of a requirement, or None."""
    return session.scalar(select(Requirement.code).where(Requirement.id == requirement_id))


def requirement_lines(session: Session, viewer: Viewer, requirement: Requirement, *, on: date, now: datetime,
                      search: str = "") -> list[ObligationLine]:
    """The obligations of one requirement, by unit name, found with or without marks. One query."""
    lines = list_obligations(session, viewer, on=on, now=now, requirement_ids=[requirement.id], units_only=False,
                             action=Action.PROGRAMME_MANAGE)
    words = fold(search).split()
    return [line for line in lines if all(word in fold(line.unit_name) for word in words)]


def find_line(session: Session, viewer: Viewer, obligation_id: int, *, on: date,
              now: datetime) -> ObligationLine | None:
    """One obligation in the viewer's scope, or None."""
    lines = list_obligations(session, viewer, on=on, now=now, units_only=False, action=Action.PROGRAMME_MANAGE,
                             where=Obligation.id == obligation_id)
    return lines[0] if lines else None
