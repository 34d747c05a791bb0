"""The pages of announcements and of the contact list, as each person meets them."""

import io
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from models.announcement import Announcement, AnnouncementUnit
from models.attachment import Attachment
from models.contact import UnitContact
from tests.support.client import PageClient
from tests.support.clock import FrozenClock
from tests.support.evidence import pdf_bytes
from tests.support.pages import text_of
from tests.support.plan import PlanWorld

TITLE = "Hướng dẫn lập báo cáo (minh họa)"


@pytest.fixture
def world(plan_world: PlanWorld, clock: FrozenClock) -> PlanWorld:
    """Thursday 25 May."""
    clock.set(date(2023, 5, 25))
    return plan_world


def be(client: PageClient, world: PlanWorld, who: str) -> PageClient:
    """Be one of the little province's people."""
    client.sign_out()
    client.sign_in(world.people[who])
    return client


def said(client: PageClient, path: str, status: int = 200) -> str:
    """What a page says."""
    return text_of(client.page(path, status).root)


def publish(client: PageClient, world: PlanWorld, who: str = "office", **typed: Any) -> str:
    """Announce by the form, with a file; the address of its page."""
    be(client, world, who)
    answer = client.submit("/announcements/new", -1, **{
        "title": TITLE, "text": "Chốt số liệu 20/5", "files": (io.BytesIO(pdf_bytes()), "mẫu.pdf"), **typed})
    return str(answer.location)


def test_what_the_office_announces_is_read_by_a_school_and_counted(client: PageClient, world: PlanWorld) -> None:
    path = publish(client, world)
    assert "0/4 đơn vị đã đọc." in said(client, path)
    be(client, world, "officer")
    assert "Thông báo chưa đọc (1)" in said(client, "/")
    file_id = world.session.scalars(select(Attachment.id)).one()
    with client.get(f"{path}/files/{file_id}") as answer:
        assert answer.data == pdf_bytes() and "attachment" in answer.headers["Content-Disposition"]
    client.submit(path, "/read")
    assert "Thông báo chưa đọc" not in said(client, "/")
    be(client, world, "office")
    page = said(client, f"{path}/readers")
    assert "1/4 đơn vị đã đọc." in page and "Nhắc 3 đơn vị chưa đọc" in page
    client.submit(f"{path}/readers", "/remind")
    be(client, world, "neighbour")
    assert "đơn vị đã được nhắc đọc" in said(client, "/")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # what is refused never comes to a database
@pytest.mark.parametrize(("typed", "message"), [
    ({"title": " "}, "Nhập tiêu đề"),
    ({"text": "", "files": None}, "Viết nội dung hoặc kèm ít nhất một tệp"),
    ({"files": (io.BytesIO(b"MZ"), "x.exe")}, "không phải PDF"),
    ({"audience": "kinds"}, "Chọn ít nhất một loại đơn vị"),
    ({"audience": "tree", "head": ""}, "Chọn một phòng"),
    ({"audience": "units", "units": "Trường nào đó\nkhông có"}, "Không tìm thấy: “Trường nào đó”, “không có”"),
    ({"published_on": "24/05/2023"}, "Chọn hôm nay hoặc một ngày sau hôm nay"),
    ({"published_on": "31/02/2023"}, "Nhập ngày theo mẫu"),
])
def test_a_form_says_what_to_mend_and_keeps_what_was_typed(
        client: PageClient, world: PlanWorld, typed: dict[str, Any], message: str) -> None:
    be(client, world, "office")
    client.submit("/announcements/new", -1, 422, **{"title": TITLE, "text": "Giữ lại", **typed})
    page = text_of(client.opened_page.root)
    assert message in page
    if typed.get("text") is None:
        assert "Giữ lại" in said(client, "/announcements/new")
    assert world.session.scalars(select(Announcement)).all() == []


def test_units_are_named_by_code_or_by_name_without_marks(client: PageClient, world: PlanWorld) -> None:
    lines = f"truong tieu hoc a (minh hoa)\n\n{world.units['centre'].code}\nTrường tiểu học A (minh họa)"
    publish(client, world, audience="units", units=lines)
    assert set(world.session.scalars(select(AnnouncementUnit.unit_id))) == {
        world.units["school"].id, world.units["centre"].id}


