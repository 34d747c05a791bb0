"""Whatever is typed, sent or asked: the portal says what to do at the field, keeps all of it, and never falls over.

One table of forms; what each noun checks beyond that stands in its own tests.
"""

import io
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from models.account import Account
from models.activity import Activity
from models.indicator import OutlineSection
from models.plan import PlanItem
from models.submission import ALL_PARTS, ReturnedPart, Submission
from models.workflow import Status
from tests.support.client import PageClient, form_fields, posting_forms
from tests.support.clock import FrozenClock
from tests.support.pages import Page, text_of
from tests.support.paper import Paper
from tests.support.province import Province
from tests.support.site import PLAN, REPORT, Site

LONGEST = 20_000
STRANGE = "Ha\u0323 Long \u202eabc\u202c \u200fxyz\u200e <script>alert(1)</script> & \"'{{ 7*7 }} %s %(x)s 🙂👩‍🏫 "
"""NFD, marks of direction, a script, a template's and a format's signs, emoji beyond the first plane."""
NOT_A_DAY = ("31/02/2023", "30/13/2023", "00/05/2023", "hôm qua", "30/05/20233", "29/02/2023", "1/1/1/2023")
NOT_A_COUNT = ("12abc", "1e9", "-1", "1" + "0" * 20, "9" * 5000, "1,5", "١٢", "0x10", "NaN", "∞")
Texts = dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """One form: who fills it in, where, what is right, and what its fields are."""

    who: str
    path: Callable[[Site], str]
    good: Texts
    required: dict[str, str] = field(default_factory=dict)
    """Fields that may not be empty, with the message that says so."""
    days: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    texts: dict[str, int] = field(default_factory=dict)
    """Fields for words, with how many signs they take."""
    choices: tuple[str, ...] = ()
    """Fields that offer values; another one is refused."""


