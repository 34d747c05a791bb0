"""Bringing accounts in: from a file, all or nothing, and the first administrator of a new portal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.table_file import Fault, TableFileError
from models.account import Account, Role
from models.password import one_time_password
from models.permission import Viewer
from queries.unit import department_id
from services.account_change import (
    add_account,
    change_account,
    reset_password,
    set_language,
    set_password,
    set_theme,
)
from services.account_file import AccountRow, read_accounts
from services.account_load import AccountComparison
from services.table_comparison import Comparison, compare


@dataclass(frozen=True, slots=True)
class Slip:
    """A new account with its one-time password, to be handed over."""

    account_id: int
    username: str
    full_name: str
    unit_name: str
    password: str
    email: str = ""


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


def preview_accounts(session: Session, data: bytes, *, on: date, viewer: Viewer | None = None) -> Comparison:
    """What a file would do, row by row, and all its faults. Three queries; writes nothing."""
    try:
        rows, table = read_accounts(data)
    except TableFileError as error:
        return Comparison(faults=error.faults)
    load = AccountComparison(session, rows, table.heads, on, viewer)
    faults = sorted([*table.faults, *load.check()])
    return compare(table, {row.number: load.preview(row) for row in rows}, faults, "username", "full_name")


def load_accounts(session: Session, source: bytes | Sequence[AccountRow], *, on: date, now: datetime,
                  viewer: Viewer | None = None, batch: str = "",
                  make_password: Callable[[str], str] | None = None, is_demonstration: bool = False) -> AccountLoad:
    """Load accounts from a file's bytes (XLSX or CSV) or from rows; all or nothing, safe to repeat. Does not commit.

    ``viewer`` makes and changes only what is theirs to look after; None is a command. New accounts get a one-time
    password: ``make_password(username)``, or one made at random.
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
    load = AccountComparison(session, rows, heads, on, viewer)
    faults = sorted([*faults, *load.check()])
    if faults:
        return AccountLoad(faults=tuple(faults))
    slips: dict[str, Slip] = {}
    changed = 0
    for row in sorted(rows, key=lambda row: row.role is not Role.ADMINISTRATOR):  # none is taken away before
        known = load.accounts.get(row.username)
        if known is None:
            password = make_password(row.username) if make_password else one_time_password()
            account = add_account(session, load.values(row), password, now=now, viewer=viewer, batch=batch,
                                  is_demonstration=is_demonstration)
            slips[row.username] = Slip(account.id, row.username, row.full_name, load.units[row.unit_code].name,
                                       password, account.email or "")
        else:
            changed += change_account(session, known, load.values(row), now=now, viewer=viewer)
    in_order = tuple(slips[row.username] for row in rows if row.username in slips)
    return AccountLoad((), in_order, changed, len(rows) - len(slips) - changed)


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


__all__ = ["AccountLoad", "AccountRow", "NoDepartmentError", "Slip", "load_accounts", "make_first_administrator",
           "preview_accounts", "set_language", "set_password", "set_theme"]
