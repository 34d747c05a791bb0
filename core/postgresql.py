"""PostgreSQL as a server needs it: connections that are known to live, and statements that need no transaction.

A connection that is opened to write ``LATER`` reads statement by statement, each a transaction of its own, until
``begin_writing``: a page that asks one thing makes one journey to the server and not three, and the driver keeps its
prepared statements, which it would forget at every rollback.
"""

import select
from time import monotonic
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from core.sqlite import LATER

LONGEST_REST = 30.0
"""Seconds after which a resting connection is asked whether it lives: a network between may have dropped it."""


def tune_postgresql(engine: Engine) -> None:
    """Let the pool look at connections before it lends them, and those that write later read without a transaction.

    Does nothing for another database.
    """
    if engine.dialect.name != "postgresql":
        return

    def look(connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: Any) -> None:
        """Ask a connection for life where it rested for long or where there is word of the server."""
        rested_since = record.info.get("rested_since")
        if rested_since is None or (monotonic() - rested_since < LONGEST_REST and not _has_word(connection)):
            return
        try:
            engine.dialect.do_ping(connection)
        except Exception as error:
            raise DisconnectionError(str(error)) from None  # the pool makes a new one

    event.listen(engine, "checkout", look)
    event.listen(engine, "checkin", _rest)
    event.listen(engine, "begin", _begin)


def begin_writing(connection: Connection) -> None:
    """Let the next statement begin a transaction, on a connection that was opened to write ``LATER``."""
    raw: Any = connection.connection.dbapi_connection
    if raw.autocommit:
        raw.autocommit = False


def _begin(connection: Connection) -> None:
    """Begin nothing on a connection that writes later."""
    if connection.get_execution_options().get("writes") == LATER:
        raw: Any = connection.connection.dbapi_connection
        raw.autocommit = True


def _rest(connection: Any, record: ConnectionPoolEntry) -> None:
    """Take a connection back as it was lent. A broken one comes as None."""
    record.info["rested_since"] = monotonic()
    if connection is not None and connection.autocommit and not connection.closed:
        connection.autocommit = False


def _has_word(connection: Any) -> bool:
    """Whether the server said something to a connection that asked nothing: mostly that it goes."""
    if connection.closed:
        return True
    number = connection.fileno()
    if not hasattr(select, "poll"):
        return bool(select.select([number], [], [], 0)[0])
    watch = select.poll()
    watch.register(number, select.POLLIN)
    return bool(watch.poll(0))
