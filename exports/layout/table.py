"""Printed tables: rows painted straight on the sheet, the head repeated on every page, tall rows broken.

A table takes time in proportion to its rows: each row is laid out once, each page is painted at once (one run of
text a face, one path of rules). ReportLab's own table copies all remaining rows at each page.
"""

from collections.abc import Iterable, Sequence

from reportlab.platypus import Flowable

from exports.fonts import require
from exports.layout.head import TableHead
from exports.layout.rows import (
    CHILD_INDENT,
    LIFT,
    PADDING,
    Column,
    LaidRow,
    Layer,
    Row,
    RowKind,
    RowSource,
    TableStyle,
    break_row,
)
from exports.layout.sheet import Block, Ink, Rule, shift
from exports.layout.typesetter import Line

NOTHING = require("Không có dòng nào.")
TALL = 8
"""A row of more lines than this is set from the top and may be broken; a shorter one is centred and moves whole."""


class RowTable(Block):
    """A table that pours rows into as many pages as it takes. Shares of ``columns`` fill the width."""

    gap = 8.0
    clings = True
    page_kind: "type[TablePage]"
    """What draws the rows of one page."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Iterable[Row] | RowSource,
        style: TableStyle | None = None,
        nothing: str = NOTHING,
    ) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.style = style or TableStyle()
        self.nothing = nothing
        self.source = rows if isinstance(rows, RowSource) else RowSource(rows)
        self.head: TableHead | None = None
        self._widths: list[float] = []

    def _measure(self, width: float) -> TableHead:
        """Fix the columns and the head at ``width``; a table without rows gets one that says so."""
        if self.head is None:
            shares = sum(column.width for column in self.columns)
            self._widths = [column.width / shares * width for column in self.columns]
            self.head = TableHead(self.typesetter, self.columns, self._widths, self.style)
        if self.source.layer is None:
            self.source.layer = Layer(self.typesetter, self.columns, self._widths, self.style)
            if self.source.peek(0) is None:
                self.source.put_back(self.source.layer.lay(Row(("", self.nothing), RowKind.GROUP)))
        return self.head

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The height when all rows fit ``height``, else a little more than ``height``: rows are not read ahead."""
        used = self._measure(width).height
        index = 0
        while used <= height:
            row = self.source.peek(index)
            if row is None:
                return width, used
            used += row.height
            index += 1
        return width, max(used, height + 1)

    def split(self, width: float, height: float) -> list[Flowable]:
        """A page of rows and the rest of the table; [] when not even the first rows fit."""
        head = self._measure(width)
        rows = self._rows_for(height - head.height)
        if not rows:
            return []
        page = self.page_kind(self, rows)
        following = self.source.peek(0)
        if following is None:
            return [page]
        if page.height + following.height <= height:  # it moves on purpose, so nothing more stands on this page
            page.height = height
        rest = type(self)(self.columns, self.source, self.style)
        rest.head, rest._widths, rest.gap = head, self._widths, 0.0
        return [page, rest]

    def _rows_for(self, room: float) -> list[LaidRow]:
        """The rows for one page: groups and parents keep their first row, totals and the last row keep one above."""
        count, used = 0, 0.0
        while (row := self.source.peek(count)) is not None and used + row.height <= room + 0.01:
            used += row.height
            count += 1
        if row is None:
            return self.source.take(count)
        broken = self._break(row, room - used)
        if broken:
            rows = [*self.source.take(count), broken[0]]
            self.source.take(1)
            self.source.put_back(broken[1])
            return rows
        is_last = self.source.peek(count + 1) is None
        kept = count - 1 if (row.kind is RowKind.TOTAL or is_last) and count > 2 else count
        while kept > 1 and self._leads(kept - 1):
            kept -= 1
        if kept == 1 and count == 1 and self.source.peek(0).kind is RowKind.GROUP:  # type: ignore[union-attr]
            return []
        return self.source.take(kept)

    def _leads(self, index: int) -> bool:
        """Whether the row that is ``index`` rows ahead, and the next one, belong together: a group, a unit's parts."""
        row, following = self.source.peek(index), self.source.peek(index + 1)
        assert row is not None  # was peeked
        is_parent = row.kind is RowKind.PLAIN and following is not None and following.kind is RowKind.CHILD
        return row.kind is RowKind.GROUP or is_parent

    def _break(self, row: LaidRow, room: float) -> tuple[LaidRow, LaidRow] | None:
        """The two parts of a tall row at the foot of the page, or None for a row that moves whole."""
        tall = row.height > TALL * self.style.leading + 2 * LIFT
        return break_row(row, room, self.style.leading) if tall else None

    def draw(self) -> None:
        """Draw a table that fits its page whole."""
        rows = []
        while self.source.peek(0) is not None:
            rows += self.source.take(1)
        page = self.page_kind(self, rows)
        page.wrapOn(self.canv, sum(self._widths), 0)
        page.drawOn(self.canv, 0, 0)


