"""A district office looks after its schools' accounts and its own officers, and after nobody else's."""

import io

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.account import Account, Role
from models.delegation import may_give
from models.permission import Viewer
from models.unit import Unit, UnitKind
from queries.account import given_by
from services.account_upload import find_upload
from tests.support.client import PageClient, posting_forms
from tests.support.factories import make_account, make_department, make_unit
from tests.support.pages import text_of

FOREIGN = ("admin", "office", "leader", "p1.head", "p2", "t2.head", "t2.officer")
HEADS = "username;full_name;role;unit_code;position;email"


@pytest.fixture
def units(db_session: Session) -> dict[str, Unit]:
    """The Department, two district offices, a school of each."""
    department = make_department(db_session)
    units = {"SGDDT": department}
    for number in "12":
        office = make_unit(db_session, UnitKind.DISTRICT_OFFICE, code=f"P{number}", parent=department)
        units |= {f"P{number}": office, f"T{number}": make_unit(db_session, code=f"T{number}", parent=office)}
    return units


@pytest.fixture
def people(db_session: Session, units: dict[str, Unit]) -> dict[str, Account]:
    """Accounts by user name."""
    return {name: make_account(db_session, role, units[code], username=name) for name, role, code in (
        ("admin", Role.ADMINISTRATOR, "SGDDT"), ("office", Role.OFFICE, "SGDDT"), ("leader", Role.LEADER, "SGDDT"),
        ("p1", Role.DISTRICT, "P1"), ("p1.colleague", Role.DISTRICT, "P1"), ("p1.head", Role.HEAD, "P1"),
        ("p2", Role.DISTRICT, "P2"), ("t1.head", Role.HEAD, "T1"), ("t1.officer", Role.OFFICER, "T1"),
        ("t2.head", Role.HEAD, "T2"), ("t2.officer", Role.OFFICER, "T2"),
    )}


@pytest.fixture
def district(client: PageClient, people: dict[str, Account]) -> Account:
    """The officer of the first district office, signed in."""
    return client.sign_in(people["p1"])


def count(session: Session) -> int:
    """How many accounts there are."""
    return session.scalar(select(func.count()).select_from(Account)) or 0


def form_with(client: PageClient, path: str, name: str) -> int:
    """The place of the posting form that has this field."""
    return next(number for number, form in enumerate(posting_forms(client.page(path)))
                if name in {field.attrib.get("name") for field in form.iter()})


def upload(client: PageClient, *rows: str) -> str:
    """Send a file of accounts; the words of its preview."""
    token = client.fields("/accounts/load", form_with(client, "/accounts/load", "file"))["csrf_token"]
    data = "\n".join([HEADS, *rows]).encode()
    assert client.post("/accounts/load", content_type="multipart/form-data", data={
        "csrf_token": token, "file": (io.BytesIO(data), "a.csv")}).status_code == 303
    return text_of(client.page("/accounts/load").all("main")[0])


