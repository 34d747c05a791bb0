"""Rounds: their codes, what stays fixed, the units in them, and what the trail says."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import clock
from models.event import Event, Subject
from models.programme import Programme
from models.survey import PLACE_ALPHABET, SurveyAudience, SurveyPlace, SurveyRound
from services.survey import (
    RoundFixedError,
    RoundInput,
    RoundTokenTakenError,
    add_places,
    add_round,
    change_round,
    close_round,
    has_answers,
    reopen_round,
    restore_place,
    set_populations,
    withdraw_place,
)
from tests.support.factories import make_unit
from tests.support.survey import make_place, make_questionnaire, make_sheet


@pytest.fixture
def programme(db_session: Session) -> Programme:
    """A programme of 2023."""
    made = Programme(year=2023, title="Chương trình (minh họa)", agency="Sở", parent_agency="UBND tỉnh")
    db_session.add(made)
    db_session.flush()
    return made


def given(session: Session, **others: Any) -> RoundInput:
    """A round as a form gives it."""
    fixed = {"questionnaire_id": make_questionnaire(session).id, "audience": SurveyAudience.PEOPLE}
    return RoundInput(**{"title": "Đợt (minh họa)", "host": "Sở", "contact": "", "opens_on": date(2023, 5, 1),
                         "closes_on": date(2023, 5, 31), **fixed, **others})


def make(session: Session, programme: Programme, token: str = "t-1") -> SurveyRound:
    """A round."""
    return add_round(session, given(session), programme_id=programme.id, year=2023, form_token=token, viewer=None,
                     now=clock.now())


def actions(session: Session, subject: Subject, subject_id: int) -> list[str]:
    """What the trail says happened."""
    return list(session.scalars(select(Event.action).where(
        Event.subject_kind == subject, Event.subject_id == subject_id).order_by(Event.id)))


def test_rounds_are_numbered_within_year_and_kind_and_a_token_makes_one(
        db_session: Session, programme: Programme) -> None:
    assert [make(db_session, programme, token).code for token in ("a", "b")] == ["2023-HL-1", "2023-HL-2"]
    with pytest.raises(RoundTokenTakenError):
        make(db_session, programme, "a")


def test_what_is_asked_and_of_whom_stands_once_a_sheet_came(db_session: Session, programme: Programme) -> None:
    row = make(db_session, programme)
    place = make_place(db_session, row, make_unit(db_session))
    assert not has_answers(db_session, row.id)
    assert change_round(db_session, row, given(db_session, audience=SurveyAudience.STAFF), viewer=None, now=clock.now())
    make_sheet(db_session, place)
    assert has_answers(db_session, row.id)
    with pytest.raises(RoundFixedError):
        change_round(db_session, row, given(db_session), viewer=None, now=clock.now())
    later = given(db_session, questionnaire_id=None, audience=None, closes_on=date(2023, 6, 30))
    assert change_round(db_session, row, later, viewer=None, now=clock.now())
    assert row.closes_on == date(2023, 6, 30)
    assert not change_round(db_session, row, later, viewer=None, now=clock.now())


def test_units_are_added_once_with_addresses_that_nobody_mistakes(db_session: Session, programme: Programme) -> None:
    row = make(db_session, programme)
    units = [make_unit(db_session).id for _number in range(3)]
    assert add_places(db_session, row, dict.fromkeys(units, 100), viewer=None, now=clock.now()) == 3
    assert add_places(db_session, row, dict.fromkeys(units), viewer=None, now=clock.now()) == 0
    places = db_session.scalars(select(SurveyPlace).where(SurveyPlace.round_id == row.id)).all()
    assert len({place.code for place in places}) == 3
    assert all(len(place.code) == 8 and set(place.code) <= set(PLACE_ALPHABET) for place in places)
    assert set_populations(db_session, row, {units[0]: 250, units[1]: 100}, viewer=None, now=clock.now()) == 1
    assert actions(db_session, Subject.ROUND, row.id) == ["create", "add-places", "populations"]


def test_closing_and_withdrawing_happen_once_and_can_be_taken_back(db_session: Session, programme: Programme) -> None:
    row = make(db_session, programme)
    place = make_place(db_session, row, make_unit(db_session))
    for deed, thing in ((close_round, row), (reopen_round, row), (withdraw_place, place), (restore_place, place)):
        done: Any = deed
        assert done(db_session, thing, "Vì lý do (minh họa)", viewer=None, now=clock.now())
        assert not done(db_session, thing, "Lần nữa", viewer=None, now=clock.now())
    assert (row.closed_at, place.withdrawn_at) == (None, None)
    assert actions(db_session, Subject.PLACE, place.id) == ["withdraw", "restore"]
