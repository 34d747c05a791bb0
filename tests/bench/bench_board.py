"""How fast the status board of 700 units and three requirements is: page, workbook and paper.

Run ``python tests/bench/bench_board.py [postgresql://…]`` (an empty database; SQLite by default). Beside the page
stands its floor: a bare Flask view that renders the same table from constants. Best of five, in milliseconds of the
clock and, in brackets, of the processor (less where the machine is busy with other things). Exit status 1 when a
limit is broken: 300 ms for a page, 12 statements for anything.
"""

import logging
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from flask import Flask, render_template_string  # noqa: E402 - the folder must be on the path first
from sqlalchemy import insert, select  # noqa: E402

from app import create_app  # noqa: E402
from core.clock import clock  # noqa: E402
from core.extensions import alembic, db  # noqa: E402
from core.settings import Settings  # noqa: E402
from models.account import Account, Role  # noqa: E402
from models.event import Event, Subject  # noqa: E402
from models.requirement import Level, Obligation  # noqa: E402
from models.submission import Submission  # noqa: E402
from models.unit import Unit, UnitKind, UnitName, UnitParent  # noqa: E402
from models.workflow import Status, Step  # noqa: E402
from services.programme import load_programme  # noqa: E402
from services.programme_file import read_files  # noqa: E402
from services.requirement import add_requirements, open_requirement  # noqa: E402
from tests.support.statements import watched  # noqa: E402

UNITS, DISTRICTS, REQUIREMENTS = 700, 13, 3
MOST_MILLISECONDS, MOST_STATEMENTS, ROUNDS = 300, 12, 5
OPENED, DAY = date(2023, 1, 5), date(2023, 6, 5)
PAGES = {
    "page": "/board", "page, searched": "/board?q=so+5", "page, most late first": "/board?state=late&order=late",
    "page, as then": "/board?reading=then", "page, an earlier day": "/board?day=2023-05-20",
}
FILES = {"XLSX": "/board?format=xlsx", "PDF": "/board/board.pdf"}
STATES = [Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.ACCEPTED, Status.WITHDRAWN]
STEPS = {Status.SUBMITTED: Step.SUBMIT, Status.RETURNED: Step.RETURN, Status.ACCEPTED: Step.ACCEPT,
         Status.WITHDRAWN: Step.WITHDRAW}
FLOOR = """<table><tr><th>Đơn vị</th>{% for one in range(3) %}<th>Yêu cầu</th>{% endfor %}</tr>
{% for name, cells in rows %}<tr><th scope="row"><a href="/units/{{ name }}">{{ name }}</a></th>
{% for state, late in cells %}<td><a class="cell-link" href="/plans/1"><span class="status"><svg class="icon"
 aria-hidden="true"><use href="/static/icons.svg#ring"/></svg><span>{{ state }}</span></span></a>
<span class="status">chậm {{ late }} ngày</span></td>{% endfor %}</tr>{% endfor %}</table>"""


def build() -> int:
    """700 units under 13 district offices, three requirements, three of four begun, with their trail; an account."""
    session, now = db.session, clock.now()
    session.execute(insert(Unit), [
        {"id": key, "code": f"U-{key}", "district": f"Huyện {key % DISTRICTS} (minh họa)",
         "kind": UnitKind.DEPARTMENT if key == 1 else UnitKind.DISTRICT_OFFICE if key <= DISTRICTS + 1
         else UnitKind.PRIMARY} for key in range(1, UNITS + 2)])
    session.execute(insert(UnitName), [
        {"unit_id": key, "name": f"Đơn vị số {key} (minh họa)", "folded": f"don vi so {key}",
         "sort_key": f"{key:05}"} for key in range(1, UNITS + 2)])
    session.execute(insert(UnitParent), [
        {"unit_id": key, "parent_id": 1 if key <= DISTRICTS + 1 else 2 + key % DISTRICTS}
        for key in range(2, UNITS + 2)])
    office = Account(username="office", full_name="Văn phòng (minh họa)", role=Role.OFFICE, unit_id=1,
                     password_hash="-", must_change_password=False, session_version=0, created_at=now)
    session.add(office)
    files = read_files(ROOT / "data" / "programme" / "plan-2023.json")
    for requirement in add_requirements(session, load_programme(session, files).programme, files.plan["deadlines"]):
        open_requirement(session, requirement, on=OPENED, now=now, viewer=None)
    begin()
    session.commit()
    return office.id


def begin() -> None:
    """Begin three of four obligations, in every state in turn, each with what the trail says of it."""
    keys = db.session.scalars(select(Obligation.id).where(Obligation.level != Level.DEPARTMENT)).all()
    at = clock.now() + timedelta(days=100)
    made: list[dict[str, Any]] = [
        {"id": number, "obligation_id": key, "status": STATES[key % len(STATES)], "created_at": at,
         "changed_at": at, "submitted_at": at if key % len(STATES) else None, "return_count": key % 3}
        for number, key in enumerate((key for key in keys if key % 4), start=1)]
    db.session.execute(insert(Submission), made)
    db.session.execute(insert(Event), [
        {"at": at + timedelta(days=step), "subject_kind": Subject.SUBMISSION, "subject_id": row["id"], "detail": {},
         "action": action} for row in made if row["status"] in STEPS
        for step, action in enumerate((Step.SUBMIT, STEPS[row["status"]]))])


def best(deed: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of processor and clock, each of the best of some runs, the first not counted."""
    deed()
    worked, waited = [], []
    for _round in range(ROUNDS):
        at, busy = time.perf_counter(), time.process_time()
        deed()
        worked.append(time.process_time() - busy)
        waited.append(time.perf_counter() - at)
    return min(worked) * 1000, min(waited) * 1000


def measure_floor() -> tuple[float, float]:
    """The same table from constants, in a bare view."""
    bare = Flask("floor")
    rows = [(f"Đơn vị số {key} (minh họa)", [("Đã nộp", 5)] * REQUIREMENTS) for key in range(UNITS)]
    bare.add_url_rule("/", "table", lambda: render_template_string(FLOOR, rows=rows))
    client = bare.test_client()
    return best(lambda: client.get("/"))


def shown(worked: float, waited: float) -> str:
    """Both as text, the clock's first: "131 (120) ms"."""
    return f"{waited:.0f} ({worked:.0f}) ms"


def main(url: str) -> int:
    """Measure and compare with the limits."""
    logging.disable(logging.INFO)
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(Path(folder), url or f"sqlite:///{Path(folder) / 'portal.sqlite'}", "bench",
                                  today=OPENED))
        with app.app_context():
            alembic.upgrade()
            account_id = build()
            engine = db.engine
        clock.start_on(DAY)
        client = app.test_client()
        with client.session_transaction() as session:
            session.update({"_user_id": str(account_id), "_fresh": True, "session_version": 0})
        is_good = True
        sys.stdout.write(f"floor, the same table from constants: {shown(*measure_floor())}\n")
        for name, path in {**PAGES, **FILES}.items():
            with watched(engine) as statements:
                answer = client.get(path)
            spent = best(lambda path=path: client.get(path))  # type: ignore[misc]  # bound now, not at the end
            is_good &= answer.status_code == 200 and len(statements) <= MOST_STATEMENTS
            is_good &= name in FILES or spent[1] < MOST_MILLISECONDS
            told = f"{len(statements)} statements, {len(answer.data) // 1024} KiB"
            sys.stdout.write(f"{name}: {shown(*spent)}, {told}\n")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
