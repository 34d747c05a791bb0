"""Writers of SQLite take turns: they wait a short while, are told when it is too long, and readers wait for nobody."""

import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from core import sqlite
from core.sqlite import LATER, begin_writing, tune_sqlite

COUNT = text("select count(*) from note")
ADD = text("insert into note values (1)")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = create_engine(f"sqlite:///{tmp_path / 'notes.sqlite'}")
    tune_sqlite(made)
    with made.begin() as connection:
        connection.execute(text("create table note (number integer)"))
    yield made
    made.dispose()


def writer(engine: Engine, writes: bool | str = True) -> Connection:
    return engine.connect().execution_options(writes=writes)


def test_a_second_writer_waits_until_the_first_has_committed(engine: Engine) -> None:
    first = writer(engine)
    first.execute(ADD)
    found: list[int] = []

    def write() -> None:
        with writer(engine) as second:
            second.execute(ADD)
            found.append(second.execute(COUNT).scalar_one())
            second.commit()

    thread = threading.Thread(target=write)
    thread.start()
    thread.join(timeout=0.05)
    assert found == []
    first.commit()
    first.close()
    thread.join(timeout=5)
    assert found == [2]


def test_a_writer_that_waits_too_long_is_told_and_its_connection_waits_as_before(
        engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 0.05)
    with writer(engine) as first, engine.connect() as second:
        first.execute(ADD)
        second.execution_options(writes=LATER)
        second.execute(COUNT)
        start = monotonic()
        with pytest.raises(OperationalError, match="locked"):
            begin_writing(second)
        assert monotonic() - start < 5
        assert second.exec_driver_sql("pragma busy_timeout").scalar_one() == 50


def test_who_writes_later_reads_what_is_committed_meanwhile(engine: Engine) -> None:
    with writer(engine, LATER) as reader:
        assert reader.execute(COUNT).scalar_one() == 0
        with writer(engine) as other:
            other.execute(ADD)
            other.commit()
        assert reader.execute(COUNT).scalar_one() == 1
        begin_writing(reader)
        begin_writing(reader)  # within a transaction it changes nothing
        reader.execute(ADD)
        reader.rollback()
        assert reader.execute(COUNT).scalar_one() == 1


def test_a_fault_that_is_no_lock_is_not_waited_for(engine: Engine) -> None:
    with writer(engine) as connection:
        connection.execute(COUNT)
        with pytest.raises(Exception, match="within a transaction"):
            sqlite._take_lock(connection)
