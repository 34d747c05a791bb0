"""Taking in what somebody answered on the public page: pace, code and sheet in one transaction."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from core.transaction import begin_writing
from models.survey import SurveyChannel
from services.sheet.code import use_code
from services.sheet.pace import day_key, is_hasty, source_of
from services.sheet.store import NewSheet, is_stored, store_from, store_on
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

    All of it or nothing: whatever the outcome, the caller commits what STORED left and rolls everything else back.
    """
    ticket, connection = arrival.ticket, session.connection()
    odd = "speed" if is_hasty(arrival.second - ticket.started, arrival.answered) else ""
    sheet = NewSheet(ticket.place_id, ticket.channel, arrival.today, arrival.choices, arrival.details, odd)
    if ticket.channel is SurveyChannel.STAFF:  # a code is limit enough, and colleagues share an address
        begin_writing(connection)
        is_mine = use_code(session, ticket.place_id, arrival.code)
        is_new = store_on(connection, sheet, ticket.sheet_id)
        return (Outcome.STORED if is_mine else Outcome.USED) if is_new else Outcome.KNOWN
    source = _source(session, connection, arrival, key)
    if source is None:
        return Outcome.STORED if store_on(connection, sheet, ticket.sheet_id) else Outcome.KNOWN
    if store_from(connection, sheet, ticket.sheet_id, source):
        return Outcome.STORED
    return Outcome.KNOWN if is_stored(connection, ticket.sheet_id) else Outcome.CROWDED


def _source(session: Session, connection: Connection, arrival: Arrival, key: bytes | None) -> bytes | None:
    """What stands for where a sheet came from; None where nobody can know. Makes the day's key where there is none."""
    place_id = arrival.ticket.place_id
    if key is None and source_of(arrival.address, place_id, b"any") is not None:
        begin_writing(connection)
        key = day_key(session, arrival.today)
    return source_of(arrival.address, place_id, key or b"any")