SHEETS = {
    "activity": Sheet(
        "school", lambda site: "/activities/new",
        {"title": "Treo băng rôn", "medium": "LONG_GHEP", "starts_on": "22/05/2023", "quantity": "2",
         "themes": ["T1", "T4"], "how": "integrated", "host_event": "Chào cờ", "reach_AUD_NGUOI_HOC": "1.250",
         "cost_F3": "350.000", "note": "Tốt"},
        {"title": "Nhập tên hoạt động", "medium": "Chọn một hình thức tuyên truyền",
         "starts_on": "Nhập ngày thực hiện, ví dụ 25/05/2023", "quantity": "Nhập số lượng, ít nhất là 1",
         "themes": "Chọn ít nhất một nội dung", "host_event": "Nhập tên hoạt động được lồng ghép"},
        ("starts_on", "ends_on"), ("quantity", "reach_AUD_NGUOI_HOC"),
        {"title": 300, "host_event": 300, "note": LONGEST}, ("medium", "themes", "how", "plan_item")),
    "plan item": Sheet(
        "school", lambda site: f"/plans/{site.obligation('school', PLAN)}/items/new",
        {"title": "Đăng bài", "medium": "FACEBOOK", "quantity": "12", "themes": ["T1"], "audiences": ["AUD_NGUOI_DAN"],
         "starts_on": "01/04/2023", "ends_on": "30/10/2023", "lead": "Tổ văn phòng", "staff": "Người thứ nhất",
         "note": "Không"},
        {"title": "Nhập tên việc", "medium": "Chọn một hình thức", "quantity": "Nhập số lượng dự kiến",
         "themes": "Chọn ít nhất một nội dung", "audiences": "Chọn ít nhất một đối tượng",
         "starts_on": "Nhập ngày bắt đầu, ví dụ 01/03/2023", "ends_on": "Nhập ngày kết thúc, ví dụ 30/11/2023"},
        ("starts_on", "ends_on"), ("quantity",), {"title": 300, "lead": 200, "partner": 200, "note": 5000},
        ("medium", "themes", "audiences")),
    "plan section": Sheet(
        "school", lambda site: f"/plans/{site.obligation('school', PLAN)}/sections/I.1", {"text": "Mục đích"},
        texts={"text": LONGEST}),
    "plan document": Sheet(
        "school", lambda site: f"/plans/{site.obligation('school', PLAN)}/document",
        {"document_number": "05/KH-TH", "document_on": "06/03/2023", "signer_position": "Hiệu trưởng"},
        days=("document_on",), texts={"document_number": 60, "signer_position": 200, "signer_name": 200}),
    "tally": Sheet(
        "school", lambda site: "/tallies/new",
        {"collected_from": "10/05/2023", "collected_to": "12/05/2023", "sheet_count": "40", "note": "Họp phụ huynh",
         **{f"Q{number}_5": "40" for number in range(1, 18)}},
        {"collected_from": "Nhập ngày bắt đầu thu phiếu, ví dụ 10/05/2023",
         "collected_to": "Nhập ngày thu phiếu cuối cùng; thu trong một ngày thì ghi lại ngày đó",
         "sheet_count": "Đếm và nhập số phiếu hợp lệ"},
        ("collected_from", "collected_to"), ("sheet_count",), {"note": LONGEST}),
    "report figures": Sheet(
        "school", lambda site: f"/reports/{site.obligation('school', REPORT)}/sections/II.3",
        {"value_K1": "40", "value_K2": "42", "value_K4": "600", "value_K5": "640"}, counts=("value_K1", "value_K5")),
    "report text": Sheet(
        "school", lambda site: f"/reports/{site.obligation('school', REPORT)}/sections/IV.1", {"text": "Ưu điểm"},
        texts={"text": LONGEST}),
    "report document": Sheet(
        "school", lambda site: f"/reports/{site.obligation('school', REPORT)}/document",
        {"document_number": "18/BC-TH", "document_on": "25/05/2023", "signer_position": "Hiệu trưởng"},
        days=("document_on",), texts={"document_number": 60, "signer_position": 200, "signer_name": 200}),
    "unit": Sheet(
        "office", lambda site: "/units/PGD-193/edit",
        {"head_name": "", "head_position": "Trưởng phòng", "from_day": "25/05/2023", "symbol": "PGDĐT",
         "place": "Hạ Long"},
        {"head_position": "Nhập chức vụ, ví dụ Hiệu trưởng", "from_day": "Nhập ngày bắt đầu, ví dụ 01/09/2023",
         "symbol": "Nhập ký hiệu, ví dụ THPT", "place": "Nhập địa danh, ví dụ Quảng Ninh"},
        ("from_day",), (), {"head_name": 200, "head_position": 200, "place": 100}),
    "account": Sheet(
        "admin", lambda site: "/accounts/new",
        {"username": "moi.th", "full_name": "Người mới (minh họa)", "role": "officer", "unit": "TH-193-02",
         "position": "Văn thư", "email": ""},
        {"username": "Nhập tên đăng nhập", "full_name": "Nhập họ và tên", "role": "Chọn một vai trò",
         "unit": "Chọn đơn vị"},
        (), (), {"full_name": 100, "position": 100}, ("role", "unit")),
    "issue": Sheet(
        "office", lambda site: f"/consolidations/{REPORT}/SGDDT/issue",
        {"number": "125", "symbol": "BC-SGDĐT", "issued_on": "25/05/2023", "authority": "", "position": "GIÁM ĐỐC",
         "name": "Người ký (minh họa)"},
        {"symbol": "Nhập ký hiệu, ví dụ BC-SGDĐT", "issued_on": "Nhập ngày ký, ví dụ 15/06/2023",
         "position": "Nhập chức vụ, ví dụ PHÓ GIÁM ĐỐC", "name": "Nhập họ và tên người ký"},
        ("issued_on",)),
    "extension": Sheet(
        "office", lambda site: f"/requirements/obligations/{site.obligation('sibling', PLAN)}/extend",
        {"until": "30/06/2023", "reason": "Bão (minh họa)"},
        {"until": "Nhập ngày gia hạn", "reason": "Ghi lý do gia hạn"}, ("until",), (), {"reason": 1000}),
    "exemption": Sheet(
        "office", lambda site: f"/requirements/obligations/{site.obligation('sibling', PLAN)}/exempt",
        {"reason": "Tạm dừng tuyển sinh (minh họa)"}, {"reason": "Ghi lý do"}, (), (), {"reason": 1000}),
}
"""Every main form."""


def each(fields: str) -> list[tuple[str, str]]:
    """Every form with each of its fields of a kind."""
    return [(name, row) for name, sheet in SHEETS.items() for row in getattr(sheet, fields)]


