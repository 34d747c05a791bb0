"""Whom a plan or report waits for."""

import pytest

from models.requirement import Level
from models.waiting import Waiting, waiting_for
from models.workflow import Status

CASES = [
    (None, Level.SECOND, {}, Waiting.UNIT),
    (Status.DRAFT, Level.FIRST, {}, Waiting.UNIT),
    (Status.DRAFT, Level.FIRST, {"is_prepared": True}, Waiting.HEAD),
    (Status.RETURNED, Level.SECOND, {"is_prepared": True}, Waiting.HEAD),
    (Status.WITHDRAWN, Level.SECOND, {"is_prepared": True, "is_signed_off": True}, Waiting.UNIT),
    (Status.SUBMITTED, Level.SECOND, {"is_prepared": True, "is_signed_off": True}, Waiting.DISTRICT),
    (Status.SUBMITTED, Level.FIRST, {}, Waiting.OFFICE),
    (Status.ACCEPTED, Level.SECOND, {}, None),
    (Status.ACCEPTED, Level.SECOND, {"asks_unlock": True}, Waiting.DISTRICT),
    (Status.ACCEPTED, Level.FIRST, {"asks_unlock": True}, Waiting.OFFICE),
    (Status.ISSUED, Level.FIRST, {}, None),
]


@pytest.mark.parametrize(("status", "level", "facts", "who"), CASES)
def test_what_is_owed_waits_for_who_has_the_next_step(
        status: Status | None, level: Level, facts: dict[str, bool], who: Waiting | None) -> None:
    known = {"is_signed_off": False, "is_prepared": False, "asks_unlock": False, **facts}
    assert waiting_for(status, level, **known) is who


@pytest.mark.parametrize("status", list(Status))
def test_who_waits_is_known_of_every_state(status: Status) -> None:
    assert waiting_for(status, Level.FIRST, is_signed_off=False, is_prepared=False, asks_unlock=False) in {
        Waiting.UNIT, Waiting.OFFICE, None}
