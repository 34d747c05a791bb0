"""Batches of single-use codes: made, printed once, withdrawn. Nothing here commits."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.event import Subject
from models.permission import Viewer
from models.sheet import SurveyCode
from models.survey import SurveyPlace
from services.sheet import make_codes, withdraw_batch
from services.trail import record


class BatchTakenError(Exception):
    """The batch was made already: its codes were shown then and are shown to nobody again."""


def next_batch(session: Session, place_id: int) -> int:
    """The number of the batch that would be made next."""
    return (session.scalar(select(func.max(SurveyCode.batch)).where(SurveyCode.place_id == place_id)) or 0) + 1


def make_batch(session: Session, place: SurveyPlace, count: int, batch: int, *, viewer: Viewer,
               now: datetime) -> list[str]:
    """Make a batch of codes, to be shown this once; the trail says how many. Raises BatchTakenError."""
    session.execute(select(SurveyPlace.id).where(SurveyPlace.id == place.id).with_for_update())
    if batch != next_batch(session, place.id):
        raise BatchTakenError(batch)
    codes = make_codes(session, place, count, batch)
    _note(session, place, "make-codes", count, batch, viewer, now)
    return codes


def take_batch_back(session: Session, place: SurveyPlace, batch: int, *, viewer: Viewer, now: datetime) -> int:
    """Withdraw the codes of a batch that nobody used; how many there were."""
    count = withdraw_batch(session, place.id, batch)
    if count:
        _note(session, place, "withdraw-codes", count, batch, viewer, now)
    return count


def _note(session: Session, place: SurveyPlace, action: str, count: int, batch: int, viewer: Viewer,
          now: datetime) -> None:
    """Write a line of the place's trail."""
    record(session, at=now, viewer=viewer, subject=Subject.PLACE, subject_id=place.id, action=action,
           unit_id=place.unit_id, detail={"count": count, "batch": batch})


__all__ = ["BatchTakenError", "make_batch", "next_batch", "take_batch_back"]