def test_the_list_and_the_navigation_hold_the_own_people_alone(client: PageClient, district: Account) -> None:
    page = client.page("/accounts")
    shown = text_of(page.all("main")[0])
    assert "4 tài khoản." in shown
    assert all(name in shown for name in ("p1.colleague", "t1.head", "t1.officer"))
    assert not any(f" {name} " in shown for name in FOREIGN)
    assert any(link.attrib.get("href") == "/accounts" for link in client.page("/").all("a"))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_foreign_account_is_as_unknown_as_one_that_does_not_exist(
    client: PageClient, people: dict[str, Account], district: Account
) -> None:
    before = {name: people[name].password_hash for name in FOREIGN}
    token = client.csrf_token()
    answers = set()
    for number in (*(people[name].id for name in FOREIGN), 999_999):
        answers.add(client.get(f"/accounts/{number}").status_code)
        for deed in ("", "/password", "/sessions"):
            answers.add(client.post(f"/accounts/{number}{deed}", data={
                "csrf_token": token, "batch": "x" * 32, "role": "officer", "unit": "T1"}).status_code)
    assert answers == {404}
    assert {name: people[name].password_hash for name in FOREIGN} == before


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("typed", "message"), [
    ({"role": "office", "unit": "SGDDT"}, "có trong danh sách"), ({"role": "administrator"}, "có trong danh sách"),
    ({"unit": "T2"}, "có trong danh sách"), ({"unit": "SGDDT"}, "có trong danh sách"),
    ({"role": "head", "unit": "P1"}, "do người quản trị hệ thống cấp"), ({"role": "district"}, "không có ở"),
    ({"role": "officer", "unit": "P1"}, "do người quản trị hệ thống cấp"), ({"username": "admin"}, "đã có người dùng"),
])
def test_no_higher_role_and_no_other_tree_can_be_given(
    client: PageClient, district: Account, db_session: Session, typed: dict[str, str], message: str
) -> None:
    fields = {"username": "moi", "full_name": "Người mới (minh họa)", "role": "officer", "unit": "T1", **typed}
    answer = client.submit("/accounts/new", form_with(client, "/accounts/new", "username"), status=422, **fields)
    assert message in answer.text
    assert count(db_session) == 11


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("name", "typed"), [
    ("t1.head", {"role": "office", "unit": "SGDDT"}), ("t1.head", {"unit": "T2"}),
    ("t1.head", {"role": "head", "unit": "P1"}), ("p1.colleague", {"role": "head"}),
    ("p1", {"role": "head", "unit": "T1"}),
])
def test_nobody_is_raised_or_moved_out_by_a_change(
    client: PageClient, people: dict[str, Account], district: Account, name: str, typed: dict[str, str]
) -> None:
    account = people[name]
    before, path = (account.role, account.unit_id), f"/accounts/{account.id}"
    client.submit(path, form_with(client, path, "full_name"), status=422, **typed)
    assert (account.role, account.unit_id) == before


def test_the_own_people_are_made_changed_and_given_passwords(
    client: PageClient, people: dict[str, Account], district: Account, db_session: Session
) -> None:
    fields = {"username": "t1.moi", "full_name": "Người mới (minh họa)", "role": "officer", "unit": "T1"}
    client.submit("/accounts/new", form_with(client, "/accounts/new", "username"), **fields)
    path = f"/accounts/{people['t1.officer'].id}"
    client.submit(path, form_with(client, path, "full_name"), role="head")
    assert people["t1.officer"].role is Role.HEAD and count(db_session) == 12
    before = people["t1.head"].password_hash
    client.submit(f"/accounts/{people['t1.head'].id}", "/password")
    assert people["t1.head"].password_hash != before


def test_a_file_reaches_no_further_than_the_pages(
    client: PageClient, people: dict[str, Account], district: Account, db_session: Session
) -> None:
    shown = upload(
        client, "x1;Người (minh họa);office;SGDDT;;", "x2;Người (minh họa);head;T2;;",
        "x3;Người (minh họa);head;P1;;", "admin;Tên khác (minh họa);officer;T1;;", "p1;Tên (minh họa);head;T1;;")
    assert "5 chỗ cần sửa" in shown and "Cần sửa 5" in shown and "Áp dụng" not in shown
    assert "Quản trị hệ thống (minh họa)" not in shown
    fields = client.fields("/accounts/load", "/accounts/load/apply")
    client.post("/accounts/load/apply", data={**fields, "act": "apply"})
    assert count(db_session) == 11 and people["admin"].role is Role.ADMINISTRATOR
    assert "Mới 1" in upload(client, "t1.moi;Người (minh họa);officer;T1;;")
    client.submit("/accounts/load", "/accounts/load/apply", act="apply")
    assert count(db_session) == 12
    made = db_session.scalars(select(Account).where(Account.username == "t1.moi")).one()
    assert made.role is Role.OFFICER and find_upload(db_session, viewer_of(district)) is None


def viewer_of(account: Account) -> Viewer:
    """The viewer behind an account that acts for its own unit."""
    return Viewer(account.id, account.full_name, account.role, account.unit_id, account.unit_id)


def test_the_rule_in_the_query_is_the_rule_in_the_model(db_session: Session, people: dict[str, Account]) -> None:
    for account in people.values():
        viewer = viewer_of(account)
        found = set(db_session.scalars(select(Account.username).where(given_by(viewer))))
        assert found == {name for name, one in people.items() if may_give(viewer, one.role, one.unit_id)}, viewer.role
