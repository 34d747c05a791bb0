"""The public page: answered once by anybody, without a session, whatever is sent."""

import logging
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from core.clock import clock
from core.text import normalise
from models.account import Role
from models.mask import mask
from models.programme import Programme
from models.question import Body, Choice, Question, QuestionKind, Section, Words
from models.sheet import SurveyCode, SurveySheet
from models.survey import SurveyAudience, SurveyChannel, SurveyPlace, SurveyRound
from services.sheet import issue_ticket, make_codes, read_ticket
from tests.support.client import PageClient, form_fields
from tests.support.clock import FrozenClock
from tests.support.factories import make_account, make_unit
from tests.support.naughty import NAUGHTY, many_naughty
from tests.support.pages import Page, text_of
from tests.support.survey import default_book, make_place, make_questionnaire, make_round

WIRE = 40_000
"""Bytes of the page with all that it is made of."""
ANSWERS = {f"Q{number}": "4" for number in range(1, 18)}
HIDING = Body(
    title=Words("Phiếu có điều kiện (minh họa)", "Conditions"),
    scales=(("five", tuple(Words(str(level)) for level in range(1, 6))),),
    sections=(Section("A", questions=(
        Question("A1", QuestionKind.SINGLE, Words("Có con đi học?", "Any children at school?"),
                 choices=(Choice("y", Words("Có")), Choice("n", Words("Không")))),
        Question("A2", QuestionKind.SCALE, Words("Hài lòng?"), scale="five", relevant="${A1} = 'y'"),
        Question("A3", QuestionKind.GRID, Words("Từng ý"), scale="five", allows_not_applicable=True,
                 rows=(Choice("A3a", Words("Ý một")), Choice("A3b", Words("Ý hai")))),
        Question("A4", QuestionKind.MULTIPLE, Words("Kênh nào?"), hint=Words("Chọn nhiều"),
                 choices=(Choice("1", Words("Zalo")), Choice("2", Words("Khác")))),
        Question("A5", QuestionKind.DATE, Words("Ngày nào?"), is_required=True),
        Question("A6", QuestionKind.TEXT, Words("Góp ý")), Question("A7", QuestionKind.LONG_TEXT, Words("Thêm")),
        Question("A8", QuestionKind.NOTE, Words("Lời dẫn")),
    )),))


@pytest.fixture
def programme(db_session: Session) -> Programme:
    made = Programme(year=2023, title="Chương trình (minh họa)", agency="Sở", parent_agency="")
    db_session.add(made)
    db_session.flush()
    return made


@pytest.fixture
def asked(db_session: Session, programme: Programme) -> SurveyRound:
    return make_round(db_session, programme)


@pytest.fixture
def place(db_session: Session, asked: SurveyRound) -> SurveyPlace:
    return make_place(db_session, asked, make_unit(db_session, name="Trường <b>Số 1</b> & Cộng sự"))


@pytest.fixture
def path(place: SurveyPlace) -> str:
    return f"/s/{place.code}"


@pytest.fixture
def staff_place(db_session: Session, programme: Programme) -> SurveyPlace:
    return make_place(db_session, make_round(db_session, programme, audience=SurveyAudience.STAFF),
                      make_unit(db_session))


@pytest.fixture
def hiding_path(db_session: Session, programme: Programme) -> str:
    made = make_round(db_session, programme, make_questionnaire(db_session, HIDING, code="DK"))
    return f"/s/{make_place(db_session, made, make_unit(db_session)).code}"


def sheets(session: Session) -> list[SurveySheet]:
    return list(session.scalars(select(SurveySheet)))


def filled(client: PageClient, path: str, **typed: Any) -> dict[str, Any]:
    """What a browser sends of a page that was filled in."""
    return {**client.fields(path), "_consent": "yes", **ANSWERS, **typed}


def set_cookies(answer: TestResponse) -> set[str]:
    """The names of the cookies that an answer sets."""
    return {cookie.partition("=")[0] for cookie in answer.headers.getlist("Set-Cookie")}


def summary(client: PageClient) -> str:
    return next(text_of(element) for element in client.opened_page.all("div")
                if element.attrib.get("class") == "summary")


