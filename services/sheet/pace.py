"""How fast sheets come from one source, without knowing the source (domain facts on privacy, rule 2).

A source is a hash of the address and the place under a random key of the day; the key is thrown away with the day, and
the hashes with it. It stands in no sheet.
"""

import hashlib
import ipaddress
import secrets
from datetime import date

from sqlalchemy import Connection, Integer, bindparam, delete, func, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from core.chain import Link, given
from models.sheet import SurveyPace, SurveyPaceKey

SUSPECT_FROM = 20
"""Sheets from one source and place a day that raise no question (ours)."""
REFUSED_FROM = 300
"""Sheets from one source and place a day that are taken at all: a school's computer room on one address (ours)."""
SECONDS_A_QUESTION = 2.0
"""What reading and answering one question takes at least (ours); a third of it is suspicious."""
_NO_SOURCE = {"", "127.0.0.1", "::1"}
"""Where a proxy on the same machine did not say for whom it asks: nothing can be known of the source."""
_TABLE = SurveyPace.metadata.tables[SurveyPace.__tablename__]
_COUNT = {
    name: insert(SurveyPace).values(source=bindparam("source"), seen_on=bindparam("seen_on"), sheet_count=1)
    .on_conflict_do_update(index_elements=[SurveyPace.source], set_={"sheet_count": SurveyPace.sheet_count + 1})
    .returning(SurveyPace.sheet_count)
    for name, insert in (("postgresql", postgresql.insert), ("sqlite", sqlite.insert))
}
_came = func.coalesce(
    select(_TABLE.c.sheet_count).where(_TABLE.c.source == bindparam("source", type_=_TABLE.c.source.type))
    .scalar_subquery(), 0)
IS_SUSPECT = _came >= bindparam("suspect_from", type_=Integer)
"""Whether so many sheets came from a source today; of those that come at the same moment some may be missing."""
IS_TAKEN = _came < bindparam("refused_from", type_=Integer)
"""Whether one more is taken."""
ONE_MORE = Link(_TABLE, given(_TABLE.c.source, _TABLE.c.seen_on, sheet_count=literal(1)),
                written_over={"sheet_count": _TABLE.c.sheet_count + 1})
"""One more sheet of a source."""


def source_of(address: str, place_id: int, key: bytes) -> bytes | None:
    """The 16 bytes that stand for an address at a place today; None where the address tells nothing.

    Of an IPv6 address the network counts, as one person has all addresses of it.
    """
    if address in _NO_SOURCE:
        return None
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return None
    network = read.packed[:8] if read.version == 6 else read.packed
    return hashlib.blake2b(network + place_id.to_bytes(8), key=key, digest_size=16).digest()


def day_key(session: Session, today: date) -> bytes:
    """The key of the day, made when it is first asked for; every earlier day's is forgotten then. Writes."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    fresh = insert(SurveyPaceKey).values(seen_on=today, key=secrets.token_bytes(32))
    made = session.execute(fresh.on_conflict_do_nothing().returning(SurveyPaceKey.key)).scalar_one_or_none()
    if made is None:  # another one was quicker
        return session.scalars(select(SurveyPaceKey.key).where(SurveyPaceKey.seen_on == today)).one()
    forget_paces(session, today)
    return bytes(made)


def forget_paces(session: Session, today: date) -> None:
    """Forget sources and keys of the days before ``today``. Does not commit."""
    session.execute(delete(SurveyPace).where(SurveyPace.seen_on < today))
    session.execute(delete(SurveyPaceKey).where(SurveyPaceKey.seen_on < today))


def blur_paces(session: Session, today: date) -> None:
    """Write all of today's paces anew in one transaction; they stay as they are. Does not commit.

    PostgreSQL keeps which transaction wrote a row last; a source must not be found by the sheet that it sent.
    SQLite keeps nothing of the kind.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(update(SurveyPace).where(SurveyPace.seen_on == today)
                        .values(sheet_count=SurveyPace.sheet_count).execution_options(synchronize_session=False))


def count_source(connection: Connection, source: bytes, today: date) -> int:
    """Count one more from a source; the result is how many came today with it. Does not commit."""
    counted = connection.execute(_COUNT[connection.dialect.name], {"source": source, "seen_on": today})
    return int(counted.scalar_one())


def is_hasty(seconds: float, answered: int) -> bool:
    """Whether a page was filled in faster than in a third of the time that it plausibly takes."""
    return seconds < answered * SECONDS_A_QUESTION / 3
