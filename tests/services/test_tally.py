"""A tally accounts for every sheet."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from core.clock import clock
from models.programme import Programme
from models.satisfaction import LevelCounts
from queries.questionnaire import latest_questionnaire
from queries.tally import find_tally, pooled_answers
from services.tally import (
    TallyInput,
    TallyTokenTakenError,
    add_tally,
    change_tally,
    remove_tally,
    restore_tally,
)
from tests.support.factories import make_unit
from tests.support.survey import make_questionnaire


def arranged(session: Session) -> dict[str, int]:
    """A unit, a programme and the questionnaire, as add_tally wants them."""
    programme = Programme(year=2023, title="Chương trình", agency="SỞ", parent_agency="UBND TỈNH")
    session.add(programme)
    session.flush()
    return {"unit_id": make_unit(session).id, "programme_id": programme.id,
            "questionnaire_id": make_questionnaire(session).id}


def given(session: Session, counts: LevelCounts, sheets: int, last: date = date(2023, 5, 12)) -> TallyInput:
    """The same counts for every question."""
    questionnaire = latest_questionnaire(session)
    assert questionnaire is not None
    answers = {question.id: counts for question in questionnaire.questions}
    return TallyInput(date(2023, 5, 10), last, sheets, "", answers)


def test_a_question_that_does_not_account_for_every_sheet_is_refused(db_session: Session) -> None:
    where = arranged(db_session)
    with pytest.raises(ValueError, match="9 of 10"):
        add_tally(db_session, given(db_session, LevelCounts((9, 0, 0, 0, 0)), 10), form_token="t", viewer=None,
                  now=clock.now(), **where)


def test_one_token_makes_one_tally(db_session: Session) -> None:
    where = arranged(db_session)
    ten = given(db_session, LevelCounts((0, 0, 0, 4, 6)), 10)
    add_tally(db_session, ten, form_token="t", viewer=None, now=clock.now(), **where)
    with pytest.raises(TallyTokenTakenError):
        add_tally(db_session, ten, form_token="t", viewer=None, now=clock.now(), **where)


def test_pooled_answers_count_by_the_last_day_and_without_what_was_removed(db_session: Session) -> None:
    where = arranged(db_session)
    counts = [(LevelCounts((1, 0, 1, 4, 4)), 10, date(2023, 5, 12)), (LevelCounts((0, 0, 0, 0, 5), blank=1), 6,
              date(2023, 5, 29)), (LevelCounts((9, 0, 0, 0, 0)), 9, date(2023, 5, 30))]
    made = [
        add_tally(db_session, given(db_session, *row), form_token=f"t{number}", viewer=None, now=clock.now(), **where)
        for number, row in enumerate(counts)
    ]

    def pooled() -> tuple[int, ...]:
        found = pooled_answers(db_session, unit_ids=[where["unit_id"]], programme_id=where["programme_id"],
                               first_day=date(2022, 12, 1), last_day=date(2023, 5, 29))[where["unit_id"]]
        return (found.tallies, found.sheets, found.satisfied, found.valid, found.points)

    assert pooled() == (2, 16, 13, 15, 1 + 3 + 16 + 20 + 25)
    assert remove_tally(db_session, made[1], viewer=None, now=clock.now())
    assert not remove_tally(db_session, made[1], viewer=None, now=clock.now())
    assert pooled() == (1, 10, 8, 10, 40)
    assert restore_tally(db_session, made[1], viewer=None, now=clock.now())
    assert pooled()[:2] == (2, 16)


def test_a_change_is_told_once_and_nothing_is_told_when_nothing_changed(db_session: Session) -> None:
    where = arranged(db_session)
    made = add_tally(db_session, given(db_session, LevelCounts((0, 0, 0, 4, 6)), 10), form_token="t", viewer=None,
                     now=clock.now(), **where)
    db_session.flush()
    tally = find_tally(db_session, made.id)
    assert tally is not None
    assert not change_tally(db_session, tally, given(db_session, LevelCounts((0, 0, 0, 4, 6)), 10), viewer=None,
                            now=clock.now())
    assert change_tally(db_session, tally, given(db_session, LevelCounts((0, 0, 1, 3, 6)), 10), viewer=None,
                        now=clock.now())
    assert tally.revision == 2
