"""Opening survey rounds, changing them, and the units that take part. Nothing here commits."""

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, func, insert, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.event import Subject
from models.permission import Viewer
from models.questionnaire import Questionnaire
from models.sheet import SurveySheet
from models.survey import PLACE_ALPHABET, SurveyAudience, SurveyPlace, SurveyRound, SurveyTally
from services.trail import record

PLACE_CODE_LENGTH = 8
_ATTEMPTS = 5


class RoundTokenTakenError(Exception):
    """The form's token made a round already, in another request at the same time."""


class RoundFixedError(Exception):
    """Sheets have arrived, so what is asked and of whom can no longer change."""


@dataclass(frozen=True)
class RoundInput:
    """A round as a checked form gives it; questionnaire and audience None leave what stands."""

    title: str
    host: str
    contact: str
    opens_on: date
    closes_on: date
    questionnaire_id: int | None = None
    audience: SurveyAudience | None = None


def add_round(session: Session, given: RoundInput, *, programme_id: int, year: int, form_token: str,
              viewer: Viewer | None, now: datetime) -> SurveyRound:
    """Write a round down under the next free code of its kind ("2023-HL-3").

    Raises RoundTokenTakenError when the form was sent at the same time by another request.
    """
    asked = session.get_one(Questionnaire, given.questionnaire_id)
    for attempt in range(_ATTEMPTS):
        made = SurveyRound(
            code=next_round_code(session, year, asked.code, skip=attempt), programme_id=programme_id,
            questionnaire_id=asked.id, title=given.title, audience=given.audience or SurveyAudience.PEOPLE,
            host=given.host, contact=given.contact, opens_on=given.opens_on, closes_on=given.closes_on,
            created_at=now, created_by_id=viewer.account_id if viewer else None, form_token=form_token, revision=1)
        try:
            with session.begin_nested():
                session.add(made)
                session.flush()
        except IntegrityError as error:
            if session.scalar(select(SurveyRound.id).where(SurveyRound.form_token == form_token)) is not None:
                raise RoundTokenTakenError(form_token) from error
            if attempt == _ATTEMPTS - 1:
                raise
            continue
        break
    _note(session, made, "create", viewer, now, detail={"after": _describe(made)})
    return made


def next_round_code(session: Session, year: int, questionnaire_code: str, skip: int = 0) -> str:
    """The next code of a year and kind: "2023-HL-3" after "2023-HL-2" for questionnaire "HL-TTHC"."""
    start = f"{year}-{questionnaire_code.partition('-')[0] or 'KS'}-"
    codes = session.scalars(select(SurveyRound.code).where(SurveyRound.code.startswith(start, autoescape=True)))
    numbers = [int(match[1]) for code in codes if (match := re.fullmatch(re.escape(start) + r"(\d{1,6})", code))]
    return f"{start}{max(numbers, default=0) + 1 + skip}"


def has_answers(session: Session, round_id: int) -> bool:
    """Whether anything came in: a sheet or a tally. From then on questionnaire and audience stand."""
    sheet = select(SurveySheet.id).join(SurveyPlace, SurveyPlace.id == SurveySheet.place_id).where(
        SurveyPlace.round_id == round_id)
    tally = select(SurveyTally.id).where(SurveyTally.round_id == round_id)
    return bool(session.scalar(select(or_(exists(sheet), exists(tally)))))


def change_round(session: Session, row: SurveyRound, given: RoundInput, *, viewer: Viewer | None,
                 now: datetime) -> bool:
    """Change a round. False when nothing differs.

    Raises RoundFixedError when sheets came in and questionnaire or audience would change.
    """
    before = _describe(row)
    wanted = (given.questionnaire_id or row.questionnaire_id, given.audience or row.audience)
    if wanted != (row.questionnaire_id, row.audience):
        if has_answers(session, row.id):
            raise RoundFixedError(row.code)
        row.questionnaire_id, row.audience = wanted
    row.title, row.host, row.contact = given.title, given.host, given.contact
    row.opens_on, row.closes_on = given.opens_on, given.closes_on
    after = _describe(row)
    changed = {name: [before[name], value] for name, value in after.items() if before[name] != value}
    if not changed:
        return False
    row.revision += 1
    _note(session, row, "change", viewer, now, detail={"fields": changed})
    return True


def close_round(session: Session, row: SurveyRound, reason: str, *, viewer: Viewer | None, now: datetime) -> bool:
    """Take no more answers, before the last day. False when it is closed already."""
    if row.closed_at is not None:
        return False
    row.closed_at = now
    row.revision += 1
    _note(session, row, "close", viewer, now, reason=reason)
    return True


