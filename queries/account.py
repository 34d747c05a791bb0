"""Accounts as pages and sign-in need them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, false, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from core.text import fold
from core.translation import N_
from models.account import Account, Role
from models.delegation import OWN_ROLES, SCHOOL_ROLES, gives_all
from models.event import Event, Subject
from models.invitation import invitation_key
from models.mail import MailStatus, OutboxMail
from models.permission import Action, Viewer
from models.unit import Unit, UnitKind, UnitName
from queries.scope import scope

_DEPARTMENT_ROLES = (Role.OFFICE, Role.LEADER)
GIVING = ("create_account", "reset_password")
"""Events that gave an account a one-time password; their detail names its batch."""
PAGE_SIZE = 50


class AccountState(StrEnum):
    """Where an account stands."""

    ACTIVE = "active"
    WAITING = "waiting"
    OFF = "off"

    @property
    def label(self) -> str:
        """The word for it, as 'Đang dùng'."""
        return {"active": N_("Đang dùng"), "waiting": N_("Chờ đổi mật khẩu"), "off": N_("Đã ngừng")}[self.value]


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in person with what the frame of a page shows."""

    viewer: Viewer
    unit_name: str
    agency: str
    """The Department's name; empty before units are loaded."""
    session_version: int
    must_change_password: bool
    is_demonstration: bool
    language: str
    theme: str


def find_person(session: Session, account_id: int, on: date) -> Person | None:
    """The person behind an account that is switched on, or None. One query."""
    row = session.execute(_person_at_work(on), {"account_id": account_id}).first()
    return _person(row) if row is not None else None


@lru_cache(maxsize=8)  # every request asks it, and it depends on nothing but the day
def _person_at_work(on: date) -> Select[Account, str, int, str]:
    """An account that is switched on, with the name of its unit on ``on``, the Department's id and its name."""
    department, agency = aliased(Unit), aliased(UnitName)
    return (
        select(Account, UnitName.name, department.id, agency.name)
        .outerjoin(UnitName, and_(UnitName.unit_id == Account.unit_id, UnitName.covering(on)))
        .outerjoin(department, department.kind == UnitKind.DEPARTMENT)
        .outerjoin(agency, and_(agency.unit_id == department.id, agency.covering(on)))
        .where(Account.id == bindparam("account_id"), Account.is_active)
    )


def _person(row: Row[Account, str, int, str]) -> Person:
    """Make a person of a row."""
    account, unit_name, department_id, agency = row
    acts_for = department_id if account.role in _DEPARTMENT_ROLES and department_id else account.unit_id
    return Person(
        viewer=Viewer(account.id, account.full_name, account.role, account.unit_id, acts_for),
        unit_name=unit_name or "",
        agency=agency or "",
        session_version=account.session_version,
        must_change_password=account.must_change_password,
        is_demonstration=account.is_demonstration,
        language=account.language,
        theme=account.theme,
    )


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account with its unit on a day."""

    id: int
    username: str
    full_name: str
    position: str
    email: str
    role: Role
    unit_id: int
    unit_code: str
    unit_name: str
    is_active: bool
    must_change_password: bool
    last_sign_in_at: datetime | None
    created_at: datetime

    @property
    def state(self) -> AccountState:
        """Where the account stands."""
        if not self.is_active:
            return AccountState.OFF
        return AccountState.WAITING if self.must_change_password else AccountState.ACTIVE


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One page of accounts, and how many the search found by role and by state."""

    lines: tuple[AccountLine, ...]
    total: int
    number: int
    page_count: int
    by_role: dict[Role, int]
    by_state: dict[AccountState, int]


