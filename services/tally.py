"""The tallies of paper sheets that units bring in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.event import Subject
from models.permission import Viewer
from models.satisfaction import LevelCounts
from models.survey import SurveyAnswerCount, SurveyTally
from services.trail import record


class TallyTokenTakenError(Exception):
    """The form's token made a tally already, in another request at the same time."""


@dataclass(frozen=True)
class TallyInput:
    """A tally as a checked form gives it."""

    collected_from: date
    collected_to: date
    sheet_count: int
    note: str
    answers: Mapping[int, LevelCounts]
    """Counts by question id; each adds up to ``sheet_count``."""


def add_tally(session: Session, given: TallyInput, *, unit_id: int, programme_id: int, questionnaire_id: int,
              form_token: str, viewer: Viewer | None, now: datetime, round_id: int | None = None) -> SurveyTally:
    """Bring in a bundle of paper sheets, of a round or outside any.

    Raises TallyTokenTakenError when the token was used meanwhile.
    Raises ValueError when a question does not account for every sheet. Does not commit.
    """
    tally = SurveyTally(
        unit_id=unit_id, programme_id=programme_id, questionnaire_id=questionnaire_id, round_id=round_id,
        form_token=form_token, created_at=now, changed_at=now, revision=1, answers=[],
        created_by_id=viewer.account_id if viewer else None)
    _fill(tally, given)
    try:
        with session.begin_nested():
            session.add(tally)
            session.flush()
    except IntegrityError as error:
        if session.scalar(select(SurveyTally.id).where(SurveyTally.form_token == form_token)) is None:
            raise
        raise TallyTokenTakenError(form_token) from error
    _note(session, tally, "create", viewer, now)
    return tally


def change_tally(session: Session, tally: SurveyTally, given: TallyInput, *, viewer: Viewer | None,
                 now: datetime) -> bool:
    """Change a tally that was loaded with its answers. False when nothing differs. Does not commit."""
    before = _describe(tally)
    _fill(tally, given)
    after = _describe(tally)
    changed = {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}
    if not changed:
        return False
    tally.revision += 1
    tally.changed_at = now
    _note(session, tally, "change", viewer, now, {"fields": changed})
    return True


def remove_tally(session: Session, tally: SurveyTally, *, viewer: Viewer | None, now: datetime) -> bool:
    """Take a tally out; it counts nowhere and can be put back. False when it is out already. Does not commit."""
    if tally.removed_at is not None:
        return False
    tally.removed_at = tally.changed_at = now
    _note(session, tally, "remove", viewer, now)
    return True


def restore_tally(session: Session, tally: SurveyTally, *, viewer: Viewer | None, now: datetime) -> bool:
    """Put a tally back. False when it was not out. Does not commit."""
    if tally.removed_at is None:
        return False
    tally.removed_at, tally.changed_at = None, now
    _note(session, tally, "restore", viewer, now)
    return True


def _note(session: Session, tally: SurveyTally, action: str, viewer: Viewer | None, now: datetime,
          detail: dict[str, Any] | None = None) -> None:
    """Write a line of the trail."""
    record(session, at=now, viewer=viewer, subject=Subject.SURVEY, subject_id=tally.id, action=action,
           unit_id=tally.unit_id, detail=detail)


def _fill(tally: SurveyTally, given: TallyInput) -> None:
    """Put what was given into the row. Raises ValueError for a question whose counts do not add up."""
    tally.collected_from, tally.collected_to = given.collected_from, given.collected_to
    tally.sheet_count, tally.note = given.sheet_count, given.note
    present = {row.question_id: row for row in tally.answers}
    for question_id, counts in given.answers.items():
        if counts.total != given.sheet_count:
            raise ValueError(f"question {question_id}: {counts.total} of {given.sheet_count} sheets accounted for")
        row = present.setdefault(question_id, SurveyAnswerCount(question_id=question_id))
        row.level_1, row.level_2, row.level_3, row.level_4, row.level_5 = counts.levels
        row.not_applicable, row.blank = counts.not_applicable, counts.blank
    tally.answers = [present[question_id] for question_id in given.answers]


def _describe(tally: SurveyTally) -> dict[str, Any]:
    """A tally with its answers in plain values, for the trail's before and after."""
    return {
        "collected_from": tally.collected_from.isoformat(), "collected_to": tally.collected_to.isoformat(),
        "sheet_count": tally.sheet_count, "note": tally.note,
        "answers": {str(row.question_id): [*row.levels, row.not_applicable, row.blank]
                    for row in sorted(tally.answers, key=lambda row: row.question_id)},
    }


__all__ = ["TallyInput", "TallyTokenTakenError", "add_tally", "change_tally",
           "remove_tally", "restore_tally"]