def reopen_round(session: Session, row: SurveyRound, reason: str, *, viewer: Viewer | None, now: datetime) -> bool:
    """Take answers again, within its days. False when it was not closed by hand."""
    if row.closed_at is None:
        return False
    row.closed_at = None
    row.revision += 1
    _note(session, row, "reopen", viewer, now, reason=reason)
    return True


def add_places(session: Session, row: SurveyRound, populations: Mapping[int, int | None], *, viewer: Viewer | None,
               now: datetime) -> int:
    """Add units, by id, with their numbers of people; how many are new. Those in the round stay as they are."""
    present = set(session.scalars(select(SurveyPlace.unit_id).where(SurveyPlace.round_id == row.id)))
    added = [unit_id for unit_id in populations if unit_id not in present]
    if added:
        codes = new_place_codes(session, len(added))
        session.execute(insert(SurveyPlace), [
            {"round_id": row.id, "unit_id": unit_id, "code": code, "population": populations[unit_id]}
            for unit_id, code in zip(added, codes, strict=True)])
        _note(session, row, "add-places", viewer, now, detail={"count": len(added)})
    return len(added)


def new_place_codes(session: Session, count: int) -> list[str]:
    """As many public addresses as asked for, none of them in use; eight random signs are not guessed."""
    found: set[str] = set()
    while len(found) < count:
        found |= {"".join(secrets.choice(PLACE_ALPHABET) for _place in range(PLACE_CODE_LENGTH))
                  for _missing in range(count - len(found))}
        found -= set(session.scalars(select(SurveyPlace.code).where(SurveyPlace.code.in_(found))))
    return list(found)


def set_populations(session: Session, row: SurveyRound, populations: Mapping[int, int | None], *,
                    viewer: Viewer | None, now: datetime) -> int:
    """Write how many people there are, by unit id; how many places changed. Units outside the round are passed over."""
    changed = {}
    for place in _places(session, row.id, populations):
        if place.population != populations[place.unit_id]:
            changed[place.code] = [place.population, populations[place.unit_id]]
            place.population = populations[place.unit_id]
    if changed:
        _note(session, row, "populations", viewer, now, detail={"places": changed})
    return len(changed)


def withdraw_place(session: Session, place: SurveyPlace, reason: str, *, viewer: Viewer | None, now: datetime) -> bool:
    """Take a unit out of the round: its address takes nothing more, its sheets stay. False when it is out."""
    if place.withdrawn_at is not None:
        return False
    place.withdrawn_at = now
    _note_place(session, place, "withdraw", viewer, now, reason)
    return True


def restore_place(session: Session, place: SurveyPlace, reason: str, *, viewer: Viewer | None, now: datetime) -> bool:
    """Take a unit into the round again. False when it is in."""
    if place.withdrawn_at is None:
        return False
    place.withdrawn_at = None
    _note_place(session, place, "restore", viewer, now, reason)
    return True


def _places(session: Session, round_id: int, unit_ids: Iterable[int]) -> Iterable[SurveyPlace]:
    """The places of some units in a round."""
    return session.scalars(select(SurveyPlace).where(
        SurveyPlace.round_id == round_id, SurveyPlace.unit_id.in_(list(unit_ids))))


def _note(session: Session, row: SurveyRound, action: str, viewer: Viewer | None, now: datetime, *, reason: str = "",
          detail: dict[str, Any] | None = None) -> None:
    """Write a line of the round's trail."""
    record(session, at=now, viewer=viewer, subject=Subject.ROUND, subject_id=row.id, action=action, reason=reason,
           detail=detail)


def _note_place(session: Session, place: SurveyPlace, action: str, viewer: Viewer | None, now: datetime,
                reason: str) -> None:
    """Write a line of the place's trail, which its round shows too."""
    record(session, at=now, viewer=viewer, subject=Subject.PLACE, subject_id=place.id, action=action,
           unit_id=place.unit_id, reason=reason)


def _describe(row: SurveyRound) -> dict[str, Any]:
    """A round in plain values, for the trail's before and after."""
    return {
        "title": row.title, "questionnaire_id": row.questionnaire_id, "audience": row.audience.value,
        "host": row.host, "contact": row.contact, "opens_on": row.opens_on.isoformat(),
        "closes_on": row.closes_on.isoformat(),
    }


def count_places(session: Session, round_id: int) -> int:
    """Units that take part."""
    return session.scalar(select(func.count()).select_from(SurveyPlace).where(
        SurveyPlace.round_id == round_id, SurveyPlace.withdrawn_at.is_(None))) or 0


__all__ = ["RoundFixedError", "RoundInput", "RoundTokenTakenError", "add_places", "add_round", "change_round",
           "close_round", "count_places", "has_answers", "new_place_codes", "next_round_code", "reopen_round",
           "restore_place", "set_populations", "withdraw_place"]
