"""Signing in with a throttle, passwords, language, and making accounts."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from models.account import Account, SignInFailure
from models.password import hash_password, verify_password

FAILURES_PER_NAME = 8
FAILURES_PER_ADDRESS = 60
THROTTLE = timedelta(minutes=15)


class SignInOutcome(StrEnum):
    """What became of an attempt to sign in."""

    ADMITTED = "admitted"
    REFUSED = "refused"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class SignInAttempt:
    """An attempt: whose account, or how many minutes to wait."""

    outcome: SignInOutcome
    account_id: int | None = None
    session_version: int = 0
    minutes: int = 0


def try_sign_in(session: Session, username: str, password: str, address: str, now: datetime) -> SignInAttempt:
    """Check a name and password; failures are counted per name and per address. Does not commit.

    A wrong name and a wrong password take equally long and are answered alike.
    """
    name = username.strip().lower()
    subjects = {_subject("name", name): FAILURES_PER_NAME, _subject("address", address): FAILURES_PER_ADDRESS}
    session.execute(delete(SignInFailure).where(SignInFailure.at < now - timedelta(days=1)))
    counted = dict(session.execute(
        select(SignInFailure.subject, func.count()).where(
            SignInFailure.subject.in_(list(subjects)), SignInFailure.at > now - THROTTLE)
        .group_by(SignInFailure.subject)).tuples().all())
    if any(counted.get(subject, 0) >= most for subject, most in subjects.items()):
        return SignInAttempt(SignInOutcome.WAIT, minutes=int(THROTTLE.total_seconds() // 60))
    account = session.scalar(select(Account).where(Account.username == name))
    if not verify_password(account.password_hash if account else None, password) or not account \
            or not account.is_active:
        session.add_all(SignInFailure(subject=subject, at=now) for subject in subjects)
        return SignInAttempt(SignInOutcome.REFUSED)
    session.execute(delete(SignInFailure).where(SignInFailure.subject == _subject("name", name)))
    account.last_sign_in_at = now
    return SignInAttempt(SignInOutcome.ADMITTED, account.id, account.session_version)


def _subject(kind: str, text: str) -> str:
    """A hash that stands for a name or an address, so that neither is kept in clear."""
    return hashlib.blake2b(f"{kind}:{text}".encode(), digest_size=24).hexdigest()


def set_language(session: Session, account_id: int, language: str) -> None:
    """Remember the person's language. Does not commit."""
    session.execute(update(Account).where(Account.id == account_id).values(language=language))


def set_password(session: Session, account_id: int, password: str, *, must_change: bool = False) -> int:
    """Set a password and end all sessions of the account; returns the new session version. Does not commit."""
    account = session.get_one(Account, account_id)
    account.password_hash = hash_password(password)
    account.must_change_password = must_change
    account.session_version += 1
    return account.session_version
