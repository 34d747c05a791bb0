"""Rows for tests on an empty portal, with everything that a test does not care for filled in plausibly.

Each adds to the session, flushes, and gives the row back; nothing commits.
"""

from datetime import date
from itertools import count

from sqlalchemy.orm import Session

from core.clock import clock
from models.account import Account, Role
from models.password import hash_password
from models.unit import FIRST_DAY, Unit, UnitHead, UnitKind, UnitName, UnitParent

PASSWORD = "Mật-khẩu-2023"
_numbers = count(1)
_password_hash = hash_password(PASSWORD)


def make_unit(
    session: Session,
    kind: UnitKind = UnitKind.PRIMARY,
    *,
    code: str | None = None,
    name: str | None = None,
    parent: Unit | None = None,
    since: date = FIRST_DAY,
    until: date | None = None,
) -> Unit:
    """A unit with its name, head and parent from ``since`` on; ``until`` is the first day on which it is gone."""
    number = next(_numbers)
    unit = Unit(code=code or f"U-{number}", kind=kind, valid_from=since, valid_to=until, is_demonstration=True)
    session.add(unit)
    session.flush()
    named = name or f"{kind.label} số {number} (minh họa)"
    session.add(UnitName(unit_id=unit.id, name=named, valid_from=since, valid_to=until))
    session.add(UnitHead(unit_id=unit.id, position="Hiệu trưởng", valid_from=since, valid_to=until))
    if parent is not None:
        session.add(UnitParent(unit_id=unit.id, parent_id=parent.id, valid_from=since, valid_to=until))
    session.flush()
    return unit


def make_account(
    session: Session, role: Role, unit: Unit, *, username: str | None = None, must_change_password: bool = False
) -> Account:
    """An account with the password ``PASSWORD``."""
    account = Account(
        username=username or f"{role.value}-{next(_numbers)}",
        full_name=f"{role.label} (minh họa)",
        role=role,
        unit_id=unit.id,
        password_hash=_password_hash,
        must_change_password=must_change_password,
        created_at=clock.now(),
    )
    session.add(account)
    session.flush()
    return account


def make_department(session: Session) -> Unit:
    """The Department, above which nobody reports here."""
    return make_unit(session, UnitKind.DEPARTMENT, code="SGDDT", name="Sở Giáo dục và Đào tạo (minh họa)")
