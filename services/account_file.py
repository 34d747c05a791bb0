"""Reading a file of accounts: rows checked among themselves, before the database is asked.

Columns: username, full_name, role, unit_code; position and email may be left out, then they stay as they are.
"""

import re
from dataclasses import dataclass

from core.table_file import Column, Table, TableRow
from core.table_upload import read_upload
from core.text import fold
from core.translation import N_, _
from models.account import (
    EMAIL_MAX_LENGTH,
    EMAIL_PATTERN,
    FULL_NAME_MAX_LENGTH,
    USERNAME_MAX_LENGTH,
    USERNAME_PATTERN,
    Role,
)
from models.unit import CODE_MAX_LENGTH

COLUMNS = (
    Column("username", N_("Tên đăng nhập"), USERNAME_MAX_LENGTH, is_required=True),
    Column("full_name", N_("Họ và tên"), FULL_NAME_MAX_LENGTH, is_required=True),
    Column("role", N_("Vai trò"), FULL_NAME_MAX_LENGTH, is_required=True),
    Column("unit_code", N_("Mã đơn vị"), CODE_MAX_LENGTH, is_required=True),
    Column("position", N_("Chức vụ"), FULL_NAME_MAX_LENGTH),
    Column("email", N_("Thư điện tử"), EMAIL_MAX_LENGTH),
)
_ROLES = {**{fold(role.label): role for role in Role}, **{role.value: role for role in Role}}


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account of a file. ``position`` and ``email`` are None where the file has no such column."""

    username: str
    full_name: str
    role: Role
    unit_code: str
    position: str | None = None
    email: str | None = None
    number: int = 0


def read_accounts(data: bytes) -> tuple[list[AccountRow], Table]:
    """Read a file of accounts; faults of cells and among the rows stand in ``Table.faults``.

    Raises TableFileError when the file is no table with these columns.
    """
    table = read_upload(data, COLUMNS)
    seen: dict[str, int] = {}
    found = (_read_row(table, row, seen) for row in table.rows)
    return [account for account in found if account is not None], table


def _read_row(table: Table, row: TableRow, seen: dict[str, int]) -> AccountRow | None:
    """Check one row; None when it cannot stand for an account."""
    username, role = row["username"].lower(), _ROLES.get(fold(row["role"]))
    if not username:
        table.fault(row, "username", _("Nhập tên đăng nhập."))
    elif not re.fullmatch(USERNAME_PATTERN, username):
        table.fault(row, "username", _(
            "Tên đăng nhập gồm chữ không dấu, số, dấu chấm, gạch nối, gạch dưới; ít nhất 2 ký tự."))
    elif username in seen:
        table.fault(row, "username", _("Tên “%(name)s” đã có ở dòng %(row)s.", name=username, row=seen[username]))
    seen.setdefault(username, row.number)
    if not row["full_name"]:
        table.fault(row, "full_name", _("Nhập họ và tên."))
    if not row["unit_code"]:
        table.fault(row, "unit_code", _("Nhập mã đơn vị."))
    if row["email"] and not re.fullmatch(EMAIL_PATTERN, row["email"]):
        table.fault(row, "email", _("Nhập địa chỉ thư điện tử, ví dụ vanphong@truong.edu.vn."))
    if role is None:
        table.fault(row, "role", _("Không có vai trò “%(role)s”. Các vai trò: %(roles)s.", role=row["role"],
                                   roles=", ".join(_(role.label) for role in Role)))
        return None
    if not username:
        return None
    return AccountRow(username, row["full_name"], role, row["unit_code"], row.cells.get("position"),
                      row.cells.get("email"), row.number)
