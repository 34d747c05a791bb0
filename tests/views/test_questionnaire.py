"""The Office's editor of questionnaires: what it lists, takes in, changes, publishes and refuses."""

import io
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.question import Body
from models.questionnaire import Questionnaire, QuestionnaireStatus, SurveyQuestion
from services.xlsform import read_xlsform, write_xlsform
from tests.support.client import PageClient
from tests.support.pages import text_of
from tests.support.survey import default_body

pytestmark = pytest.mark.usefixtures("province")


@pytest.fixture
def office(client: PageClient) -> PageClient:
    client.sign_in("office")
    return client


def published(session: Session) -> Questionnaire:
    return session.scalars(select(Questionnaire).where(Questionnaire.code == "HL-TTHC")
                           .order_by(Questionnaire.version.desc()).limit(1)).one()


def begin(office: PageClient, session: Session) -> int:
    """A draft of the satisfaction questionnaire."""
    answer = office.post(f"/questionnaires/{published(session).id}/draft", data={"csrf_token": office.csrf_token()})
    return int(answer.location.rpartition("/")[2])


def body_of(session: Session, draft_id: int) -> Body:
    session.expire_all()
    return Body.load(session.get_one(Questionnaire, draft_id).body)


def read(office: PageClient, path: str) -> str:
    """The words of a page."""
    return text_of(office.page(path).root)


def press(office: PageClient, path: str, **data: Any) -> Any:
    return office.post(path, data={"csrf_token": office.csrf_token(), **data})


def test_the_list_shows_each_questionnaire_with_its_versions(office: PageClient) -> None:
    text = read(office, "/questionnaires")
    assert "HL-TTHC" in text and "NT-CBVC" in text and "Đã ban hành" in text


def test_a_published_version_is_read_with_its_conditions_in_words(office: PageClient, db_session: Session) -> None:
    text = read(office, f"/questionnaires/{published(db_session).id}")
    assert "Chỉ hỏi khi S2 khác “Chưa làm thủ tục trong 12 tháng qua”" in text
    assert "Yếu tố: Tiếp cận dịch vụ" in text
    assert "Tạo bản mới" in text and "Sửa phần" not in text


def test_a_published_version_has_no_forms_to_change_it(office: PageClient, db_session: Session) -> None:
    there = f"/questionnaires/{published(db_session).id}"
    for path in ("about", "sections/new", "questions/kind", "questions/Q1"):
        office.page(f"{there}/{path}", status=404)
    assert press(office, f"{there}/publish", revision="1").status_code == 404
    assert press(office, f"{there}/remove", revision="1", code="Q1").status_code == 404


def test_a_draft_is_begun_once_changed_and_published(office: PageClient, db_session: Session) -> None:
    draft_id = begin(office, db_session)
    assert begin(office, db_session) == draft_id
    office.submit(f"/questionnaires/{draft_id}/questions/Q1", -1, text_vi="Nơi tiếp nhận hồ sơ dễ tìm.")
    assert body_of(db_session, draft_id).sections[1].questions[0].text.vi == "Nơi tiếp nhận hồ sơ dễ tìm."
    revision = db_session.get_one(Questionnaire, draft_id).revision
    press(office, f"/questionnaires/{draft_id}/publish", revision=str(revision))
    db_session.expire_all()
    made = db_session.get_one(Questionnaire, draft_id)
    assert (made.status, made.version) == (QuestionnaireStatus.PUBLISHED, 2)
    rows = list(db_session.scalars(select(SurveyQuestion).where(SurveyQuestion.questionnaire_id == draft_id)))
    assert len(rows) == 17


