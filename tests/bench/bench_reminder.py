"""How long it takes to remind 700 units at once: portal and mail, in one transaction.

Run ``python tests/bench/bench_reminder.py``. Every unit has an officer and a head with an address. Exit status 1 when a
limit is broken: 2 seconds to queue, and a second run that writes nothing in half a second.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from sqlalchemy import insert, select  # noqa: E402 - the folder must be on the path first

from app import create_app  # noqa: E402
from core.clock import clock  # noqa: E402
from core.extensions import alembic, db  # noqa: E402
from core.settings import Settings  # noqa: E402
from models.account import Account, Role  # noqa: E402
from models.mail import OutboxMail  # noqa: E402
from models.reminder import Reminder  # noqa: E402
from models.requirement import Requirement  # noqa: E402
from models.unit import Unit, UnitKind, UnitName, UnitParent  # noqa: E402
from services.programme import load_programme  # noqa: E402
from services.programme_file import read_files  # noqa: E402
from services.reminder import Mailing, Queued, queue_due  # noqa: E402
from services.requirement import add_requirements, open_requirement  # noqa: E402

UNITS, DISTRICTS = 700, 13
MOST_SECONDS, MOST_AGAIN = 2.0, 0.5
OPENED, DAY = date(2023, 5, 15), date(2023, 5, 25)


def build() -> Requirement:
    """700 units under 13 district offices, two people each, one requirement five days before it is due."""
    session, now = db.session, clock.now()
    session.execute(insert(Unit), [
        {"id": key, "code": f"U-{key}", "kind": UnitKind.DEPARTMENT if key == 1 else
         UnitKind.DISTRICT_OFFICE if key <= DISTRICTS + 1 else UnitKind.PRIMARY} for key in range(1, UNITS + 2)])
    session.execute(insert(UnitName), [
        {"unit_id": key, "name": f"Đơn vị số {key} (minh họa)", "folded": f"don vi so {key}",
         "sort_key": f"{key:05}"} for key in range(1, UNITS + 2)])
    session.execute(insert(UnitParent), [
        {"unit_id": key, "parent_id": 1 if key <= DISTRICTS + 1 else 2 + key % DISTRICTS}
        for key in range(2, UNITS + 2)])
    roles = [(Role.DISTRICT if key <= DISTRICTS + 1 else Role.OFFICER, Role.HEAD) for key in range(UNITS + 2)]
    session.execute(insert(Account), [
        {"username": f"{role.value}-{key}", "full_name": f"Người {key} (minh họa)", "role": role, "unit_id": key,
         "email": f"{role.value}-{key}@truong.example", "password_hash": "-", "created_at": now}
        for key in range(2, UNITS + 2) for role in roles[key]])
    files = read_files(ROOT / "data" / "programme" / "plan-2023.json")
    requirements = add_requirements(session, load_programme(session, files).programme, files.plan["deadlines"])
    chosen = next(row for row in requirements if row.code == "2023-half-year")
    open_requirement(session, chosen, on=OPENED, now=now, viewer=None)
    session.commit()
    return chosen


def timed(deed: Callable[[], Queued]) -> tuple[float, Queued]:
    """Seconds, and what was queued; the commit is part of it."""
    started = time.perf_counter()
    queued = deed()
    db.session.commit()
    return time.perf_counter() - started, queued


def main() -> int:
    """Measure and compare with the limits."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'portal.sqlite'}"
        app = create_app(Settings(Path(folder), url, "bench", today=OPENED))
        with app.app_context():
            alembic.upgrade()
            build()
            clock.start_on(DAY)
            mailing = Mailing(is_on=True)

            def deed() -> Queued:
                return queue_due(db.session, on=clock.today(), now=clock.now(), mailing=mailing)

            first, queued = timed(deed)
            again, nothing = timed(deed)
            rows = len(db.session.scalars(select(Reminder.id)).all())
            letters = len(db.session.scalars(select(OutboxMail.id)).all())
    counted = f"{queued.units} units, {rows} reminders, {letters} letters"
    sys.stdout.write(f"{counted}: {first:.2f} s; again: {again:.2f} s\n")
    sound = queued.units == UNITS and nothing == Queued()
    return 0 if sound and first < MOST_SECONDS and again < MOST_AGAIN else 1


if __name__ == "__main__":
    sys.exit(main())