@pytest.fixture
def site(db_session: Session, province: Province) -> Site:
    """The demonstration province, the school's plan open as a whole."""
    site = Site(db_session)
    plan = db_session.get_one(Submission, site.submission("school"))
    plan.status = Status.RETURNED
    db_session.execute(delete(ReturnedPart).where(ReturnedPart.submission_id == plan.id))
    db_session.add(ReturnedPart(
        submission_id=plan.id, version_number=plan.version_count, part=ALL_PARTS, reason="Viết lại (minh họa)"))
    db_session.commit()
    return site


def fields_on(page: Page, sheet: Sheet) -> Texts:
    """What a browser would send for the form on a page, untouched."""
    names = [{item.attrib.get("name") for item in form.iter()} for form in posting_forms(page)]
    places = range(len(names))
    return form_fields(page, max(places, key=lambda place: len(names[place] & sheet.good.keys())))


def send(client: PageClient, site: Site, sheet: Sheet, changes: Texts | None = None) -> TestResponse:
    """Sign in, open the form, type what is right but for ``changes``, and send it."""
    client.sign_in(sheet.who)
    path = sheet.path(site)
    typed = {**fields_on(client.page(path), sheet), **sheet.good, **(changes or {})}
    return client.post(path, data={name: value for name, value in typed.items() if value is not None},
                       content_type="multipart/form-data")


def told(page: Page) -> dict[str, str]:
    """The messages at the fields, by the id of their field."""
    return {
        element.attrib["id"].removesuffix("-error"): text_of(element).removeprefix("Cần sửa: ")
        for element in page.all("p") if element.attrib.get("id", "").endswith("-error")
    }


def summed_up(page: Page) -> dict[str, str]:
    """The messages of the summary, by the id of the field that each leads to."""
    [summary] = [element for element in page.all("div") if element.attrib.get("role") == "alert"
                 and "error-summary" in element.attrib.get("class", "")]
    return {link.attrib["href"].removeprefix("#"): text_of(link) for link in summary.iter("a")}


def check_refused(answer: TestResponse, sheet: Sheet, name: str, changes: Texts) -> str:
    """The form is there again with all that was typed; the message at the field, which the summary leads to."""
    assert answer.status_code == 422, f"{name}={changes.get(name)!r} → {answer.status_code}"
    page = Page(answer.text)
    messages, summary = told(page), summed_up(page)
    assert name in messages, f"{name}={changes.get(name)!r}: {messages}"
    assert summary.get(name, "").endswith(messages[name]) or messages[name].startswith(summary.get(name, "?"))
    shown = fields_on(page, sheet)
    for typed, value in {**sheet.good, **changes}.items():
        if isinstance(value, str) and not value.strip():
            continue  # spaces alone are nothing
        if value and typed not in sheet.choices:
            kept = shown.get(typed, "")
            assert [kept] == value if isinstance(value, list) and isinstance(kept, str) else kept == value, typed
    return messages[name]


@pytest.mark.parametrize("name", SHEETS)
def test_what_is_right_is_taken(client: PageClient, site: Site, name: str) -> None:
    answer = send(client, site, SHEETS[name])
    assert answer.status_code == 303, told(Page(answer.text))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the form refuses it on either alike
@pytest.mark.parametrize(("name", "empty"), each("required"))
def test_an_empty_field_says_what_to_enter(client: PageClient, site: Site, name: str, empty: str) -> None:
    sheet = SHEETS[name]
    changes = {empty: None if isinstance(sheet.good[empty], list) else "" if empty in sheet.choices else " \t"}
    assert check_refused(send(client, site, sheet, changes), sheet, empty, changes) == sheet.required[empty]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the form refuses it on either alike
@pytest.mark.parametrize(("name", "day"), each("days"))
def test_what_is_no_day_is_asked_for_again(client: PageClient, site: Site, name: str, day: str) -> None:
    sheet = SHEETS[name]
    for text in NOT_A_DAY:
        message = check_refused(send(client, site, sheet, {day: text}), sheet, day, {day: text})
        assert message == "Nhập ngày theo mẫu ngày/tháng/năm, ví dụ 30/05/2023", text


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the form refuses it on either alike
@pytest.mark.parametrize(("name", "count"), each("counts"))
def test_what_is_no_count_is_asked_for_again(client: PageClient, site: Site, name: str, count: str) -> None:
    sheet = SHEETS[name]
    for text in NOT_A_COUNT:
        assert check_refused(send(client, site, sheet, {count: text}), sheet, count, {count: text}), text


