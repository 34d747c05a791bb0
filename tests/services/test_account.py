"""Bringing accounts in and changing them."""

from collections.abc import Sequence

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import clock
from models.account import Account, Role, role_fits
from models.event import Event, Subject
from models.password import derived_password, hash_one_time_password, hash_password, verify_password
from models.unit import Unit, UnitKind
from services.account import (
    AccountLoad,
    NoDepartmentError,
    load_accounts,
    make_first_administrator,
    preview_accounts,
)
from services.account_change import LastAdministratorError, change_account
from services.table_comparison import RowState
from tests.support.factories import make_account, make_department, make_unit

HEADS = "username,full_name,role,unit_code,position,email"
OFFICE = "van.phong,Cán bộ Sở (minh họa),Văn phòng Sở,SGDDT,Chuyên viên,vp@so.edu.vn"
SCHOOL = "truong.a,Cán bộ A (minh họa),officer,A,,"


@pytest.fixture
def department(db_session: Session) -> Unit:
    """The Department and a school with the code A."""
    department = make_department(db_session)
    make_unit(db_session, UnitKind.UPPER_SECONDARY, code="A", name="Trường A (minh họa)", parent=department)
    return department


def load(session: Session, *rows: str, heads: str = HEADS) -> AccountLoad:
    """Load rows of text."""
    return load_accounts(session, "\n".join([heads, *rows]).encode(), on=clock.today(), now=clock.now())


def places(faults: Sequence[object]) -> list[tuple[int, str]]:
    """Where faults are."""
    return [(fault.row, fault.column) for fault in faults]  # type: ignore[attr-defined]


def count(session: Session) -> int:
    """How many accounts there are."""
    return session.scalar(select(func.count()).select_from(Account)) or 0


def test_new_accounts_get_one_time_passwords_that_fit_and_must_be_changed(
    db_session: Session, department: Unit
) -> None:
    result = load(db_session, OFFICE, SCHOOL)
    assert [slip.username for slip in result.slips] == ["van.phong", "truong.a"]
    for slip in result.slips:
        account = db_session.scalars(select(Account).where(Account.username == slip.username)).one()
        assert verify_password(account.password_hash, slip.password) and account.must_change_password
        assert slip.password not in account.password_hash
    told = db_session.scalars(select(Event).where(Event.subject_kind == Subject.ACCOUNT)).all()
    assert {event.action for event in told} == {"create_account"} and len(told) == 2


def test_the_same_file_again_changes_nothing_and_gives_no_passwords(db_session: Session, department: Unit) -> None:
    load(db_session, OFFICE, SCHOOL)
    again = load(db_session, OFFICE, SCHOOL)
    assert (again.slips, again.changed, again.unchanged) == ((), 0, 2)


def test_a_changed_row_changes_the_account_but_not_its_password(db_session: Session, department: Unit) -> None:
    load(db_session, SCHOOL)
    account = db_session.scalars(select(Account)).one()
    before = account.password_hash
    assert load(db_session, SCHOOL.replace("officer", "head")).changed == 1
    assert (account.role, account.password_hash) == (Role.HEAD, before)