def test_a_sheet_is_answered_and_stored_with_the_day_alone(
    client: PageClient, db_session: Session, path: str, place: SurveyPlace
) -> None:
    answer = client.submit(path, _consent="yes", **ANSWERS, S1="2", Q18="120", X2=["3", "4"], X3="Cảm ơn")
    assert answer.location == f"{path}/thanks"
    assert "Đã nhận phiếu" in text_of(client.page(answer.location).root)
    sheet, = sheets(db_session)
    read = dict(zip((cell.code for cell in default_book().cells), sheet.choices, strict=True))
    assert (read["S1"], read["Q1"], read["Q18"], read["X2.3"], read["X2.1"], read["S2"]) == (2, 4, 1, 1, 2, 0)
    assert (sheet.place_id, sheet.channel, sheet.answered_on) == (place.id, SurveyChannel.LINK, date(2023, 5, 25))
    assert sheet.details == {"Q18": 120, "X3": "Cảm ơn"}


def test_the_code_on_the_wall_is_counted_apart(client: PageClient, db_session: Session, path: str) -> None:
    client.submit(f"{path}?k=qr&lang=en", _consent="yes", **ANSWERS)
    assert [sheet.channel for sheet in sheets(db_session)] == [SurveyChannel.QR]


def test_opening_a_page_costs_one_statement_and_touches_no_session(client: PageClient, path: str) -> None:
    answer = client.get(path)
    assert len(client.statements) == 1
    assert set_cookies(answer) == {"sheet"} and "Cookie" not in answer.headers.get("Vary", "")


def test_two_tabs_of_a_visit_make_one_sheet_and_the_next_visit_another(
    client: PageClient, db_session: Session, path: str
) -> None:
    tabs = [filled(client, path, X3=f"{number}") for number in range(2)]
    for tab in tabs:
        assert client.post(path, data=tab).location == f"{path}/thanks"
    assert [sheet.details for sheet in sheets(db_session)] == [{"X3": "0"}]
    client.post(path, data=filled(client, path, X3="2"))
    client.post(path, data=filled(client, path, X3="3"))
    assert len(sheets(db_session)) == 3


def test_a_page_with_errors_is_still_the_sheet_of_its_visit(
    client: PageClient, db_session: Session, path: str
) -> None:
    wrong = filled(client, path, Q1="9")
    assert client.post(path, data=wrong).status_code == 422
    for tab in (filled(client, path), {**wrong, "Q1": "4"}):
        assert client.post(path, data=tab).status_code == 303
    assert len(sheets(db_session)) == 1


def test_the_link_and_the_code_on_the_wall_are_visits_of_their_own(
    client: PageClient, db_session: Session, path: str
) -> None:
    link, wall = filled(client, path), filled(client, f"{path}?k=qr")
    assert link["_ticket"] != wall["_ticket"]
    forged = f"{'A' * 48}"
    client.set_cookie("sheet", forged, path=path)
    assert filled(client, path)["_ticket"] not in (forged, link["_ticket"])


def test_colleagues_at_one_computer_need_no_cookie(
    client: PageClient, db_session: Session, staff_place: SurveyPlace
) -> None:
    codes = make_codes(db_session, staff_place, 2, 1)
    tabs = {code: filled(client, f"/s/{staff_place.code}/{code}") for code in codes}
    assert not client.get_cookie("sheet", path=f"/s/{staff_place.code}/{codes[0]}")
    for code, tab in tabs.items():
        assert client.post(f"/s/{staff_place.code}/{code}", data=tab).status_code == 303
    assert len(sheets(db_session)) == 2


def test_whoever_is_signed_in_sees_the_same_page_and_stays_signed_in(
    client: PageClient, db_session: Session, path: str, place: SurveyPlace
) -> None:
    stranger = client.get(path).text
    client.sign_in(make_account(db_session, Role.OFFICER, make_unit(db_session)))
    known = client.get(path)
    ticket = form_fields(Page(stranger))["_ticket"]
    assert known.text.replace(form_fields(Page(known.text))["_ticket"], ticket) == stranger
    assert set_cookies(known) <= {"sheet"} and "Cookie" not in known.headers.get("Vary", "")


def test_names_on_the_page_are_text_and_never_tags(client: PageClient, path: str) -> None:
    assert "<b>Số 1</b>" not in client.get(path).text
    assert "Trường <b>Số 1</b> & Cộng sự" in text_of(client.page(path).root)
    assert "\ue000" not in client.get(path).text


def test_consent_is_never_ticked_beforehand_and_always_needed(client: PageClient, path: str) -> None:
    page = client.page(path)
    assert not [box for box in page.all("input") if "checked" in box.attrib]
    assert "Sở Giáo dục và Đào tạo (minh họa) thực hiện" in text_of(page.root)
    assert "Thắc mắc xin liên hệ: Văn phòng Sở (minh họa)." in text_of(page.root)
    client.submit(path, status=422, **ANSWERS)
    assert "đồng ý tham gia" in summary(client)
    assert form_fields(client.opened_page)["Q5"] == "4"
    assert "không tham gia" in text_of(client.page(f"{path}/declined").root)