class TablePage(Block):
    """The rows of one page below the table's head; painted in one go."""

    def __init__(self, table: RowTable, rows: list[LaidRow]) -> None:
        super().__init__()
        self.gap = table.gap
        self.rows = rows
        self.widths = table._widths
        self.columns = table.columns
        self.style = table.style
        self.styles = {kind: self.style.style(kind) for kind in RowKind}
        assert table.head is not None
        self.head = table.head
        self.height = self.head.height + sum(row.height for row in rows)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The height of head and rows."""
        return sum(self.widths), self.height

    def draw(self) -> None:
        """Paint the head, the text by kind of row, and the rules."""
        edges = [0.0]
        for width in self.widths:
            edges.append(edges[-1] + width)
        rules: list[Rule] = []
        top = self.height
        top = self.head.draw(self.canv, top, rules)
        inks: dict[RowKind, list[Ink]] = {}
        opened = top
        for row in self.rows:
            self._ink(row, top, edges, inks.setdefault(row.kind, []))
            if row.kind is RowKind.GROUP:
                _uprights(edges, opened, top, rules)
                _uprights([edges[0], edges[1], edges[-1]], top, top - row.height, rules)
                opened = top - row.height
            top -= row.height
            rules.append((0.0, top, edges[-1], top))
        _uprights(edges, opened, top, rules)
        for kind, lines in inks.items():
            self.canv.write(lines, self.styles[kind].face, self.styles[kind].size)
        self.canv.rules(rules)
        self.rows = []

    def _ink(self, row: LaidRow, top: float, edges: list[float], inks: list[Ink]) -> None:
        """Place a row's lines: a few lines stand in the middle of the row, many from its top."""
        style, leading = self.styles[row.kind], self.style.leading
        inner = row.height - 2 * LIFT
        first = top - LIFT - style.rise
        centred = not row.is_broken and inner <= TALL * leading
        for number, lines in enumerate(row.cells):
            if not lines:
                continue
            column = self.columns[number]
            left, align = edges[number] + PADDING, column.align
            if row.kind is RowKind.GROUP:
                align = "centre" if number == 0 else "left"
            room = self.widths[number] - 2 * PADDING
            if row.kind is RowKind.CHILD and number == 1:
                left, room = left + CHILD_INDENT, room - CHILD_INDENT
            baseline = first - ((inner - len(lines) * leading) / 2 if centred else 0.0)
            _ink_lines(lines, left, baseline, leading, align, room, inks)


RowTable.page_kind = TablePage


def _ink_lines(
    lines: list[Line], left: float, baseline: float, leading: float, align: str, room: float, inks: list[Ink]
) -> None:
    """Place the lines of one cell."""
    for text, length in lines:
        inks.append((left + shift(align, room, length), baseline, text))
        baseline -= leading


def _uprights(edges: Sequence[float], top: float, bottom: float, rules: list[Rule]) -> None:
    """Add the upright rules between rows that have the same columns."""
    if top > bottom:
        rules.extend((x, top, x, bottom) for x in edges)


def style_of(size: float) -> TableStyle:
    """The style of a table set in ``size`` points."""
    return TableStyle(size=size, leading=size * 1.22)
