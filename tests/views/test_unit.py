"""Pages of units: the list, one unit with its history, and who heads it."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import clock as portal_clock
from models.account import Account, Role
from models.unit import Unit, UnitHead, UnitKind, UnitName, UnitParent
from queries.unit import get_unit
from tests.support.client import PageClient, posting_forms
from tests.support.clock import FrozenClock
from tests.support.factories import make_account, make_department, make_unit
from tests.support.pages import Page, text_of


@pytest.fixture
def tree(db_session: Session) -> dict[str, Unit]:
    """The Department, two district offices, a school of each, and a school of the Department; by code."""
    units = {"SGDDT": make_department(db_session)}
    for code, name, above, kind in (
        ("P1", "Phòng GD&ĐT thành phố Hạ Long (minh họa)", "SGDDT", UnitKind.DISTRICT_OFFICE),
        ("P2", "Phòng GD&ĐT huyện Đầm Hà (minh họa)", "SGDDT", UnitKind.DISTRICT_OFFICE),
        ("T1", "Trường Tiểu học Hạ Long (minh họa)", "P1", UnitKind.PRIMARY),
        ("T2", "Trường THCS Đầm Hà (minh họa)", "P2", UnitKind.LOWER_SECONDARY),
        ("A", "Trường THPT Ước Mơ (minh họa)", "SGDDT", UnitKind.UPPER_SECONDARY),
    ):
        units[code] = make_unit(db_session, kind, code=code, name=name, parent=units[above])
        units[code].symbol = "KH"
    units["T1"].district = units["P1"].district = "Thành phố Hạ Long"
    return units


@pytest.fixture
def office(client: PageClient, db_session: Session, tree: dict[str, Unit]) -> Account:
    """Somebody of the Office, signed in."""
    account = make_account(db_session, Role.OFFICE, tree["SGDDT"])
    client.sign_in(account)
    return account


def words(page: Page) -> str:
    """What stands in the page's main part."""
    return text_of(page.all("main")[0])


def listed(page: Page) -> list[str]:
    """The units in the table of a list, in order, by code."""
    links = [element.attrib["href"] for row in page.all("th") for element in row.iter("a")]
    return [link.rpartition("/")[2] for link in links]


def form_place(page: Page) -> int:
    """The place of the form that keeps a draft."""
    return next(place for place, form in enumerate(posting_forms(page)) if "data-draft-url" in form.attrib)


def save(client: PageClient, code: str = "T1", status: int = 303, **typed: str) -> str:
    """Change a unit; where it leads, or the page."""
    path = f"/units/{code}/edit"
    answer = client.submit(path, form_place(client.page(path)), status=status, **typed)
    return answer.location or answer.text


def test_the_list_is_in_the_order_of_the_vietnamese_alphabet(client: PageClient, office: Account) -> None:
    assert listed(client.page("/units")) == ["P2", "P1", "SGDDT", "T2", "A", "T1"]


@pytest.mark.parametrize("search", ["ha long", "HẠ LONG", "tieu hoc ha", "t1"])
def test_search_works_with_or_without_marks_and_by_code(client: PageClient, office: Account, search: str) -> None:
    assert "T1" in listed(client.page("/units", query_string={"q": search}))
    assert "A" not in listed(client.page("/units", query_string={"q": search}))


def test_filters_by_kind_and_district_stay_in_the_address(client: PageClient, office: Account) -> None:
    assert listed(client.page("/units?kind=phong_gddt")) == ["P2", "P1"]
    page = client.page("/units", query_string={"kind": "phong_gddt", "district": "Thành phố Hạ Long"})
    assert listed(page) == ["P1"]
    assert "Không có đơn vị nào khớp" in words(client.page("/units?q=khong-co-don-vi&kind=thpt&page=9"))


@pytest.mark.parametrize(
    ("role", "unit", "expected"),
    [
        (Role.DISTRICT, "P1", ["P1", "T1"]), (Role.OFFICER, "T2", ["T2"]), (Role.HEAD, "A", ["A"]),
        (Role.DIVISION, "SGDDT", ["P2", "P1", "SGDDT", "T2", "A", "T1"]),
    ],
)
def test_everybody_sees_their_own_part_of_the_tree(
    client: PageClient, db_session: Session, tree: dict[str, Unit], role: Role, unit: str, expected: list[str]
) -> None:
    client.sign_in(make_account(db_session, role, tree[unit]))
    assert listed(client.page("/units")) == expected
    for code in tree:
        client.page(f"/units/{code}", status=200 if code in expected else 404)


def test_a_page_of_fifty_and_few_queries(
    client: PageClient, office: Account, db_session: Session, tree: dict[str, Unit]
) -> None:
    for _number in range(70):
        make_unit(db_session, UnitKind.PRIMARY, parent=tree["P1"])
    assert len(listed(client.page("/units"))) == 50
    assert len(listed(client.page("/units?page=2"))) == 26
    assert len(client.statements) <= 6
    client.page("/units/P1")
    assert len(client.statements) <= 15


