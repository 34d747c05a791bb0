"""Signing in, with a throttle that the database keeps for all workers."""

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from core.transaction import begin_writing
from models.account import Account, SignInFailure
from models.password import verify_password

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


def try_sign_in(session: Session, username: str, password: str, address: str, now: datetime, *,
                key: str) -> SignInAttempt:
    """Check a name and password; failures are counted per name and per address. Does not commit.

    A wrong name and a wrong password take equally long and are answered alike. ``key`` is the portal's secret:
    without it the stored subjects cannot be told. On a connection that writes ``LATER`` nobody waits while the
    password is hashed; whoever was told to wait meanwhile waits here, too, so that tries at once gain nothing.
    """
    name = username.strip().lower()
    subjects = _subject(key, "name", name), _subject(key, "address", address)
    if (minutes := _minutes(session, subjects, now)) > 0:
        return SignInAttempt(SignInOutcome.WAIT, minutes=minutes)
    known_hash = session.scalar(select(Account.password_hash).where(Account.username == name))
    fits = verify_password(known_hash, password)
    _begin_counting(session, subjects)
    session.execute(delete(SignInFailure).where(SignInFailure.at < now - timedelta(days=1)))
    if (minutes := _minutes(session, subjects, now)) > 0:
        return SignInAttempt(SignInOutcome.WAIT, minutes=minutes)
    account = session.scalar(select(Account).where(Account.username == name)
                             .execution_options(populate_existing=True))
    if not fits or account is None or not account.is_active or account.password_hash != known_hash:
        session.add_all(SignInFailure(subject=subject, at=now) for subject in subjects)
        return SignInAttempt(SignInOutcome.REFUSED)
    session.execute(delete(SignInFailure).where(SignInFailure.subject == subjects[0]))
    account.last_sign_in_at = now
    return SignInAttempt(SignInOutcome.ADMITTED, account.id, account.session_version)


def _begin_counting(session: Session, subjects: tuple[str, str]) -> None:
    """Let one try after the other see and write the failures of the same name or address, until the commit."""
    connection = session.connection()
    begin_writing(connection)
    if connection.dialect.name == "postgresql":  # SQLite has but one writer
        for number in sorted(int(subject[:15], 16) for subject in subjects):
            session.execute(select(func.pg_advisory_xact_lock(number)))


def _minutes(session: Session, subjects: tuple[str, str], now: datetime) -> int:
    """For how many minutes more the name or the address must wait; 0 when it may try."""
    free_at = max(_free_at(session, subject, most, now) for subject, most in zip(
        subjects, (FAILURES_PER_NAME, FAILURES_PER_ADDRESS), strict=True))
    return math.ceil((free_at - now) / timedelta(minutes=1))


def _free_at(session: Session, subject: str, most: int, now: datetime) -> datetime:
    """When the subject may try again: now, or when the oldest of its last ``most`` failures is old enough."""
    oldest = session.scalar(
        select(SignInFailure.at).where(SignInFailure.subject == subject, SignInFailure.at > now - THROTTLE)
        .order_by(SignInFailure.at.desc(), SignInFailure.id.desc()).offset(most - 1).limit(1))
    return now if oldest is None else oldest + THROTTLE


def _subject(key: str, kind: str, text: str) -> str:
    """A keyed hash that stands for a name or an address, so that neither is kept in clear."""
    secret = hashlib.sha256(key.encode()).digest()
    return hashlib.blake2b(f"{kind}:{text}".encode(), digest_size=24, key=secret).hexdigest()
