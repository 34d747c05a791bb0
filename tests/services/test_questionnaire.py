"""Questionnaires load once, change by versions, and a published version never changes."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.settings import ROOT
from models.questionnaire import Questionnaire, SurveyQuestion
from queries.questionnaire import latest_questionnaire
from services.questionnaire import (
    QuestionnaireFileError,
    load_default_questionnaires,
    load_questionnaire,
    load_questionnaire_file,
)

DATA: dict[str, Any] = json.loads((ROOT / "data" / "survey" / "HL-TTHC.json").read_text(encoding="utf-8"))


def versions(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Questionnaire)) or 0


def test_both_questionnaires_load_with_their_scale_questions(db_session: Session) -> None:
    satisfaction, awareness = load_default_questionnaires(db_session)
    questions = list(db_session.scalars(select(SurveyQuestion).order_by(SurveyQuestion.position)
                                        .where(SurveyQuestion.questionnaire_id == satisfaction.id)))
    assert [question.code for question in questions] == [f"Q{number}" for number in range(1, 18)]
    assert {question.code for question in questions if question.allows_not_applicable} == {"Q1", "Q3", "Q12", "Q14"}
    assert (satisfaction.code, satisfaction.version, satisfaction.headline_code) == ("HL-TTHC", 1, "Q17")
    assert [row.code for row in awareness.questions] == ["R1", "R2", "R3"]
    assert awareness.published_at is not None


def test_loading_again_changes_nothing_and_a_changed_word_makes_a_version(db_session: Session) -> None:
    first = load_questionnaire(db_session, DATA)
    assert load_questionnaire(db_session, DATA).id == first.id
    changed = copy.deepcopy(DATA)
    changed["body"]["sections"][1]["questions"][0]["text"]["vi"] = "Nơi tiếp nhận hồ sơ dễ tìm."
    second = load_questionnaire(db_session, changed)
    assert (second.version, versions(db_session)) == (2, 2)
    latest = latest_questionnaire(db_session)
    assert latest is not None and latest.questions[0].text == "Nơi tiếp nhận hồ sơ dễ tìm."


def test_a_version_from_before_bodies_gets_its_body_and_keeps_its_questions(db_session: Session) -> None:
    made = load_questionnaire(db_session, DATA)
    ids = [row.id for row in made.questions]
    made.body, made.published_at = {}, None
    db_session.flush()
    again = load_questionnaire(db_session, DATA)
    assert (again.id, again.body, [row.id for row in again.questions]) == (made.id, DATA["body"], ids)
    assert versions(db_session) == 1


def test_a_version_from_before_bodies_with_other_questions_stays_and_a_new_one_is_made(db_session: Session) -> None:
    made = load_questionnaire(db_session, DATA)
    made.body = {}
    made.questions[0].text = "Câu khác"
    db_session.flush()
    assert load_questionnaire(db_session, DATA).version == 2
    assert made.body == {}


@pytest.mark.parametrize("part", ["code", "body"])
def test_a_file_without_a_part_says_which(db_session: Session, part: str) -> None:
    with pytest.raises(QuestionnaireFileError, match=part):
        load_questionnaire(db_session, {key: value for key, value in DATA.items() if key != part})


def test_a_file_that_is_no_json_is_refused(db_session: Session, tmp_path: Path) -> None:
    path = tmp_path / "phieu.json"
    path.write_text("không phải JSON", encoding="utf-8")
    with pytest.raises(QuestionnaireFileError, match=r"phieu\.json"):
        load_questionnaire_file(db_session, path)
