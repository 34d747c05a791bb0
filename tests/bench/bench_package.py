"""How long a package of 700 unit reports takes, and how much memory: as ZIP and as one PDF with bookmarks.

Run ``python tests/bench/bench_package.py``. Beside it stands its floor: the same versions printed in a bare loop into
a ZIP. Each runs in a process of its own on the same database. Exit status 1 when a limit is broken: 60 s and 300 MiB
for either kind.
"""

import json
import logging
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from flask import Flask  # noqa: E402 - the folder must be on the path first
from sqlalchemy import insert, select  # noqa: E402

from app import create_app  # noqa: E402
from core.clock import clock  # noqa: E402
from core.extensions import alembic, db  # noqa: E402
from core.settings import Settings  # noqa: E402
from models.account import Account  # noqa: E402
from models.package import Package, PackageKind  # noqa: E402
from models.permission import Viewer  # noqa: E402
from models.requirement import Level, Obligation, Requirement  # noqa: E402
from models.submission import Submission, SubmissionVersion, VersionFigure  # noqa: E402
from models.unit import Unit, UnitKind, UnitName, UnitParent  # noqa: E402
from models.workflow import Status  # noqa: E402
from queries.account import find_person  # noqa: E402
from services.demo import ORDINARY, load_demo  # noqa: E402
from services.package import ask, work_once  # noqa: E402
from services.version_paper import print_version  # noqa: E402
from tests.support.province import prepare_province  # noqa: E402

UNITS, CODE = 700, "2023-half-year"
MOST_SECONDS, MOST_MEMORY = 60.0, 300.0


def portal(folder: Path) -> Flask:
    """The portal on a database in ``folder``."""
    app = create_app(Settings(instance=folder, database_url=f"sqlite:///{folder / 'portal.sqlite'}",
                              secret_key="a key for measuring", testing=True))
    logging.disable(logging.CRITICAL)
    return app


def build() -> None:
    """The ordinary demonstration, its reports copied to schools of their own until there are 700 units with one."""
    session = db.session
    prepare_province(session)
    load_demo(session, ORDINARY)
    session.commit()
    rows = session.execute(
        select(Obligation, Submission, SubmissionVersion).join(Submission, Submission.obligation_id == Obligation.id)
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .join(Requirement, Requirement.id == Obligation.requirement_id)
        .where(Requirement.code == CODE, Obligation.level != Level.DEPARTMENT,
               SubmissionVersion.number == Submission.version_count)).all()
    parent = session.scalars(select(UnitParent.parent_id).limit(1)).one()
    first = max(session.scalars(select(Unit.id))) + 1
    for number in range(UNITS - len(rows)):
        obligation, submission, version = rows[number % len(rows)]
        key = first + number
        session.add(Unit(id=key, code=f"BENCH-{key}", kind=UnitKind.PRIMARY))
        session.flush()
        session.add(UnitName(unit_id=key, name=f"Trường số {key} (minh họa)"))
        session.add(UnitParent(unit_id=key, parent_id=parent))
        owed = Obligation(**copied(obligation), unit_id=key)
        session.add(owed)
        session.flush()
        made = Submission(**copied(submission), obligation_id=owed.id)
        session.add(made)
        session.flush()
        frozen = SubmissionVersion(**{**copied(version), "code": ""}, submission_id=made.id)
        session.add(frozen)
        session.flush()
        figures = session.scalars(select(VersionFigure).where(VersionFigure.version_id == version.id)).all()
        session.execute(insert(VersionFigure), [{**copied(row), "version_id": frozen.id} for row in figures])
    for submission in session.scalars(select(Submission).where(Submission.version_count > 0)):
        submission.status = Status.SUBMITTED
    session.commit()


def copied(row: object) -> dict[str, object]:
    """The values of a row without its keys."""
    return {column.key: getattr(row, column.key) for column in type(row).__table__.columns  # type: ignore[attr-defined]
            if column.key not in ("id", "unit_id", "obligation_id", "submission_id", "version_id")}


def who(account_id: int) -> Viewer | None:
    """The person of an account."""
    person = find_person(db.session, account_id, clock.today())
    return person.viewer if person is not None else None


def run(what: str, folder: Path) -> dict[str, float]:
    """Make it once, in this process: seconds, MiB, papers."""
    app = portal(folder)
    with app.app_context():
        requirement = db.session.scalars(select(Requirement).where(Requirement.code == CODE)).one()
        viewer = who(db.session.scalars(select(Account.id).where(Account.username == "office")).one())
        assert viewer is not None
        kind = PackageKind.PDF if what == "pdf" else PackageKind.ZIP
        package = ask(db.session, requirement, kind, only_accepted=False, form_token=what, viewer=viewer,
                      on=clock.today(), now=clock.now())
        versions = list(package.version_ids)
        if what != "floor":
            db.session.commit()
        start = time.perf_counter()
        if what == "floor":
            with tempfile.TemporaryFile() as file, zipfile.ZipFile(file, "w") as archive:
                for number in versions:
                    archive.writestr(f"{number}.pdf", print_version(
                        db.session, db.session.get_one(SubmissionVersion, number)))
        else:
            work_once(db.session, folder, clock.now, who)
        seconds = time.perf_counter() - start
        if what != "floor":
            assert db.session.scalars(select(Package.done).where(Package.form_token == what)).one() == len(versions)
    return {"seconds": seconds, "papers": len(versions),
            "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def main() -> int:
    """Build once, measure each in a process of its own, print a table."""
    if len(sys.argv) == 3:
        sys.stdout.write(json.dumps(run(sys.argv[1], Path(sys.argv[2]))) + "\n")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        app = portal(Path(folder))
        with app.app_context():
            alembic.upgrade()
            build()
            db.session.close()
            db.engine.dispose()
        found = {}
        for what in ("floor", "zip", "pdf"):
            told = subprocess.run([sys.executable, __file__, what, folder], check=True, capture_output=True, text=True)
            found[what] = json.loads(told.stdout.splitlines()[-1])
            row = found[what]
            sys.stdout.write(
                f"{what:6} {row['papers']:5.0f} papers {row['seconds']:7.1f} s (at most {MOST_SECONDS:.0f}) "
                f"{row['memory']:7.0f} MiB (at most {MOST_MEMORY:.0f}) "
                f"{row['seconds'] / found['floor']['seconds']:6.2f} × floor\n")
    broken = [what for what in ("zip", "pdf") if found[what]["papers"] < UNITS
              or found[what]["seconds"] > MOST_SECONDS or found[what]["memory"] > MOST_MEMORY]
    sys.stdout.write(f"NOT HELD: {', '.join(broken)}\n" if broken else "held\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
