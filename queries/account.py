"""Accounts as pages and sign-in need them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, Select, and_, select
from sqlalchemy.orm import Session, aliased

from models.account import Account, Role
from models.permission import Viewer
from models.unit import Unit, UnitKind, UnitName

_DEPARTMENT_ROLES = (Role.OFFICE, Role.LEADER)


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in person with what the frame of a page shows."""

    viewer: Viewer
    unit_name: str
    session_version: int
    must_change_password: bool
    is_demonstration: bool
    language: str
    theme: str


def find_person(session: Session, account_id: int, on: date) -> Person | None:
    """The person behind an account that is switched on, or None. One query."""
    row = session.execute(_people(on).where(Account.id == account_id, Account.is_active)).first()
    return _person(row) if row is not None else None


def _people(on: date) -> Select[Account, str, int]:
    """Accounts with the name of their unit on ``on`` and the Department's id."""
    department = aliased(Unit)
    return (
        select(Account, UnitName.name, department.id)
        .outerjoin(UnitName, and_(UnitName.unit_id == Account.unit_id, UnitName.covering(on)))
        .outerjoin(department, department.kind == UnitKind.DEPARTMENT)
    )


def _person(row: Row[Account, str, int]) -> Person:
    """Make a person of a row."""
    account, unit_name, department_id = row
    acts_for = department_id if account.role in _DEPARTMENT_ROLES and department_id else account.unit_id
    return Person(
        viewer=Viewer(account.id, account.full_name, account.role, account.unit_id, acts_for),
        unit_name=unit_name or "",
        session_version=account.session_version,
        must_change_password=account.must_change_password,
        is_demonstration=account.is_demonstration,
        language=account.language,
        theme=account.theme,
    )
