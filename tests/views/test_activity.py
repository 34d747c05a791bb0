"""An activity is recorded once, never loses what was typed, and is seen by those alone who may see its unit."""

import gc
import io
import warnings
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from models.account import Account
from models.activity import Activity, ActivityCost, ActivityReach, activity_attachment
from models.attachment import Attachment
from models.draft import DraftField
from models.event import Event, Subject
from models.plan import PlanItem
from models.programme import Medium
from models.requirement import Obligation
from models.submission import Submission
from tests.support.client import PageClient, form_fields, posting_forms
from tests.support.evidence import jpeg_bytes, pdf_bytes
from tests.support.pages import Page, text_of
from tests.support.province import Province

NEW = "/activities/new"
TYPED: dict[str, Any] = {
    "title": "Sinh hoạt dưới cờ về dịch vụ công trực tuyến", "medium": "LONG_GHEP", "starts_on": "22/05/2023",
    "quantity": "2", "themes": ["T1", "T4"], "how": "integrated", "host_event": "Chào cờ đầu tuần",
    "reach_AUD_NGUOI_HOC": "1.250", "cost_F3": "350.000", "link": "https://truong.edu.vn/bai-1",
    "note": "Kết quả tốt",
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


def send(client: PageClient, path: str = NEW, status: int = 303, data: dict[str, Any] | None = None,
         **typed: Any) -> TestResponse:
    """Fill in the page's form and send it."""
    values = {**(filled(client, path) if data is None else data), **typed}
    response = client.post(path, data={name: value for name, value in values.items() if value is not None},
                           content_type="multipart/form-data")
    assert response.status_code == status, response.text[:3000]
    return response


def errors(response: TestResponse) -> dict[str, str]:
    """The messages of a page by the id of what they belong to."""
    page = Page(response.text)
    return {
        element.attrib["id"].removesuffix("-error"): text_of(element).removeprefix("Cần sửa: ")
        for element in page.all("p") if element.attrib.get("id", "").endswith("-error")
    }


def made(session: Session, title: str = TYPED["title"]) -> list[Activity]:
    """Activities of this title."""
    return list(session.scalars(select(Activity).where(Activity.title == title).order_by(Activity.id)))


def test_an_activity_is_recorded_with_everything_that_was_typed(
        client: PageClient, db_session: Session, school: Account) -> None:
    response = send(client, **TYPED)
    [activity] = made(db_session)
    assert response.location == f"/activities/{activity.id}"
    assert (activity.unit_id, activity.starts_on, activity.ends_on, activity.quantity) == (
        school.unit_id, date(2023, 5, 22), None, 2)
    assert db_session.scalar(select(Medium.code).where(Medium.id == activity.medium_id)) == "LONG_GHEP"
    assert db_session.scalar(select(ActivityReach.turns).where(ActivityReach.activity_id == activity.id)) == 1250
    assert db_session.scalar(select(ActivityCost.amount).where(ActivityCost.activity_id == activity.id)) == 350_000
    assert (activity.is_integrated, activity.host_event, activity.plan_item_id) == (True, "Chào cờ đầu tuần", None)
    shown = client.get(response.location).text
    for words in ("1.250 lượt người dự", "350.000 đồng", "Lồng ghép trong “Chào cờ đầu tuần”", "Ngoài kế hoạch",
                  "Ghi hoạt động", "https://truong.edu.vn/bai-1"):
        assert words in shown


def test_an_empty_form_says_what_to_do_at_each_field(client: PageClient, school: Account) -> None:
    told = errors(send(client, status=422, quantity=""))
    assert told == {
        "title": "Nhập tên hoạt động", "medium": "Chọn một hình thức tuyên truyền",
        "starts_on": "Nhập ngày thực hiện, ví dụ 25/05/2023", "quantity": "Nhập số lượng, ít nhất là 1",
        "themes": "Chọn ít nhất một nội dung",
    }


@pytest.mark.parametrize(("typed", "field", "message"), [
    ({"starts_on": "26/05/2023"}, "starts_on",
     "Hoạt động chưa diễn ra (hôm nay là 25/05/2023). Ghi lại sau khi đã thực hiện."),
    ({"starts_on": "22/05/2021"}, "starts_on",
     "Chương trình năm 2023 ghi hoạt động từ 01/12/2022 đến 31/12/2023. Kiểm tra lại ngày, nhất là năm."),
    ({"ends_on": "21/05/2023"}, "ends_on", "Nhập ngày kết thúc không trước ngày bắt đầu"),
    ({"ends_on": "30/05/2023"}, "ends_on",
     "Hoạt động chưa kết thúc. Để trống ngày kết thúc hoặc ghi lại sau ngày đó."),
    ({"host_event": ""}, "host_event", "Nhập tên hoạt động được lồng ghép"),
    ({"link": "javascript:alert(1)"}, "link", "Dán địa chỉ trang bắt đầu bằng https:// hoặc http://"),
    ({"reach_AUD_NGUOI_HOC": "-3"}, "reach_AUD_NGUOI_HOC", "Nhập số lượt từ 0 đến 100.000.000"),
    ({"cost_F3": "ba trăm"}, "cost_F3", "Nhập số tiền bằng đồng, chỉ gồm chữ số, ví dụ 1.500.000"),
    ({"plan_item": "999999"}, "plan_item", "Chọn một mục có trong danh sách"),
    ({"medium": "KHONG_CO"}, "medium", "Chọn một mục có trong danh sách"),
    ({"title": "x" * 301}, "title", "Viết ngắn lại còn tối đa 300 ký tự (hiện có 301)"),
])
def test_a_wrong_answer_is_told_at_its_field_and_everything_typed_stays(
        client: PageClient, db_session: Session, school: Account, typed: dict[str, Any], field: str,
        message: str) -> None:
    response = send(client, status=422, **{**TYPED, **typed})
    assert errors(response) == {field: message}
    kept = filled(client)
    for name, value in {**TYPED, **typed}.items():
        if name not in ("medium", "plan_item"):
            assert kept[name] == value
    assert made(db_session) == []


def test_a_double_click_makes_one_activity(client: PageClient, db_session: Session, school: Account) -> None:
    data = {**filled(client), **TYPED}
    first = send(client, data=data, files=(io.BytesIO(jpeg_bytes()), "ảnh.jpg"))
    second = send(client, data=data, files=(io.BytesIO(jpeg_bytes()), "ảnh.jpg"))
    assert first.location == second.location
    assert len(made(db_session)) == 1
    assert filled(client)["title"] == ""


def test_going_back_and_changing_leads_to_the_activitys_own_form(
        client: PageClient, db_session: Session, school: Account) -> None:
    data = {**filled(client), **TYPED}
    send(client, data=data)
    [activity] = made(db_session)
    response = send(client, data=data, quantity="5", note="Bổ sung")
    assert response.location == f"/activities/{activity.id}/edit"
    kept = filled(client, response.location)
    assert (kept["quantity"], kept["note"], kept["title"]) == ("5", "Bổ sung", TYPED["title"])
    db_session.refresh(activity)
    assert activity.quantity == 2
    send(client, response.location)
    db_session.refresh(activity)
    assert (activity.quantity, activity.note) == (5, "Bổ sung")


def test_keeping_a_draft_checks_nothing_and_survives_a_reload(
        client: PageClient, db_session: Session, school: Account) -> None:
    response = send(client, keep="1", title="Nửa chừng", starts_on="không nhớ")
    assert response.location == NEW
    assert filled(client)["title"] == "Nửa chừng"
    assert filled(client)["starts_on"] == "không nhớ"
    assert made(db_session, "Nửa chừng") == []


def test_a_second_tab_gets_both_versions_to_choose_from(client: PageClient, school: Account) -> None:
    first, second = filled(client), filled(client)
    send(client, data={**first, "title": "Bản một", "themes": ["T1"]}, keep="1")
    response = send(client, data={**second, "title": "Bản hai", "themes": ["T2"]}, status=409, keep="1")
    page = Page(response.text)
    asked = [element for element in page.all("fieldset") if element.attrib.get("id", "").startswith("conflict-")]
    assert sorted(element.attrib["id"] for element in asked) == ["conflict-themes", "conflict-title"]
    shown = " ".join(map(text_of, asked))
    assert "Bản một" in shown and "Bản hai" in shown and "Chương trình CCHC" in shown
    places = [place for place, form in enumerate(posting_forms(page)) if "data-draft-url" in form.attrib]
    chosen = {**form_fields(page, places[0]), "choice-title": "theirs", "choice-themes": "mine", "keep": "1"}
    assert client.post(NEW, data=chosen).status_code == 303
    kept = filled(client)
    assert (kept["title"], kept["themes"]) == ("Bản một", "T2")


def test_strange_texts_come_back_equal(client: PageClient, db_session: Session, school: Account) -> None:
    text = "Ha\u0323 Long \u202eabc\u202c <script>alert(1)</script> 🙂 " + "ẩ" * 19_900
    send(client, **{**TYPED, "note": text, "title": "<script>x</script> Ha\u0323 Long"})
    [activity] = made(db_session, "<script>x</script> Hạ Long")
    assert activity.note == text.replace("a\u0323", "ạ")
    assert filled(client, f"/activities/{activity.id}/edit")["note"] == activity.note


def test_good_files_are_kept_when_another_one_is_refused(
        client: PageClient, db_session: Session, school: Account) -> None:
    response = send(client, status=422, **{**TYPED, "title": ""}, files=[
        (io.BytesIO(pdf_bytes()), "biên bản.pdf"), (io.BytesIO(b"MZ" + b"\0" * 99), "tro.exe"),
        (io.BytesIO(jpeg_bytes()), "ảnh.JPG")])
    assert errors(response) == {
        "title": "Nhập tên hoạt động",
        "files": "Tệp “tro.exe” không phải PDF, JPEG, PNG, HEIC, DOCX hay XLSX. Chuyển sang một trong các dạng đó.",
    }
    names = dict(db_session.execute(select(Attachment.id, Attachment.name)).all())
    assert sorted(names.values()) == ["biên bản.pdf", "ảnh.jpg"]
    kept = filled(client)
    assert sorted(kept["attachments"]) == sorted(map(str, names))
    send(client, data={**kept, **TYPED})
    [activity] = made(db_session)
    assert db_session.scalar(select(func.count()).select_from(activity_attachment).where(
        activity_attachment.c.activity_id == activity.id)) == 2
    shown = client.get(f"/activities/{activity.id}").text
    assert "biên bản.pdf" in shown and "ảnh.jpg" in shown


def test_an_oversize_file_is_told_at_its_field(client: PageClient, school: Account) -> None:
    film = (io.BytesIO(pdf_bytes() + b"\0" * (70 << 20)), "phim.pdf")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the client never closes its own copy of a large form
        told = errors(send(client, status=422, **TYPED, files=film))
        client.get("/healthz")
        gc.collect()
    assert told == {"files": "Tệp “phim.pdf” lớn hơn 20 MB. Giảm kích thước hoặc tách nhỏ rồi tải lên."}
    assert filled(client)["title"] == TYPED["title"]


def test_an_unticked_file_is_taken_from_the_activity(client: PageClient, db_session: Session, school: Account) -> None:
    send(client, **TYPED, files=(io.BytesIO(jpeg_bytes()), "ảnh.jpg"))
    [activity] = made(db_session)
    send(client, f"/activities/{activity.id}/edit", attachments=None)
    assert db_session.scalar(select(func.count()).select_from(activity_attachment)) == 0
    event = db_session.scalars(select(Event).where(
        Event.subject_kind == Subject.ACTIVITY, Event.action == "change")).one()
    assert event.detail["fields"] == {"attachments": [["ảnh.jpg"], []]}


def test_a_file_of_another_unit_cannot_be_ticked(client: PageClient, db_session: Session, school: Account) -> None:
    other = db_session.scalars(select(Activity.unit_id).where(Activity.unit_id != school.unit_id)).first()
    foreign = Attachment(unit_id=other, name="x.pdf", media_type="application/pdf", size=1, sha256="0" * 64,
                         uploaded_at=school.created_at)
    db_session.add(foreign)
    db_session.flush()
    send(client, **TYPED, attachments=str(foreign.id))
    [activity] = made(db_session)
    assert db_session.scalar(select(func.count()).select_from(activity_attachment)) == 0
    assert "x.pdf" not in client.get(f"/activities/{activity.id}").text


def test_a_change_is_told_with_before_and_after(client: PageClient, db_session: Session, school: Account) -> None:
    send(client, **TYPED)
    [activity] = made(db_session)
    send(client, f"/activities/{activity.id}/edit", quantity="3", starts_on="21/05/2023")
    shown = client.get(f"/activities/{activity.id}").text
    assert "Số lượng: 2 → 3" in shown and "Ngày thực hiện: 22/05/2023 → 21/05/2023" in shown
    before = db_session.scalar(select(func.count()).select_from(Event))
    send(client, f"/activities/{activity.id}/edit")
    assert db_session.scalar(select(func.count()).select_from(Event)) == before


def test_an_activity_is_taken_out_and_put_back(client: PageClient, db_session: Session, school: Account) -> None:
    send(client, **TYPED)
    [activity] = made(db_session)
    response = client.submit(f"/activities/{activity.id}", f"/activities/{activity.id}/remove")
    listed = client.get(response.location).text
    assert "Đã bỏ hoạt động" in listed and f"/activities/{activity.id}/restore" in listed
    assert f'href="/activities/{activity.id}"' not in listed
    assert f'href="/activities/{activity.id}"' in client.get("/activities?state=removed").text
    assert client.get(f"/activities/{activity.id}/edit").status_code == 303
    client.submit(response.location, f"/activities/{activity.id}/restore")
    db_session.refresh(activity)
    assert activity.removed_at is None
    kinds = db_session.scalars(select(Event.action).where(Event.subject_kind == Subject.ACTIVITY).order_by(Event.id))
    assert list(kinds)[-3:] == ["create", "remove", "restore"]


def test_a_similar_activity_begins_without_day_and_evidence(
        client: PageClient, db_session: Session, school: Account) -> None:
    send(client, **TYPED, files=(io.BytesIO(jpeg_bytes()), "ảnh.jpg"))
    [activity] = made(db_session)
    path = f"{NEW}?like={activity.id}"
    begun = filled(client, path)
    assert (begun["title"], begun["medium"], begun["themes"], begun["host_event"]) == (
        TYPED["title"], "LONG_GHEP", ["T1", "T4"], TYPED["host_event"])
    assert (begun["starts_on"], begun["link"], begun["reach_AUD_NGUOI_HOC"]) == ("", "", "")
    assert "attachments" not in begun
    send(client, path, starts_on="23/05/2023")
    assert [row.starts_on for row in made(db_session)] == [date(2023, 5, 22), date(2023, 5, 23)]


def test_a_planned_item_is_chosen_from_the_units_own_plan(
        client: PageClient, db_session: Session, school: Account) -> None:
    own = db_session.scalars(
        select(PlanItem.id).join(Submission, Submission.id == PlanItem.submission_id)
        .join(Obligation, Obligation.id == Submission.obligation_id).where(Obligation.unit_id == school.unit_id)).all()
    page = client.page(NEW)
    select_field = next(field for field in page.all("select") if field.attrib["name"] == "plan_item")
    assert {option.attrib["value"] for option in select_field.iter("option")} == {"", *map(str, own)}
    send(client, **TYPED, plan_item=str(own[0]))
    assert made(db_session)[0].plan_item_id == own[0]


def test_the_list_filters_by_what_stands_in_the_address(
        client: PageClient, db_session: Session, school: Account) -> None:
    send(client, **TYPED)
    send(client, **{**TYPED, "title": "Bài viết trên báo Quảng Ninh", "medium": "BAO_VIET", "themes": ["T8"],
                    "how": "own", "link": "", "starts_on": "02/01/2023", "outlet": "Báo Quảng Ninh"})
    [first], [second] = made(db_session), made(db_session, "Bài viết trên báo Quảng Ninh")

    def listed(query: str) -> set[int]:
        page = client.page(f"/activities?{query}")
        paths = [link.attrib["href"] for link in page.all("a")]
        return {row.id for row in (first, second) if f"/activities/{row.id}" in paths}

    assert listed("q=quang+ninh") == {second.id}
    assert listed("q=SINH+hoat+duoi") == {first.id}
    assert listed("theme=T8") == {second.id}
    assert listed("channel=CH5") == {first.id}
    assert listed("medium=BAO_VIET,LONG_GHEP") == {first.id, second.id}
    assert listed("month=2023-05") == {first.id}
    assert listed("from=01/01/2023&to=31/01/2023") == {second.id}
    assert listed("plan=planned") == set()
    assert listed("plan=unplanned") == {first.id, second.id}
    assert listed("evidence=none&q=bai+viet") == {second.id}
    assert listed("evidence=none&q=sinh+hoat") == set()
    assert listed("q=%25") == set()
    assert listed("month=2023-99&page=abc&from=x&plan=zzz") == {first.id, second.id}


def test_totals_are_those_of_the_filter_and_pages_hold_twenty_five(
        client: PageClient, db_session: Session, school: Account) -> None:
    for number in range(27):
        send(client, **{**TYPED, "title": f"Hoạt động đếm {number:02d}", "quantity": "1.000", "note": ""})
    page = client.page("/activities?q=hoat+dong+dem")
    figures = [text_of(span) for span in page.all("span") if span.attrib.get("class") == "figure"]
    assert figures == ["27", "27.000", "33.750", "9.450.000"]
    assert len(client.statements) <= 20
    assert "Trang 1 trên 2" in text_of(page.root)
    second = client.page("/activities?q=hoat+dong+dem&page=2")
    rows = [row for table in second.all("tbody") for row in table.iter("tr")]
    assert len(rows) == 2


@pytest.mark.parametrize("path", ["/activities/new", "/activities", "/activities/{id}", "/activities/{id}/edit"])
def test_no_page_asks_more_than_twenty_queries(
        client: PageClient, db_session: Session, school: Account, path: str) -> None:
    send(client, **TYPED, files=(io.BytesIO(jpeg_bytes()), "ảnh.jpg"))
    client.page(path.format(id=made(db_session)[0].id))
    assert len(client.statements) <= 20, str(client.statements)


def test_foreign_and_unknown_activities_look_alike(
        client: PageClient, db_session: Session, province: Province, school: Account) -> None:
    foreign = db_session.scalars(select(Activity.id).where(Activity.unit_id != school.unit_id)).first()
    for number in (foreign, 10**9):
        assert client.get(f"/activities/{number}").status_code == 404
        assert client.get(f"/activities/{number}/edit").status_code == 404
        assert client.get(f"{NEW}?like={number}").status_code == 404
        assert client.post(f"/activities/{number}/remove", data={"csrf_token": client.csrf_token()}).status_code == 404
    assert client.get("/activities?unit=KHONG-CO").status_code == 404


def test_those_above_see_and_do_not_write(client: PageClient, db_session: Session, province: Province) -> None:
    school = client.sign_in(province["school"])
    send(client, **TYPED)
    [activity] = made(db_session)
    for username in ("district", "office", "leader", "division", "head", "admin"):
        client.sign_in(province[username])
        shown = client.get(f"/activities/{activity.id}").text
        assert TYPED["title"] in shown and "Sửa hoạt động" not in shown
        assert client.get(f"/activities/{activity.id}/edit").status_code in (403, 404)
    client.sign_in(province["office"])
    assert TYPED["title"] in client.get("/activities?unit=all&q=sinh+hoat+duoi+co+ve+dich+vu").text
    assert len(client.statements) <= 20
    assert client.get(NEW).status_code == 403
    assert school.unit_id == activity.unit_id


def test_what_autosave_kept_comes_back_in_the_form(client: PageClient, db_session: Session, school: Account) -> None:
    page = client.page(NEW)
    form = next(form for form in posting_forms(page) if "data-draft-url" in form.attrib)
    token = client.csrf_token()
    saved = client.post(form.attrib["data-draft-url"], headers={"X-CSRFToken": token}, json={
        "token": "t", "tab": "a", "fields": {"title": {"value": "Tự lưu", "base": 0},
                                             "themes": {"value": ["T2"], "base": 0}}})
    assert saved.status_code == 200
    assert db_session.scalar(select(func.count()).select_from(DraftField)) == 2
    kept = filled(client)
    assert (kept["title"], kept["themes"], kept["form_token"]) == ("Tự lưu", "T2", "t")
