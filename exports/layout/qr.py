"""QR codes on paper: the modules of a code as drawn rectangles, black on the white of the sheet.

Every module has whole edges: neighbours in a row are one rectangle and the whole code is one path, so that no reader
of PDF leaves hair lines between them. Nothing but white may stand in the quiet zone of four modules around it.
"""

from collections.abc import Iterator
from functools import lru_cache

import segno
from reportlab.lib.colors import black

from exports.layout.sheet import Sheet

QUIET = 4
"""Modules that stay white on every side (ISO/IEC 18004)."""
LEVEL = "m"
"""The least error correction; more where the code does not grow by it."""
Matrix = tuple[tuple[bool, ...], ...]


@lru_cache(maxsize=64)
def modules(content: str) -> Matrix:
    """The modules of a code, row by row from the top, True for black; without the quiet zone."""
    code = segno.make(content, error=LEVEL, micro=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def quiet_edge(content: str, edge: float) -> float:
    """How wide the quiet zone is on each side of a code drawn ``edge`` points wide."""
    return QUIET * edge / len(modules(content))


def draw_code(sheet: Sheet, content: str, x: float, y: float, edge: float) -> None:
    """Draw a code whose lower left module stands at (x, y); ``edge`` points wide without its quiet zone."""
    rows = modules(content)
    step = edge / len(rows)
    path = sheet.beginPath()
    for number, row in enumerate(rows):
        bottom = y + edge - (number + 1) * step
        for first, last in _runs(row):
            path.rect(x + first * step, bottom, (last - first) * step, step)
    sheet.setFillColor(black)
    sheet.drawPath(path, stroke=0, fill=1)


def _runs(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """Where black modules stand next to each other: first and one past the last."""
    start: int | None = None
    for place, is_black in enumerate((*row, False)):
        if is_black and start is None:
            start = place
        elif not is_black and start is not None:
            yield start, place
            start = None
