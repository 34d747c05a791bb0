"""Units in bulk: compared with the portal, applied whole or not at all."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.account import Role
from models.contact import UnitContact
from models.event import Event
from models.unit import Unit
from queries.unit import UnitLine, find_unit
from tests.support.client import PageClient, posting_forms
from tests.support.factories import make_account, make_department, make_unit
from tests.support.pages import text_of

LOAD = "/units/load"
HEADS = "Mã đơn vị;Tên đơn vị;Loại đơn vị;Mã đơn vị cấp trên;Địa danh;Thủ trưởng"
CONTACT = "Địa chỉ;Điện thoại;Thư điện tử"
KNOWN = "T1;Trường A (minh họa);Trường tiểu học;SGDDT"


@pytest.fixture(autouse=True)
def office(client: PageClient, db_session: Session) -> None:
    """Somebody of the Office, signed in; the Department and a school."""
    department = make_department(db_session)
    make_unit(db_session, code="T1", name="Trường A (minh họa)", parent=department)
    client.sign_in(make_account(db_session, Role.OFFICE, department))


def send(client: PageClient, data: bytes | str, status: int = 303, day: str = "01/06/2023") -> str:
    """Send a file; the words of the page with its preview."""
    place = next(number for number, form in enumerate(posting_forms(client.page(LOAD)))
                 if "file" in {field.attrib.get("name") for field in form.iter()})
    answer = client.post(LOAD, content_type="multipart/form-data", data={
        "csrf_token": client.fields(LOAD, place)["csrf_token"], "from_day": day,
        "file": (io.BytesIO(data.encode() if isinstance(data, str) else data), "đơn vị.csv")})
    assert answer.status_code == status
    return text_of((client.page(LOAD) if status == 303 else client.opened_page).all("main")[0])


def unit(session: Session, code: str, on: date = date(2023, 6, 1)) -> UnitLine | None:
    """A unit on a day."""
    session.expire_all()
    return find_unit(session, code, on)


def test_new_units_heads_and_short_facts_are_compared_then_applied_once(
    client: PageClient, db_session: Session
) -> None:
    shown = send(client, f"{HEADS}\n{KNOWN};Hạ Long;Bà B (minh họa)\nT2;Trường C (minh họa);th_thcs;SGDDT;;\n")
    assert "Mới 1" in shown and "Có thay đổi 1" in shown
    assert "Địa danh: Quảng Ninh → Hạ Long" in shown and "Thủ trưởng: (trống) → Bà B (minh họa)" in shown
    assert db_session.scalar(select(func.count()).select_from(Unit)) == 2
    fields = {**client.fields(LOAD, "/units/load/apply"), "act": "apply"}
    assert [client.post("/units/load/apply", data=fields).location for _time in range(2)] == ["/units", LOAD]
    known, made = unit(db_session, "T1"), unit(db_session, "T2")
    assert known is not None and (known.place, known.head_name) == ("Hạ Long", "Bà B (minh họa)")
    assert made is not None and unit(db_session, "T2", date(2023, 5, 31)) is None
    events = db_session.scalars(select(Event)).all()
    assert len(events) == 3 and all(event.account_id is not None for event in events)


def test_how_units_are_reached_is_taken_from_the_file_and_kept_where_it_is_silent(
    client: PageClient, db_session: Session
) -> None:
    shown = send(client, f"{HEADS};{CONTACT}\n{KNOWN};;;Số 1;0203 3825 000;a@truong.example\n")
    assert "Địa chỉ: (trống) → Số 1" in shown
    client.submit(LOAD, "/units/load/apply", act="apply")
    assert "Điện thoại: 0203 3825 000 → 0203 3825 111" in send(
        client, f"{HEADS};{CONTACT}\n{KNOWN};;;;0203 3825 111;\n")
    client.submit(LOAD, "/units/load/apply", act="apply")
    contact = db_session.scalars(select(UnitContact)).one()
    assert (contact.address, contact.phone, contact.email) == ("Số 1", "0203 3825 111", "a@truong.example")
    assert "3 chỗ cần sửa" in send(client, f"{HEADS};{CONTACT}\n{KNOWN};;;{'x' * 201};gọi sau;không phải thư\n")


@pytest.mark.parametrize("row", [
    "T1;Trường Khác (minh họa);Trường tiểu học;SGDDT;;", "T1;Trường A (minh họa);Trường mầm non;SGDDT;;",
    "T1;Trường A (minh họa);Trường tiểu học;;;",
])
def test_what_needs_a_decision_is_sent_to_the_reorganisation(
    client: PageClient, db_session: Session, row: str
) -> None:
    shown = send(client, f"{HEADS}\n{row}\nT2;Trường C (minh họa);th_thcs;SGDDT;;\n")
    assert "Cần sửa 1" in shown and "Bỏ tệp này" in shown and "bấm Áp dụng" not in shown
    assert ("Sắp xếp đơn vị" in shown) or "Nhập mã đơn vị cấp trên" in shown
    client.submit(LOAD, "/units/load/apply", act="apply")
    assert unit(db_session, "T2") is None


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", ["don-vi.xlsx", "don-vi.csv"])
def test_the_template_with_the_units_of_today_changes_nothing(client: PageClient, name: str) -> None:
    shown = send(client, client.get(f"{LOAD}/{name}?rows=present").data, day="25/05/2023")
    assert "Giữ nguyên 2" in shown and "không có gì để áp dụng" in shown
    if name.endswith("xlsx"):
        book = load_workbook(io.BytesIO(client.get(f"{LOAD}/{name}").data))
        assert book.sheetnames == ["Đơn vị", "Hướng dẫn", "Loại đơn vị", "Đơn vị cấp trên"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_file_without_a_day_or_without_content_is_asked_for_again(client: PageClient) -> None:
    assert "Nhập ngày bắt đầu" in send(client, f"{HEADS}\n{KNOWN};;", status=422, day="")
    assert "Tệp trống" in send(client, b"", status=422)
    send(client, f"{HEADS}\n{KNOWN};;")
    client.submit(LOAD, "/units/load/apply", act="drop")
    assert "Bỏ tệp này" not in text_of(client.page(LOAD).all("main")[0])
