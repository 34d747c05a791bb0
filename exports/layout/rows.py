"""Rows and columns of a printed table, and how a row's cells are broken into lines.

Rows are taken from an iterator one page at a time, so a table of 50,000 rows never stands in memory laid out.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from exports.fonts import BOLD, ITALIC, REGULAR
from exports.layout.preset import Style
from exports.layout.typesetter import MOST_WORDS, Line, Typesetter

PADDING = 3.0
"""Left and right of a cell's text, points."""
LIFT = 2.5
"""Above and below a cell's text, points."""
CHILD_INDENT = 8.0


class RowKind(Enum):
    """What a row is: an ordinary one, one below another, a heading over the columns, or a total."""

    PLAIN = "plain"
    CHILD = "child"
    GROUP = "group"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, its share of the width (millimetres if they add up), where its text stands.

    ``unit`` stands below the head in brackets; neighbours with the same ``over`` share a head above theirs.
    """

    heading: str
    width: float
    align: str = "left"
    unit: str = ""
    over: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row. A group's cells are its mark and its label, which runs over all other columns."""

    cells: tuple[str, ...]
    kind: RowKind = RowKind.PLAIN


@dataclass(slots=True)
class LaidRow:
    """A row broken into lines: one list per cell, and the height in points."""

    kind: RowKind
    cells: list[list[Line]]
    height: float
    is_broken: bool = False
    """Whether it is a part of a row that was broken over pages (its text then starts at the top)."""


@dataclass(frozen=True, slots=True)
class TableStyle:
    """Sizes of a table's text."""

    size: float = 11.0
    leading: float = 13.5

    def style(self, kind: RowKind) -> Style:
        """How the text of a kind of row is set."""
        if kind is RowKind.CHILD:
            return Style(face=ITALIC, size=self.size - 0.5, leading=self.leading)
        bold = kind in (RowKind.GROUP, RowKind.TOTAL)
        return Style(face=BOLD if bold else REGULAR, size=self.size, leading=self.leading)


class Layer:
    """Breaks rows into lines at fixed column widths (points) for one document."""

    def __init__(
        self, typesetter: Typesetter, columns: Sequence[Column], widths: Sequence[float], style: TableStyle
    ):
        self.typesetter = typesetter
        self.widths = widths
        self.rooms = [width - 2 * PADDING for width in widths]
        self.leading = style.leading
        self.styles = {kind: style.style(kind) for kind in RowKind}
        self.faces = {kind: typesetter.face(one.face, one.size).words for kind, one in self.styles.items()}
        self.columns = columns

    def lay(self, row: Row) -> LaidRow:
        """The row with its cells broken into lines."""
        kind = row.kind
        if kind is RowKind.GROUP:
            return self._lay_group(row)
        style, known, wrap = self.styles[kind], self.faces[kind], self.typesetter.wrap
        rooms = self.rooms
        if kind is RowKind.CHILD:
            rooms = [*rooms[:1], rooms[1] - CHILD_INDENT, *rooms[2:]]
        cells = []
        most = 1
        for text, room in zip(row.cells, rooms, strict=True):
            word = known.get(text)
            if word is not None and word[1] <= room:
                cells.append([word])
                continue
            lines = wrap(text, style, room) if "\n" not in text else self._paragraphs(text, style, room)
            if len(lines) > most:
                most = len(lines)
            elif len(lines) == 1 and len(known) < MOST_WORDS:
                known[text] = lines[0]
            cells.append(lines)
        return LaidRow(kind, cells, most * self.leading + 2 * LIFT)

    def _paragraphs(self, text: str, style: Style, room: float) -> list[Line]:
        """A cell of several paragraphs: each starts on a line of its own."""
        return [line for part in text.splitlines() for line in self.typesetter.wrap(part, style, room)]

    def _lay_group(self, row: Row) -> LaidRow:
        """A group's mark in the first column and its label over all the others."""
        style, wrap = self.styles[row.kind], self.typesetter.wrap
        mark, label = row.cells
        rest = sum(self.widths[1:]) - 2 * PADDING
        cells = [wrap(mark, style, self.rooms[0]), wrap(label, style, rest)]
        most = max(1, *(len(lines) for lines in cells))
        return LaidRow(row.kind, cells, most * self.leading + 2 * LIFT)


class RowSource:
    """Rows still to be printed: laid out as they are asked for, handed back when a page has no room."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows: Iterator[Row] = iter(rows)
        self._waiting: deque[LaidRow] = deque()
        self.layer: Layer | None = None

    def rows(self) -> Iterator[Row]:
        """The rows as they were given, once, for a file that lays them out itself."""
        return self._rows

    def peek(self, index: int) -> LaidRow | None:
        """The row that is ``index`` rows ahead, or None after the last."""
        if self.layer is None:
            raise RuntimeError("a table is measured on a sheet before its rows are read")
        while len(self._waiting) <= index:
            row = next(self._rows, None)
            if row is None:
                return None
            self._waiting.append(self.layer.lay(row))
        return self._waiting[index]

    def take(self, count: int) -> list[LaidRow]:
        """Take the next ``count`` rows, which were peeked at before."""
        return [self._waiting.popleft() for _ in range(count)]

    def put_back(self, row: LaidRow) -> None:
        """Make ``row`` the next one again."""
        self._waiting.appendleft(row)


def break_row(row: LaidRow, room: float, leading: float) -> tuple[LaidRow, LaidRow] | None:
    """The part of a tall row that fits ``room`` and the rest; None when fewer than two lines fit or are left."""
    most = max(len(lines) for lines in row.cells)
    count = min(int((room - 2 * LIFT) / leading), most - 2)
    if count < 2:
        return None
    parts = [lines[:count] for lines in row.cells], [lines[count:] for lines in row.cells]
    head, tail = (
        LaidRow(row.kind, cells, max(len(lines) for lines in cells) * leading + 2 * LIFT, True)
        for cells in parts
    )
    return head, tail
