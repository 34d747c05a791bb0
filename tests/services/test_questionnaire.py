"""Questionnaires load once, change by versions, and a published version never changes."""

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import clock
from core.settings import ROOT
from models.event import Event
from models.question import Body, Words
from models.questionnaire import Questionnaire, QuestionnaireStatus, SurveyQuestion
from queries.questionnaire import latest_questionnaire
from services.questionnaire import (
    QuestionnaireFileError,
    load_default_questionnaires,
    load_questionnaire,
    load_questionnaire_file,
)
from services.questionnaire_draft import (
    DraftExistsError,
    StaleDraftError,
    UnsoundQuestionnaireError,
    discard,
    new_draft,
    publish,
    save_draft,
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


def begun(session: Session) -> Questionnaire:
    """A draft of the next version."""
    load_questionnaire(session, DATA)
    return new_draft(session, "HL-TTHC", Body.load(DATA["body"]), viewer=None, now=clock.now())


def titled(draft: Questionnaire, title: str) -> Body:
    return replace(Body.load(draft.body), title=Words(title))


def test_a_code_has_one_draft_at_a_time(db_session: Session) -> None:
    draft = begun(db_session)
    assert (draft.version, draft.status) == (2, QuestionnaireStatus.DRAFT)
    with pytest.raises(DraftExistsError) as caught:
        new_draft(db_session, "HL-TTHC", Body(), viewer=None, now=clock.now())
    assert caught.value.draft_id == draft.id


def test_a_draft_is_not_what_tallies_count(db_session: Session) -> None:
    begun(db_session)
    latest = latest_questionnaire(db_session)
    assert latest is not None and latest.version == 1


def test_of_two_who_save_the_same_revision_the_second_writes_nothing(db_session: Session) -> None:
    draft = begun(db_session)
    save_draft(db_session, draft.id, titled(draft, "Một"), 1, viewer=None, now=clock.now())
    with pytest.raises(StaleDraftError):
        save_draft(db_session, draft.id, titled(draft, "Hai"), 1, viewer=None, now=clock.now())
    db_session.expire_all()
    assert (draft.title, draft.revision) == ("Một", 2)


def test_publishing_fixes_a_draft_with_its_scale_questions(db_session: Session) -> None:
    draft = begun(db_session)
    made = publish(db_session, draft.id, 1, viewer=None, now=clock.now())
    assert (made.status, made.published_at) == (QuestionnaireStatus.PUBLISHED, clock.now())
    codes = db_session.scalars(select(SurveyQuestion.code).order_by(SurveyQuestion.position)
                               .where(SurveyQuestion.questionnaire_id == made.id))
    assert list(codes) == [f"Q{number}" for number in range(1, 18)]


def test_a_published_version_never_changes(db_session: Session) -> None:
    made = load_questionnaire(db_session, DATA)
    before = (dict(made.body), made.revision, made.version, made.title)
    for change in (
        lambda: save_draft(db_session, made.id, Body(), made.revision, viewer=None, now=clock.now()),
        lambda: publish(db_session, made.id, made.revision, viewer=None, now=clock.now()),
        lambda: discard(db_session, made.id, made.revision, viewer=None, now=clock.now()),
    ):
        with pytest.raises(StaleDraftError):
            change()
    db_session.expire_all()
    assert (made.body, made.revision, made.version, made.title) == before


def test_what_is_unsound_is_not_published(db_session: Session) -> None:
    draft = begun(db_session)
    save_draft(db_session, draft.id, titled(draft, ""), 1, viewer=None, now=clock.now())
    with pytest.raises(UnsoundQuestionnaireError) as caught:
        publish(db_session, draft.id, 2, viewer=None, now=clock.now())
    assert [problem.where for problem in caught.value.problems] == ["title"]


def test_a_draft_overtaken_by_a_file_is_published_after_it(db_session: Session) -> None:
    draft = begun(db_session)
    changed = copy.deepcopy(DATA)
    changed["body"]["title"]["vi"] = "PHIẾU KHÁC"
    assert load_questionnaire(db_session, changed).version == 3
    assert publish(db_session, draft.id, 1, viewer=None, now=clock.now()).version == 4


def test_a_draft_that_is_given_up_leaves_its_text_in_the_trail(db_session: Session) -> None:
    draft = begun(db_session)
    body, draft_id = dict(draft.body), draft.id
    event = db_session.get_one(Event, discard(db_session, draft_id, 1, viewer=None, now=clock.now()))
    assert db_session.scalar(select(Questionnaire.id).where(Questionnaire.id == draft_id)) is None
    assert (event.action, event.detail["code"], event.detail["body"]) == ("discard", "HL-TTHC", body)