@pytest.mark.parametrize(("name", "long"), each("texts"))
def test_strange_text_comes_back_equal(client: PageClient, site: Site, name: str, long: str) -> None:
    sheet = SHEETS[name]
    limit = sheet.texts[long]
    text = (STRANGE + "ẩ" * limit)[:limit] + "ẩ"  # two signs of NFD make one
    assert len(unicodedata.normalize("NFC", text)) == limit
    answer = send(client, site, sheet, {long: text, "keep": "1"} if "draft" in name else {long: text})
    assert answer.status_code == 303, told(Page(answer.text))
    path = reopened(client, site, name, answer)
    shown = fields_on(client.page(path), sheet)[long] if path else ""
    assert shown == (unicodedata.normalize("NFC", text) if path else ""), long


def reopened(client: PageClient, site: Site, name: str, answer: TestResponse) -> str:
    """Where what was saved is edited again; "" where there is no such page."""
    if name in ("activity", "tally"):
        return f"{answer.location}/edit"
    if name == "plan item":
        newest = site.session.scalar(select(func.max(PlanItem.id)))
        return f"{SHEETS[name].path(site).removesuffix('new')}{newest}"
    if name == "account":
        return f"/accounts/{site.session.scalar(select(func.max(Account.id)))}"
    return "" if name in ("extension", "exemption") else SHEETS[name].path(site)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the form refuses it on either alike
@pytest.mark.parametrize(("name", "long"), each("texts"))
def test_one_sign_too_many_says_how_many(client: PageClient, site: Site, name: str, long: str) -> None:
    sheet = SHEETS[name]
    changes = {long: "ẩ" * (sheet.texts[long] + 1)}
    message = check_refused(send(client, site, sheet, changes), sheet, long, changes)
    assert message.startswith("Viết ngắn lại còn tối đa "), message


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the form refuses it on either alike
@pytest.mark.parametrize(("name", "chosen"), each("choices"))
def test_a_choice_that_was_not_offered_is_refused(client: PageClient, site: Site, name: str, chosen: str) -> None:
    sheet = SHEETS[name]
    foreign = {
        "plan_item": str(site.item("other_school")), "unit": "KHONG-CO",
    }.get(chosen, "KHONG_CO")
    changes = {chosen: [foreign] if isinstance(sheet.good.get(chosen), list) else foreign}
    answer = send(client, site, sheet, changes)
    assert answer.status_code == 422
    assert told(Page(answer.text)) or summed_up(Page(answer.text))


@pytest.mark.parametrize("name", SHEETS)
def test_a_form_without_its_fields_falls_over_nowhere(client: PageClient, site: Site, name: str) -> None:
    sheet = SHEETS[name]
    client.sign_in(sheet.who)
    token = client.csrf_token()
    before = site.session.scalar(select(func.count()).select_from(Activity))
    for data in ({}, {"title": ""}, {"draft_revision": "x", "form_token": "y" * 500, "draft_tab": "z" * 500},
                 {"keep": "1"}, {"act": "nonsense"}, {"n" * 500: "x", "": "y"}):
        answer = client.post(sheet.path(site), data={"csrf_token": token, **data})
        assert answer.status_code in {303, 409, 422}, data
    assert site.session.scalar(select(func.count()).select_from(Activity)) == before


def test_a_sign_that_no_database_takes_is_left_out(client: PageClient, site: Site) -> None:
    answer = send(client, site, SHEETS["activity"], {"title": "Treo\x00 băng rôn\x0b"})
    assert answer.status_code == 303
    assert text_of(client.page(answer.location).all("h1")[0]) == "Treo băng rôn"
    assert client.get("/activities?q=a%00b").status_code == 200
    keep = send(client, site, SHEETS["activity"], {"title": "Nháp\x00", "starts_on": "\x00", "keep": "1"})
    assert keep.status_code == 303


