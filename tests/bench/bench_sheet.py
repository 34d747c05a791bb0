"""How fast sheets of 16 answers are taken in, beside a bare Flask view with one INSERT under the same server.

The flow from first visit to stored sheet stands beside a bare flow: a constant page of that size, and the bare INSERT.

Run ``python tests/bench/bench_sheet.py``; with PORTAL_TEST_POSTGRESQL it measures PostgreSQL, too. The server is
waitress, as ``core/serving.py`` starts it, one process for each of two cores; four client processes speak to it over
kept connections. Bare and product take turns, so that a slow spell of the machine hits both alike, and their medians
are compared. Exit status 1 when a limit is broken.
"""

import argparse
import itertools
import multiprocessing
import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from multiprocessing.pool import Pool
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from flask import Flask, request  # noqa: E402 - the folder must be on the path first
from sqlalchemy import create_engine, event, text  # noqa: E402
from sqlalchemy.engine import make_url  # noqa: E402

from app import create_app  # noqa: E402
from core.clock import clock  # noqa: E402
from core.extensions import alembic, db  # noqa: E402
from core.seal import seal  # noqa: E402
from core.serving import listen  # noqa: E402
from core.serving import serve as run  # noqa: E402
from core.settings import Settings  # noqa: E402
from models.programme import Programme  # noqa: E402
from models.survey import SurveyChannel, SurveyPlace  # noqa: E402
from services.basics import load_basics  # noqa: E402
from services.sheet import issue_ticket  # noqa: E402
from tests.support.factories import make_unit  # noqa: E402
from tests.support.survey import make_place, make_round  # noqa: E402

LEAST_RATIO, LEAST_FLOWS = 0.35, 330.0
CLIENTS, PLACES, ROUNDS, SECONDS = 4, 40, 9, 1.0
PROCESSES = 2
"""As PORTAL_PROCESSES on two cores."""
SECRET = "a key for measuring alone"
DAY = date(2023, 5, 25)
ANSWERS = {f"Q{number}": str(1 + number % 5) for number in range(1, 17)}
POSTED = urlencode({"_consent": "yes", **ANSWERS}).encode() + b"&_ticket="
BARE_PAGE = "<p>" + "x" * 18_800
"""As many bytes as the product's page has."""
SHEETS_A_SOURCE = 2000
"""After so many a client comes from another address: 50 of each place's 300 a day."""


def settings(url: str, folder: str) -> Settings:
    """The portal's settings."""
    return Settings(instance=Path(folder), database_url=url, secret_key=SECRET, today=DAY)


def prepare(url: str, folder: str) -> None:
    """Make the tables, a round and its places, and the bare table."""
    app = create_app(settings(url, folder))
    with app.app_context():
        alembic.upgrade()
        load_basics(db.session, on=DAY, now=clock.now())
        programme = db.session.query(Programme).first()
        assert programme is not None
        asked = make_round(db.session, programme)
        for number in range(PLACES):
            make_place(db.session, asked, make_unit(db.session), code=f"measure{number:02d}")
        identity = "integer primary key" if url.startswith("sqlite") else "bigserial primary key"
        db.session.execute(text(f"create table bare (id {identity}, answers text not null)"))
        db.session.commit()
        db.engine.dispose()


def bare_app(url: str) -> Flask:
    """Flask, one view, the driver, one INSERT."""
    app = Flask(__name__)
    engine = create_engine(url, pool_size=20)
    is_file = url.startswith("sqlite")
    mark = "?" if is_file else "%s"

    @app.get("/bare")
    def show() -> str:
        return f'{BARE_PAGE}<input name="_ticket" value="{secrets.token_urlsafe(36)}">'

    @app.post("/bare")
    def take() -> tuple[str, int, dict[str, str]]:
        answers = ",".join(request.form[name] for name in ANSWERS)
        raw = engine.raw_connection()
        raw.cursor().execute(f"insert into bare (answers) values ({mark})", (answers,))
        raw.commit()
        raw.close()
        return "", 303, {"Location": "/thanks"}

    if is_file:
        event.listen(engine, "connect", tune)
    return app


def tune(connection: Any, _record: Any) -> None:
    """Let SQLite write as the portal lets it."""
    for pragma in ("journal_mode=wal", "synchronous=normal", "busy_timeout=15000"):
        connection.execute(f"pragma {pragma}")


def serve(kind: str, url: str, folder: str) -> None:
    """Serve one of the two until killed; its port goes to standard output."""
    app = bare_app(url) if kind == "bare" else create_app(settings(url, folder))
    listener = listen("127.0.0.1", 0)
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    run(app, listener, PROCESSES)


@contextmanager
def served(kind: str, url: str, folder: str) -> Iterator[int]:
    """A server in a process of its own; the value is its port."""
    command = [sys.executable, __file__, "--serve", kind, "--url", url, "--folder", folder]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True)
    assert server.stdout is not None
    try:
        yield int(server.stdout.readline())
    finally:
        server.kill()
        server.wait()
        server.stdout.close()