def test_a_double_click_a_reload_and_the_back_button_make_one_sheet(
    client: PageClient, db_session: Session, path: str
) -> None:
    data = filled(client, path)
    assert [client.post(path, data=data).status_code for _ in range(3)] == [303] * 3
    assert len(sheets(db_session)) == 1


def test_two_visits_make_two_sheets(client: PageClient, db_session: Session, path: str) -> None:
    for _ in range(2):
        client.post(path, data=filled(client, path))
    assert len(sheets(db_session)) == 2


def test_everything_typed_stays_beside_the_errors(client: PageClient, db_session: Session, path: str) -> None:
    typed = {"Q1": "9", "Q18": "hai trăm", "X3": "<i>Góp ý</i>\nhai dòng", "X2": ["1", "9"], "S1": "3"}
    client.submit(path, status=422, _consent="yes", **{**ANSWERS, **typed})
    kept = form_fields(client.opened_page)
    assert kept["X3"].strip() == typed["X3"] and kept["X2"] == ["1", "9"] and kept["Q18"] == "hai trăm"
    assert kept["_consent"] == "yes" and kept["S1"] == "3"
    assert [link.attrib["href"] for link in client.opened_page.all("a")][-3:-1] == ["#q-Q1", "#q-Q18"] or (
        "#q-Q1" in {link.attrib["href"] for link in client.opened_page.all("a")})
    assert sheets(db_session) == []


def test_an_empty_sheet_is_not_taken(client: PageClient, db_session: Session, path: str) -> None:
    client.submit(path, status=422, _consent="yes")
    assert "ít nhất một câu" in summary(client)
    assert sheets(db_session) == []


def test_answers_that_are_not_asked_for_are_left_out_by_one_press(
    client: PageClient, db_session: Session, hiding_path: str
) -> None:
    typed = {"_consent": "yes", "A1": "n", "A2": "5", "A5": "30/05/2023"}
    client.submit(hiding_path, status=422, **typed)
    button, = [button for button in client.opened_page.all("button") if button.attrib.get("name") == "_drop_hidden"]
    data = {**form_fields(client.opened_page), button.attrib["name"]: button.attrib["value"]}
    assert client.post(hiding_path, data=data).status_code == 303
    assert sheets(db_session)[0].choices[1] == 255


def test_every_kind_of_question_is_shown_and_mended(client: PageClient, db_session: Session, hiding_path: str) -> None:
    client.submit(hiding_path, status=422, _consent="yes", A1="x", A3a="7", A4="3", A5="31/02/2023", A6="a" * 2000,
                  A7="b" * 5000)
    assert summary(client).count("Câu") >= 4
    client.submit(f"{hiding_path}?lang=en", _consent="yes", A1="y", A2="1", A3a="na", A3b="2", A4=["1", "2"],
                  A5="30/05/2023", A6="dòng", A7="hai\ndòng")
    assert sheets(db_session)[0].details == {"A5": "2023-05-30", "A6": "dòng", "A7": "hai\ndòng"}


def test_five_hundred_strings_that_broke_other_programs_go_in_and_come_back(
    client: PageClient, db_session: Session, place: SurveyPlace, path: str
) -> None:
    sent = many_naughty()
    assert len(sent) > 507
    stored = {}
    for text in sent:
        ticket = issue_ticket(place.id, SurveyChannel.LINK, int(clock.now().timestamp()) - 600)
        answer = client.post(path, data={"_ticket": ticket, "_consent": "yes", "Q17": "4", "X3": sendable(text)})
        key = read_ticket(ticket)
        assert answer.status_code in (303, 422) and key is not None
        if answer.status_code == 303:
            stored[key.sheet_id] = mask(normalise(sendable(text).replace("\r\n", "\n").replace("\r", "\n")).strip())[0]
    kept = {row.id: (row.details or {}).get("X3", "") for row in sheets(db_session)}
    assert kept == stored
    assert len(stored) > 500


@pytest.mark.parametrize("text", NAUGHTY[::4], ids=range(len(NAUGHTY[::4])))
def test_whatever_is_typed_anywhere_is_refused_in_words(
    client: PageClient, db_session: Session, path: str, text: str
) -> None:
    answer = client.post(path, data=filled(client, path, X3=sendable(text), Q18=sendable(text), Q2=sendable(text),
                                           _ticket2=sendable(text), S1=sendable(text)))
    assert answer.status_code in (303, 422)
    assert len(sheets(db_session)) == (answer.status_code == 303)
    assert client.get(f"/s/{sendable(text)!r}").status_code == 404


