"""A bundle of paper sheets is tallied once, adds up, and shows nothing of groups under five."""

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from models.account import Account
from models.survey import SurveyAnswerCount, SurveyTally
from tests.support.client import PageClient, form_fields, posting_forms
from tests.support.pages import Page, text_of
from tests.support.province import Province

NEW = "/tallies/new"
QUESTIONS = [f"Q{number}" for number in range(1, 18)]
COUNTS = {"1": "1", "2": "2", "3": "5", "4": "20", "5": "10"}
TYPED: dict[str, Any] = {
    "collected_from": "10/05/2023", "collected_to": "12/05/2023", "sheet_count": "40", "note": "Họp cha mẹ học sinh",
    **{f"{question}_{level}": count for question in QUESTIONS for level, count in COUNTS.items()},
}


@pytest.fixture
def school(client: PageClient, province: Province) -> Account:
    """The officer of a school, signed in."""
    return client.sign_in(province["school"])


def filled(client: PageClient, path: str = NEW) -> dict[str, Any]:
    """What a browser would send for the page's form, untouched."""
    page = client.page(path)
    places = [place for place, form in enumerate(posting_forms(page)) if "data-draft-url" in form.attrib]
    return form_fields(page, places[0])


def send(client: PageClient, path: str = NEW, status: int = 303, data: Any = None, **typed: Any) -> TestResponse:
    """Fill in the page's form and send it."""
    response = client.post(path, data={**(filled(client, path) if data is None else data), **typed})
    assert response.status_code == status, response.text[:3000]
    return response


def latest(session: Session) -> SurveyTally:
    """The tally made last."""
    return session.scalars(select(SurveyTally).order_by(SurveyTally.id.desc())).first()  # type: ignore[return-value]


def test_a_tally_is_saved_and_its_page_shows_what_it_comes_to(
        client: PageClient, db_session: Session, school: Account) -> None:
    response = send(client, **TYPED)
    tally = latest(db_session)
    assert response.location == f"/tallies/{tally.id}"
    rows = db_session.scalars(select(SurveyAnswerCount).where(SurveyAnswerCount.tally_id == tally.id)).all()
    assert len(rows) == 17 and all(row.is_balanced(40) and row.blank == 2 for row in rows)
    page = client.page(response.location)
    assert len(client.statements) <= 20
    shown = text_of(page.root)
    assert "78,95%" in shown and "30 trên 38 trả lời" in shown and "3,95" in shown and "±12,96" in shown
    assert "SIPAS" not in shown
    assert "số trả lời mức 4 và 5 trên tổng số trả lời" in shown


def test_each_question_that_does_not_add_up_is_named_and_all_stays(
        client: PageClient, db_session: Session, school: Account) -> None:
    before = db_session.scalar(select(func.count()).select_from(SurveyTally))
    wrong = {**TYPED, "Q3_5": "30", "Q5_blank": "1", "Q7_2": "x", **{f"Q9_{level}": "" for level in COUNTS}}
    page = Page(send(client, status=422, **wrong).text)
    told = {element.attrib["id"]: text_of(element) for element in page.all("p")
            if element.attrib.get("id", "").endswith("-error")}
    assert told == {
        "row-Q3-error": "Câu 3 cộng lại được 58, nhiều hơn 40 phiếu. Bớt 18.",
        "row-Q5-error": "Câu 5 cộng lại được 39, còn thiếu 1 so với 40 phiếu. Sửa các mức hoặc ô “Bỏ trống”.",
        "row-Q7-error": "Câu 7, mức 2: Nhập số nguyên, ví dụ 1.250",
        "row-Q9-error": "Câu 9 chưa có số. Nếu không ai trả lời, ghi số phiếu vào ô “Bỏ trống”.",
    }
    kept = filled(client)
    assert {name: kept[name] for name in wrong} == wrong
    assert db_session.scalar(select(func.count()).select_from(SurveyTally)) == before


