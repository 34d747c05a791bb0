"""How long a million single sheets take as a workbook, beside the library's own writing of the same cells.

Run ``python tests/bench/bench_workbook.py [--sheets N]``. The product streams a million sheets of 16 answers into a
file; the floor writes the same cells one by one through XlsxWriter in its mode of constant memory. Each runs in a
process of its own, the floor on a tenth of the sheets (it is linear). Then the consolidated report of a whole province
as a workbook. Exit status 1 when a bound is broken.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from random import Random
from time import process_time

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from xlsxwriter import Workbook  # noqa: E402 - the folder must be on the path first

from exports import consolidation_workbook, survey_workbook  # noqa: E402
from queries.survey.raw import RawRow, RawSheets  # noqa: E402
from tests.exports.samples import consolidated  # noqa: E402
from tests.exports.survey_samples import report  # noqa: E402

MOST_MEGABYTES, MOST_RATIO, PART, BOOK_BOUND = 200.0, 0.4, 10, 2.0
ANSWERS, RUN, KINDS, UNITS = 16, 4, 5_000, 700


def say(line: str) -> None:
    """Write one line of the result."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def rows(count: int) -> Iterator[list[tuple[str, ...]]]:
    """Sheets as they are read: a unit and a channel, answers in runs of four; of a few thousand different ones."""
    random = Random(5)
    signs = ("1", "2", "3", "4", "5", "4", "5", "n", "x", "")
    kinds = [[tuple(random.choice(signs) for _ in range(RUN)) for _ in range(ANSWERS // RUN)] for _ in range(KINDS)]
    for _ in range(count):
        yield [(f"Trường Tiểu học số {random.randrange(UNITS)} (minh họa)", random.choice(("Mã QR", "Đường dẫn"))),
               *random.choice(kinds)]


def stream(count: int, path: str) -> None:
    """The product's workbook of so many sheets."""
    heads = ("Đơn vị", "Kênh", *(f"Q{number}" for number in range(1, ANSWERS + 1)))
    keys: Iterator[RawRow] = (list(row) for row in rows(count))
    sheets = RawSheets(heads, keys, (tuple,) * (1 + ANSWERS // RUN), count, 0, frozenset(range(2, ANSWERS + 2)))
    with open(path, "wb") as target:
        survey_workbook.write(target, report(), sheets)


def write_cells(count: int, path: str) -> None:
    """The floor: the same cells through the library."""
    book = Workbook(path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows(count), start=1):
        for place, value in enumerate(chain.from_iterable(row)):
            if place > 1 and value.isdigit():
                sheet.write_number(number, place, int(value))
            elif value:
                sheet.write_string(number, place, value)
    book.close()


def nothing(count: int, path: str) -> None:
    """The rows alone, which both are given."""
    Path(path).write_text(str(sum(len(row) for row in rows(count))))


WORKS = {"product": stream, "floor": write_cells, "rows": nothing}


def work(name: str, count: int) -> None:
    """Do one and say seconds of processor, the most megabytes held, and bytes made."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        start = process_time()
        WORKS[name](count, str(path))
        busy = process_time() - start
        say(f"{busy} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024} {path.stat().st_size}")


def measure(name: str, count: int) -> tuple[float, float, float]:
    """One in a process of its own: seconds of processor, megabytes, bytes."""
    done = subprocess.run([sys.executable, __file__, "--work", name, "--sheets", str(count)], capture_output=True,
                          text=True, check=True, cwd=ROOT)
    seconds, megabytes, size = map(float, done.stdout.split())
    return seconds, megabytes, size


def main() -> int:
    """Measure; 1 when a bound is broken."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sheets", type=int, default=1_000_000)
    parser.add_argument("--work", choices=WORKS)
    options = parser.parse_args()
    if options.work:
        work(options.work, options.sheets)
        return 0
    count, part = options.sheets, max(options.sheets // PART, 1)
    floor, given = measure("floor", part)[0] * count / part, measure("rows", part)[0] * count / part
    seconds, megabytes, size = measure("product", count)
    ratio = (seconds - given) / (floor - given)
    say(f"{count:,} sheets of {ANSWERS} answers: {seconds:.1f} s of the processor, {megabytes:.0f} MB (at most "
        f"{MOST_MEGABYTES:.0f}), {size / 1e6:.1f} MB made")
    say(f"  the library cell by cell {floor:.1f} s; ratio {ratio:.2f} (at most {MOST_RATIO}), the rows themselves "
        f"taken off ({given:.1f} s)")
    document = consolidated(schools=53, affiliated=50)
    start = process_time()
    made = len(consolidation_workbook.build(document))
    busy = process_time() - start
    say(f"consolidated report of a province: {busy:.2f} s (at most {BOOK_BOUND}), {made / 1e3:.0f} kB")
    return int(megabytes > MOST_MEGABYTES or ratio > MOST_RATIO or busy > BOOK_BOUND)


if __name__ == "__main__":
    sys.exit(main())
