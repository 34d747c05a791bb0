"""Signing in by many at once: nobody waits for another's hash, and tries at the same moment gain nothing."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import services.sign_in
from core.clock import clock
from core.extensions import db
from core.transaction import LATER
from models.account import Account, Role, SignInFailure
from models.password import verify_password
from services.sign_in import FAILURES_PER_NAME, SignInOutcome, try_sign_in
from tests.support.database import Database, release
from tests.support.factories import PASSWORD, make_account, make_department

RIGHT, TRIES = "Đúng-2023", FAILURES_PER_NAME + 4


@pytest.fixture
def portal(database: Database) -> Iterator[Flask]:
    """A portal of its own with one account, so that everybody has a connection of his own."""
    made = database.make_app(database.copy())
    with made.app_context():
        make_account(db.session, Role.OFFICE, make_department(db.session), username="van.phong")
        db.session.commit()
        yield made
    release(made)


def attempt(password: str) -> SignInOutcome:
    """Try once over a connection of its own, as the page does it."""
    with Session(db.engine) as session:
        session.connection(execution_options={"writes": LATER})
        tried = try_sign_in(session, "van.phong", password, "10.0.0.1", clock.now(), key="a key")
        session.commit()
        return tried.outcome


def failures() -> int:
    """How many lines the throttle holds."""
    with Session(db.engine) as session:
        return session.scalar(select(func.count()).select_from(SignInFailure)) or 0


@pytest.fixture
def hashing(monkeypatch: pytest.MonkeyPatch) -> tuple[Event, Event]:
    """Hashing that says when it began and goes on when it is told to."""
    begun, go_on = Event(), Event()

    def verify(password_hash: str | None, password: str) -> bool:
        begun.set()
        assert go_on.wait(timeout=20)
        return verify_password(password_hash, password)

    monkeypatch.setattr(services.sign_in, "verify_password", verify)
    return begun, go_on


def test_others_write_while_a_password_is_hashed(portal: Flask, hashing: tuple[Event, Event]) -> None:
    engine = db.engine
    with ThreadPoolExecutor(1) as pool, portal.app_context():
        tried = pool.submit(lambda: _within(portal, PASSWORD))
        assert hashing[0].wait(timeout=10)
        with Session(engine) as session:
            session.connection(execution_options={"writes": True})
            session.add(SignInFailure(subject="x" * 48, at=clock.now()))
            session.commit()
        assert not tried.done()
        hashing[1].set()
        assert tried.result(timeout=20) is SignInOutcome.ADMITTED


def test_a_password_that_is_changed_meanwhile_is_good_no_more(portal: Flask, hashing: tuple[Event, Event]) -> None:
    with ThreadPoolExecutor(1) as pool:
        tried = pool.submit(lambda: _within(portal, PASSWORD))
        assert hashing[0].wait(timeout=10)
        account = db.session.scalars(select(Account)).one()
        account.password_hash = f"{account.password_hash}x"
        db.session.commit()
        hashing[1].set()
        assert tried.result(timeout=20) is SignInOutcome.REFUSED
    assert failures() == 2


def test_tries_at_the_same_moment_are_throttled_like_one_after_the_other(portal: Flask,
                                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them pass the first look; no more than eight learn whether they guessed right."""
    start = Barrier(TRIES)

    def verify(_hash: str | None, password: str) -> bool:
        start.wait(timeout=20)
        return password == RIGHT

    monkeypatch.setattr(services.sign_in, "verify_password", verify)
    with ThreadPoolExecutor(TRIES) as pool:
        outcomes = Counter(pool.map(lambda _number: _within(portal, "sai"), range(TRIES)))
    assert outcomes == {SignInOutcome.REFUSED: FAILURES_PER_NAME, SignInOutcome.WAIT: TRIES - FAILURES_PER_NAME}
    assert failures() == 2 * FAILURES_PER_NAME
    monkeypatch.setattr(services.sign_in, "verify_password", lambda _hash, _password: pytest.fail("hashed"))
    assert _within(portal, RIGHT) is SignInOutcome.WAIT


def test_a_fault_while_hashing_leaves_nothing_behind(portal: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def verify(_hash: str | None, _password: str) -> bool:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(services.sign_in, "verify_password", verify)
        with pytest.raises(MemoryError):
            _within(portal, PASSWORD)
    assert failures() == 0
    assert _within(portal, PASSWORD) is SignInOutcome.ADMITTED


def _within(portal: Flask, password: str) -> SignInOutcome:
    """Try in a thread that has no app yet."""
    with portal.app_context():
        return attempt(password)
