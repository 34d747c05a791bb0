"""What a connection is opened for, on either engine: to read, to write, or to write ``LATER``.

The execution option ``writes`` says so: nothing to read, True to write from the beginning, ``LATER`` to read first
what needs no common state, and to write from ``begin_writing`` on.
"""

from sqlalchemy import Engine
from sqlalchemy.engine import Connection

from core import postgresql, sqlite
from core.sqlite import LATER


def tune_engine(engine: Engine) -> None:
    """Give an engine's connections what its database needs."""
    sqlite.tune_sqlite(engine)
    postgresql.tune_postgresql(engine)


def begin_writing(connection: Connection) -> None:
    """Begin the transaction of a connection that was opened to write ``LATER``, unless it is within one."""
    of_engine = postgresql if connection.dialect.name == "postgresql" else sqlite
    of_engine.begin_writing(connection)


__all__ = ["LATER", "begin_writing", "tune_engine"]
