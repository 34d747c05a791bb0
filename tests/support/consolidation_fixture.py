"""The miniature province of reports as fixtures: filled once a run, found again by each test."""

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from tests.support.consolidation import World


@pytest.fixture
def fresh_world(db_session: Session) -> "World":
    """The province with its activities, tallies and typed figures; nobody has reported yet."""
    return _found(db_session)


@pytest.fixture
def reported_world(db_session: Session) -> "World":
    """The same, its reports gone every way."""
    return _found(db_session)


def _found(session: Session) -> "World":
    """The province; imported late, so that tests without it do not wait for it."""
    from tests.support.consolidation import find_world

    return find_world(session)
