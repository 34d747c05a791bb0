"""SQLite as a server needs it: transactions of our own, and a short, fair wait for its one lock for writing.

A connection says by the execution option ``writes`` what it is for: nothing to read, True to take the lock when its
transaction begins, ``LATER`` to read first and to take it by ``begin_writing``. Other databases need none of this.
"""

import sqlite3
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection

LATER = "later"
PATIENCE = 15.0
"""Seconds for which a writer waits for the lock."""
SHORTEST, LONGEST = 0.0003, 0.005
"""Seconds between two tries to take it: a sheet is written in half a millisecond, a roll-up in a second."""


def tune_sqlite(engine: Engine) -> None:
    """Give connections WAL, foreign keys, waiting for a lock, and transactions of our own.

    The driver's implicit BEGIN is switched off, so that reads and writes of one request see one state. Does
    nothing for another database.
    """
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "begin", _begin)


def begin_writing(connection: Connection) -> None:
    """Take the lock on a connection that was opened to write ``LATER``, unless it is within a transaction."""
    raw: Any = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite" and not raw.in_transaction:
        _take_lock(connection)


def _prepare_connection(connection: DBAPIConnection, _record: Any) -> None:
    """Set the pragmas on a new connection."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("foreign_keys=on", "journal_mode=wal", f"busy_timeout={PATIENCE * 1000:.0f}", "synchronous=normal",
                   "wal_autocheckpoint=4000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Begin a transaction as the connection was opened for."""
    writes = connection.get_execution_options().get("writes", False)
    if writes is True:
        _take_lock(connection)
    elif writes != LATER:
        connection.exec_driver_sql("BEGIN")


def _take_lock(connection: Connection) -> None:
    """Begin to write as soon as nobody else does. Raises sqlalchemy.exc.OperationalError after ``PATIENCE``.

    SQLite's own waiting sleeps longer with each try, up to a tenth of a second: the processors rest while there is
    work, and who has waited longest is served last.
    """
    raw: Any = connection.connection.dbapi_connection
    start = monotonic()
    raw.execute("PRAGMA busy_timeout=0")
    try:
        while not _is_begun(raw):
            waited = monotonic() - start
            if waited > PATIENCE:
                connection.exec_driver_sql("BEGIN IMMEDIATE")  # a last try, which says what is wrong
                return
            sleep(min(max(waited / 20, SHORTEST), LONGEST))
    finally:
        raw.execute(f"PRAGMA busy_timeout={PATIENCE * 1000:.0f}")


def _is_begun(raw: sqlite3.Connection) -> bool:
    """Whether the lock was free and is taken now."""
    try:
        raw.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