def sendable(text: str) -> str:
    """What a browser makes of half a sign."""
    return text.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("ticket", [None, "", "x", "A" * 56, "é"])
def test_a_forged_ticket_stores_nothing_and_loses_nothing(
    client: PageClient, db_session: Session, path: str, ticket: str | None
) -> None:
    data = filled(client, path)
    data.pop("_ticket")
    answer = client.post(path, data=data if ticket is None else {**data, "_ticket": ticket})
    assert answer.status_code == 422 and sheets(db_session) == []
    assert client.post(path, data=form_fields(client.opened_page)).status_code == 303


def test_a_ticket_of_another_place_is_none_here(client: PageClient, db_session: Session, path: str,
                                                asked: SurveyRound) -> None:
    other = f"/s/{make_place(db_session, asked, make_unit(db_session)).code}"
    assert client.post(other, data=filled(client, path)).status_code == 422
    assert sheets(db_session) == []


@pytest.mark.parametrize(("headers", "status"), [
    ({"Sec-Fetch-Site": "cross-site"}, 422), ({"Sec-Fetch-Site": "same-site"}, 422), ({"Origin": "null"}, 422),
    ({"Origin": "https://elsewhere.example"}, 422), ({"Sec-Fetch-Site": "same-origin"}, 303),
    ({"Origin": "http://localhost"}, 303), ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303),
])
def test_a_form_on_another_site_stores_nothing(
    client: PageClient, db_session: Session, path: str, headers: dict[str, str], status: int
) -> None:
    answer = client.post(path, data=filled(client, path), headers=headers)
    assert (answer.status_code, len(sheets(db_session))) == (status, status == 303)


def test_a_sheet_of_a_megabyte_is_refused_in_words(client: PageClient, db_session: Session, path: str) -> None:
    answer = client.post(path, data=filled(client, path, X3="a" * 1_000_000))
    assert answer.status_code == 413 and "quá lớn" in text_of(client.opened_page.root)
    assert sheets(db_session) == []


def test_unknown_addresses_and_methods_are_answered_by_a_stranger_s_page(client: PageClient) -> None:
    for answer, status in ((client.get("/s/khong-co"), 404), (client.get("/s/a/b/c"), 404),
                           (client.put("/s/khong-co"), 405), (client.post("/s/khong-co", data={"a": "b"}), 404)):
        assert answer.status_code == status and "Set-Cookie" not in answer.headers
        assert not Page(answer.text).all("nav", "form")


def test_before_it_opens_and_after_it_closed_a_page_says_so(
    client: PageClient, clock: FrozenClock, path: str, asked: SurveyRound
) -> None:
    clock.set(asked.opens_on - timedelta(days=1))
    assert "từ ngày 01/05/2023" in text_of(client.page(path, 403).root)
    clock.set(asked.opens_on)
    client.page(path)
    clock.set(asked.closes_on)
    client.page(path)
    clock.set(asked.closes_on + timedelta(days=1))
    assert "đã kết thúc" in text_of(client.page(path, 410).root)


def test_a_page_filled_in_days_ago_is_taken_until_the_round_closes(
    client: PageClient, db_session: Session, clock: FrozenClock, path: str, asked: SurveyRound
) -> None:
    early, late = filled(client, path), filled(client, path, X3="Viết lâu rồi")
    clock.set(asked.closes_on)
    assert client.post(path, data=early).status_code == 303
    clock.move(days=1)
    assert client.post(path, data=late).status_code == 410
    assert form_fields(client.opened_page)["X3"].strip() == "Viết lâu rồi"
    assert not [button for button in client.opened_page.all("button") if button.attrib["type"] == "submit"]
    assert len(sheets(db_session)) == 1


def test_a_place_taken_out_of_the_round_says_so(client: PageClient, db_session: Session, clock: FrozenClock,
                                                path: str, place: SurveyPlace) -> None:
    data = filled(client, path)
    place.withdrawn_at = clock.moment
    db_session.commit()
    assert "rút khỏi" in text_of(client.page(path, 410).root)
    assert client.post(path, data=data).status_code == 410


def test_a_staff_code_is_typed_used_once_and_then_says_so(
    client: PageClient, db_session: Session, staff_place: SurveyPlace
) -> None:
    code, = make_codes(db_session, staff_place, 1, 1)
    path = f"/s/{staff_place.code}"
    assert "Nhập mã" in text_of(client.page(path).root)
    answer = client.get(path, query_string={"code": f" {code.upper().replace('-', ' ')} "})
    assert answer.location == f"{path}/{code}"
    data = filled(client, answer.location)
    assert [client.post(f"{path}/{code}", data=data).status_code for _ in range(2)] == [303, 303]
    assert "đã được dùng" in text_of(client.page(f"{path}/{code}", 410).root)
    assert [sheet.channel for sheet in sheets(db_session)] == [SurveyChannel.STAFF]
    assert db_session.scalars(select(SurveyCode)).one().is_used


