"""Which demonstration unit stands where: every state of the workflow, decided once for a seed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from models.workflow import Status

NEVER_STARTED = "NCL-UKA"
"""The unit that never started anything."""
DONE_DISTRICTS = ("PGD-196", "PGD-198", "PGD-202", "PGD-205", "PGD-207")
"""District offices whose schools and own report are accepted."""
SENT_DISTRICTS = ("PGD-200", "PGD-201")
"""District offices whose report waits for the Office."""
EXEMPT = "NCL-NGO-GIA-TU"
"""A unit excused from the half-year report."""
EXTENDED = "THPT-QUAN-LAN"
"""An island school that was given longer."""


@dataclass(frozen=True)
class Fate:
    """Where a plan or report ends up: the last status (None: never started), days late, returned on the way."""

    status: Status | None
    late_days: int = 0
    returned_first: bool = False


ACCOUNT_FATES = {"PGD-193": Fate(Status.RETURNED), "TH-193-02": Fate(Status.ACCEPTED, returned_first=True)}
"""Plans of the units with accounts: one to mend, and one with two versions to compare."""


def plan_fate(code: str, random: Random) -> Fate:
    """The fate of a unit's plan, due on 10 March: most accepted, some late, some returned, one never started."""
    late = random.choices((0, random.randint(1, 12)), (92, 8))[0]
    luck = random.random()
    if code == NEVER_STARTED:
        return Fate(None)
    if code in ACCOUNT_FATES:
        return ACCOUNT_FATES[code]
    if luck < 0.04:
        return Fate(Status.RETURNED, late)
    if luck < 0.08:
        return Fate(Status.SUBMITTED, late)
    return Fate(Status.ACCEPTED, late, returned_first=luck > 0.95)


def report_fate(code: str, parent_code: str, is_district: bool, random: Random) -> Fate:
    """The fate of a half-year report on 25 May, five days before it is due."""
    luck = random.random()
    if code in (NEVER_STARTED, EXEMPT):
        return Fate(None)
    if is_district:
        if code in DONE_DISTRICTS:
            return Fate(Status.ACCEPTED)
        return Fate(Status.SUBMITTED if code in SENT_DISTRICTS else None)
    if parent_code in (*DONE_DISTRICTS, *SENT_DISTRICTS):
        return Fate(Status.ACCEPTED, returned_first=luck > 0.8)
    for limit, fate in (
        (0.42, Fate(Status.ACCEPTED)), (0.47, Fate(Status.ACCEPTED, returned_first=True)),
        (0.66, Fate(Status.SUBMITTED)), (0.74, Fate(Status.RETURNED)), (0.76, Fate(Status.WITHDRAWN)),
        (0.87, Fate(Status.DRAFT)),
    ):
        if luck < limit:
            return fate
    return Fate(None)


def working_hour(day_start: datetime, random: Random) -> datetime:
    """A moment in the working hours of the day that begins at ``day_start``."""
    return day_start + timedelta(hours=random.randint(8, 16), minutes=random.randrange(60))

