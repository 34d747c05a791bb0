"""The pages of a plan, opened by every role in every state, and written in as a browser would."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select, update

from core.clock import clock as portal_clock
from models.plan import PlanItem, SectionText
from models.submission import ReturnedPart, Submission, SubmissionVersion
from models.workflow import Status
from services.submission import return_for_completion, sign_off
from tests.support.client import PageClient
from tests.support.clock import FrozenClock
from tests.support.pages import text_of
from tests.support.paper import Paper
from tests.support.plan import PlanWorld

ITEM: dict[str, Any] = {
    "title": "Đăng bài về dịch vụ công", "medium": "FACEBOOK", "quantity": "1.200", "themes": ["T1", "T4"],
    "audiences": ["AUD_NGUOI_HOC"], "starts_on": "1/4/2023", "ends_on": "30/11/2023", "lead": "Tổ văn phòng",
    "staff": "Người thứ nhất\nNgười thứ hai", "budget_F1": "1.500.000",
}


def words(client: PageClient, path: str) -> str:
    """What is read on a page."""
    return text_of(client.page(path).all("main")[0])


def new_item(client: PageClient, world: PlanWorld, status: int = 303, **typed: Any) -> Any:
    """Send the form of a new item."""
    return client.submit(world.url("/items/new"), "/items/new", status, **(ITEM | typed))


# Reading.


@pytest.mark.parametrize("status", [None, *Status])
@pytest.mark.parametrize("who", ["officer", "head", "district", "office", "leader", "division", "admin"])
def test_everybody_who_may_read_a_plan_reads_it_in_every_state(
    client: PageClient, plan_world: PlanWorld, who: str, status: Status | None
) -> None:
    if status is not None:
        plan_world.sent()
        plan_world.session.execute(update(Submission).values(status=status))
    client.sign_in(plan_world.people[who])
    page = words(client, plan_world.url())
    can_write = who == "officer" and (status is None or status.is_editable)
    assert ("Ghi số, ngày, người ký" in page) is can_write
    assert ("Chỉ để xem" in page) is (status in (Status.SUBMITTED, Status.ACCEPTED, Status.ISSUED))
    can_send = who in ("officer", "head") and (status is None or status.is_editable)
    assert ("Kiểm tra trước khi gửi" in page) is can_send
    assert ("Mở trang duyệt" in page) is (who == "district" and status is not None)


@pytest.mark.parametrize("path", ["", "/submit", "/sections/I.1", "/items/new", "/document", "/plan.pdf"])
def test_a_neighbour_and_an_unknown_plan_look_alike(client: PageClient, plan_world: PlanWorld, path: str) -> None:
    client.sign_in(plan_world.people["neighbour"])
    assert client.get(plan_world.url(path)).status_code == 404
    assert client.get(f"/plans/999999{path}").status_code == 404


@pytest.mark.parametrize("column", ["exempted_at", "closed_at"])
def test_a_plan_that_is_not_owed_says_so_and_offers_nothing(
    client: PageClient, plan_world: PlanWorld, column: str
) -> None:
    setattr(plan_world.obligation(), column, portal_clock.now())
    client.sign_in(plan_world.people["officer"])
    page = words(client, plan_world.url())
    assert "Chỉ để xem" in page and "Kiểm tra trước khi gửi" not in page
    assert client.get(plan_world.url("/sections/I.1")).status_code == 303


def test_a_plan_is_read_in_at_most_twenty_queries(client: PageClient, plan_world: PlanWorld) -> None:
    plan_world.write(items=8)
    client.sign_in(plan_world.people["officer"])
    for path in ("", "/submit", "/sections/I.1", "/items/new"):
        client.get(plan_world.url(path))
        assert len(client.statements) <= 20, str(client.statements)


def test_the_paper_is_a_draft_until_it_is_a_version(client: PageClient, plan_world: PlanWorld) -> None:
    plan_world.sent()
    client.sign_in(plan_world.people["office"])
    draft = client.get(plan_world.url("/plan.pdf"))
    version = client.get(plan_world.url("/plan.pdf?version=1"))
    assert draft.mimetype == version.mimetype == "application/pdf"
    assert "DỰ THẢO" in Paper(draft.data).text() and "DỰ THẢO" not in Paper(version.data).text()
    assert "TRƯỜNG TIỂU HỌC A" in Paper(version.data).text()
    assert client.get(plan_world.url("/plan.pdf?version=1")).data == version.data
    assert client.get(plan_world.url("/plan.pdf?version=2")).status_code == 404


# Writing.


def test_a_heading_starts_from_its_proposal_and_keeps_what_is_saved(client: PageClient, plan_world: PlanWorld) -> None:
    client.sign_in(plan_world.people["officer"])
    path = plan_world.url("/sections/I.1")
    assert "nâng cao nhận thức" in client.fields(path, "/sections/")["text"]
    assert plan_world.session.scalar(select(func.count()).select_from(Submission)) == 0
    answer = client.submit(path, "/sections/", text="Mục đích của trường", act="next")
    assert answer.location.endswith("/sections/I.2")
    assert client.fields(path, "/sections/")["text"] == "Mục đích của trường"
    assert "Mục đích của trường" in words(client, plan_world.url())


def test_a_text_that_is_too_long_is_kept_and_said_at_the_field(client: PageClient, plan_world: PlanWorld) -> None:
    client.sign_in(plan_world.people["officer"])
    path = plan_world.url("/sections/I.1")
    answer = client.submit(path, "/sections/", 422, text="Đ" * 20_001)
    assert "Viết ngắn lại" in answer.text
    assert client.fields(path, "/sections/")["text"] == "Đ" * 20_001
    assert plan_world.session.scalar(select(func.count()).select_from(SectionText)) == 0


def test_two_tabs_get_both_versions_to_choose_from(client: PageClient, plan_world: PlanWorld) -> None:
    client.sign_in(plan_world.people["officer"])
    path = plan_world.url("/sections/III")
    first, second = client.fields(path, "/sections/"), client.fields(path, "/sections/")
    assert client.post(path, data=first | {"text": "Của thẻ một"}).status_code == 303
    answer = client.post(path, data=second | {"text": "Của thẻ hai"})
    assert answer.status_code == 409
    assert "Của thẻ một" in answer.text and "Của thẻ hai" in answer.text
    assert client.post(path, data=second | {"text": "Của thẻ hai", "choice-text": "mine"}).status_code == 303
    assert plan_world.session.scalars(select(SectionText.text)).one() == "Của thẻ hai"


def test_two_tabs_see_what_was_ticked_in_words(client: PageClient, plan_world: PlanWorld) -> None:
    submission = plan_world.write()
    item = plan_world.session.scalars(select(PlanItem).where(PlanItem.submission_id == submission.id)).one()
    client.sign_in(plan_world.people["officer"])
    path = plan_world.url(f"/items/{item.id}")
    first, second = client.fields(path, "/items/"), client.fields(path, "/items/")
    assert client.post(path, data=first | {"themes": ["T2"], "medium": "ZALO"}).status_code == 303
    page = client.post(path, data=second | {"themes": ["T6", "T8"], "medium": "PANO"})
    assert page.status_code == 409
    versions = [text_of(part) for part in client.opened_page.all("p") if part.attrib.get("class") == "version-text"]
    assert "Kỷ niệm 60 năm thành lập tỉnh" in " ".join(versions) and "Pa nô (chiếc)" in versions
    assert not any("T6" in version or "[" in version for version in versions)


def test_all_proposals_are_taken_over_by_one_button(client: PageClient, plan_world: PlanWorld) -> None:
    client.sign_in(plan_world.people["officer"])
    client.submit(plan_world.url(), "/adopt")
    assert plan_world.session.scalar(select(func.count()).select_from(SectionText)) == 9
    assert "Dùng đề xuất" not in words(client, plan_world.url())


def test_an_item_is_added_changed_copied_moved_taken_out_and_put_back(
    client: PageClient, plan_world: PlanWorld
) -> None:
    client.sign_in(plan_world.people["officer"])
    new_item(client, plan_world)
    item = plan_world.session.scalars(select(PlanItem)).one()
    assert (item.quantity, item.starts_on, item.staff) == (1200, date(2023, 4, 1), "Người thứ nhất\nNgười thứ hai")
    path = plan_world.url(f"/items/{item.id}")
    kept = client.fields(path, f"/items/{item.id}")
    assert kept["quantity"] == "1.200" and kept["themes"] == ["T1", "T4"] and kept["budget_F1"] == "1.500.000"
    client.submit(path, f"/items/{item.id}", quantity="15")
    copy = plan_world.url(f"/items/new?from={item.id}")
    client.submit(copy, "/items/new", title="Việc sao")
    page = words(client, plan_world.url())
    assert "15 bài" in page and "Việc sao" in page and "3.000.000" in page
    client.submit(plan_world.url(), f"/items/{item.id}/move", act="down")
    assert plan_world.session.scalars(select(PlanItem.title).order_by(PlanItem.position)).first() == "Việc sao"
    client.submit(plan_world.url(), f"/items/{item.id}/remove")
    assert "Việc đã bỏ (1)" in words(client, plan_world.url())
    client.submit(plan_world.url(), f"/items/{item.id}/restore")
    assert "Việc đã bỏ" not in words(client, plan_world.url())


def test_a_double_click_makes_one_item(client: PageClient, plan_world: PlanWorld) -> None:
    client.sign_in(plan_world.people["officer"])
    path = plan_world.url("/items/new")
    data = client.fields(path, "/items/new") | ITEM
    assert {client.post(path, data=data).status_code for _ in range(2)} == {303}
    assert plan_world.session.scalar(select(func.count()).select_from(PlanItem)) == 1
    assert "title" not in client.fields(path, "/items/new") or not client.fields(path, "/items/new")["title"]


@pytest.mark.parametrize(("field", "typed", "said"), [
    ("title", " ", "Nhập tên việc"), ("title", "Đ" * 301, "Viết ngắn lại"), ("medium", "", "Chọn một hình thức"),
    ("medium", "KHONG_CO", "Chọn một mục có trong danh sách"), ("quantity", "", "Nhập số lượng dự kiến"),
    ("quantity", "0", "Nhập số từ 1"), ("quantity", "mười", "Nhập số nguyên"), ("quantity", "9" * 30, "Nhập số từ 1"),
    ("themes", None, "Chọn ít nhất một nội dung"), ("themes", ["T99"], "Chọn những mục có trong danh sách"),
    ("audiences", None, "Chọn ít nhất một đối tượng"), ("starts_on", "31/02/2023", "Nhập ngày theo mẫu"),
    ("starts_on", "31/12/2022", "Chọn ngày trong năm kế hoạch"),
    ("ends_on", "01/01/2024", "Chọn ngày trong năm kế hoạch"),
    ("ends_on", "31/03/2023", "không trước ngày bắt đầu"), ("budget_F1", "một triệu", "Nhập số tiền"),
    ("budget_F1", "-5", "Nhập số"),
])
def test_every_field_of_an_item_says_what_to_do_and_keeps_what_was_typed(
    client: PageClient, plan_world: PlanWorld, field: str, typed: Any, said: str
) -> None:
    client.sign_in(plan_world.people["officer"])
    answer = new_item(client, plan_world, 422, **{field: typed})
    assert said in answer.text
    assert plan_world.session.scalar(select(func.count()).select_from(PlanItem)) == 0
    kept = client.fields(plan_world.url("/items/new"), "/items/new")
    expected = {**ITEM, field: typed}
    wrong = {name: (kept.get(name), value) for name, value in expected.items()
             if value not in (None, "") and name != field and kept.get(name) not in (value, *list(value)[:1])}
    assert wrong == {}


def test_a_half_filled_item_is_kept_without_being_checked(client: PageClient, plan_world: PlanWorld) -> None:
    client.sign_in(plan_world.people["officer"])
    client.submit(plan_world.url("/items/new"), "/items/new", title="Đang viết dở", keep="1")
    assert client.fields(plan_world.url("/items/new"), "/items/new")["title"] == "Đang viết dở"
    assert plan_world.session.scalar(select(func.count()).select_from(PlanItem)) == 0


def test_the_home_page_leads_back_to_what_was_left_half_done(client: PageClient, plan_world: PlanWorld) -> None:
    submission = plan_world.write()
    item = plan_world.session.scalars(select(PlanItem).where(PlanItem.submission_id == submission.id)).one()
    client.sign_in(plan_world.people["officer"])
    for tail in (f"/items/{item.id}", f"/items/new?from={item.id}", "/items/new"):
        client.submit(plan_world.url(tail), "/items/", title="Viết dở", keep="1")
    client.submit(plan_world.url("/document"), "/document", document_number="9", keep="1")
    links = {link.attrib.get("href") for link in client.page("/").all("a")}
    for tail in (f"/items/{item.id}", f"/items/new?from={item.id}", "/items/new", "/document"):
        assert plan_world.url(tail) in links, tail


def test_after_a_return_only_the_named_parts_open(client: PageClient, plan_world: PlanWorld) -> None:
    submission = plan_world.sent()
    item = plan_world.session.scalars(select(PlanItem)).one()
    parts = [("section:I.1", "Viết rõ hơn"), (f"item:{item.id}", "Ghi số lượng")]
    return_for_completion(plan_world.session, submission, parts, "", None, portal_clock.now())
    client.sign_in(plan_world.people["officer"])
    page = words(client, plan_world.url())
    assert "Viết rõ hơn" in page and "Thêm việc" not in page
    client.submit(plan_world.url("/sections/I.1"), "/sections/", text="Viết lại")
    client.submit(plan_world.url(f"/items/{item.id}"), f"/items/{item.id}", quantity="99")
    assert client.get(plan_world.url("/sections/I.2")).status_code == 303
    assert client.get(plan_world.url("/items/new")).status_code == 303
    token = client.csrf_token()
    for tail in ("/sections/I.2", f"/items/{item.id}/remove", f"/items/{item.id}/move"):
        client.post(plan_world.url(tail), data={"csrf_token": token, "text": "Lén sửa", "act": "up"})
    plan_world.session.expire_all()
    assert "Lén sửa" not in plan_world.session.scalars(select(SectionText.text)).all()
    assert plan_world.session.scalars(select(PlanItem.removed_at)).one() is None


def test_what_is_typed_into_a_plan_that_was_locked_meanwhile_is_kept_as_a_draft(
    client: PageClient, plan_world: PlanWorld
) -> None:
    submission = plan_world.write()
    client.sign_in(plan_world.people["officer"])
    path = plan_world.url("/sections/I.1")
    data = client.fields(path, "/sections/")
    plan_world.send()
    plan_world.session.commit()
    answer = client.post(path, data=data | {"text": "Viết thêm"}, follow_redirects=True)
    assert "đang khóa" in answer.text
    plan_world.session.execute(update(Submission).values(status=Status.WITHDRAWN))
    assert client.fields(path, "/sections/")["text"] == "Viết thêm"
    assert submission.version_count == 1


# Sending.


def test_sending_asks_for_what_is_missing_and_has_no_button_until_then(
    client: PageClient, plan_world: PlanWorld
) -> None:
    client.sign_in(plan_world.people["officer"])
    page = words(client, plan_world.url("/submit"))
    assert "Kế hoạch chưa có việc nào" in page and "Gửi kế hoạch tới" not in page
    token = client.csrf_token()
    answer = client.post(plan_world.url("/submit"), data={"csrf_token": token, "submit_key": "k"})
    assert answer.location.endswith("/submit")
    assert plan_world.session.scalar(select(func.count()).select_from(Submission)) == 0


def test_a_double_click_sends_one_version(client: PageClient, plan_world: PlanWorld) -> None:
    plan_world.write()
    client.sign_in(plan_world.people["officer"])
    data = client.fields(plan_world.url("/submit"), "/submit")
    for _ in range(2):
        assert client.post(plan_world.url("/submit"), data=data).location.endswith(plan_world.url())
    assert plan_world.session.scalar(select(func.count()).select_from(SubmissionVersion)) == 1
    assert "đang chờ Phòng Giáo dục A (minh họa) duyệt" in words(client, plan_world.url())


def test_before_sending_late_the_page_says_so_and_after_it_stays_said(
    client: PageClient, plan_world: PlanWorld, clock: FrozenClock
) -> None:
    plan_world.write()
    clock.set(date(2023, 3, 13))
    client.sign_in(plan_world.people["officer"])
    assert "ghi là chậm 3 ngày" in words(client, plan_world.url("/submit"))
    client.submit(plan_world.url("/submit"), "/submit")
    assert "Gửi lần đầu chậm 3 ngày" in words(client, plan_world.url())


def test_before_the_window_opens_the_page_says_when(
    client: PageClient, plan_world: PlanWorld, clock: FrozenClock
) -> None:
    plan_world.write()
    clock.set(date(2023, 2, 16))
    client.sign_in(plan_world.people["officer"])
    page = words(client, plan_world.url("/submit"))
    assert "Gửi được từ ngày 17/02/2023" in page and "Gửi kế hoạch tới" not in page


def test_sending_again_without_a_change_is_pointed_out(client: PageClient, plan_world: PlanWorld) -> None:
    submission = plan_world.sent()
    return_for_completion(plan_world.session, submission, [], "Sửa", None, portal_clock.now())
    client.sign_in(plan_world.people["officer"])
    assert "chưa được sửa kể từ bản đã gửi" in words(client, plan_world.url("/submit"))


def test_number_day_and_signer_are_written_without_the_sign_off_lapsing(
    client: PageClient, plan_world: PlanWorld
) -> None:
    submission = plan_world.write()
    sign_off(plan_world.session, submission, plan_world.viewer("head"), portal_clock.now())
    client.sign_in(plan_world.people["officer"])
    client.submit(plan_world.url("/document"), "/document", document_number="12/KH-TH", document_on="8/3/2023",
                  signer_name="Nguyễn Thị Minh Họa")
    page = words(client, plan_world.url())
    assert "số 12/KH-TH ngày 08/03/2023" in page and "đã ký duyệt nội bộ" in page
    assert "Hiệu trưởng Nguyễn Thị Minh Họa" in page


def test_a_returned_plan_with_everything_open_lists_one_reason(client: PageClient, plan_world: PlanWorld) -> None:
    submission = plan_world.sent()
    return_for_completion(plan_world.session, submission, [], "Làm lại theo mẫu", None, portal_clock.now())
    client.sign_in(plan_world.people["officer"])
    page = words(client, plan_world.url())
    assert "Toàn bộ văn bản: Làm lại theo mẫu" in page and "Thêm việc" in page
    assert plan_world.session.scalars(select(ReturnedPart.part)).all() == ["all"]
