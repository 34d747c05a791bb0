"""flask account: files, the first administrator, a way back in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.account import Account, Role
from models.password import verify_password
from tests.support.factories import make_department

Run = Callable[..., Result]
HEADS = "username;full_name;role;unit_code"


@pytest.fixture
def run(app: Flask, db_session: Session) -> Run:
    """Runs a command on a portal with a Department."""
    make_department(db_session)
    db_session.commit()

    def run(*words: str) -> Result:
        result = app.test_cli_runner().invoke(args=["account", *words])
        db_session.expire_all()
        return result

    return run


def write(folder: Path, *rows: str) -> str:
    """A file of accounts; its path."""
    path = folder / "accounts.csv"
    path.write_text("\n".join([HEADS, *rows]), encoding="utf-8")
    return str(path)


def test_a_file_loads_and_the_passwords_are_in_the_slips_for_its_owner_alone(
    run: Run, tmp_path: Path, db_session: Session
) -> None:
    slips = tmp_path / "slips.csv"
    result = run("load", write(tmp_path, "a.a;'=Tên (minh họa);office;SGDDT"), "--slips", str(slips))
    assert result.exit_code == 0 and "1 tài khoản mới" in result.output
    assert slips.stat().st_mode & 0o077 == 0
    heads, row = slips.read_text(encoding="utf-8-sig").splitlines()
    assert heads.startswith("Tên đăng nhập;")
    name, shown, _unit, password = row.split(";")
    assert (name, shown) == ("a.a", "'=Tên (minh họa)")
    account = db_session.scalars(select(Account)).one()
    assert verify_password(account.password_hash, password) and password not in result.output


def test_slips_are_never_written_over(run: Run, tmp_path: Path, db_session: Session) -> None:
    slips = tmp_path / "slips.csv"
    slips.write_text("kept", encoding="utf-8")
    result = run("load", write(tmp_path, "a.a;Tên;office;SGDDT"), "--slips", str(slips))
    assert result.exit_code == 1 and slips.read_text(encoding="utf-8") == "kept"
    assert db_session.scalars(select(Account)).all() == []


def test_without_slips_the_passwords_are_printed_once(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path, "a.a;Tên (minh họa);office;SGDDT")
    assert "a.a\t" in run("load", path).output
    again = run("load", path)
    assert "1 giữ nguyên" in again.output and "a.a\t" not in again.output


def test_a_wrong_file_ends_with_1_and_loads_nothing(run: Run, tmp_path: Path, db_session: Session) -> None:
    result = run("load", write(tmp_path, "a.a;Tên;office;SGDDT", "b.b;Tên;office;KHONG"))
    assert result.exit_code == 1
    assert "Dòng 3, cột “unit_code”" in result.output and "chưa nạp gì" in result.output
    assert db_session.scalars(select(Account)).all() == []


def test_the_first_administrator_is_made_once_and_can_get_back_in(run: Run, db_session: Session) -> None:
    made = run("administrator", "--username", "quan.tri")
    assert made.exit_code == 0
    account = db_session.scalars(select(Account)).one()
    assert verify_password(account.password_hash, made.output.split()[-1])
    assert run("administrator").exit_code == 1
    reset = run("reset", "QUAN.TRI")
    assert verify_password(db_session.scalars(select(Account)).one().password_hash, reset.output.split()[-1])
    assert run("reset", "khong.co").exit_code == 1


def test_a_user_name_that_cannot_be_typed_is_refused(run: Run) -> None:
    assert run("administrator", "--username", "Quản Trị").exit_code == 1


def test_an_administrator_who_is_switched_off_does_not_count(run: Run, db_session: Session) -> None:
    run("administrator")
    db_session.scalars(select(Account)).one().is_active = False
    db_session.commit()
    assert run("administrator").exit_code == 0
    account = db_session.scalars(select(Account)).one()
    assert account.is_active and account.role is Role.ADMINISTRATOR and account.must_change_password
