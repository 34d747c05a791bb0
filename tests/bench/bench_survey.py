"""How quickly results of a million sheets are read, and a thousand new ones counted, beside the bounds set for it.

Run ``python tests/bench/bench_survey.py [--sheets N] [--units N] [--days N]``: 1,000,000 sheets of the default
questionnaire over 700 units, 30 days and two channels, on SQLite, and on PostgreSQL where PORTAL_TEST_POSTGRESQL
names a server. Sheets are written straight through the driver and counted by the product. Measured: the whole result
(read, disclosure, sums) of the province from the counts; rolling 1,000 new sheets up; whether counts equal a recount;
and the most memory held. Exit status 1 when a bound is broken.
"""

import argparse
import os
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from flask import Flask  # noqa: E402 - the folder must be on the path first
from sqlalchemy import insert, text  # noqa: E402
from sqlalchemy.engine import make_url  # noqa: E402

from core.clock import clock  # noqa: E402
from core.extensions import db  # noqa: E402
from models.programme import Programme  # noqa: E402
from models.survey import SurveyPlace  # noqa: E402
from models.unit import Unit, UnitKind, UnitName, UnitParent  # noqa: E402
from queries.survey.compose import get_result  # noqa: E402
from services.survey_count import BATCH, recount, roll_up  # noqa: E402
from tests.support.database import migrate  # noqa: E402
from tests.support.factories import make_department, make_unit  # noqa: E402
from tests.support.store import FileStore, ServerStore  # noqa: E402
from tests.support.survey import make_questionnaire, make_round, random_choices  # noqa: E402

RESULT_BOUND, REFRESH_BOUND, MEMORY_BOUND = 1.0, 0.1, 250.0
DISTRICTS, KINDS, PART = 13, 5_000, 50_000
FIRST_DAY = date(2023, 5, 1)
Sheet = tuple[int, int, str, str, bytes]


def say(line: str) -> None:
    """Write one line of the result."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def quickest(work: Callable[[], object], runs: int) -> float:
    """Seconds of the quickest run."""
    times = []
    for _ in range(runs):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times)


def make_app(url: str, folder: Path) -> Flask:
    """The portal on a fresh database."""
    from app import create_app
    from tests.support.database import settings_for

    app = create_app(settings_for(url, folder))
    migrate(app)
    return app


def make_places(units: int) -> tuple[int, list[int]]:
    """Units under district offices with a place each: the round's id and the places'."""
    session = db.session
    department = make_department(session)
    offices = [make_unit(session, UnitKind.DISTRICT_OFFICE, parent=department).id for _ in range(DISTRICTS)]
    keys = range(max(offices) + 1, max(offices) + 1 + units)
    session.execute(insert(Unit), [{"id": key, "code": f"TH-{key}", "kind": UnitKind.PRIMARY} for key in keys])
    session.execute(insert(UnitName), [
        {"unit_id": key, "name": f"Trường số {key} (minh họa)", "folded": str(key), "sort_key": f"{key:06}"}
        for key in keys])
    session.execute(insert(UnitParent), [{"unit_id": key, "parent_id": offices[key % DISTRICTS]} for key in keys])
    programme = Programme(year=2023, title="Chương trình (minh họa)", agency="Sở", parent_agency="")
    session.add(programme)
    session.flush()
    asked = make_round(session, programme, make_questionnaire(session))
    session.execute(insert(SurveyPlace), [
        {"id": number, "round_id": asked.id, "unit_id": key, "code": f"p{number:07}", "population": 5_000}
        for number, key in enumerate(keys, 1)])
    session.commit()
    return asked.id, list(range(1, units + 1))


def sheets(places: list[int], days: int, seed: int = 3) -> Iterator[Sheet]:
    """Sheets without end, of a few thousand different ones."""
    random = Random(seed)
    kinds = [random_choices(random) for _ in range(KINDS)]
    while True:
        day = FIRST_DAY + timedelta(days=random.randrange(days))
        yield (random.getrandbits(62), random.choice(places), random.choice(("link", "qr")), day.isoformat(),
               random.choice(kinds))


def write(rows: Iterator[Sheet], count: int) -> None:
    """Store ``count`` sheets through the driver, part by part, so that the measurement's own memory stays small."""
    for first in range(0, count, PART):
        write_part(list(islice(rows, min(PART, count - first))))


