"""A sheet of very many plain rows: each cell is put into the file's own words once for each of its values.

A survey's million sheets hold few different answers. What a column's value looks like in the file is therefore worked
out when it is first met and remembered, and a row is those pieces one after the other with its number put in. The
words are those that XlsxWriter writes itself, in its mode of constant memory: no row stays in memory.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from html import escape
from math import inf, isfinite

from xlsxwriter.utility import xl_col_to_name

from exports.row_words import Read, put
from exports.workbook import LONGEST_CELL, PlainSheet

BATCH = 2_000
"""Rows that are written together."""
MOST_KNOWN, LONGEST_KNOWN = 2_000, 200
"""Values of a column that are remembered, and the longest of them in signs: free texts hardly ever come twice, and a
questionnaire may ask for thirty of them."""
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
"""A number as the portal writes it; " 4", "1_000" and digits of other scripts are texts."""
ROW = "\x01"
"""Where the row's number goes; no text holds it, since the format has words of its own for such signs."""


class RawSheet(PlainSheet):
    """A sheet below whose head plain rows stream in."""

    def stream(self, rows: Iterable[Sequence[Hashable]], runs: Sequence[Read], numbers: frozenset[int],
               width: int) -> int:
        """Write rows of ``width`` texts below the head; in the columns ``numbers``, what is a number as one.

        ``runs`` reads the keys that a row consists of, as in ``exports.row_words``.

        The result is how many rows there were.
        """
        columns = [Column(self, place, place in numbers) for place in range(width)]
        self._write_single_row(1)
        last, lines = 0, list[str]()
        for last, cells in enumerate(put(rows, runs, [column.__getitem__ for column in columns]), start=1):
            number = str(last + 1)
            lines.append(f'<row r="{number}">{cells.replace(ROW, number)}</row>')
            if len(lines) == BATCH:
                self.fh.write("".join(lines))
                lines.clear()
        self.fh.write("".join(lines))
        self.previous_row = last
        if last:
            self._check_dimensions(last, width - 1)
        return last


class Column(dict[str, str]):
    """What the values of a column look like in the file; worked out when a value is first asked for."""

    def __init__(self, sheet: PlainSheet, place: int, is_number: bool) -> None:
        """Begin with the empty cell."""
        super().__init__({"": ""})
        self.sheet, self.letter, self.is_number = sheet, xl_col_to_name(place), is_number

    def __missing__(self, value: str) -> str:
        """The cell of a value, remembered where it may come again."""
        cell = self._number(value) if self.is_number else ""
        cell = cell or self._text(value)
        if len(value) <= LONGEST_KNOWN:
            if len(self) >= MOST_KNOWN:
                self.clear()
                self[""] = ""
            self[value] = cell
        return cell

    def _number(self, value: str) -> str:
        """The cell of a number; "" for what is none, as the sign of a question that does not apply."""
        number = float(value) if NUMBER.fullmatch(value) else inf
        return f'<c r="{self.letter}{ROW}"><v>{number:.16G}</v></c>' if isfinite(number) else ""

    def _text(self, value: str) -> str:
        """The cell of a text."""
        text = escape(self.sheet._escape_control_characters(value[:LONGEST_CELL]), quote=False)
        return f'<c r="{self.letter}{ROW}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def parts(rows: Iterator[Sequence[Hashable]], most: int) -> Iterator[Iterator[Sequence[Hashable]]]:
    """Rows in parts of at most ``most``, each to be read before the next; one part at least."""
    first: Sequence[Hashable] | None = next(rows, None)
    yield _part(first, rows, most)
    while (first := next(rows, None)) is not None:
        yield _part(first, rows, most)


def _part(first: Sequence[Hashable] | None, rows: Iterator[Sequence[Hashable]],
          most: int) -> Iterator[Sequence[Hashable]]:
    """The first row and those after it."""
    if first is not None:
        yield first
        for _, row in zip(range(most - 1), rows, strict=False):
            yield row


__all__ = ["RawSheet", "parts"]
