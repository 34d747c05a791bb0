"""Taking in what somebody answered on the public page: pace, code and sheet in one transaction."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from core.transaction import begin_writing
from models.survey import SurveyChannel
from services.sheet.code import use_code
from services.sheet.pace import REFUSED_FROM, SUSPECT_FROM, count_source, day_key, is_hasty, source_of
from services.sheet.store import NewSheet, store_on
from services.sheet.ticket import Ticket


class Outcome(Enum):
    """What became of a sheet that was sent."""

    STORED = "stored"
    KNOWN = "known"
    """The same page had been sent before; its first sheet stands."""
    USED = "used"
    """The code had been used or withdrawn; nothing was stored."""
    CROWDED = "crowded"
    """Too many sheets from one source today; nothing was stored."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A sheet that was judged, as it arrived; none of this is stored but ``choices``, ``details`` and the day."""

    ticket: Ticket
    choices: bytes
    details: dict[str, object] | None
    today: date
    second: float
    """Seconds since 1970, to be compared with the ticket's."""
    answered: int
    """Questions with an answer."""
    address: str
    """Where the connection came from, as the server says."""
    code: str = ""
    """The code as it was typed, on the channel of codes."""


def take_sheet(session: Session, arrival: Arrival, key: bytes | None) -> Outcome:
    """Store a sheet with all that hangs on it; ``key`` is the day's where it was read already.

    One transaction: whatever the outcome, the caller commits what STORED left and rolls everything else back.
    """
    ticket, odd, connection = arrival.ticket, [], session.connection()
    begin_writing(connection)
    if ticket.channel is SurveyChannel.STAFF:  # a code is limit enough, and colleagues share an address
        crowd, is_mine = 0, use_code(session, ticket.place_id, arrival.code)
    else:
        crowd, is_mine = _crowd(session, connection, arrival, key), True
    if crowd > SUSPECT_FROM:
        odd.append("source")
    if is_hasty(arrival.second - ticket.started, arrival.answered):
        odd.append("speed")
    sheet = NewSheet(ticket.place_id, ticket.channel, arrival.today, arrival.choices, arrival.details, " ".join(odd))
    if not store_on(connection, sheet, ticket.sheet_id):
        return Outcome.KNOWN
    if not is_mine:
        return Outcome.USED
    return Outcome.CROWDED if crowd > REFUSED_FROM else Outcome.STORED


def _crowd(session: Session, connection: Connection, arrival: Arrival, key: bytes | None) -> int:
    """How many sheets came from this source to this place today, with this one; 0 where nobody can know."""
    place_id = arrival.ticket.place_id
    if source_of(arrival.address, place_id, b"any") is None:
        return 0
    source = source_of(arrival.address, place_id, key or day_key(session, arrival.today))
    return count_source(connection, source, arrival.today) if source else 0