def test_every_kind_of_question_can_be_added(office: PageClient, db_session: Session) -> None:
    draft_id = begin(office, db_session)
    typed: dict[str, dict[str, str]] = {
        "single": {"choices": "Có\nKhông"}, "multiple": {"choices": "a | Một | One\nb | Hai"}, "scale": {},
        "grid": {"rows": "G1 | Ý một\nG2 | Ý hai"}, "integer": {"minimum": "0", "maximum": "1.000"},
        "decimal": {"maximum": "9,5", "decimals": "1"}, "text": {"max_length": "50"}, "long_text": {},
        "date": {"minimum": "01/05/2023"}, "note": {},
    }
    for kind, fields in typed.items():
        office.submit(f"/questionnaires/{draft_id}/questions/new?kind={kind}&section=extra", -1,
                      code=f"N_{kind}", text_vi=f"Câu {kind}", **fields)
    added = {question.code: question for question in body_of(db_session, draft_id).questions()}
    assert set(typed) == {code[2:] for code in added if code.startswith("N_")}
    assert [choice.code for choice in added["N_single"].choices] == ["1", "2"]
    assert (added["N_integer"].maximum, added["N_decimal"].maximum, added["N_date"].minimum) == (
        "1000", "9.5", "2023-05-01")
    assert [row.text.vi for row in added["N_grid"].rows] == ["Ý một", "Ý hai"]
    assert "không còn chỗ nào cần sửa" in read(office, f"/questionnaires/{draft_id}")


def test_editing_without_a_change_changes_nothing(office: PageClient, db_session: Session) -> None:
    draft_id = begin(office, db_session)
    before = body_of(db_session, draft_id)
    for path in ("about", "sections/F1", *(f"questions/{question.code}" for question in before.questions())):
        office.submit(f"/questionnaires/{draft_id}/{path}", -1)
        assert body_of(db_session, draft_id).dump() == before.dump(), path


def test_what_is_deleted_comes_back_at_its_place(office: PageClient, db_session: Session) -> None:
    draft_id = begin(office, db_session)
    before = body_of(db_session, draft_id)
    for what, code in (("question", "Q2"), ("section", "F2")):
        revision = db_session.get_one(Questionnaire, draft_id).revision
        answer = press(office, f"/questionnaires/{draft_id}/remove", revision=revision, what=what, code=code)
        assert body_of(db_session, draft_id) != before
        text = read(office, answer.location)
        assert "Hoàn tác" in text
        event = answer.location.partition("removed=")[2]
        press(office, f"/questionnaires/{draft_id}/restore/{event}")
        assert body_of(db_session, draft_id) == before


def test_deleting_from_a_page_that_is_out_of_date_does_nothing(office: PageClient, db_session: Session) -> None:
    draft_id = begin(office, db_session)
    press(office, f"/questionnaires/{draft_id}/move", revision="1", what="question", code="Q2", way="up")
    before = body_of(db_session, draft_id)
    answer = press(office, f"/questionnaires/{draft_id}/remove", revision="1", what="question", code="Q3")
    assert "Người khác vừa sửa" in read(office, answer.location)
    assert body_of(db_session, draft_id) == before


def test_a_question_moves_within_its_section_and_over_its_edge(office: PageClient, db_session: Session) -> None:
    draft_id = begin(office, db_session)
    for _press in range(2):
        press(office, f"/questionnaires/{draft_id}/move", revision="0", what="question", code="Q3", way="down")
    sections = {section.code: [question.code for question in section.questions]
                for section in body_of(db_session, draft_id).sections}
    assert (sections["F1"], sections["F2"]) == (["Q1", "Q2"], ["Q4", "Q3", "Q5", "Q6"])


def test_two_people_at_once_the_second_is_told_and_keeps_what_was_typed(
    office: PageClient, db_session: Session
) -> None:
    draft_id = begin(office, db_session)
    path = f"/questionnaires/{draft_id}/questions/Q1"
    first, second = office.fields(path, -1), office.fields(path, -1)
    assert office.post(path, data={**first, "text_vi": "Câu của người thứ nhất"}).status_code == 303
    answer = office.post(path, data={**second, "text_vi": "Câu của người thứ hai"})
    assert answer.status_code == 409
    assert "Câu của người thứ hai" in answer.text and "Câu của người thứ nhất" in answer.text
    assert body_of(db_session, draft_id).sections[1].questions[0].text.vi == "Câu của người thứ nhất"


