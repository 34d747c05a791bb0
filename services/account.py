"""Bringing accounts in: from a file, all or nothing, and the first administrator of a new portal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.table_file import Fault, TableFileError
from core.translation import N_, _
from models.account import Account, Role, role_fits
from models.password import one_time_password
from models.permission import Viewer
from queries.unit import UnitLine, department_id, list_all_units
from services.account_change import (
    add_account,
    change_account,
    reset_password,
    set_language,
    set_password,
    set_theme,
)
from services.account_file import COLUMNS, AccountRow, read_accounts

_LABELS = {column.name: column.label for column in COLUMNS}


class RowState(StrEnum):
    """What a row of a file would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"

    @property
    def label(self) -> str:
        """The word for it, as 'Tài khoản mới'."""
        return {"new": N_("Tài khoản mới"), "changed": N_("Có thay đổi"), "unchanged": N_("Giữ nguyên"),
                "wrong": N_("Cần sửa")}[self.value]


@dataclass(frozen=True, slots=True)
class RowPreview:
    """One row of a file beside what the portal holds. ``changes`` are (label of the column, old, new)."""

    number: int
    username: str
    full_name: str
    role: Role
    unit_name: str
    state: RowState
    changes: tuple[tuple[str, str, str], ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slip:
    """A new account with its one-time password, to be handed over."""

    username: str
    full_name: str
    unit_name: str
    password: str


@dataclass(frozen=True, slots=True)
class AccountLoad:
    """What a file of accounts did. With faults, nothing was written."""

    faults: tuple[Fault, ...] = ()
    slips: tuple[Slip, ...] = ()
    changed: int = 0
    unchanged: int = 0

    @property
    def is_good(self) -> bool:
        """Whether the file could be loaded."""
        return not self.faults


class NoDepartmentError(ValueError):
    """There is no Department yet, so nobody can belong to it; units are loaded first."""


def preview_accounts(session: Session, data: bytes, *, on: date) -> tuple[tuple[RowPreview, ...], tuple[Fault, ...]]:
    """What a file would do, row by row, and all its faults by row. Writes nothing."""
    try:
        rows, table = read_accounts(data)
    except TableFileError as error:
        return (), error.faults
    load = _Load(session, rows, table.heads, on)
    faults = sorted([*table.faults, *load.check()])
    return tuple(load.preview(row, faults) for row in rows), tuple(faults)


def load_accounts(session: Session, source: bytes | Sequence[AccountRow], *, on: date, now: datetime,
                  viewer: Viewer | None = None, batch: str = "",
                  make_password: Callable[[str], str] | None = None, is_demonstration: bool = False) -> AccountLoad:
    """Load accounts from a CSV file's bytes or from rows; all or nothing, safe to repeat. Does not commit.

    New accounts get a one-time password: ``make_password(username)``, or one made at random.
    """
    faults: list[Fault] = []
    heads: dict[str, str] = {}
    if isinstance(source, bytes):
        try:
            rows, table = read_accounts(source)
        except TableFileError as error:
            return AccountLoad(faults=error.faults)
        faults, heads = table.faults, table.heads
    else:
        rows = list(source)
    load = _Load(session, rows, heads, on)
    faults = sorted([*faults, *load.check()])
    if faults:
        return AccountLoad(faults=tuple(faults))
    slips: dict[str, Slip] = {}
    changed = 0
    for row in sorted(rows, key=lambda row: row.role is not Role.ADMINISTRATOR):  # none is taken away before
        account = load.accounts.get(row.username)
        if account is None:
            password = make_password(row.username) if make_password else one_time_password()
            add_account(session, load.values(row), password, now=now, viewer=viewer, batch=batch,
                        is_demonstration=is_demonstration)
            slips[row.username] = Slip(row.username, row.full_name, load.units[row.unit_code].name, password)
        else:
            changed += change_account(session, account, load.values(row), now=now, viewer=viewer)
    in_order = tuple(slips[row.username] for row in rows if row.username in slips)
    return AccountLoad((), in_order, changed, len(rows) - len(slips) - changed)


class _Load:
    """One load: the rows beside what the database holds."""

    def __init__(self, session: Session, rows: Sequence[AccountRow], heads: dict[str, str], on: date) -> None:
        """Ask the database for units and accounts. Two queries."""
        self.rows, self.heads = rows, heads
        self.units: dict[str, UnitLine] = {line.code: line for line in list_all_units(session, on)}
        self.codes = {line.id: line.code for line in self.units.values()}
        self.accounts = {account.username: account for account in session.scalars(select(Account))}

    def values(self, row: AccountRow) -> dict[str, Any]:
        """What the row says, as columns of an account; nothing of what the file is silent about."""
        values: dict[str, Any] = {
            "username": row.username, "full_name": row.full_name, "role": row.role,
            "unit_id": self.units[row.unit_code].id, "position": row.position, "email": row.email,
        }
        return {name: value for name, value in values.items() if value is not None}

    def check(self) -> list[Fault]:
        """All faults between the rows and the database."""
        return [fault for row in self.rows for fault in self._check_row(row)] + self._check_administrators()

    def _fault(self, row: AccountRow, name: str, message: str) -> Fault:
        """A fault of a row, under the head that the file gives the column."""
        return Fault(row.number, self.heads.get(name, name), message)

    def _check_row(self, row: AccountRow) -> list[Fault]:
        """The unit exists, and the role is one of such a unit."""
        unit = self.units.get(row.unit_code)
        if unit is None:
            return [self._fault(row, "unit_code", _("Không có đơn vị nào đang hoạt động mang mã “%(code)s”.",
                                                    code=row.unit_code))] if row.unit_code else []
        if not role_fits(row.role, unit.kind):
            return [self._fault(row, "role", _("Vai trò “%(role)s” không có ở %(unit)s.", role=_(row.role.label),
                                               unit=unit.name))]
        return []

    def _check_administrators(self) -> list[Fault]:
        """A file may not take the last administrator away."""
        roles = {row.username: row for row in self.rows}
        stored = {name for name, account in self.accounts.items()
                  if account.role is Role.ADMINISTRATOR and account.is_active}
        kept = {name for name in stored if name not in roles or roles[name].role is Role.ADMINISTRATOR}
        if not stored or kept or any(row.role is Role.ADMINISTRATOR and row.username not in self.accounts
                                     for row in self.rows):
            return []
        first = next(row for row in self.rows if row.username in stored)
        return [self._fault(first, "role", _("Cổng phải còn ít nhất một người quản trị."))]

    def preview(self, row: AccountRow, faults: Sequence[Fault]) -> RowPreview:
        """What the row would do."""
        unit = self.units.get(row.unit_code)
        own = tuple(fault.text for fault in faults if fault.row == row.number)
        account = self.accounts.get(row.username)
        changes = self._changes(row, account) if account is not None and unit is not None else ()
        state = RowState.WRONG if own else RowState.NEW if account is None \
            else RowState.CHANGED if changes else RowState.UNCHANGED
        return RowPreview(row.number, row.username, row.full_name, row.role, unit.name if unit else row.unit_code,
                          state, changes, own)

    def _changes(self, row: AccountRow, account: Account) -> tuple[tuple[str, str, str], ...]:
        """Old and new of what differs, in words."""
        old = {"full_name": account.full_name, "role": account.role.label, "position": account.position,
               "unit_code": self.codes.get(account.unit_id, ""), "email": account.email}
        new = {"full_name": row.full_name, "role": row.role.label, "position": row.position,
               "unit_code": row.unit_code, "email": row.email}
        return tuple((_LABELS[name], old[name], value) for name, value in new.items()
                     if value is not None and value != old[name])


def make_first_administrator(session: Session, now: datetime, username: str = "admin") -> tuple[str, str] | None:
    """Make the first administrator; returns user name and one-time password, or None when there is one already.

    Raises NoDepartmentError before units are loaded. Does not commit.
    """
    if session.scalar(select(Account.id).where(Account.role == Role.ADMINISTRATOR, Account.is_active).limit(1)):
        return None
    unit_id = department_id(session)
    if unit_id is None:
        raise NoDepartmentError("no unit of the kind Department")
    password = one_time_password()
    account = session.scalar(select(Account).where(Account.username == username))
    values = {"username": username, "full_name": "Quản trị hệ thống", "role": Role.ADMINISTRATOR, "unit_id": unit_id}
    if account is None:
        add_account(session, values, password, now=now, viewer=None)
    else:
        change_account(session, account, {**values, "is_active": True}, now=now, viewer=None)
        reset_password(session, account, password, now=now, viewer=None)
    return username, password


__all__ = ["AccountLoad", "AccountRow", "NoDepartmentError", "RowPreview", "RowState", "Slip", "load_accounts",
           "make_first_administrator", "preview_accounts", "set_language", "set_password", "set_theme"]
