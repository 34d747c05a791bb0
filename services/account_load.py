"""A file of accounts beside what the portal holds: every fault between the two, every change."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.table_file import Fault
from core.translation import _
from models.account import Account, Role, role_fits
from models.delegation import gives_all, may_give
from models.permission import Action, Viewer
from queries.unit import UnitLine, list_all_units, list_units
from services.account_file import COLUMNS, AccountRow
from services.table_comparison import Change, RowPreview, RowState

_LABELS = {column.name: column.label for column in COLUMNS}


class AccountComparison:
    """Rows of a file, or of the demonstration, beside units and accounts. ``viewer`` None is a command: all units."""

    def __init__(self, session: Session, rows: Sequence[AccountRow], heads: dict[str, str], on: date,
                 viewer: Viewer | None) -> None:
        """Ask the database for units and accounts. Two queries."""
        self.rows, self.heads, self.viewer = rows, heads, viewer
        found = (list_all_units(session, on) if viewer is None
                 else list_units(session, viewer, on, action=Action.ACCOUNT_MANAGE))
        self.units: dict[str, UnitLine] = {line.code: line for line in found}
        self.codes = {line.id: line.code for line in found}
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
        """The unit exists, the role is one of such a unit, and both are the viewer's to give."""
        known = self.accounts.get(row.username)
        if known is not None and not self._looks_after(known):
            return [self._fault(row, "username", _("Tên “%(name)s” đã có người dùng. Chọn tên khác.",
                                                   name=row.username))]
        unit = self.units.get(row.unit_code)
        if unit is None:
            return [self._fault(row, "unit_code", _("Không có đơn vị nào đang hoạt động mang mã “%(code)s”.",
                                                    code=row.unit_code))] if row.unit_code else []
        if not role_fits(row.role, unit.kind):
            return [self._fault(row, "role", _("Vai trò “%(role)s” không có ở %(unit)s.", role=_(row.role.label),
                                               unit=unit.name))]
        if self.viewer is None:
            return []
        if not may_give(self.viewer, row.role, unit.id):
            return [self._fault(row, "role", _("Vai trò “%(role)s” ở %(unit)s do người quản trị hệ thống cấp.",
                                               role=_(row.role.label), unit=unit.name))]
        is_own = known is not None and known.id == self.viewer.account_id and not gives_all(self.viewer)
        if is_own and known is not None and (known.role, known.unit_id) != (row.role, unit.id):
            return [self._fault(row, "role", _("Đây là tài khoản đang dùng; không tự đổi vai trò hay đơn vị được."))]
        return []

    def _looks_after(self, account: Account) -> bool:
        """Whether the viewer may change an account that is there."""
        return self.viewer is None or gives_all(self.viewer) or (
            account.unit_id in self.codes and may_give(self.viewer, account.role, account.unit_id))

    def _check_administrators(self) -> list[Fault]:
        """A file may not take the last administrator away; those who do not give all cannot."""
        if self.viewer is not None and not gives_all(self.viewer):
            return []
        roles = {row.username: row for row in self.rows}
        stored = {name for name, account in self.accounts.items()
                  if account.role is Role.ADMINISTRATOR and account.is_active}
        kept = {name for name in stored if name not in roles or roles[name].role is Role.ADMINISTRATOR}
        if not stored or kept or any(row.role is Role.ADMINISTRATOR and row.username not in self.accounts
                                     for row in self.rows):
            return []
        first = next(row for row in self.rows if row.username in stored)
        return [self._fault(first, "role", _("Cổng phải còn ít nhất một người quản trị."))]

    def preview(self, row: AccountRow) -> RowPreview:
        """What a row without a fault would do."""
        unit = self.units.get(row.unit_code)
        account = self.accounts.get(row.username)
        is_seen = account is None or self._looks_after(account)  # of a foreign account nothing is told
        changes = self._changes(row, account) if is_seen else ()
        state = RowState.NEW if account is None else RowState.CHANGED if changes else RowState.UNCHANGED
        about = f"{_(row.role.label)} · {unit.name if unit else row.unit_code}"
        return RowPreview(row.number, row.username, row.full_name, about, state, changes)

    def _changes(self, row: AccountRow, account: Account | None) -> tuple[Change, ...]:
        """Old and new of what differs, in words; of a new account what is not in its name, role and unit."""
        if account is None:
            new = {"position": row.position, "email": row.email}
            return tuple((_LABELS[name], "", value) for name, value in new.items() if value)
        pairs = {
            "full_name": (account.full_name, row.full_name),
            "role": (_(account.role.label), _(row.role.label)),
            "unit_code": (self.codes.get(account.unit_id, ""), row.unit_code),
            "position": (account.position, row.position),
            "email": (account.email, row.email),
        }
        return tuple((_LABELS[name], old, new) for name, (old, new) in pairs.items() if new is not None and new != old)


__all__ = ["AccountComparison"]