def test_a_correction_shows_both_texts_and_a_withdrawal_its_reason(client: PageClient, world: PlanWorld) -> None:
    path = publish(client, world)
    client.submit(f"{path}/correct", -1, 422, text="Chốt số liệu 25/5", note="")
    assert "Ghi điều đã đính chính" in text_of(client.opened_page.root)
    client.submit(f"{path}/correct", -1, text="Chốt số liệu 25/5", note="Sửa ngày")
    be(client, world, "officer")
    page = said(client, path)
    assert "Chốt số liệu 25/5" in page and "Chốt số liệu 20/5" in page and "Sửa ngày" in page
    be(client, world, "office").submit(f"{path}/withdraw", -1, reason="Hoãn")
    be(client, world, "officer")
    assert "Hoãn" in said(client, path) and "Thông báo chưa đọc" not in said(client, "/")


@pytest.mark.parametrize(("who", "status"), [
    ("officer", 200), ("head", 200), ("district", 200), ("leader", 200), ("division", 200), ("admin", 200)])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # rights are the same on either
def test_only_who_announced_manages_an_announcement(
        client: PageClient, world: PlanWorld, who: str, status: int) -> None:
    path = publish(client, world)
    file_id = world.session.scalars(select(Attachment.id)).one()
    be(client, world, who)
    assert client.get(path).status_code == status
    manages = 404 if who == "district" else 403
    token = client.csrf_token()
    answers = [client.get(f"{path}/{page}").status_code for page in ("correct", "withdraw", "readers")]
    answers += [client.post(f"{path}/{page}", data={"csrf_token": token}).status_code
                for page in ("correct", "withdraw", "remind")]
    assert answers == [manages] * 6
    assert client.get(f"{path}/files/{file_id + 1}").status_code == 404
    read = client.post(f"{path}/read", data={"csrf_token": token, "version": "1"}).status_code
    assert read == (303 if who in ("officer", "head", "district") else 404)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_not_addressed_or_not_yet_published_does_not_exist(client: PageClient, world: PlanWorld) -> None:
    later = publish(client, world, published_on="26/05/2023")
    foreign = publish(client, world, audience="units", units=world.units["centre"].code)
    own = publish(client, world, "district")
    be(client, world, "officer")
    assert [client.get(path).status_code for path in (later, foreign, own, "/announcements/999")] == [
        404, 404, 200, 404]
    assert client.post(f"{later}/read", data={"csrf_token": client.csrf_token()}).status_code == 404
    be(client, world, "district")
    assert client.get(f"{own}/readers").status_code == 200
    assert "/announcements/new" not in said(be(client, world, "leader"), "/announcements")


def test_a_list_of_announcements_takes_few_queries(client: PageClient, world: PlanWorld) -> None:
    path = publish(client, world)
    be(client, world, "office")
    client.page("/announcements")
    few = len(client.statements)
    for number in range(3):
        publish(client, world, title=f"Thông báo {number}")
    client.page("/announcements")
    assert len(client.statements) == few
    client.page(f"{path}/readers")
    assert len(client.statements) <= 12


def test_a_unit_keeps_its_own_contact_and_finds_those_above(client: PageClient, world: PlanWorld) -> None:
    code = world.units["school"].code
    be(client, world, "officer").submit(
        f"/contacts/{code}/edit", -1, address="Khu 1 (minh họa)", phone="0203 000 000", email="a@truong.example")
    page = said(client, "/contacts?q=0203000")
    assert "Khu 1 (minh họa)" in page and "0203 000 000" in page
    page = said(client, "/contacts")
    assert "Phòng Giáo dục A" in page and "Sở Giáo dục và Đào tạo (minh họa)" in page
    assert "Trường tiểu học B" not in page
    be(client, world, "office")
    assert "1/6 đơn vị đã ghi số điện thoại" in said(client, "/contacts?print=1")
    assert "Điện thoại: (trống) → 0203 000 000" in said(client, f"/units/{code}")


@pytest.mark.parametrize(("who", "place", "status"), [
    ("officer", "school", 200), ("head", "school", 200), ("officer", "other", 404), ("district", "school", 404),
    ("district", "district", 200), ("office", "other", 200), ("leader", "school", 404), ("division", "division", 200)])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_contact_of_a_unit_is_kept_by_itself_and_the_office(
        client: PageClient, world: PlanWorld, who: str, place: str, status: int) -> None:
    be(client, world, who)
    path = f"/contacts/{world.units[place].code}/edit"
    assert client.get(path).status_code == status
    answer = client.post(path, data={"csrf_token": client.csrf_token(), "phone": "gọi sau"})
    assert answer.status_code == (422 if status == 200 else 404)
    assert world.session.scalars(select(UnitContact)).all() == []