def test_two_pages_of_one_code_make_one_sheet(client: PageClient, db_session: Session,
                                              staff_place: SurveyPlace) -> None:
    code, = make_codes(db_session, staff_place, 1, 1)
    path = f"/s/{staff_place.code}/{code}"
    first, second = filled(client, path), filled(client, path, X3="Trang thứ hai")
    assert client.post(path, data=first).status_code == 303
    assert client.post(path, data=second).status_code == 410
    assert "mã này đã được dùng" in summary(client)
    assert form_fields(client.opened_page)["X3"].strip() == "Trang thứ hai"
    assert len(sheets(db_session)) == 1


def test_a_staff_round_is_not_answered_by_its_open_link(client: PageClient, db_session: Session,
                                                        staff_place: SurveyPlace, path: str) -> None:
    open_path = f"/s/{staff_place.code}"
    assert client.post(open_path, data=filled(client, path)).status_code == 422
    own = issue_ticket(staff_place.id, SurveyChannel.STAFF, 0)
    assert client.post(open_path, data=filled(client, path, _ticket=own)).status_code == 410
    assert client.post(f"{open_path}/aaaaa-aaaaa", data=filled(client, path)).status_code == 422
    client.page(f"{open_path}?code=aaaaa-aaaaa", 422)
    assert "không đúng" in text_of(client.opened_page.root)
    client.page(f"{path}/aaaaa-aaaaa", 410)
    assert sheets(db_session) == []


def test_too_many_from_one_network_are_asked_to_come_back(client: PageClient, db_session: Session, path: str,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.sheet.store.REFUSED_FROM", 1)
    statuses = [client.post(path, data=filled(client, path), environ_base={"REMOTE_ADDR": "203.0.113.5"}).status_code
                for _ in range(2)]
    assert statuses == [303, 429] and form_fields(client.opened_page)["Q1"] == "4"
    assert len(sheets(db_session)) == 1


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


def test_nothing_of_a_visit_is_logged(client: PageClient, path: str, logged: pytest.LogCaptureFixture) -> None:
    client.submit(path, _consent="yes", **ANSWERS)
    client.get("/s/khong-co")
    assert [record for record in logged.records if record.name == "portal"] == []


def test_a_crash_is_logged_by_its_place_and_never_by_its_words(
    app: Flask, logged: pytest.LogCaptureFixture
) -> None:
    from views.stranger import log_stranger_crash

    with app.test_request_context("/s/abcd"):
        try:
            raise ValueError("Góp ý của một người")
        except ValueError as error:
            log_stranger_crash(error)
    record, = [record for record in logged.records if record.name == "portal"]
    assert record.facts["error"] == "ValueError" and "test_sheet.py" in record.facts["trace"]  # type: ignore[attr-defined]
    assert "Góp ý" not in str(record.__dict__).replace('raise ValueError("Góp ý của một người")', "")
    assert "abcd" not in str(record.facts)  # type: ignore[attr-defined]  # added by the portal's log


def test_the_page_with_all_its_parts_stays_under_40_kilobytes(client: PageClient, path: str) -> None:
    page = client.page(path)
    answer = client.get(path)
    parts = {element.attrib["href"] for element in page.all("link")}
    parts |= {element.attrib["src"] for element in page.all("script")}
    parts |= {f"/static/js/{name}.js" for name in ("sheet_keep", "sheet_steps", "relevance", "expression")}
    total = len(answer.data)
    for part in {*parts, "/s/worker.js"}:
        with client.get(part, headers={"Accept-Encoding": "gzip"}) as sent:
            total += len(sent.data) + len(str(sent.headers))
    assert 20_000 < total < WIRE


def test_the_worker_may_serve_what_lies_under_the_page_s_address(client: PageClient) -> None:
    with client.get("/s/worker.js") as answer:
        assert answer.mimetype == "text/javascript"
        assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]


def test_another_language_is_one_link_away_and_keeps_the_channel(client: PageClient, hiding_path: str) -> None:
    page = client.page(f"{hiding_path}?k=qr&lang=en")
    assert page.root.attrib["lang"] == "en" and "Any children at school?" in text_of(page.root)
    assert "?k=qr&lang=vi" in {link.attrib["href"] for link in page.all("a")}