def test_a_draft_with_faults_lists_them_and_cannot_be_published(office: PageClient, db_session: Session) -> None:
    draft_id = begin(office, db_session)
    office.submit(f"/questionnaires/{draft_id}/questions/Q1", -1, relevant="${KHONG} = '1'")
    text = read(office, f"/questionnaires/{draft_id}")
    assert "Không có câu “KHONG” để hỏi tới" in text and "Ban hành bản 2" not in text
    revision = db_session.get_one(Questionnaire, draft_id).revision
    press(office, f"/questionnaires/{draft_id}/publish", revision=str(revision))
    db_session.expire_all()
    assert db_session.get_one(Questionnaire, draft_id).status is QuestionnaireStatus.DRAFT


def test_a_code_that_is_taken_is_refused_at_its_field(office: PageClient, db_session: Session) -> None:
    draft_id = begin(office, db_session)
    answer = office.submit(f"/questionnaires/{draft_id}/questions/Q1", -1, status=422, code="q2")
    assert "Mã này đã dùng" in answer.text


def test_a_draft_that_is_given_up_can_be_taken_back(office: PageClient, db_session: Session) -> None:
    draft_id = begin(office, db_session)
    before = body_of(db_session, draft_id)
    answer = press(office, f"/questionnaires/{draft_id}/discard", revision="1")
    assert "Lấy lại bản soạn" in read(office, answer.location)
    office.page(f"/questionnaires/{draft_id}?again", status=404)
    event = answer.location.partition("discarded=")[2]
    again = press(office, f"/questionnaires/revive/{event}")
    assert body_of(db_session, int(again.location.rpartition("/")[2])) == before


def test_a_download_is_an_xlsform_that_reads_back_the_same(office: PageClient, db_session: Session) -> None:
    answer = office.get(f"/questionnaires/{published(db_session).id}/xlsform")
    assert "HL-TTHC-ban-1.xlsx" in answer.headers["Content-Disposition"]
    assert read_xlsform(answer.data).body == default_body()


def send(office: PageClient, data: bytes, name: str = "phieu.xlsx") -> Any:
    return office.post("/questionnaires/load", data={
        "csrf_token": office.csrf_token(), "file": (io.BytesIO(data), name)}, content_type="multipart/form-data")


def test_an_uploaded_form_becomes_a_draft_and_again_replaces_it(office: PageClient, db_session: Session) -> None:
    data = write_xlsform("HL-MN", 1, default_body("NT-CBVC"))
    first, second = send(office, data), send(office, data)
    assert first.location == second.location
    draft_id = int(first.location.rpartition("/")[2])
    assert body_of(db_session, draft_id) == default_body("NT-CBVC")
    assert read(office, first.location).count("Từ tệp phieu.xlsx") == 2


@pytest.mark.parametrize("data", [b"", b"day khong phai tep Excel", b"PK\x03\x04 hong"])
def test_a_file_that_is_no_workbook_is_refused_and_nothing_is_saved(
    office: PageClient, db_session: Session, data: bytes
) -> None:
    answer = send(office, data)
    assert answer.status_code == 422 and "chưa lưu gì" in answer.text
    assert db_session.scalar(select(Questionnaire.id).where(
        Questionnaire.status == QuestionnaireStatus.DRAFT)) is None


def test_the_preview_may_be_framed_by_the_portal_alone(office: PageClient, db_session: Session) -> None:
    there = f"/questionnaires/{published(db_session).id}/preview"
    assert "frame-src 'self'" in office.get(there).headers["Content-Security-Policy"]
    inner = office.get(f"{there}/page")
    assert "frame-ancestors 'self'" in inner.headers["Content-Security-Policy"]
    assert "data-relevance" in inner.text and 'name="Q17"' in inner.text


def test_a_new_questionnaire_begins_empty_and_says_what_it_lacks(office: PageClient) -> None:
    answer = office.submit("/questionnaires/new", -1, code="HL-MN", title="Phiếu mầm non (minh họa)")
    assert "chưa có câu nào" in read(office, answer.location)
    again = office.submit("/questionnaires/new", -1, status=422, code="HL-MN", title="Phiếu khác")
    assert "Mã này đã có" in again.text
