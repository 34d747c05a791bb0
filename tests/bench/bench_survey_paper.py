"""How long the papers and files of a survey take, and how much memory, beside the bounds set for them.

Run ``python tests/bench/bench_survey_paper.py [--sheets N] [--many N] [--units N]``: a province of 700 units under 13
offices; 100,000 sheets of the default questionnaire for the CSV, the workbook with single sheets and the report, then
1,000,000 for report, workbook and a workbook with them all, streamed into a file. A process of its own does each
piece from the database to the finished file, so that time and memory are its own; its start and the reading of its
modules are not counted as time. Bounds are on the seconds of the clock; those of the processor stand beside, for others
may be at work on the machine. SQLite, and PostgreSQL where PORTAL_TEST_POSTGRESQL names a server. Exit status 1 when a
bound is broken.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from sqlalchemy import select  # noqa: E402 - the folder must be on the path first
from sqlalchemy.engine import make_url  # noqa: E402

from core.clock import clock  # noqa: E402
from core.extensions import db  # noqa: E402
from exports import survey_csv, survey_result, survey_workbook  # noqa: E402
from models.survey import SurveyRound  # noqa: E402
from queries.survey.paper import report_of  # noqa: E402
from queries.survey.raw import RawSheets, get_raw  # noqa: E402
from queries.survey.whole import Whole, get_whole  # noqa: E402
from tests.bench.bench_survey import count_new, make_app, make_places, say, sheets, write  # noqa: E402
from tests.support.database import settings_for  # noqa: E402
from tests.support.store import FileStore, ServerStore  # noqa: E402

CSV_BOUND = 46.7 / 40
"""Seconds for 100,000 sheets: a fortieth of what LimeSurvey takes."""
PDF_BOUND = 3.0 / 7
"""Seconds for the statistics of 100,000 sheets: a seventh of what LimeSurvey takes."""
MEMORY_BOUND, STREAMED_BOUND = 250.0, 200.0
"""Megabytes at most, and those while a workbook is streamed."""
STREAMED = "xlsx streamed"
DAY = date(2023, 6, 1)
STEP = 50_000
Bound = float | None


def fill(url: str, folder: Path, count: int, units: int) -> None:
    """A database with sheets, all counted."""
    with make_app(url, folder).app_context():
        _round_id, places = make_places(units)
        rows = sheets(places, 30)
        for start in range(0, count, STEP):
            write(rows, min(STEP, count - start))
        count_new(20_000)


def read_whole() -> Whole:
    """The results of the province."""
    round_id = db.session.scalars(select(SurveyRound.id)).one()
    round_root = get_whole(db.session, round_id, department())
    assert round_root is not None
    return round_root


def department() -> int:
    """The Department's id."""
    from queries.unit import department_id

    return department_id(db.session) or 0


def raw_of(whole: Whole) -> RawSheets:
    """Single sheets with what people wrote."""
    return get_raw(db.session, whole.composer, whole.result, with_texts=True)


def make_pdf() -> int:
    """The report, as large as it is."""
    whole = read_whole()
    return len(survey_result.build(report_of(db.session, whole.result, whole.units, DAY)))


def make_book() -> int:
    """The workbook without single sheets."""
    whole = read_whole()
    return len(survey_workbook.build(report_of(db.session, whole.result, whole.units, DAY)))


def make_full_book() -> int:
    """The workbook with single sheets."""
    whole = read_whole()
    return len(survey_workbook.build(report_of(db.session, whole.result, whole.units, DAY), raw_of(whole)))


def make_all_book() -> int:
    """The workbook with every single sheet, streamed into a file."""
    whole = read_whole()
    with tempfile.TemporaryFile() as target:
        survey_workbook.write(target, report_of(db.session, whole.result, whole.units, DAY), raw_of(whole))
        return target.seek(0, os.SEEK_END)


def make_csv() -> int:
    """Single sheets as CSV."""
    return sum(len(piece) for piece in survey_csv.build(raw_of(read_whole())))


WORKS: dict[str, Callable[[], int]] = {
    "pdf": make_pdf, "xlsx": make_book, "xlsx with sheets": make_full_book, "csv": make_csv,
    STREAMED: make_all_book}


def work(name: str, url: str, folder: Path) -> None:
    """Do one piece of work and print seconds of processor and clock, megabytes held at most, and bytes made."""
    from app import create_app

    with create_app(settings_for(url, folder)).app_context():
        start, busy = perf_counter(), process_time()
        size = WORKS[name]()
        busy, seconds = process_time() - busy, perf_counter() - start
    say(f"{busy} {seconds} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024} {size}")


def run(*arguments: str) -> str:
    """This file in a process of its own."""
    return subprocess.run([sys.executable, __file__, *arguments], capture_output=True, text=True, check=True,
                          cwd=ROOT).stdout


def measure(name: str, url: str, folder: str, bound: Bound) -> bool:
    """One piece of work in the quickest of three runs; whether its bounds hold."""
    most = STREAMED_BOUND if name == STREAMED else MEMORY_BOUND
    runs = [tuple(map(float, run("--work", name, url, folder).split())) for _ in range(1 if name == STREAMED else 3)]
    busy, seconds = min(row[0] for row in runs), min(row[1] for row in runs)
    memory, size = max(row[2] for row in runs), runs[0][3]
    limit = f" (at most {bound:.2f})" if bound is not None else ""
    say(f"  {name}: {seconds:.2f} s{limit}, the processor {busy:.2f} s, "
        f"{memory:.0f} MB (under {most:.0f}), {size / 1e6:.1f} MB made")
    return memory < most and (bound is None or seconds <= bound)


def measure_engine(name: str, make: Callable[[], str], folder: str, options: argparse.Namespace) -> bool:
    """Both sizes on one engine."""
    held = True
    for count, works in ((options.sheets, {"csv": CSV_BOUND, "pdf": PDF_BOUND, "xlsx with sheets": None}),
                         (options.many, {"pdf": None, "xlsx": None, STREAMED: None})):
        url = make()
        run("--fill", str(count), str(options.units), url, folder)
        say(f"{name}, {count:,} sheets of {options.units} units")
        for kind, bound in works.items():
            held &= measure(kind, url, folder, bound if count <= 100_000 else None)
    return held


def main() -> int:
    """Measure on each engine; 1 when a bound is broken."""
    clock.start_on(DAY)
    if sys.argv[1:2] == ["--work"]:
        work(sys.argv[2], sys.argv[3], Path(sys.argv[4]))
        return 0
    if sys.argv[1:2] == ["--fill"]:
        fill(sys.argv[4], Path(sys.argv[5]), int(sys.argv[2]), int(sys.argv[3]))
        return 0
    parser = argparse.ArgumentParser()
    parser.add_argument("--sheets", type=int, default=100_000)
    parser.add_argument("--many", type=int, default=1_000_000)
    parser.add_argument("--units", type=int, default=700)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        held = measure_engine("SQLite", FileStore(Path(folder)).empty, folder, options)
        address = os.environ.get("PORTAL_TEST_POSTGRESQL")
        if address:
            server = ServerStore(str(make_url(address)))
            try:
                held &= measure_engine("PostgreSQL", server.empty, folder, options)
            finally:
                server.close()
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
