"""PostgreSQL's connections read without a transaction until they write; dead ones are noticed before they are lent."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from core import postgresql
from core.transaction import LATER, begin_writing, tune_engine
from tests.support.database import Databases

pytestmark = pytest.mark.postgresql
IDENTITY, TRANSACTION = text("select pg_backend_pid()"), text("select pg_current_xact_id()::text")


@pytest.fixture
def engine(databases: Databases) -> Iterator[Engine]:
    """An engine of one connection on an empty portal."""
    made = create_engine(databases.on("postgresql").copy(), pool_size=1, max_overflow=0)
    tune_engine(made)
    yield made
    made.dispose()


def later(engine: Engine) -> Connection:
    return engine.connect().execution_options(writes=LATER)


def number(connection: Connection) -> int:
    return int(connection.execute(IDENTITY).scalar_one())


def end(engine: Engine, process: int) -> None:
    """Let the server end a connection, as it does with all when it is started anew."""
    other = create_engine(engine.url)
    with other.connect() as connection:
        connection.execute(text("select pg_terminate_backend(:process, 5000)"), {"process": process})
    other.dispose()


def test_who_writes_later_reads_in_a_transaction_each_and_writes_in_one(engine: Engine) -> None:
    with later(engine) as connection:
        seen = [connection.execute(TRANSACTION).scalar_one() for _ in range(2)]
        assert seen[0] != seen[1]
        begin_writing(connection)
        begin_writing(connection)
        assert connection.execute(TRANSACTION).scalar_one() == connection.execute(TRANSACTION).scalar_one()
        connection.execute(text("create table note (number integer)"))
        connection.rollback()
    with engine.connect() as connection:  # it came back as it had been lent
        assert connection.execute(TRANSACTION).scalar_one() == connection.execute(TRANSACTION).scalar_one()
        assert connection.execute(text("select to_regclass('note')")).scalar_one() is None


def test_a_connection_that_the_server_ended_is_never_lent(engine: Engine) -> None:
    with later(engine) as connection:
        first = number(connection)
    end(engine, first)
    with later(engine) as connection:
        assert number(connection) != first


def test_a_living_connection_is_lent_again_whatever_was_said_to_it(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with later(engine) as connection:
        first = number(connection)
    monkeypatch.setattr(postgresql, "_has_word", lambda connection: True)  # a notice, or a long rest: it is asked
    with later(engine) as connection:
        assert number(connection) == first


def test_a_connection_that_is_ended_while_it_is_used_is_not_lent_again(engine: Engine) -> None:
    with later(engine) as connection:
        first = number(connection)
        end(engine, first)
        with pytest.raises(DBAPIError):
            number(connection)
    with later(engine) as connection:
        assert number(connection) != first
