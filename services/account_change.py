"""Changing one account: its person, its password, its sessions. Nothing here commits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models.account import Account, Role
from models.event import Subject
from models.password import hash_one_time_password, hash_password
from models.permission import Viewer
from services.trail import record


class LastAdministratorError(ValueError):
    """The change would leave the portal without anybody who manages accounts."""


def set_language(session: Session, account_id: int, language: str) -> None:
    """Remember the person's language."""
    session.execute(update(Account).where(Account.id == account_id).values(language=language))


def set_theme(session: Session, account_id: int, theme: str) -> None:
    """Remember the person's theme: auto, light or dark."""
    session.execute(update(Account).where(Account.id == account_id).values(theme=theme))


def set_password(session: Session, account_id: int, password: str, *, must_change: bool = False) -> int:
    """Set a password and end all sessions of the account; returns the new session version."""
    account = session.get_one(Account, account_id)
    account.password_hash = hash_password(password)
    account.must_change_password = must_change
    account.session_version += 1
    return account.session_version


def change_own_password(session: Session, viewer: Viewer, password: str, *, now: datetime) -> int:
    """Set the viewer's own password; returns the session version with which the present session goes on."""
    version = set_password(session, viewer.account_id, password)
    _record(session, viewer.account_id, viewer.unit_id, "change_password", now, viewer)
    return version


def add_account(session: Session, values: Mapping[str, Any], password: str, *, now: datetime, viewer: Viewer | None,
                batch: str = "", is_demonstration: bool = False) -> Account:
    """Make an account with a one-time password.

    ``values``: username, full_name, role, unit_id, position, email. ``batch`` names the one-time passwords that
    are shown together. Raises IntegrityError when somebody else takes the user name at the same moment.
    """
    account = Account(**values, password_hash=hash_one_time_password(password), must_change_password=True,
                      created_at=now, is_demonstration=is_demonstration)
    session.add(account)
    session.flush()
    _record(session, account.id, account.unit_id, "create_account", now, viewer,
            {"username": account.username, "role": account.role.value, "batch": batch})
    return account


def change_account(session: Session, account: Account, values: Mapping[str, Any], *, now: datetime,
                   viewer: Viewer | None) -> bool:
    """Set what differs, with before and after in the trail; False when nothing does.

    Raises LastAdministratorError; then nothing is changed.
    """
    before = {name: getattr(account, name) for name in values}
    changes = {name: [before[name], value] for name, value in values.items() if before[name] != value}
    is_kept = values.get("role", account.role) is Role.ADMINISTRATOR and values.get("is_active", account.is_active)
    if _is_administrator(account) and not is_kept and _administrators(session) == 1:
        raise LastAdministratorError(account.username)
    for name in changes:
        setattr(account, name, values[name])
    if changes:
        _record(session, account.id, account.unit_id, "change_account", now, viewer, changes)
    return bool(changes)


def reset_password(session: Session, account: Account, password: str, *, now: datetime, viewer: Viewer | None,
                   batch: str = "") -> None:
    """Give the account a one-time password and end all its sessions."""
    account.password_hash = hash_one_time_password(password)
    account.must_change_password = True
    account.session_version += 1
    _record(session, account.id, account.unit_id, "reset_password", now, viewer, {"batch": batch})


def end_sessions(session: Session, account_id: int, *, now: datetime, viewer: Viewer) -> int:
    """End every session of the account; returns the new session version."""
    account = session.get_one(Account, account_id)
    account.session_version += 1
    _record(session, account.id, account.unit_id, "end_sessions", now, viewer)
    return account.session_version


def _is_administrator(account: Account) -> bool:
    """Whether the account can manage accounts today."""
    return account.role is Role.ADMINISTRATOR and account.is_active


def _administrators(session: Session) -> int:
    """How many accounts can manage accounts."""
    return session.scalar(
        select(func.count()).select_from(Account).where(Account.role == Role.ADMINISTRATOR, Account.is_active)) or 0


def _record(session: Session, account_id: int, unit_id: int, action: str, now: datetime, viewer: Viewer | None,
            detail: dict[str, Any] | None = None) -> None:
    """Write one event on the account's timeline."""
    record(session, at=now, viewer=viewer, subject=Subject.ACCOUNT, subject_id=account_id, unit_id=unit_id,
           action=action, detail=detail)
