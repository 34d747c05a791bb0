"""How long the leadership's two pages take from the database to the finished PDF, beside printing them alone.

Run ``python tests/bench/bench_summary.py [--full] [postgresql://…]`` (an empty database; SQLite by default). The
province is the demonstration, with ``--full`` one of 700 units and 20,000 activities, its sheets counted. Printing (the
floor) and the whole request of a signed-in leader run in turn; their quickest runs are told, in milliseconds of the
clock and, in brackets, of this process. Exit status 1 when the request is refused, asks more than 20 statements or, of
the demonstration, takes 150 ms or more.
"""

import gc
import logging
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from flask import Flask  # noqa: E402 - the folder must be on the path first
from flask.testing import FlaskClient  # noqa: E402
from sqlalchemy import select  # noqa: E402

from app import create_app  # noqa: E402
from core.clock import clock  # noqa: E402
from core.extensions import alembic, db  # noqa: E402
from core.settings import Settings  # noqa: E402
from exports import summary  # noqa: E402
from models.account import Account  # noqa: E402
from models.requirement import Requirement  # noqa: E402
from queries.document import SummaryDocument  # noqa: E402
from queries.unit import get_unit  # noqa: E402
from services.basics import load_basics  # noqa: E402
from services.consolidation import compose_summary  # noqa: E402
from services.demo import DEMO_DAY, FULL, ORDINARY, DemoSize, load_demo  # noqa: E402
from services.survey_count import roll_up  # noqa: E402
from tests.support.statements import watched  # noqa: E402

REPORT = "2023-half-year"
MOST_MILLISECONDS, MOST_STATEMENTS, ROUNDS = 150, 20, 15
Spent = tuple[float, float]
"""Milliseconds of the clock and of this process."""


def build(size: DemoSize) -> tuple[dict[str, object], SummaryDocument]:
    """The province with its sheets counted: the session of the leader, and the two pages as a document."""
    session = db.session
    load_basics(session, on=clock.today(), now=clock.now())
    load_demo(session, size)
    session.commit()
    session.connection(execution_options={"writes": True})
    while roll_up(session):
        session.commit()
    session.commit()
    leader = session.scalars(select(Account).where(Account.username == "leader")).one()
    unit = get_unit(session, leader.unit_id, clock.today()) if leader.unit_id is not None else None
    requirement = session.scalars(select(Requirement).where(Requirement.code == REPORT)).one()
    assert unit is not None
    signed_in = {"_user_id": str(leader.id), "_fresh": True, "session_version": leader.session_version}
    return signed_in, compose_summary(session, requirement, unit, on=clock.today(), now=clock.now())


def sign_in(app: Flask, signed_in: dict[str, object]) -> FlaskClient:
    """A browser that is signed in."""
    client = app.test_client()
    with client.session_transaction() as session:
        session.update(signed_in)
    return client


def spend(deed: Callable[[], object]) -> Spent:
    """What one run takes."""
    at, busy = time.perf_counter(), time.process_time()
    deed()
    return (time.perf_counter() - at) * 1000, (time.process_time() - busy) * 1000


def interleave(*deeds: Callable[[], object]) -> list[Spent]:
    """The quickest run of each, taken in turn so that a slow spell of the machine hits all alike."""
    runs = [[spend(deed) for deed in deeds] for _ in range(ROUNDS)]
    return [(min(run[place][0] for run in runs), min(run[place][1] for run in runs)) for place in range(len(deeds))]


def shown(spent: Spent) -> str:
    """Both as text, the clock's first: "131 (120) ms"."""
    return f"{spent[0]:.0f} ({spent[1]:.0f}) ms"


def main(url: str, size: DemoSize) -> int:
    """Measure and compare with the limits."""
    logging.disable(logging.INFO)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder), url or f"sqlite:///{Path(folder) / 'portal.sqlite'}", "bench", today=DEMO_DAY)
        app = create_app(settings)
        with app.app_context():
            alembic.upgrade()
            signed_in, document = build(size)
            engine = db.engine
        client = sign_in(app, signed_in)
        path = f"/leadership/summary.pdf?requirement={REPORT}"
        with watched(engine) as statements:
            answer = client.get(path)
        page = client.get(f"/leadership?requirement={REPORT}")
        gc.collect()
        gc.freeze()  # as the server does
        floor, whole, read = interleave(lambda: summary.build(document), lambda: client.get(path),
                                        lambda: client.get(f"/leadership?requirement={REPORT}"))
        engine.dispose()
    limit = f" (at most {MOST_MILLISECONDS})" if size == ORDINARY else ""
    sys.stdout.write(f"{size.schools} schools, {size.activities} activities: printing alone {shown(floor)}, the whole "
                     f"request {shown(whole)}{limit}, {len(statements)} statements; the page {shown(read)}\n")
    is_right = answer.status_code == page.status_code == 200 and len(statements) <= MOST_STATEMENTS
    return int(not is_right or (size == ORDINARY and whole[0] >= MOST_MILLISECONDS))


if __name__ == "__main__":
    wanted = [word for word in sys.argv[1:] if word != "--full"]
    sys.exit(main(wanted[0] if wanted else "", replace(FULL, sheets=20_000) if "--full" in sys.argv else ORDINARY))