@dataclass(frozen=True, slots=True)
class SlipLine:
    """An account of a batch of one-time passwords; used once the person has chosen an own password."""

    username: str
    full_name: str
    unit_name: str
    is_used: bool
    mail: MailStatus | None = None
    """How the letter with the password stands; None when it is handed over on paper."""

    @property
    def is_on_paper(self) -> bool:
        """Whether a slip is to be printed: also when the letter was not sent."""
        return not self.is_used and self.mail in (None, MailStatus.FAILED, MailStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class AccountSlip:
    """One account to be handed over on paper."""

    full_name: str
    unit_name: str
    username: str
    password: str


@dataclass(frozen=True, slots=True)
class AccountSlipDocument:
    """Slips with one-time passwords, and where people sign in ("https://…/login")."""

    address: str
    slips: tuple[AccountSlip, ...]


def _account_lines(on: date) -> Select[*tuple[Any, ...]]:
    """Accounts with their unit's name on a day, by unit, then name."""
    return (
        select(Account.id, Account.username, Account.full_name, Account.position, Account.email, Account.role,
               Account.unit_id, Unit.code, UnitName.name, Account.is_active, Account.must_change_password,
               Account.last_sign_in_at, Account.created_at)
        .join(Unit, Unit.id == Account.unit_id)
        .outerjoin(UnitName, and_(UnitName.unit_id == Account.unit_id, UnitName.covering(on)))
        .order_by(UnitName.sort_key, Account.full_name, Account.id)
    )


def _account_line(row: tuple[Any, ...]) -> AccountLine:
    """Make a line of a row; a unit that is closed on the day shows by its code."""
    values = list(row)
    values[8] = values[8] or values[7]
    return AccountLine(*values)


def given_by(viewer: Viewer) -> ColumnElement[bool]:
    """The SQL twin of ``models.delegation.may_give``: accounts whose role the viewer may give in their unit."""
    if gives_all(viewer):
        return true()
    if viewer.role is not Role.DISTRICT:
        return false()
    is_own = Account.unit_id == viewer.acts_for_id
    return or_(and_(is_own, Account.role.in_(OWN_ROLES)), and_(~is_own, Account.role.in_(SCHOOL_ROLES)))


def list_accounts(session: Session, viewer: Viewer, on: date, *, search: str = "", role: Role | None = None,
                  state: AccountState | None = None, page: int = 1,
                  page_size: int | None = PAGE_SIZE) -> AccountPage:
    """Accounts that the viewer looks after, ``page_size`` a page (None: all). One query.

    ``search`` finds every word in name, user name, address or unit, with or without marks.
    """
    reachable = scope(viewer, Action.ACCOUNT_MANAGE, on)
    rows = session.execute(_account_lines(on).where(Account.unit_id.in_(reachable), given_by(viewer)))
    words = fold(search).split()
    found = [line for row in rows if _holds(line := _account_line(tuple(row)), words)]
    lines = [line for line in found if role in (None, line.role) and state in (None, line.state)]
    size = page_size or max(len(lines), 1)
    page_count = max(1, -(-len(lines) // size))
    number = min(max(page, 1), page_count)
    first = (number - 1) * size
    return AccountPage(
        tuple(lines[first:first + size]), len(lines), number, page_count,
        dict(Counter(line.role for line in found if state in (None, line.state))),
        dict(Counter(line.state for line in found if role in (None, line.role))))


def list_given_accounts(session: Session, viewer: Viewer, on: date) -> list[AccountLine]:
    """Every account that the viewer looks after and that may sign in, by unit, then name. One query."""
    rows = session.execute(_account_lines(on).where(
        Account.unit_id.in_(scope(viewer, Action.ACCOUNT_MANAGE, on)), given_by(viewer), Account.is_active))
    return [_account_line(tuple(row)) for row in rows]


def _holds(line: AccountLine, words: list[str]) -> bool:
    """Whether an account holds every word."""
    text = fold(f"{line.full_name} {line.username} {line.email} {line.unit_name} {line.unit_code}")
    return all(word in text for word in words)


def get_account(session: Session, account_id: int, on: date) -> AccountLine | None:
    """One account, or None. Not scoped: the caller authorises its unit."""
    row = session.execute(_account_lines(on).where(Account.id == account_id)).first()
    return _account_line(tuple(row)) if row is not None else None


def list_slips(session: Session, viewer: Viewer, batch: str, since: datetime, on: date) -> list[SlipLine]:
    """The accounts to which the viewer gave one-time passwords in a batch after ``since``. Three queries.

    An account that has had another one-time password since then shows as used.
    """
    given = select(Event.subject_id, func.max(Event.id)).where(
        Event.subject_kind == Subject.ACCOUNT, Event.action.in_(GIVING), Event.at >= since).group_by(Event.subject_id)
    last = dict(session.execute(given).all())
    rows = session.execute(
        select(Event.id, Event.detail, Account.id, Account.username, Account.full_name, UnitName.name,
               Account.must_change_password)
        .join(Account, Account.id == Event.subject_id)
        .outerjoin(UnitName, and_(UnitName.unit_id == Account.unit_id, UnitName.covering(on)))
        .where(Event.subject_kind == Subject.ACCOUNT, Event.action.in_(GIVING), Event.at >= since,
               Event.account_id == viewer.account_id)
        .order_by(UnitName.sort_key, Account.full_name, Account.id))
    newest = set(last.values())
    own = [row for row in rows if row[1].get("batch") == batch]
    letters = _letters(session, since) if own else {}
    return [
        SlipLine(username, full_name, unit_name or "", event_id not in newest or not must_change,
                 letters.get(invitation_key(account_id, batch)))
        for event_id, _detail, account_id, username, full_name, unit_name, must_change in own
    ]


def _letters(session: Session, since: datetime) -> dict[str, MailStatus]:
    """How invitations written after ``since`` stand, by key."""
    return dict(session.execute(
        select(OutboxMail.key, OutboxMail.status)
        .where(OutboxMail.created_at >= since, OutboxMail.key.startswith("invitation:"))).all())
