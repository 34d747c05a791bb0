"""Import of 700 units and 1,500 accounts beside openpyxl reading the same workbooks and nothing else.

``python tests/bench/bench_bulk.py`` prints seconds, ratios and peak memory. The previews, with a quarter of the rows
changed, are held to 5 s, and the whole process, with slips on paper and a bomb that is refused, to 250 MB.
"""

import io
import resource
import sys
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from openpyxl import load_workbook  # noqa: E402 - the folder must be on the path first

from app import create_app  # noqa: E402
from core.clock import clock  # noqa: E402
from core.extensions import alembic, db  # noqa: E402
from core.settings import Settings  # noqa: E402
from core.table_file import TableFileError  # noqa: E402
from core.workbook import read_workbook  # noqa: E402
from exports import account_slip  # noqa: E402
from exports.table_template import build_workbook  # noqa: E402
from models.account import Role  # noqa: E402
from models.permission import Viewer  # noqa: E402
from queries.account import AccountSlip, AccountSlipDocument  # noqa: E402
from services.account import load_accounts, preview_accounts  # noqa: E402
from services.account_template import account_template  # noqa: E402
from services.unit import load_units, preview_units  # noqa: E402
from services.unit_template import unit_template  # noqa: E402

UNITS, ACCOUNTS = 700, 1500
LIMIT_SECONDS, LIMIT_MB = 5.0, 250
DAY = date(2023, 5, 25)


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """How long work took in seconds, and what it gave."""
    start = perf_counter()
    result = work()
    return perf_counter() - start, result


def rows_of_units(count: int) -> str:
    """Schools below the district offices of 2023, as CSV."""
    heads = "code;name;kind;parent_code;district;place;head"
    lines = [f"TR-{number:04d};Trường Tiểu học số {number} (minh họa);tieu_hoc;PGD-193;Thành phố Hạ Long;"
             f"{'Hạ Long' if number % 4 else 'Bãi Cháy'};Hiệu trưởng {number} (minh họa)" for number in range(count)]
    return "\n".join([heads, *lines])


def rows_of_accounts(count: int) -> str:
    """Two people a school, as CSV."""
    heads = "username;full_name;role;unit_code;position;email"
    lines = [f"tk{number:05d};Người {number} (minh họa);{'officer' if number % 2 else 'head'};TR-{number // 3:04d};"
             f"Văn thư;tk{number}@truong.example" for number in range(count)]
    return "\n".join([heads, *lines])


def floor(data: bytes) -> int:
    """Read a workbook with openpyxl alone: how many cells it holds."""
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    return sum(len(row) for row in book.worksheets[0].iter_rows(values_only=True))


def bomb() -> bytes:
    """A workbook of 60 kB that would unpack to 50 MB."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "application/vnd.openxmlformats-officedocument."
                         "spreadsheetml.sheet.main+xml")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:  # in pieces: the bench's own memory stays small
            for _piece in range(50):
                part.write(b" " * (1 << 20))
    return target.getvalue()


def refuse_bomb() -> None:
    """The bomb is refused before it is unpacked."""
    with suppress(TableFileError):
        read_workbook(bomb())
        raise AssertionError("the bomb was opened")


def fill() -> tuple[bytes, bytes, Viewer]:
    """Load units and accounts, give back the workbooks of a quarter of changed rows."""
    session, today, now = db.session, clock.today(), clock.now()
    session.connection(execution_options={"writes": True})
    load_units(session, (ROOT / "data" / "units-2023.csv").read_bytes(), on=today, now=now)
    load_units(session, rows_of_units(UNITS).encode(), on=today, now=now)
    spent, _loaded = timed(lambda: load_accounts(session, rows_of_accounts(ACCOUNTS).encode(), on=today, now=now))
    session.commit()
    viewer = Viewer(0, "Quản trị (minh họa)", Role.ADMINISTRATOR, 1, 1)
    units = unit_template(session, today, is_filled=True)
    accounts = account_template(session, viewer, today, is_filled=True)
    changed = [row if number % 4 else (*row[:6], "Nơi khác", *row[7:]) for number, row in enumerate(units.rows)]
    people = [row if number % 4 else (*row[:4], "Phó", *row[5:]) for number, row in enumerate(accounts.rows)]
    say(f"applied {ACCOUNTS} new accounts in {spent:.2f} s")
    return (build_workbook(replace(units, rows=tuple(changed))), build_workbook(replace(accounts, rows=tuple(people))),
            viewer)


def measure() -> None:
    """Print what the previews, the slips and the bomb take; the last line is the peak memory in MB."""
    units, accounts, viewer = fill()
    session, today, now = db.session, clock.today(), clock.now()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    least, _cells = timed(lambda: (floor(units), floor(accounts)))
    spent, found = timed(lambda: (preview_units(session, units, from_day=today, now=now),
                                  preview_accounts(session, accounts, on=today, viewer=viewer)))
    for one, rows in zip(found, (UNITS, ACCOUNTS), strict=True):
        assert one.is_good and len(one.rows) >= rows and one.will_change, one.faults[:3]
    say(f"preview {spent:.2f} s, openpyxl alone {least:.2f} s, ratio {spent / least:.2f}")
    applied, loaded = timed(lambda: (
        load_units(session, units, on=today, now=now, from_day=today, needs_decision=True),
        load_accounts(session, accounts, on=today, now=now)))
    assert all(one.is_good and one.changed for one in loaded)
    session.rollback()
    slips = tuple(AccountSlip(f"Người {number} (minh họa)", f"Trường {number} (minh họa)", f"tk{number}", f"aB{number}")
                  for number in range(ACCOUNTS))
    paper, pages = timed(lambda: account_slip.build(AccountSlipDocument("https://baocao.example/login", slips)))
    refused, _nothing = timed(refuse_bomb)
    say(f"applied in {applied:.2f} s; {ACCOUNTS} slips in {paper:.2f} s, {len(pages) >> 10} kB; "
          f"bomb refused in {refused:.2f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    say(f"peak {peak} MB, before any preview {before} MB")
    assert spent < LIMIT_SECONDS and peak < LIMIT_MB, (spent, peak)


def main() -> None:
    """Measure on a new portal; fails beyond the limits."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(Path(folder), f"sqlite:///{Path(folder) / 'portal.sqlite'}", "bench", today=DAY))
        with app.app_context():
            alembic.upgrade()
            measure()


if __name__ == "__main__":
    main()