@pytest.mark.parametrize(("name", "paper"), [
    ("plan section", "/plans/{plan}/plan.pdf"), ("report text", "/reports/{report}/report.pdf"),
])
def test_strange_text_prints(client: PageClient, site: Site, name: str, paper: str) -> None:
    text = STRANGE + "Đoạn văn dài. " * 1400
    assert send(client, site, SHEETS[name], {"text": text[:LONGEST]}).status_code == 303
    path = paper.format(plan=site.obligation("school", PLAN), report=site.obligation("school", REPORT))
    with client.get(path) as answer:
        assert answer.status_code == 200 and answer.mimetype == "application/pdf"
        printed = Paper(answer.data)
    said = printed.text()
    assert "Hạ Long" in said and "<script>alert(1)</script>" in said and "{{ 7*7 }} %s %(x)s" in said
    assert len(printed) > 5


def test_a_paper_that_would_have_to_be_cut_is_refused_with_the_reason(client: PageClient, site: Site) -> None:
    site.session.execute(update(OutlineSection).values(heading="Đề mục rất dài " * 900))
    site.session.commit()
    client.sign_in("school")
    said = text_of(client.page(f"/plans/{site.obligation('school', PLAN)}/plan.pdf", status=422).all("main")[0])
    assert "dài hơn một trang giấy: “Đề mục rất dài Đề mục rất dài" in said and "không bị cắt bớt" in said


def come_back(client: PageClient, clock: FrozenClock, day: date, at: time) -> None:
    """Let days pass and sign in again."""
    clock.set(day, at)
    client.sign_out()
    client.sign_in("school")


def test_a_deadline_that_has_passed_leaves_the_form_open_and_says_late(
        client: PageClient, site: Site, db_session: Session, clock: FrozenClock) -> None:
    client.sign_in("school")
    report = f"/reports/{site.obligation('school', REPORT)}"
    client.submit(report, "nothing")
    come_back(client, clock, date(2023, 5, 31), time(8))
    assert "Chậm 1 ngày" in text_of(client.page(report).root)
    assert client.page(f"{report}/sections/IV.1").all("textarea")
    warned = text_of(client.page(f"{report}/submit").root)
    assert "Đã quá hạn" in warned and "chậm 1 ngày" in warned
    client.submit(f"{report}/submit", "submit")
    submission = db_session.get_one(Submission, site.submission("school", REPORT))
    assert (submission.late_days, submission.status.value) == (1, "submitted")
    assert "Gửi lần đầu chậm 1 ngày" in text_of(client.page(report).root)


@pytest.mark.parametrize(("at", "late"), [
    ((date(2023, 5, 30), time(23, 59, 59)), 0), ((date(2023, 5, 31), time(0)), 1),
])
def test_the_last_second_of_the_due_day_is_still_on_time(
        client: PageClient, site: Site, db_session: Session, clock: FrozenClock, at: tuple[date, time], late: int,
) -> None:
    client.sign_in("school")
    report = f"/reports/{site.obligation('school', REPORT)}"
    client.submit(report, "nothing")
    come_back(client, clock, *at)
    client.submit(f"{report}/submit", "submit")
    assert db_session.get_one(Submission, site.submission("school", REPORT)).late_days == late


ASKED = {
    "school": ("/activities", "/tallies", "/programme", "/"),
    "office": ("/board", "/reviews", "/units", "/requirements/2023-half-year", "/consolidations", "/leadership"),
    "admin": ("/accounts",),
}
NONSENSE = (
    "page=abc", "page=-1", "page=0", "page=" + "9" * 25, "q=" + "ẩ" * 3000, "q=%25_%5C'\"<b>", "q=%00", "q=%ED%A0%80",
    "state=khong-co&kind=khong-co&requirement=khong-co", "month=2023-99&from=31/02/2023&to=x&plan=?&medium=,,",
    "like=abc", "removed=" + "9" * 25, "item=" + "9" * 25, "from=" + "9" * 25, "version=abc",
    "next=https://example.org/",
)


@pytest.mark.parametrize("username", ASKED)
def test_lists_take_any_question(client: PageClient, site: Site, username: str) -> None:
    client.sign_in(username)
    wrong = {}
    for path in ASKED[username]:
        for asked in NONSENSE:
            status = client.get(f"{path}?{asked}").status_code
            if status not in {200, 404}:
                wrong[f"{path}?{asked[:40]}"] = status
    assert wrong == {}


