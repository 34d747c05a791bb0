"""flask account: bring accounts in, and help an administrator who cannot get in."""

import csv
import os
import re
from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select

from core.clock import clock
from core.extensions import db
from core.table_upload import plain_cell
from models.account import USERNAME_PATTERN, Account
from models.password import one_time_password
from services.account import NoDepartmentError, Slip, load_accounts, make_first_administrator
from services.account_change import reset_password

group = AppGroup("account", help="Tài khoản.")
_HEADS = ("Tên đăng nhập", "Họ và tên", "Đơn vị", "Mật khẩu dùng một lần")


@group.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--slips", type=click.Path(dir_okay=False, path_type=Path),
              help="Tệp CSV mới để ghi mật khẩu dùng một lần; không có thì in ra màn hình.")
def load(file: Path, slips: Path | None) -> None:
    """Load accounts from an XLSX or CSV file (username, full_name, role, unit_code …): all or nothing."""
    if slips is not None and slips.exists():
        raise click.ClickException(f"{slips} đã có sẵn; chọn tên khác để không ghi đè mật khẩu đã cấp.")
    db.session.connection(execution_options={"writes": True})
    result = load_accounts(db.session, file.read_bytes(), on=clock.today(), now=clock.now())
    if not result.is_good:
        db.session.rollback()
        for fault in result.faults:
            click.echo(fault.text, err=True)
        click.echo(f"Có {len(result.faults)} chỗ cần sửa; chưa nạp gì vào cổng.", err=True)
        raise click.exceptions.Exit(1)
    if slips is not None and result.slips:
        _write(slips, result.slips)
    db.session.commit()
    click.echo(f"{len(result.slips)} tài khoản mới, {result.changed} thay đổi, {result.unchanged} giữ nguyên.")
    if slips is None:
        for slip in result.slips:
            click.echo(f"{slip.username}\t{slip.password}\t{slip.full_name}")


def _write(path: Path, slips: Sequence[Slip]) -> None:
    """Write the one-time passwords for a spreadsheet; only the file's owner may read it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(_HEADS)
        writer.writerows((slip.username, plain_cell(slip.full_name), plain_cell(slip.unit_name), slip.password)
                         for slip in slips)


@group.command("administrator")
@click.option("--username", default="admin", show_default=True, help="Tên đăng nhập của người quản trị đầu tiên.")
def administrator(username: str) -> None:
    """Make the first administrator and print the one-time password."""
    if not re.fullmatch(USERNAME_PATTERN, username):
        raise click.ClickException("Tên đăng nhập gồm chữ thường không dấu, số, dấu chấm, gạch nối, gạch dưới.")
    db.session.connection(execution_options={"writes": True})
    try:
        made = make_first_administrator(db.session, clock.now(), username)
    except NoDepartmentError as error:
        raise click.ClickException("Chưa có Sở trong danh sách đơn vị; chạy “unit load” trước.") from error
    if made is None:
        raise click.ClickException("Cổng đã có người quản trị; quên mật khẩu thì chạy “account reset TÊN”.")
    db.session.commit()
    click.echo(f"Tên đăng nhập: {made[0]}\nMật khẩu dùng một lần: {made[1]}")


@group.command("reset")
@click.argument("username")
def reset(username: str) -> None:
    """Give an account a new one-time password, print it, and end the account's sessions."""
    db.session.connection(execution_options={"writes": True})
    account = db.session.scalar(select(Account).where(Account.username == username.strip().lower()))
    if account is None:
        raise click.ClickException(f"Không có tài khoản “{username}”.")
    password = one_time_password()
    reset_password(db.session, account, password, now=clock.now(), viewer=None)
    db.session.commit()
    click.echo(f"Tên đăng nhập: {account.username}\nMật khẩu dùng một lần: {password}")
