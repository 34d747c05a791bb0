"""How long merging 520 schools into 255 takes, beside the bare statements that write the same rows, and its memory.

Run ``python tests/bench/bench_reorganisation.py``. A province of 54 communes and 520 schools with accounts and two open
requirements is made on SQLite; a decision is previewed, then applied. Each run is a process of its own. Exit status 1
when a limit is broken.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from sqlalchemy import insert, select  # noqa: E402 - the folder must be on the path first
from sqlalchemy.orm import Session  # noqa: E402

from core.clock import clock  # noqa: E402
from core.extensions import db  # noqa: E402
from models.account import Account, Role  # noqa: E402
from models.event import Event  # noqa: E402
from models.programme import Programme, ProgrammeStatus  # noqa: E402
from models.reorganisation import StepKind  # noqa: E402
from models.requirement import Requirement, RequirementKind  # noqa: E402
from models.unit import Unit, UnitKind  # noqa: E402
from services.reorganisation import (  # noqa: E402
    Step,
    add_decision,
    apply_decision,
    load_steps,
    preview_decision,
    write_steps_xlsx,
)
from services.requirement import open_requirement  # noqa: E402
from services.unit import load_units  # noqa: E402
from services.unit_file import UnitRow  # noqa: E402
from tests.support.database import migrate, settings_for  # noqa: E402
from tests.support.store import FileStore  # noqa: E402

SCHOOLS, LEFT, COMMUNES, PEOPLE = 520, 255, 54, 1040
MOST_SECONDS, MOST_MEGABYTES = 5.0, 250.0
DAY = date(2025, 10, 15)


def main() -> int:
    """Measure in a process of its own and judge."""
    output = subprocess.run([sys.executable, __file__, "measure"], check=True, capture_output=True, text=True,
                            env={**os.environ, "PORTAL_TODAY": "2025-10-20"}).stdout.split()
    load, preview, apply, floor, megabytes = map(float, output[-5:])
    sys.stdout.write(f"file read and kept {load:.2f} s, preview {preview:.2f} s, apply {apply:.2f} s, "
                     f"the same rows by bare statements {floor:.2f} s, {megabytes:.0f} MB\n")
    return 1 if apply > MOST_SECONDS or preview > MOST_SECONDS or megabytes > MOST_MEGABYTES else 0


def measure() -> None:
    """Print seconds of reading, preview, apply and floor, and the peak in megabytes."""

    with tempfile.TemporaryDirectory() as folder:
        from app import create_app

        app = create_app(settings_for(FileStore(Path(folder)).empty(), Path(folder)))
        migrate(app)
        with app.app_context():
            make_province(db.session)
            db.session.commit()
            figures = [*run(db.session), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]
            sys.stdout.write(" ".join(f"{figure:.3f}" for figure in figures))


def make_province(session: Session) -> None:
    """The Department, communes, schools, people, a programme with two open requirements."""

    rows = [UnitRow("SO", "Sở", UnitKind.DEPARTMENT)]
    rows += [UnitRow(f"XA-{n:02}", f"Xã {n}", UnitKind.COMMUNE, "SO") for n in range(COMMUNES)]
    rows += [UnitRow(f"TH-{n:03}", f"Trường {n}", UnitKind.PRIMARY, f"XA-{n % COMMUNES:02}") for n in range(SCHOOLS)]
    load_units(session, rows, on=date(2025, 1, 1), now=clock.now())
    programme = Programme(year=2025, title="(minh họa)", agency="Sở", parent_agency="UBND",
                          status=ProgrammeStatus.PUBLISHED)
    session.add(programme)
    session.flush()
    for kind, code in ((RequirementKind.HALF_YEAR, "2025-half-year"), (RequirementKind.ANNUAL, "2025-annual")):
        requirement = Requirement(
            programme_id=programme.id, code=code, kind=kind, title=code, coverage_from=date(2025, 1, 1),
            coverage_to=date(2025, 11, 29), cut_off_on=date(2025, 11, 29), opens_on=date(2025, 11, 1),
            due_on=date(2025, 11, 30))
        session.add(requirement)
        session.flush()
        open_requirement(session, requirement, on=date(2025, 9, 1), now=clock.now(), viewer=None)
    ids = school_ids(session)
    session.add_all(
        Account(username=f"nguoi-{n}", full_name="(minh họa)", role=Role.HEAD if n % 2 else Role.OFFICER,
                unit_id=ids[n // 2], password_hash="-", created_at=clock.now()) for n in range(PEOPLE))


def school_ids(session: Session) -> list[int]:
    """Ids of the schools by code."""


    return list(session.scalars(
        select(Unit.id).where(Unit.kind == UnitKind.PRIMARY).order_by(Unit.code)))


def steps() -> list[Step]:
    """520 schools into 255: ten mergers of three, the others of two, nearly all within their communes."""

    made: list[Step] = []
    by_commune = [[f"TH-{n:03}" for n in range(commune, SCHOOLS, COMMUNES)] for commune in range(COMMUNES)]
    groups, spare = [], []
    for commune, codes in enumerate(by_commune):
        while len(codes) > 1:
            groups.append((commune, [codes.pop(), codes.pop()]))
        spare += [(commune, code) for code in codes]
    while len(groups) < LEFT:
        groups.append((0, [spare.pop()[1], spare.pop()[1]]))
    for place, (_commune, code) in enumerate(spare):
        groups[place][1].append(code)
    for number, (commune, codes) in enumerate(groups):
        new = f"MOI-{number:03}"
        made.append(Step(len(made) + 2, StepKind.FOUND, new, "", f"Trường mới {number}", UnitKind.PRIMARY,
                         f"XA-{commune:02}"))
        made += [Step(len(made) + 2 + place, StepKind.MERGE, code, new) for place, code in enumerate(codes)]
    assert (len(groups), sum(step.kind is StepKind.MERGE for step in made)) == (LEFT, SCHOOLS)
    return made


def run(session: Session) -> tuple[float, float, float, float]:
    """Seconds of reading the file, previewing, applying, and of bare statements for the same rows."""

    data = write_steps_xlsx(steps())
    decision = add_decision(session, {
        "number": "88/QĐ", "decided_on": DAY, "effective_on": DAY, "issuer": "", "title": "(minh họa)"}, token="bench",
        viewer=None, now=clock.now())
    times = [time.perf_counter()]
    load_steps(session, decision, data, viewer=None, now=clock.now())
    times.append(time.perf_counter())
    assert preview_decision(session, decision, clock.today()).is_good
    times.append(time.perf_counter())
    done = apply_decision(session, decision, viewer=None, now=clock.now())
    session.commit()
    times.append(time.perf_counter())
    assert (done.counts["closed"], done.counts["duties-moves"], len(done.people)) == (SCHOOLS, 2 * SCHOOLS, PEOPLE)
    write_bare(session)
    times.append(time.perf_counter())
    first, second, third, fourth = (later - sooner for sooner, later in pairwise(times))
    return first, second, third, fourth


def write_bare(session: Session) -> None:
    """The floor: the lines of the trail once more, which are most of what a decision writes, by one insert."""
    columns = [column for column in Event.__table__.columns if column.name != "id"]
    rows = [dict(row._mapping) for row in session.execute(
        select(*columns).where(Event.reason.startswith("88/QĐ")))]
    session.execute(insert(Event), rows)
    session.commit()


if __name__ == "__main__":
    if sys.argv[1:] == ["measure"]:
        measure()
    else:
        raise SystemExit(main())