def test_columns_that_the_file_lacks_stay_as_they_are(db_session: Session, department: Unit) -> None:
    load(db_session, OFFICE)
    short = "username,full_name,role,unit_code"
    assert load(db_session, "van.phong,Cán bộ Sở (minh họa),office,SGDDT", heads=short).unchanged == 1
    assert db_session.scalars(select(Account.email)).one() == "vp@so.edu.vn"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("van phong,Tên,office,SGDDT,,", "username"),
        ("vănphòng,Tên,office,SGDDT,,", "username"),
        (",Tên,office,SGDDT,,", "username"),
        ("TRUONG.A,Tên,officer,A,,", "username"),
        ("b.b,,office,SGDDT,,", "full_name"),
        ("b.b,Tên,boss,SGDDT,,", "role"),
        ("b.b,Tên,officer,SGDDT,,", "role"),
        ("b.b,Tên,office,A,,", "role"),
        ("b.b,Tên,office,B,,", "unit_code"),
        ("b.b,Tên,office,,,", "unit_code"),
        ("b.b,Tên,office,SGDDT,,không phải thư", "email"),
        (f"b.b,{'x' * 101},office,SGDDT,,", "full_name"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_loaded(
    db_session: Session, department: Unit, row: str, column: str
) -> None:
    result = load(db_session, SCHOOL, row)
    assert places(result.faults) == [(3, column)]
    assert count(db_session) == 0


def test_the_preview_says_row_by_row_what_would_happen_and_writes_nothing(
    db_session: Session, department: Unit
) -> None:
    load(db_session, OFFICE, SCHOOL)
    data = "\n".join([HEADS, OFFICE, SCHOOL.replace(",,", ",Văn thư,"), "moi,Mới,head,A,,", "x.x,X,head,B,,"]).encode()
    found = preview_accounts(db_session, data, on=clock.today())
    rows, faults = found.rows, found.faults
    assert [row.state for row in rows] == [RowState.UNCHANGED, RowState.CHANGED, RowState.NEW, RowState.WRONG]
    assert rows[1].changes == (("Chức vụ", "", "Văn thư"),)
    assert rows[3].faults == faults and found.digest != preview_accounts(db_session, b"", on=clock.today()).digest
    assert places(faults) == [(5, "unit_code")]
    assert count(db_session) == 2 and not db_session.new and not db_session.dirty


def test_a_file_cannot_take_the_last_administrator_away(db_session: Session, department: Unit) -> None:
    admin = make_account(db_session, Role.ADMINISTRATOR, department, username="admin")
    row = "admin,Tên,office,SGDDT,,"
    assert places(load(db_session, row).faults) == [(2, "role")]
    assert load(db_session, row, "admin2,Tên,administrator,SGDDT,,").is_good
    assert admin.role is Role.OFFICE


def test_the_last_administrator_keeps_role_and_access(db_session: Session, department: Unit) -> None:
    admin = make_account(db_session, Role.ADMINISTRATOR, department)
    for values in ({"role": Role.OFFICE}, {"is_active": False}):
        with pytest.raises(LastAdministratorError):
            change_account(db_session, admin, values, now=clock.now(), viewer=None)
    make_account(db_session, Role.ADMINISTRATOR, department)
    assert change_account(db_session, admin, {"is_active": False}, now=clock.now(), viewer=None)


def test_the_first_administrator_is_made_once(db_session: Session, department: Unit) -> None:
    made = make_first_administrator(db_session, clock.now())
    assert made is not None
    account = db_session.scalars(select(Account)).one()
    assert (account.username, account.role, account.unit_id) == (made[0], Role.ADMINISTRATOR, department.id)
    assert verify_password(account.password_hash, made[1]) and account.must_change_password
    assert make_first_administrator(db_session, clock.now()) is None


def test_without_a_department_there_is_no_administrator(db_session: Session) -> None:
    with pytest.raises(NoDepartmentError):
        make_first_administrator(db_session, clock.now())


def test_a_derived_password_depends_on_key_batch_and_name() -> None:
    made = derived_password("key", "batch", "name")
    assert made == derived_password("key", "batch", "name") and len(made) == 12
    others = {derived_password("k", "batch", "name"), derived_password("key", "b", "name"),
              derived_password("key", "batch", "n")}
    assert made not in others and len(others) == 3


def test_a_password_fits_however_the_keyboard_composes_it() -> None:
    import unicodedata

    stored = hash_password(unicodedata.normalize("NFD", "Hạ Long đẹp"))
    assert verify_password(stored, unicodedata.normalize("NFC", "Hạ Long đẹp"))
    assert not verify_password(stored, "Ha Long dep")
    assert not verify_password(None, "Hạ Long đẹp")


def test_a_one_time_password_fits_its_cheap_hash_and_costs_the_usual_time() -> None:
    stored = hash_one_time_password("aB3aB3aB3aB3")
    assert "argon2id" in stored
    assert verify_password(stored, "aB3aB3aB3aB3") and not verify_password(stored, "aB3aB3aB3aB4")


@pytest.mark.parametrize(
    ("role", "kind", "fits"),
    [
        (Role.OFFICE, UnitKind.DEPARTMENT, True), (Role.OFFICE, UnitKind.DIVISION, True),
        (Role.OFFICE, UnitKind.PRIMARY, False), (Role.DISTRICT, UnitKind.DISTRICT_OFFICE, True),
        (Role.DISTRICT, UnitKind.WARD, True), (Role.DISTRICT, UnitKind.DEPARTMENT, False),
        (Role.OFFICER, UnitKind.PRIMARY, True), (Role.HEAD, UnitKind.DISTRICT_OFFICE, True),
        (Role.HEAD, UnitKind.DEPARTMENT, False), (Role.ADMINISTRATOR, UnitKind.DISTRICT_OFFICE, False),
    ],
)
def test_roles_belong_to_kinds_of_unit(role: Role, kind: UnitKind, fits: bool) -> None:
    assert role_fits(role, kind) is fits
