"""The portal's one clock. Nothing else asks the system for the time.

A rehearsal (``PORTAL_TODAY``) moves the clock by whole days, so every process started that day agrees.
"""

from datetime import UTC, date, datetime, timedelta

from core.dates import LOCAL_ZONE, local_day


class Clock:
    """A clock that runs, shifted by whole days when a rehearsal day was set."""

    def __init__(self) -> None:
        """Start unshifted."""
        self._shift = timedelta(0)

    def start_on(self, day: date | None) -> None:
        """Run on from ``day`` at the present time of day; None runs on the real day."""
        self._shift = timedelta(0) if day is None else day - local_day(datetime.now(UTC))

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC) + self._shift

    def today(self) -> date:
        """The present calendar day in Vietnam."""
        return self.now().astimezone(LOCAL_ZONE).date()


clock = Clock()
