"""A paper's table as a Word table: fixed widths, repeated head, groups, totals, rows that break only where tall."""

from collections.abc import Iterable, Sequence

from exports.fonts import BOLD
from exports.layout.preset import Style
from exports.layout.rows import CHILD_INDENT, PADDING, Column, Row, RowKind
from exports.layout.table import TALL, RowTable
from exports.word.markup import BREAK, PLAIN, Set, paragraph, run, twips
from exports.word.scribe import Scribe

NARROWEST_SIGN = 0.42
"""A sign's mean width in the paper's face, em: enough to tell a tall row from a short one."""


class WordTable:
    """Writes the rows of one table in one style at fixed widths."""

    def __init__(self, scribe: Scribe, block: RowTable) -> None:
        self.scribe = scribe
        self.block = block
        self.size = block.style.size
        self.style = scribe.styles.cell(block.style)
        shares = sum(column.width for column in block.columns)
        self.widths = [column.width / shares * scribe.width for column in block.columns]

    def xml(self) -> str:
        """The whole table."""
        rows = list(self.block.source.rows()) or [Row(("", self.block.nothing), RowKind.GROUP)]
        grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in self.widths)
        return ('<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/>'
                f'<w:tblW w:w="{twips(sum(self.widths))}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
                '<w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr>'
                f"<w:tblGrid>{grid}</w:tblGrid>{self._head()}{self._body(rows)}</w:tbl>")

    def _head(self) -> str:
        """The head, repeated on every page: one line, or two where neighbours share a head above theirs."""
        columns = self.block.columns
        if not any(column.over for column in columns):
            return _row("".join(self._head_cell(place, "") for place in range(len(columns))), is_head=True)
        upper, lower = "", ""
        place = 0
        while place < len(columns):
            over = columns[place].over
            if not over:
                upper += self._head_cell(place, '<w:vMerge w:val="restart"/>')
                lower += self._cell(place, 1, [], '<w:vMerge/>', "centre")
                place += 1
                continue
            end = place + 1
            while end < len(columns) and columns[end].over == over:
                end += 1
            upper += self._cell(place, end - place, [run(self.scribe.words(over), bold=True)], "", "centre")
            lower += "".join(self._head_cell(number, "") for number in range(place, end))
            place = end
        return _row(upper, is_head=True) + _row(lower, is_head=True)

    def _head_cell(self, place: int, merge: str) -> str:
        """The head of one column with its unit below."""
        column: Column = self.block.columns[place]
        lines = [BREAK.join(run(part, bold=True) for part in self._head_parts(place))]
        if column.unit:
            lines.append(run(f"({self.scribe.words(column.unit)})", italic=True, size=self.size - 1))
        return self._cell(place, 1, lines, merge, "centre")

    def _head_parts(self, place: int) -> list[str]:
        """A head in one piece, or in the paper's lines where a word is too wide, as "C1+C2+C3"."""
        words = self.scribe.words(self.block.columns[place].heading)
        style = Style(face=BOLD, size=self.size)
        lines = [text for text, _ in self.scribe.wrap(words, style, self.widths[place] - 2 * PADDING)]
        return [words] if " ".join(lines) == words else lines

    def _body(self, rows: Sequence[Row]) -> str:
        """All rows; a group and a unit keep the first row below them, totals and the last row the one above."""
        kinds = [row.kind for row in rows]
        last = len(rows) - 1
        follows = [kind is RowKind.GROUP or place + 1 == last or after is RowKind.TOTAL
                   or (kind is RowKind.PLAIN and after is RowKind.CHILD)
                   for place, (kind, after) in enumerate(zip(kinds, [*kinds[1:], RowKind.PLAIN], strict=True))]
        return "".join(self._row(row, keeps) for row, keeps in zip(rows, follows, strict=True))

    def _row(self, row: Row, keeps_next: bool) -> str:
        """One row of its kind."""
        last = len(self.block.columns) - 1
        if row.kind is RowKind.GROUP:
            mark, label = (self._lines(text, row.kind) for text in row.cells)
            cells = self._cell(0, 1, mark, "", "centre", keeps_next=True)
            cells += self._cell(1, last, label, "", "left", keeps_next=True) if last else ""
            return _row(cells)
        tall = self._is_tall(row)
        cells = ""
        for place, (text, column) in enumerate(zip(row.cells, self.block.columns, strict=True)):
            indent = CHILD_INDENT if row.kind is RowKind.CHILD and place == 1 else 0.0
            cells += self._cell(place, 1, self._lines(text, row.kind), "", column.align, keeps_next=keeps_next,
                                indent=indent, is_tall=tall)
        return _row(cells, may_break=tall)

    def _lines(self, text: str, kind: RowKind) -> list[str]:
        """The paragraphs of one cell."""
        bold = True if kind in (RowKind.GROUP, RowKind.TOTAL) else None
        italic, size = (True, self.size - 0.5) if kind is RowKind.CHILD else (None, 0.0)
        lines = text.splitlines() if "\n" in text else (text,)
        words = (self.scribe.words(line) for line in lines)
        return [run(line, bold=bold, italic=italic, size=size) for line in words if line]

    def _is_tall(self, row: Row) -> bool:
        """Whether a row may take more lines than are kept on one page."""
        return any(
            text.count("\n") >= TALL or len(text) * self.size * NARROWEST_SIGN > TALL * (width - 2 * PADDING)
            for text, width in zip(row.cells, self.widths, strict=True))

    def _cell(self, place: int, span: int, lines: Iterable[str], merge: str, align: str, *, keeps_next: bool = False,
              indent: float = 0.0, is_tall: bool = False) -> str:
        """One cell of ready runs, one paragraph each."""
        wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        width = twips(sum(self.widths[place:place + span]))
        where = "" if is_tall else '<w:vAlign w:val="center"/>'
        how = PLAIN
        if indent or keeps_next or align != "left":
            how = Set(left=indent, keeps_next=keeps_next, align="" if align == "left" else align)
        body = "".join(paragraph(self.style, line, how) for line in lines) or paragraph(self.style, "", how)
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{wide}{merge}{where}</w:tcPr>{body}</w:tc>'


def _row(cells: str, *, is_head: bool = False, may_break: bool = False) -> str:
    """One row of ready cells."""
    marks = ("" if may_break else "<w:cantSplit/>") + ("<w:tblHeader/>" if is_head else "")
    return f"<w:tr>{f'<w:trPr>{marks}</w:trPr>' if marks else ''}{cells}</w:tr>"


__all__ = ["WordTable"]
