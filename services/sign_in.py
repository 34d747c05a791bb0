"""Signing in, with a throttle that the database keeps for all workers."""

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

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
    without it the stored subjects cannot be told.
    """
    name = username.strip().lower()
    by_name, by_address = _subject(key, "name", name), _subject(key, "address", address)
    session.execute(delete(SignInFailure).where(SignInFailure.at < now - timedelta(days=1)))
    free_at = max(_free_at(session, by_name, FAILURES_PER_NAME, now),
                  _free_at(session, by_address, FAILURES_PER_ADDRESS, now))
    if free_at > now:
        return SignInAttempt(SignInOutcome.WAIT, minutes=math.ceil((free_at - now) / timedelta(minutes=1)))
    account = session.scalar(select(Account).where(Account.username == name))
    if not verify_password(account.password_hash if account else None, password) or not account \
            or not account.is_active:
        session.add_all(SignInFailure(subject=subject, at=now) for subject in (by_name, by_address))
        return SignInAttempt(SignInOutcome.REFUSED)
    session.execute(delete(SignInFailure).where(SignInFailure.subject == by_name))
    account.last_sign_in_at = now
    return SignInAttempt(SignInOutcome.ADMITTED, account.id, account.session_version)


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
