"""What the Office decides of a sheet: that it does not count, and that it counts again; and what is odd about many."""

from collections.abc import Iterable
from datetime import date
from statistics import median

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models.codebook import BLANK, NOT_ASKED
from models.sheet import SurveySheet
from models.survey import SurveyPlace
from services import survey_count

FEWEST_EQUAL = 6
"""Sheets alike to the last answer, at one place on one day, that are looked at (ours)."""
FEWEST_ANSWERS = 10
"""Cells with an answer from which being alike says anything (ours)."""
BURST_FROM, BURST_TIMES = 50, 5
"""A day's sheets at a place are a burst from so many on, where they are so many times its usual day (ours)."""
FEWEST_DAYS = 3
"""Days with sheets from which a place has a usual day."""


def exclude(session: Session, sheet_id: int, reason: str) -> bool:
    """Leave a sheet out of every result, with a reason; False where it is out already or not there.

    Raises ValueError without a reason. Adjusts what was counted in the same transaction; does not commit.
    """
    if not reason.strip():
        raise ValueError("a sheet is left out for a reason")
    sheet = _locked(session, sheet_id)
    if sheet is None or sheet.excluded_reason:
        return False
    survey_count.adjust(session, sheet, -1)
    sheet.excluded_reason = reason.strip()
    session.flush()
    return True


def include(session: Session, sheet_id: int) -> bool:
    """Let a sheet count again; False where it counts already or is not there. Does not commit."""
    sheet = _locked(session, sheet_id)
    if sheet is None or not sheet.excluded_reason:
        return False
    survey_count.adjust(session, sheet, +1)
    sheet.excluded_reason = ""
    session.flush()
    return True


def flag_duplicates(session: Session, round_id: int) -> int:
    """Mark a round's runs of equal sheets ("same") and days with unusually many ("burst"); how many were marked now.

    Marks are added and never taken away: sheets do not become less alike. Does not commit.
    """
    places = select(SurveyPlace.id).where(SurveyPlace.round_id == round_id).scalar_subquery()
    of_round = SurveySheet.place_id.in_(places)
    equal = session.execute(
        select(SurveySheet.place_id, SurveySheet.answered_on, SurveySheet.choices).where(of_round)
        .group_by(SurveySheet.place_id, SurveySheet.answered_on, SurveySheet.choices)
        .having(func.count() >= FEWEST_EQUAL)).all()
    marked = 0
    for place_id, day, choices in equal:
        if _answers(choices) >= FEWEST_ANSWERS:
            marked += _mark(session, place_id, day, "same", choices)
    days = session.execute(
        select(SurveySheet.place_id, SurveySheet.answered_on, func.count()).where(of_round)
        .group_by(SurveySheet.place_id, SurveySheet.answered_on)).all()
    for place_id, day in _bursts((place, day, number) for place, day, number in days):
        marked += _mark(session, place_id, day, "burst")
    return marked


def _locked(session: Session, sheet_id: int) -> SurveySheet | None:
    """A sheet that nobody else changes or counts meanwhile."""
    statement = select(SurveySheet).where(SurveySheet.id == sheet_id).with_for_update()
    return session.scalars(statement.execution_options(populate_existing=True)).one_or_none()


def _answers(choices: bytes) -> int:
    """How many cells of a sheet hold an answer."""
    return len(choices) - choices.count(BLANK) - choices.count(NOT_ASKED)


def _bursts(days: Iterable[tuple[int, date, int]]) -> list[tuple[int, date]]:
    """Places and days with far more sheets than the place's usual day."""
    by_place: dict[int, list[tuple[date, int]]] = {}
    for place_id, day, number in days:
        by_place.setdefault(place_id, []).append((day, number))
    return [(place_id, day) for place_id, found in by_place.items() if len(found) >= FEWEST_DAYS
            for day, number in found
            if number >= BURST_FROM and number >= BURST_TIMES * median(count for _, count in found)]


def _mark(session: Session, place_id: int, day: date, mark: str, choices: bytes | None = None) -> int:
    """Add a mark to the sheets of a place and day that do not bear it yet; how many there were."""
    statement = update(SurveySheet).where(
        SurveySheet.place_id == place_id, SurveySheet.answered_on == day, ~SurveySheet.suspicion.contains(mark))
    if choices is not None:
        statement = statement.where(SurveySheet.choices == choices)
    marked = statement.values(suspicion=func.trim(SurveySheet.suspicion + f" {mark}")).returning(SurveySheet.id)
    return len(session.scalars(marked.execution_options(synchronize_session=False)).all())
