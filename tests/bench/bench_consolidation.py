"""How long the Department's consolidated report takes beside its floor: the same strings on a bare canvas.

Run ``python tests/bench/bench_consolidation.py``. The strings of the finished document are recorded once, then the
product and the floor are run in turn and their quickest runs compared; both pay for the fonts. Then tables of 5,000 and
50,000 rows tell whether time grows in step with the rows, and how much memory that takes (in a process of its own).
Last the two pages for leadership, with 9 and with 700 units late, beside their strings on a bare canvas.
Exit status 1 when a limit is broken.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from reportlab.pdfgen.canvas import Canvas  # noqa: E402 - the folder must be on the path first

from exports import consolidation, summary  # noqa: E402
from exports.layout.rows import Column, Row  # noqa: E402
from exports.layout.sheet import LANDSCAPE, OfficialTemplate, Sheet, StartPart  # noqa: E402
from exports.layout.table import RowTable  # noqa: E402
from tests.exports.samples import consolidated  # noqa: E402
from tests.exports.samples import summary as leadership  # noqa: E402

RUNS = 9
MOST_RATIO, MOST_GROWTH, MOST_MEGABYTES, MOST_MILLISECONDS = 1.3, 11.0, 250.0, 150.0
Page = tuple[tuple[float, float], list[tuple[str, float, float, float, str]]]


class Recorder(Sheet):
    """A sheet that also remembers every string with its face, size and place, page by page."""

    pages: list[Page] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._strings: list[tuple[str, float, float, float, str]] = []
        Recorder.pages = []

    def _remember(self, face: str, size: float, x: float, y: float, text: str) -> None:
        self._strings.append((face, size, *self.absolutePosition(x, y), text))

    def write(self, lines: Any, face: str, size: float) -> None:
        lines = list(lines)
        for x, y, text in lines:
            self._remember(face, size, x, y, text)
        super().write(lines, face, size)

    def write_spread(self, lines: Any, face: str, size: float) -> None:
        lines = list(lines)
        for x, y, text, _ in lines:
            self._remember(face, size, x, y, text)
        super().write_spread(lines, face, size)

    def showPage(self) -> None:
        Recorder.pages.append((self.page_size, self._strings))
        self._strings = []
        super().showPage()


def draw_bare(pages: list[Page]) -> bytes:
    """The floor: every recorded string by ``drawString`` on a plain canvas."""
    buffer = BytesIO()
    canvas = Canvas(
        buffer,
        invariant=1,
        pageCompression=1,
    )
    for size_of_page, strings in pages:
        canvas.setPageSize(size_of_page)
        last: tuple[str, float] | None = None
        for face, size, x, y, text in strings:
            if (face, size) != last:
                canvas.setFont(face, size)
                last = (face, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def build_table(count: int) -> bytes:
    """A table of ``count`` rows of nine cells with Vietnamese names and figures."""
    columns = [
        Column("TT", 12, "centre"),
        Column("Đơn vị", 80),
        *(Column(f"C{n}", 22, "right") for n in range(7)),
    ]
    rows = (
        Row(
            (
                str(n),
                f"Trường Tiểu học số {n} (minh họa)",
                *(f"{(n * 7919 + k * 104729) % 9973}" for k in range(7)),
            )
        )
        for n in range(1, count + 1)
    )
    template = OfficialTemplate("Bảng", "Sở", "Bảng", is_draft=False)
    return template.print([StartPart(LANDSCAPE), RowTable(columns, rows)])


def clock(work: Callable[[], object]) -> float:
    """Seconds of processor time that ``work`` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def interleave(first: Callable[[], object], second: Callable[[], object], runs: int) -> tuple[float, float]:
    """The quickest run of both, taken in turn so that a slow spell of the machine hits both alike."""
    times = [(clock(first), clock(second)) for _ in range(runs)]
    return min(pair[0] for pair in times), min(pair[1] for pair in times)


def say(line: str) -> None:
    """Write one line of the result."""
    sys.stdout.write(line + "\n")


def measure_memory(count: int) -> float:
    """The most megabytes a process of its own held while it printed ``count`` rows."""
    done = subprocess.run(
        [sys.executable, __file__, "--table", str(count)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return float(done.stdout)


def measure_summary(late: int) -> bool:
    """The two pages with so many units late; whether they are quick enough."""
    document = leadership(late)
    summary.build(document, Recorder)
    pages = Recorder.pages
    ours, floor = interleave(lambda: summary.build(document), lambda: draw_bare(pages), RUNS)
    say(f"summary, {late} units late: {ours * 1000:.0f} ms (at most {MOST_MILLISECONDS:.0f}), bare canvas "
        f"{floor * 1000:.0f} ms")
    return ours * 1000 <= MOST_MILLISECONDS


def main() -> int:
    """Measure, print the ratios, return 1 when one is broken."""
    if sys.argv[1:2] == ["--table"]:
        build_table(int(sys.argv[2]))
        say(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
        return 0
    document = consolidated(schools=53, affiliated=50)
    consolidation.build(document, Recorder)
    pages = Recorder.pages
    strings = sum(len(page[1]) for page in pages)
    ours, floor = interleave(lambda: consolidation.build(document), lambda: draw_bare(pages), RUNS)
    ratio = ours / floor
    say(f"full province: {len(pages)} pages, {strings} strings")
    say(
        f"  document {ours * 1000:.0f} ms, bare canvas {floor * 1000:.0f} ms, ratio {ratio:.2f} (at most {MOST_RATIO})"
    )
    few, many = interleave(lambda: build_table(5_000), lambda: build_table(50_000), 3)
    growth = many / few
    say(f"rows: 5,000 in {few:.2f} s, 50,000 in {many:.2f} s, ratio {growth:.1f} (at most {MOST_GROWTH})")
    megabytes = measure_memory(50_000)
    say(f"memory at 50,000 rows: {megabytes:.0f} MB (at most {MOST_MEGABYTES:.0f})")
    is_quick = all([measure_summary(9), measure_summary(700)])
    return int(ratio > MOST_RATIO or growth > MOST_GROWTH or megabytes > MOST_MEGABYTES or not is_quick)


if __name__ == "__main__":
    sys.exit(main())