def test_a_double_click_makes_one_tally_and_going_back_leads_to_its_form(
        client: PageClient, db_session: Session, school: Account) -> None:
    data = {**filled(client), **TYPED}
    first, second = send(client, data=data), send(client, data=data)
    assert first.location == second.location
    tally = latest(db_session)
    third = send(client, data=data, note="Thêm ghi chú")
    assert third.location == f"/tallies/{tally.id}/edit"
    assert filled(client, third.location)["note"] == "Thêm ghi chú"
    send(client, third.location)
    db_session.refresh(tally)
    assert (tally.note, tally.revision) == ("Thêm ghi chú", 2)


def test_fewer_than_five_answers_are_never_shown(client: PageClient, db_session: Session, school: Account) -> None:
    few = {f"Q14_{level}": "0" for level in COUNTS} | {"Q14_5": "4", "Q14_na": "36"}
    send(client, **{**TYPED, **few})
    page = client.page(f"/tallies/{latest(db_session).id}")
    rows = {text_of(row[0]).partition(".")[0]: text_of(row)
            for body in page.all("tbody") for row in body if len(row) > 8}
    assert "chưa đủ 5 phiếu" in rows["Câu 14"] and "36" not in rows["Câu 14"]
    factor = next(text_of(row) for body in page.all("tbody") for row in body
                  if text_of(row[0]).startswith("Tiếp nhận, xử lý góp ý") and len(row) == 5)
    assert "38" in factor and "không tính câu chưa đủ 5 phiếu" in factor


def test_a_small_bundle_shows_no_figures_in_list_and_page(
        client: PageClient, db_session: Session, school: Account) -> None:
    tiny = {name: ("4" if name.endswith("_5") else "0") for name in TYPED if "_" in name and name.startswith("Q")}
    send(client, **{**TYPED, **tiny, "sheet_count": "4"})
    page = text_of(client.page(f"/tallies/{latest(db_session).id}").root)
    assert "100%" not in page and "chưa đủ 5 phiếu" in page
    assert "chưa đủ 5 phiếu" in client.get("/tallies").text


def test_a_tally_is_taken_out_and_put_back(client: PageClient, db_session: Session, school: Account) -> None:
    send(client, **TYPED)
    tally = latest(db_session)
    response = client.submit(f"/tallies/{tally.id}", f"/tallies/{tally.id}/remove")
    assert "Đã bỏ một lần nhập phiếu" in client.get(response.location).text
    assert f'href="/tallies/{tally.id}"' in client.get("/tallies?state=removed").text
    client.submit(response.location, f"/tallies/{tally.id}/restore")
    db_session.refresh(tally)
    assert tally.removed_at is None


@pytest.mark.parametrize("path", ["/tallies", NEW, "/tallies/{id}", "/tallies/{id}/edit"])
def test_no_page_asks_more_than_twenty_queries(
        client: PageClient, db_session: Session, school: Account, path: str) -> None:
    send(client, **TYPED)
    client.page(path.format(id=latest(db_session).id))
    assert len(client.statements) <= 20, str(client.statements)


def test_foreign_and_unknown_tallies_look_alike_and_those_above_only_read(
        client: PageClient, db_session: Session, province: Province, school: Account) -> None:
    foreign = db_session.scalars(select(SurveyTally.id).where(SurveyTally.unit_id != school.unit_id)).first()
    for number in (foreign, 10**9):
        assert client.get(f"/tallies/{number}").status_code == 404
        assert client.get(f"/tallies/{number}/edit").status_code == 404
    send(client, **TYPED)
    own = latest(db_session).id
    client.sign_in(province["office"])
    assert "Sửa phiếu" not in client.get(f"/tallies/{own}").text
    assert client.get(f"/tallies/{own}/edit").status_code == 403
    assert client.get("/tallies").status_code == 200
    assert client.get("/tallies?unit=KHONG-CO").status_code == 404


def test_keeping_a_draft_keeps_every_cell(client: PageClient, school: Account) -> None:
    send(client, keep="1", Q1_5="mười", sheet_count="40")
    kept = filled(client)
    assert (kept["Q1_5"], kept["sheet_count"], kept["Q1_4"]) == ("mười", "40", "")
