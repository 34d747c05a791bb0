"""Freezing a unit's plan as it stands."""

from datetime import date

from sqlalchemy.orm import Session

from models.submission import Submission
from services.submission import FrozenContent


def freeze_plan(session: Session, submission: Submission, on: date) -> FrozenContent:
    """The plan as it stands now, with what stands in the way of sending it. Reads only."""
    raise NotImplementedError
