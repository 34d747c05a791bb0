"""A clock that stands still: 25 May 2023, nine in the morning, five days before reports are due."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from core.clock import Clock
from core.dates import LOCAL_ZONE

MORNING = datetime(2023, 5, 25, 9, 0, tzinfo=LOCAL_ZONE)


class FrozenClock:
    """The moment that the portal believes in; a test may move it."""

    def __init__(self) -> None:
        """Begin on the demonstration's morning."""
        self.moment = MORNING.astimezone(UTC)

    def set(self, day: date, at: time = time(9)) -> None:
        """Stand at ``at`` on ``day``, Vietnamese time."""
        self.moment = datetime.combine(day, at, tzinfo=LOCAL_ZONE).astimezone(UTC)

    def move(self, **span: float) -> None:
        """Go on by a span of time, as ``move(days=1)``."""
        self.moment += timedelta(**span)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> FrozenClock:
    """Freeze the portal's one clock for every test."""
    frozen = FrozenClock()
    monkeypatch.setattr(Clock, "now", lambda self: frozen.moment)
    return frozen
