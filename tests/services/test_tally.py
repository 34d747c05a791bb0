"""The questionnaire loads once, changes by versions, and a tally accounts for every sheet."""

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import clock
from models.programme import Programme
from models.questionnaire import Questionnaire, SurveyQuestion
from models.satisfaction import LevelCounts
from queries.questionnaire import latest_questionnaire
from queries.tally import find_tally, pooled_answers
from services.questionnaire import (
    SURVEY_FILE,
    QuestionnaireFileError,
    load_questionnaire,
    load_questionnaire_file,
)
from services.tally import (
    TallyInput,
    TallyTokenTakenError,
    add_tally,
    change_tally,
    remove_tally,
    restore_tally,
)
from tests.support.factories import make_unit

DATA: dict[str, Any] = json.loads(SURVEY_FILE.read_text(encoding="utf-8"))


def test_the_questionnaire_has_the_seventeen_scaled_questions_of_the_file(db_session: Session) -> None:
    made = load_questionnaire_file(db_session)
    questions = list(db_session.scalars(select(SurveyQuestion).where(SurveyQuestion.questionnaire_id == made.id)
                                        .order_by(SurveyQuestion.position)))
    assert [question.code for question in questions] == [f"Q{number}" for number in range(1, 18)]
    assert {question.code for question in questions if question.allows_not_applicable} == {"Q1", "Q3", "Q12", "Q14"}
    assert (made.code, made.version, made.headline_code, len(made.level_labels)) == ("HL-TTHC", 1, "Q17", 5)


def test_loading_again_changes_nothing_and_a_changed_word_makes_a_version(db_session: Session) -> None:
    first = load_questionnaire(db_session, DATA)
    assert load_questionnaire(db_session, DATA).id == first.id
    changed = copy.deepcopy(DATA)
    changed["satisfaction"]["questions"][0]["text"] = "Nơi tiếp nhận hồ sơ dễ tìm."
    second = load_questionnaire(db_session, changed)
    assert (second.version, db_session.scalar(select(func.count()).select_from(Questionnaire))) == (2, 2)
    latest = latest_questionnaire(db_session)
    assert latest is not None and latest.questions[0].text == "Nơi tiếp nhận hồ sơ dễ tìm."


@pytest.mark.parametrize(("part", "told"), [("scale5", "scale5"), ("satisfaction", "satisfaction")])
def test_a_file_without_a_part_says_which(db_session: Session, part: str, told: str) -> None:
    broken = {key: value for key, value in DATA.items() if key != part}
    with pytest.raises(QuestionnaireFileError, match=told):
        load_questionnaire(db_session, broken)


def test_a_file_that_is_no_json_is_refused(db_session: Session, tmp_path: Path) -> None:
    path = tmp_path / "phieu.json"
    path.write_text("không phải JSON", encoding="utf-8")
    with pytest.raises(QuestionnaireFileError, match=r"phieu\.json"):
        load_questionnaire_file(db_session, path)


def arranged(session: Session) -> dict[str, int]:
    """A unit, a programme and the questionnaire, as add_tally wants them."""
    programme = Programme(year=2023, title="Chương trình", agency="SỞ", parent_agency="UBND TỈNH")
    session.add(programme)
    session.flush()
    return {"unit_id": make_unit(session).id, "programme_id": programme.id,
            "questionnaire_id": load_questionnaire(session, DATA).id}


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