@pytest.mark.parametrize("number", ["0", "abc", "-1", "9" * 12, "9" * 25])
def test_a_number_that_names_nothing_is_not_found(client: PageClient, site: Site, number: str) -> None:
    client.sign_in("office")
    report, school = site.obligation("sibling", REPORT), site.submission("sibling", REPORT)
    for path in (f"/activities/{number}", f"/reports/{number}", f"/plans/{number}", f"/reviews/{number}",
                 f"/submissions/{number}/versions", f"/submissions/{school}/versions/{number}", f"/tallies/{number}",
                 f"/attachments/{number}", f"/reports/{report}/report.pdf?version={number}",
                 f"/consolidations/{REPORT}/SGDDT/report.pdf?version={number}"):
        if number == "abc" and path.startswith(f"/reports/{report}"):
            continue  # no number is no version: the report as it stands
        with client.get(path) as answer:
            assert answer.status_code == 404, path


@pytest.mark.parametrize("path", [
    "/activities/new?like=999999999", "/units/khong-co", "/units/%F0%9F%99%82", "/units/a%00b",
    "/reports/1/figures/khong-co", "/reports/1/sections/khong-co", "/requirements/khong-co",
    "/consolidations/khong-co/SGDDT", "/consolidations/2023-half-year/TH-193-02", "/consolidations/2023-plan/SGDDT",
    "/drafts/khong-co", "/khong-co",
])
def test_an_address_of_nothing_is_not_found(client: PageClient, site: Site, path: str) -> None:
    for username in ("school", "office"):
        client.sign_in(username)
        status = client.get(path).status_code
        assert status in {403, 404, 405}, path
        assert status == 404 or username == "school" or "like" in path or "sections" in path or "drafts" in path


@pytest.mark.parametrize("content", [
    b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "tên;đơn vị\n".encode("utf-16"), b"a,b,c\n1,2,3\n", b'"', b";;;;\n" * 100,
])
def test_a_file_that_is_no_list_of_accounts_says_so_and_loads_nothing(
        client: PageClient, site: Site, content: bytes) -> None:
    client.sign_in("admin")
    before = site.session.scalar(select(func.count()).select_from(Account))
    data = {"csrf_token": client.csrf_token(), "file": (io.BytesIO(content), "tài khoản.csv")}
    answer = client.post("/accounts/load", data=data, content_type="multipart/form-data")
    page = client.page("/accounts/load") if answer.status_code == 303 else Page(answer.text)
    offered = [button.attrib.get("value") for button in page.all("button") if button.attrib.get("name") == "act"]
    assert "apply" not in offered and "use" not in offered
    assert any("notice" in element.attrib.get("class", "") or "error" in element.attrib.get("class", "")
               for element in page.root.iter())
    assert site.session.scalar(select(func.count()).select_from(Account)) == before


@pytest.mark.parametrize("body", [
    "không phải JSON", "[]", "{}", '{"fields": []}', '{"fields": {"title": "x"}}', "[" * 5000,
    '{"fields": {"title": {"value": {}}}}', '{"fields": {"title": {"value": "x", "base": "abc"}}}',
    '{"fields": {"title": {"value": null}}, "token": 5}', '{"fields": {"title": {"value": "a\\u0000\\ud800b"}}}',
    '{"fields": {"title": {"value": "x", "base": 1e400}}}', '{"fields": {"\\u0000": {"value": "x"}}, "tab": "\\u0000"}',
])
def test_a_draft_takes_no_nonsense_and_falls_over_nothing(
        client: PageClient, site: Site, app: Flask, body: str) -> None:
    client.sign_in("school")
    page = client.page("/activities/new")
    url = next(form.attrib["data-draft-url"] for form in page.all("form") if "data-draft-url" in form.attrib)
    answer = client.post(url, data=body, content_type="application/json",
                         headers={"X-CSRFToken": client.csrf_token()})
    assert answer.status_code in {200, 400}
    forged = client.post(f"{url}x", data=body, content_type="application/json",
                         headers={"X-CSRFToken": client.csrf_token()})
    assert forged.status_code in {400, 404}