class Visitor:
    """A kept connection that speaks as little HTTP as a measurement needs."""

    numbers = itertools.count(1)

    def __init__(self, port: int, client: int) -> None:
        """Connect from an address of its own."""
        self.port, self.client = port, client
        self.connect()

    def connect(self) -> None:
        """Come from the next address."""
        source = f"127.{10 + self.client}.{os.getpid() % 250}.{next(self.numbers) % 250 + 1}"
        self.socket = socket.create_connection(("127.0.0.1", self.port), source_address=(source, 0))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, head: str, body: bytes = b"") -> tuple[int, bytes]:
        """Send a request; status and body of the answer."""
        self.socket.sendall(f"{head} HTTP/1.1\r\nHost: localhost\r\n".encode() + (
            b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
            if body else b"\r\n"))
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self.socket.recv(65536)
        length = int(re.search(rb"(?i)content-length: (\d+)", data[:end])[1])  # type: ignore[index]  # always there
        while len(data) < end + 4 + length:
            data += self.socket.recv(65536)
        return int(data[9:12]), data[end + 4:]


def sheet(ticket: str) -> bytes:
    """A sheet of 16 answers as a browser sends it."""
    return POSTED + ticket.encode()


def post_bare(visitor: Visitor, _place: int, _number: int) -> int:
    """The floor."""
    return visitor.ask("POST /bare", sheet(secrets.token_urlsafe(36)))[0]


def post_sheet(visitor: Visitor, place: int, number: int) -> int:
    """A sheet of a page that was opened a minute ago."""
    ticket = issue_ticket(place, SurveyChannel.LINK, int(clock.now().timestamp()) - 60)
    return visitor.ask(f"POST /s/measure{number:02d}", sheet(ticket))[0]


def flow_through(visitor: Visitor, path: str) -> int:
    """Open a page and send it."""
    _status, page = visitor.ask(f"GET {path}")
    ticket = re.search(rb'name="_ticket" value="([^"]+)"', page)
    assert ticket is not None
    return visitor.ask(f"POST {path}", sheet(ticket[1].decode()))[0]


def flow_bare(visitor: Visitor, _place: int, _number: int) -> int:
    """The floor of the flow."""
    return flow_through(visitor, "/bare")


def flow_sheet(visitor: Visitor, _place: int, number: int) -> int:
    """From the first visit to the stored sheet."""
    return flow_through(visitor, f"/s/measure{number:02d}")


KINDS: dict[str, Callable[[Visitor, int, int], int]] = {
    "bare": post_bare, "post": post_sheet, "bare flow": flow_bare, "flow": flow_sheet}


def work(kind: str, port: int, client: int, places: list[int], start: float) -> int:
    """One client: how many requests were answered by 303 in the time."""
    seal.use(SECRET)
    clock.start_on(DAY)
    visitor, done = Visitor(port, client), 0
    time.sleep(max(start - time.time(), 0))
    end = start + SECONDS
    while time.time() < end:
        number = done % PLACES
        if done and done % SHEETS_A_SOURCE == 0:
            visitor.connect()
        status = KINDS[kind](visitor, places[number], number)
        assert status == 303, f"{kind}: {status}"
        done += 1
    return done


def measure(pool: Pool, kind: str, port: int, places: list[int]) -> float:
    """How many a second all clients together get done."""
    start = time.time() + 0.3
    return sum(pool.starmap(work, [(kind, port, client, places, start) for client in range(CLIENTS)])) / SECONDS


def place_ids(url: str) -> list[int]:
    """The places in the order of their codes."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = list(connection.scalars(SurveyPlace.__table__.select().with_only_columns(SurveyPlace.id)
                                        .order_by(SurveyPlace.code)))
    engine.dispose()
    return found


def compare(name: str, url: str, folder: str) -> bool:
    """Measure one database; whether the limits hold."""
    prepare(url, folder)
    places = place_ids(url)
    rates: dict[str, list[float]] = {kind: [] for kind in KINDS}
    with served("bare", url, folder) as bare, served("product", url, folder) as product, \
            multiprocessing.get_context("spawn").Pool(CLIENTS) as pool:
        for round_number in range(ROUNDS + 1):
            for kind in KINDS:
                rate = measure(pool, kind, bare if kind.startswith("bare") else product, places)
                rates[kind] += [rate] * bool(round_number)  # the first one warms up
    floor, posts, bare_flows, flows = (median(rates[kind]) for kind in KINDS)
    ratio = posts / floor
    say(f"{name}: bare Flask + INSERT {floor:.0f}/s, sheets {posts:.0f}/s, ratio {ratio:.2f} (at least {LEAST_RATIO})")
    say(f"  from first visit to stored sheet {flows:.0f}/s (at least {LEAST_FLOWS:.0f}), bare flow {bare_flows:.0f}/s")
    return ratio >= LEAST_RATIO and flows >= LEAST_FLOWS


def say(line: str) -> None:
    """Write one line of the result."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def databases(folder: str) -> Iterator[tuple[str, str]]:
    """SQLite, and PostgreSQL where there is one."""
    yield "SQLite", f"sqlite:///{folder}/measure.sqlite"
    given = os.environ.get("PORTAL_TEST_POSTGRESQL")
    if given:
        address = make_url(given).set(drivername="postgresql+psycopg")
        name = f"portal_measure_{secrets.token_hex(4)}"
        server = create_engine(address, isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.execute(text(f'create database "{name}"'))
        yield "PostgreSQL", address.set(database=name).render_as_string(hide_password=False)
        with server.connect() as connection:
            connection.execute(text(f'drop database "{name}" with (force)'))
        server.dispose()


def main() -> int:
    """Measure, print the ratios, return 1 when a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    for option in ("--serve", "--url", "--folder"):
        parser.add_argument(option)
    given = parser.parse_args()
    if given.serve:
        serve(given.serve, given.url, given.folder)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        held = [compare(name, url, folder) for name, url in databases(folder)]
    return int(not all(held))


if __name__ == "__main__":
    sys.exit(main())
