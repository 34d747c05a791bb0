"""Signing in: one answer for every wrong pair, and a throttle that counts by name and by address."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.account import Account, Role, SignInFailure
from services.sign_in import (
    FAILURES_PER_ADDRESS,
    FAILURES_PER_NAME,
    SignInAttempt,
    SignInOutcome,
    try_sign_in,
)
from tests.support.clock import FrozenClock
from tests.support.factories import PASSWORD, make_account, make_department


@pytest.fixture
def account(db_session: Session) -> Account:
    """Somebody with the password of the factories."""
    return make_account(db_session, Role.OFFICE, make_department(db_session), username="van.phong")


def attempt(session: Session, clock: FrozenClock, username: str, password: str, address: str = "10.0.0.1"
            ) -> SignInAttempt:
    """Try once."""
    tried = try_sign_in(session, username, password, address, clock.moment, key="a key")
    session.flush()
    return tried


def test_the_right_pair_is_admitted_whatever_the_case_and_spaces_of_the_name(
    db_session: Session, clock: FrozenClock, account: Account
) -> None:
    tried = attempt(db_session, clock, "  Van.Phong ", PASSWORD)
    assert (tried.outcome, tried.account_id) == (SignInOutcome.ADMITTED, account.id)
    assert account.last_sign_in_at == clock.moment


def test_a_wrong_name_a_wrong_password_and_a_switched_off_account_look_alike(
    db_session: Session, clock: FrozenClock, account: Account
) -> None:
    tries = [attempt(db_session, clock, "van.phong", "sai"), attempt(db_session, clock, "khong.co", PASSWORD)]
    account.is_active = False
    tries.append(attempt(db_session, clock, "van.phong", PASSWORD))
    assert set(tries) == {SignInAttempt(SignInOutcome.REFUSED)}


def test_after_eight_failures_even_the_right_password_waits_and_says_how_long(
    db_session: Session, clock: FrozenClock, account: Account
) -> None:
    for _number in range(FAILURES_PER_NAME):
        assert attempt(db_session, clock, "van.phong", "sai").outcome is SignInOutcome.REFUSED
        clock.move(minutes=1)
    assert attempt(db_session, clock, "van.phong", PASSWORD) == SignInAttempt(SignInOutcome.WAIT, minutes=7)
    clock.move(minutes=7)
    assert attempt(db_session, clock, "van.phong", PASSWORD).outcome is SignInOutcome.ADMITTED


def test_waiting_does_not_count_as_another_failure(db_session: Session, clock: FrozenClock, account: Account) -> None:
    for _number in range(FAILURES_PER_NAME + 5):
        attempt(db_session, clock, "van.phong", "sai")
    clock.move(minutes=15)
    assert attempt(db_session, clock, "van.phong", PASSWORD).outcome is SignInOutcome.ADMITTED


def test_sixty_failures_from_one_address_stop_it_and_no_other(
    db_session: Session, clock: FrozenClock, account: Account
) -> None:
    for number in range(FAILURES_PER_ADDRESS):
        attempt(db_session, clock, f"ten-{number}", "sai", "10.0.0.9")
    assert attempt(db_session, clock, "van.phong", PASSWORD, "10.0.0.9").outcome is SignInOutcome.WAIT
    assert attempt(db_session, clock, "van.phong", PASSWORD, "10.0.0.8").outcome is SignInOutcome.ADMITTED


def test_a_success_forgets_the_failures_of_the_name(
    db_session: Session, clock: FrozenClock, account: Account
) -> None:
    for _number in range(FAILURES_PER_NAME - 1):
        attempt(db_session, clock, "van.phong", "sai")
    attempt(db_session, clock, "van.phong", PASSWORD)
    for _number in range(FAILURES_PER_NAME - 1):
        attempt(db_session, clock, "van.phong", "sai")
    assert attempt(db_session, clock, "van.phong", PASSWORD).outcome is SignInOutcome.ADMITTED


def test_neither_name_nor_address_is_kept_and_all_is_swept_after_a_day(
    db_session: Session, clock: FrozenClock, account: Account
) -> None:
    attempt(db_session, clock, "van.phong", "sai")
    kept = db_session.scalars(select(SignInFailure.subject)).all()
    assert len(kept) == 2
    assert not [subject for subject in kept if "van" in subject or "10.0" in subject]
    clock.move(days=1, seconds=1)
    attempt(db_session, clock, "van.phong", PASSWORD)
    assert db_session.scalars(select(SignInFailure)).all() == []
