"""The pages of an ad hoc report: made on one page, looked at, given out, seen by its units."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from models.account import Role
from models.requirement import Obligation, Requirement
from tests.support.client import PageClient
from tests.support.consolidation import World
from tests.support.factories import make_account
from tests.support.pages import text_of
from views.kept import kept_form

NEW = "/requirements/ad-hoc/new"
CODE = "2023-ad-hoc-1"
FILLED = {
    "title": "Báo cáo kết quả niêm yết", "codes": "TH-a1\nTHPT-t1", "own_0_code": "",
    "own_0_name": "Số thủ tục đã niêm yết",
    "own_0_unit": "thủ tục", "own_1_name": "Số thủ tục phải niêm yết", "own_1_unit": "thủ tục",
    "own_2_name": "Tỷ lệ niêm yết", "own_2_aggregate": "ratio", "own_2_operands": "X1.1 X1.2"}

ON_ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""Of pages and forms that are the same on either engine."""


@pytest.fixture
def world(fresh_world: World, client: PageClient) -> World:
    """The little province, with the Office signed in."""
    client.sign_in(fresh_world.office)
    return fresh_world


def said(client: PageClient) -> str:
    """What the page that was opened last says."""
    return text_of(client.opened_page.root)


def make(client: PageClient, **typed: Any) -> Any:
    """Fill the form and press."""
    return client.submit(NEW, -1, **{**FILLED, **typed})


def test_a_report_is_made_in_one_page_and_given_out_by_one_press(client: PageClient, world: World) -> None:
    """Two units were chosen; the office above the school gets it, too. A second press makes no second report."""
    make(client)
    client.page(f"/requirements/{CODE}")
    for words in ("Kết quả niêm yết", "Giao cho 3 đơn vị", "Phòng GDĐT A", "X1.3. Tỷ lệ niêm yết",
                  "Tính từ X1.1, X1.2"):
        assert words in said(client)
    client.submit(f"/requirements/{CODE}", "/open")
    client.page(f"/requirements/{CODE}")
    assert "Đã mở và giao cho 3 đơn vị" in said(client) and "Trường Tiểu học a1" in said(client)
    assert "Trường Tiểu học a2" not in said(client)
    client.submit(f"/requirements/{CODE}/units", -1, codes="TH-b1")
    client.page(f"/requirements/{CODE}")
    assert "Giao thêm cho 2 đơn vị" in said(client)
    client.submit(f"/requirements/{CODE}/units", -1, status=422, codes="TH-b1")
    assert "Chọn ít nhất một đơn vị chưa nhận" in said(client)
    for path in ("change", "withdraw"):
        assert client.get(f"/requirements/{CODE}/{path}").status_code == 404


def test_units_see_it_by_its_name_with_its_own_figures_only(client: PageClient, world: World) -> None:
    make(client)
    client.submit(f"/requirements/{CODE}", "/open")
    obligation = world.session.scalars(select(Obligation.id).join(Requirement).where(
        Requirement.code == CODE, Obligation.unit_id == world.units["a1"].id)).one()
    pupil = make_account(world.session, Role.OFFICER, world.units["a1"])
    stranger = make_account(world.session, Role.OFFICER, world.units["a2"])
    world.session.commit()
    client.sign_in(pupil)
    client.page("/")
    assert "Kết quả niêm yết" in said(client)
    client.page(f"/reports/{obligation}")
    assert "Kết quả thực hiện" in said(client) and "0/2 số liệu" in said(client), said(client)
    client.page(f"/reports/{obligation}/sections/dx1-1")
    assert "X1.1" in said(client) and "A1" not in said(client)
    client.sign_in(stranger)
    client.page("/")
    assert "Kết quả niêm yết" not in said(client)
    client.sign_in(world.leader)
    client.page("/leadership")
    assert client.get(f"/leadership?requirement={CODE}").status_code == 200
    assert "6 tháng đầu năm" in text_of(client.page("/leadership").root)


WRONG = (
    ({"due_on": "20/05/2023", "opens_on": "25/05/2023"}, "due_on", "Nhập hạn nộp không trước ngày bắt đầu nhận"),
    ({"codes": ""}, "kinds", "Chọn ít nhất một đơn vị"),
    ({"codes": "KHONG-CO"}, "codes", "Không có đơn vị mang mã: KHONG-CO"),
    ({"own_0_code": "A1", "own_0_name": ""}, "own_0_code", "Mã A1 đã có trong chương trình năm"),
    ({"own_2_operands": "X1.1 X1.3"}, "own_2_operands", "Công thức đi vòng"),
)