def test_a_unit_shows_its_names_parents_and_heads_by_day_and_the_units_below(
    client: PageClient, office: Account, db_session: Session, tree: dict[str, Unit]
) -> None:
    school, day = tree["T1"], date(2023, 3, 1)
    db_session.scalars(select(UnitName).where(UnitName.unit_id == school.id)).one().valid_to = day
    db_session.scalars(select(UnitParent).where(UnitParent.unit_id == school.id)).one().valid_to = day
    db_session.scalars(select(UnitHead).where(UnitHead.unit_id == school.id)).one().valid_to = day
    db_session.add_all([
        UnitName(unit_id=school.id, name="Trường Tiểu học Hồng Hà (minh họa)", valid_from=day),
        UnitParent(unit_id=school.id, parent_id=tree["P2"].id, valid_from=day),
        UnitHead(unit_id=school.id, full_name="Người Mới (minh họa)", position="Hiệu trưởng", valid_from=day)])
    page = client.page("/units/T1")
    shown = words(page)
    assert text_of(page.all("h1")[0]) == "Trường Tiểu học Hồng Hà (minh họa)"
    assert "Trường Tiểu học Hạ Long (minh họa) đến trước 01/03/2023" in shown
    assert "Hiệu trưởng Người Mới (minh họa) từ 01/03/2023" in shown
    assert "Trường Tiểu học Hồng Hà (minh họa)" in words(client.page("/units/P2"))


def test_a_closed_unit_is_still_shown_but_not_changed(
    client: PageClient, office: Account, tree: dict[str, Unit], db_session: Session
) -> None:
    tree["A"].valid_to = date(2023, 5, 1)
    for row in db_session.scalars(select(UnitName).where(UnitName.unit_id == tree["A"].id)):
        row.valid_to = date(2023, 5, 1)
    shown = words(client.page("/units/A"))
    assert "thôi hoạt động từ ngày 01/05/2023" in shown and "Trường THPT Ước Mơ (minh họa)" in shown
    client.page("/units/A/edit", status=404)


@pytest.mark.parametrize("path", ["/units/KHONG-CO", "/units/KHONG-CO/edit", "/units/%F0%9F%98%80"])
def test_an_unknown_unit_is_not_found(client: PageClient, office: Account, path: str) -> None:
    client.page(path, status=404)


@pytest.mark.parametrize("role", [Role.DISTRICT, Role.OFFICER, Role.HEAD, Role.LEADER, Role.DIVISION])
def test_only_the_office_and_administrators_change_units(
    client: PageClient, db_session: Session, tree: dict[str, Unit], role: Role
) -> None:
    unit = tree["SGDDT"] if role in (Role.LEADER, Role.DIVISION) else tree["P1"]
    client.sign_in(make_account(db_session, role, unit))
    client.page("/units/P1/edit", status=403)
    assert "Sửa thủ trưởng" not in words(client.page("/units/P1"))


def test_a_new_head_begins_on_the_day_and_the_old_one_ends_the_day_before(
    client: PageClient, office: Account, db_session: Session, tree: dict[str, Unit]
) -> None:
    school = tree["T1"]
    assert save(client, head_name="Người Mới (minh họa)", from_day="01/05/2023", symbol="TH", place="Hạ Long"
                ) == "/units/T1"
    before, after = (get_unit(db_session, school.id, day) for day in (date(2023, 4, 30), date(2023, 5, 1)))
    assert before is not None and before.head_name == ""
    assert after is not None and after.head_name == "Người Mới (minh họa)"
    assert (after.symbol, after.place) == ("TH", "Hạ Long")
    shown = words(client.page("/units/T1"))
    assert "Họ và tên: (trống) → Người Mới (minh họa)" in shown and "Áp dụng từ ngày 01/05/2023" in shown
    assert "Ký hiệu: KH → TH" in shown


def test_saving_again_changes_nothing(
    client: PageClient, office: Account, db_session: Session, tree: dict[str, Unit], clock: FrozenClock
) -> None:
    save(client, head_name="Người Mới (minh họa)", from_day="01/05/2023")
    clock.move(days=1)
    client.sign_out()
    client.sign_in(office)
    save(client)
    heads = db_session.scalars(select(UnitHead).where(UnitHead.unit_id == tree["T1"].id)).all()
    assert len(heads) == 2
    assert "Không có gì thay đổi" in client.get("/units/T1").text


def test_a_head_is_mended_in_place_on_the_same_day(
    client: PageClient, office: Account, db_session: Session, tree: dict[str, Unit]
) -> None:
    save(client, head_name="Người Mới (minh họa)", from_day="01/05/2023")
    save(client, head_name="Người Mới Hơn (minh họa)", from_day="01/05/2023")
    heads = db_session.scalars(
        select(UnitHead.full_name).where(UnitHead.unit_id == tree["T1"].id).order_by(UnitHead.valid_from)).all()
    assert heads == ["", "Người Mới Hơn (minh họa)"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"from_day": "31/02/2023"}, "Nhập ngày theo mẫu"), ({"from_day": ""}, "Nhập ngày bắt đầu"),
        ({"head_position": " "}, "Nhập chức vụ"), ({"symbol": ""}, "Nhập ký hiệu"), ({"place": ""}, "Nhập địa danh"),
        ({"head_name": "x" * 201}, "tối đa 200"), ({"symbol": "x" * 41}, "tối đa 40"),
        ({"head_name": "Khác", "from_day": "30/04/2023"}, "01/05/2023"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    client: PageClient, office: Account, tree: dict[str, Unit], typed: dict[str, str], message: str
) -> None:
    save(client, head_name="Người Mới (minh họa)", from_day="01/05/2023")
    text = save(client, status=422, **{"head_name": "Người Khác (minh họa)", **typed})
    assert message in text
    assert all(f'value="{value}"' in client.get("/units/T1/edit").text for value in typed.values() if value.strip())


def test_words_of_every_script_come_back_as_they_were(
    client: PageClient, office: Account, db_session: Session, tree: dict[str, Unit]
) -> None:
    name = "Nguyễn <script>alert(1)</script> \u202eabc 😀 & “x”"
    save(client, head_name=name, from_day="01/05/2023")
    line = get_unit(db_session, tree["T1"].id, portal_clock.today())
    assert line is not None and line.head_name == name
    assert name in words(client.page("/units/T1"))
