"""The miniature province of plans as a fixture; imported late, so that tests without it do not wait for it."""

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session

from tests.support.clock import FrozenClock

if TYPE_CHECKING:
    from tests.support.plan import PlanWorld


@pytest.fixture
def plan_world(db_session: Session, clock: FrozenClock) -> "PlanWorld":
    """The miniature province on a Monday of March, when plans are awaited."""
    from tests.support.plan import SENDING_DAY, make_plan_world

    clock.set(SENDING_DAY)
    return make_plan_world(db_session)