def write_part(chosen: list[Sheet]) -> None:
    """Store some sheets in one transaction."""
    raw = db.engine.raw_connection()
    driver = raw.dbapi_connection
    assert driver is not None
    cursor = driver.cursor()
    columns = "id, place_id, channel, answered_on, choices, suspicion, excluded_reason"
    marks = [row[:2] for row in chosen]
    if db.engine.dialect.name == "sqlite":
        cursor.execute("begin immediate")
        cursor.executemany(f"insert into survey_sheet ({columns}) values (?, ?, ?, ?, ?, '', '')", chosen)
        cursor.executemany("insert into survey_uncounted (sheet_id, place_id) values (?, ?)", marks)
    else:
        with cursor.copy(f"copy survey_sheet ({columns}) from stdin") as copy:
            for row in chosen:
                copy.write_row((*row, "", ""))
        with cursor.copy("copy survey_uncounted (sheet_id, place_id) from stdin") as copy:
            for mark in marks:
                copy.write_row(mark)
    driver.commit()
    raw.close()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("analyze survey_sheet"))


def tidy() -> None:
    """Sweep up what a million counted sheets leave behind, as PostgreSQL does by itself within a minute."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("vacuum survey_uncounted"))


def count_new(limit: int = BATCH) -> int:
    """Roll up everything that is new, as the server does."""
    total = 0
    while True:
        db.session.rollback()
        db.session.connection(execution_options={"writes": True})
        done = roll_up(db.session, limit)
        db.session.commit()
        total += done
        if done < limit:
            return total


def measure(app: Flask, name: str, options: argparse.Namespace) -> bool:
    """Fill, count and measure on one engine; whether all bounds hold."""
    with app.app_context():
        round_id, places = make_places(options.units)
        rows, new = sheets(places, options.days), sheets(places, 1, seed=4)
        start = perf_counter()
        write(rows, options.sheets)
        written = perf_counter() - start
        start = perf_counter()
        count_new()
        counted = perf_counter() - start
        tidy()
        say(f"{name}: {options.sheets:,} sheets written in {written:.1f} s, first counted in {counted:.1f} s")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

        def read() -> object:
            db.session.rollback()
            return get_result(db.session, round_id)

        def refresh() -> float:
            write(new, 1_000)  # what came in today
            start = perf_counter()
            assert count_new() == 1_000
            return perf_counter() - start

        result = quickest(read, 3)
        write(rows, 1_000)
        loose = quickest(read, 2)
        count_new()
        fresh = min(refresh() for _ in range(5))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        start = perf_counter()
        same = not recount(db.session, check=True)
        again = perf_counter() - start
        say(f"  whole result {result * 1000:.0f} ms (under {RESULT_BOUND * 1000:.0f}); with 1,000 sheets not yet "
            f"counted {loose * 1000:.0f} ms (under {RESULT_BOUND * 1000:.0f})")
        say(f"  1,000 new sheets counted in {fresh * 1000:.0f} ms (under {REFRESH_BOUND * 1000:.0f})")
        say(f"  recount of all sheets {again:.1f} s, equal: {'yes' if same else 'NO'}")
        say(f"  memory {memory:.0f} MB, {before:.0f} before reading (under {MEMORY_BOUND:.0f})")
        db.session.close()
        db.engine.dispose()
        return max(result, loose) < RESULT_BOUND and fresh < REFRESH_BOUND and same and memory < MEMORY_BOUND


def main() -> int:
    """Measure on each engine; 1 when a bound is broken."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sheets", type=int, default=1_000_000)
    parser.add_argument("--units", type=int, default=700)
    parser.add_argument("--days", type=int, default=30)
    options = parser.parse_args()
    clock.start_on(date(2023, 6, 1))
    held = True
    with tempfile.TemporaryDirectory() as folder:
        files = FileStore(Path(folder))
        held &= measure(make_app(files.empty(), Path(folder)), "SQLite", options)
        address = os.environ.get("PORTAL_TEST_POSTGRESQL")
        if address:
            server = ServerStore(str(make_url(address)))
            try:
                held &= measure(make_app(server.empty(), Path(folder)), "PostgreSQL", options)
            finally:
                server.close()
    return int(not held)


if __name__ == "__main__":
    sys.exit(main())