@ON_ONE
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(client: PageClient, world: World) -> None:
    kept = client.fields(NEW, -1)
    for typed, place, message in WRONG:
        answer = client.post(NEW, data={**kept, **FILLED, **typed})
        assert answer.status_code == 422
        assert message in text_of(element(client, f"{place}-error"))
        assert element(client, "title").attrib["value"] == FILLED["title"]
        kept = client.fields(NEW, -1)
        assert kept["title"] == FILLED["title"]
    assert world.session.scalars(select(Requirement.id).where(Requirement.kind == "ad_hoc")).all() == []


def element(client: PageClient, id_: str) -> Any:
    """The element of the page that bears an id."""
    return next(one for one in client.opened_page.root.iter() if one.attrib.get("id") == id_)


@ON_ONE
def test_a_draft_is_changed_and_withdrawn(client: PageClient, world: World) -> None:
    make(client)
    client.submit(f"/requirements/{CODE}/change", -1, title="Kết quả rà soát", due_on="02/06/2023")
    client.page(f"/requirements/{CODE}")
    assert "Kết quả rà soát" in said(client) and "02/06/2023" in said(client)
    client.submit(f"/requirements/{CODE}/withdraw", -1, status=422, reason=" ")
    client.submit(f"/requirements/{CODE}/withdraw", -1, reason="Trùng báo cáo định kỳ")
    client.page("/requirements/ad-hoc")
    assert "Đã rút" in said(client) and "Trùng báo cáo định kỳ" in said(client)
    page = client.page(f"/requirements/{CODE}")
    assert "Giao cho" not in text_of(page.root)
    assert "Kết quả rà soát" not in text_of(client.page("/programme").root)


@ON_ONE
def test_searching_keeps_everything_and_shows_who_was_found(client: PageClient, world: World) -> None:
    client.submit(NEW, -1, title="Kết quả", unit_search="tieu hoc b", keep="units")
    page = client.page(NEW)
    found = [box.attrib["value"] for box in page.all("input") if box.attrib.get("name") == "units"]
    assert set(found) == {str(world.units[name].id) for name in ("b1", "b2", "b3")}
    assert element(client, "title").attrib["value"] == "Kết quả"
    client.submit(NEW, -1, units=found[:1], unit_search="")
    client.page(f"/requirements/{CODE}")
    assert "Giao cho 2 đơn vị" in said(client)


@ON_ONE
def test_a_due_day_that_has_passed_meanwhile_is_said_when_it_is_given_out(
        client: PageClient, world: World, clock: Any) -> None:
    make(client, due_on="26/05/2023", consolidation_due_on="")
    clock.set(date(2023, 6, 2))
    client.sign_out()
    client.sign_in(world.office)
    client.submit(f"/requirements/{CODE}", "/open")
    client.page(f"/requirements/{CODE}")
    assert "Hạn nộp đã qua" in said(client)


@ON_ONE
def test_rubbish_in_its_choices_is_refused_and_not_an_error(client: PageClient, world: World) -> None:
    rubbish = {"questionnaire": "x", "kinds": "x", "units": "-1", "indicators": "x", "own_0_aggregate": "x",
               "own_0_source": "x", "audience": "x", "own_9999_code": "X", "own_x_code": "X"}
    answer = client.post(NEW, data={**client.fields(NEW, -1), **FILLED, **rubbish})
    assert answer.status_code == 422
    assert "Chọn một mục có trong danh sách" in said(client)


@ON_ONE
def test_the_way_back_to_a_half_written_one_leads_to_its_page(app: Flask, client: PageClient, world: World) -> None:
    make(client)
    number = world.session.scalars(select(Requirement.id).where(Requirement.code == CODE)).one()
    with app.test_request_context():
        assert [kept_form(key)[1] for key in ("ad-hoc:new:7", f"ad-hoc:{number}", f"ad-hoc-units:{number}")] == [
            NEW, f"/requirements/{CODE}", f"/requirements/{CODE}"]
