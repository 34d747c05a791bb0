"""Workbooks that compute: formulas beside what they give, rows that belong to a row above, totals.

A formula carries its value, so that a reader that does not calculate shows the same numbers as one that does. Nothing
of what people wrote ever stands in a formula: formulas name cells, and nothing else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from exports.workbook import (
    COUNT,
    LINE,
    LONGEST_CELL,
    MEAN,
    SHARE,
    TEXT,
    Book,
    Head,
    Value,
    height_of,
    prepare_page,
)

DECIMAL, CHANGE, POINTS, GROWTH = "decimal", "change", "points", "growth"
"""Further ways to show a number: 1.234,50; +0,12; +1,2 điểm; 105,3% (of 1.053)."""
_NUMBERS = {
    COUNT: "#,##0", SHARE: "0.00%", MEAN: "0.00", DECIMAL: "#,##0.00", CHANGE: "+0.00;−0.00;+0.00",
    POINTS: '+0.0" điểm";−0.0" điểm";+0.0" điểm"', GROWTH: "0.0%", "plain": "0"}
PAGE = 240
"""Signs that a page laid across takes in its width, at some six tenths of their size; wider tables take more pages."""
MOST_PARTS, LONGEST_LIST = 250, 2_400
"""Ranges in a formula's list, and their signs: Excel takes 255 arguments and 8,192 signs, a third of it the list."""


class Look(StrEnum):
    """What a row is, and so how it looks."""

    PLAIN = "plain"
    CHILD = "child"
    """Belongs to the row above that is no child; folds away below it."""
    GROUP = "group"
    TOTAL = "total"


_LOOKS: dict[Look, dict[str, Any]] = {
    Look.PLAIN: {}, Look.CHILD: {"italic": True, "font_color": "#56636f"}, Look.GROUP: {"bold": True, "top": 1},
    Look.TOTAL: {"bold": True, "top": 1, "bg_color": "#e3f1ef"}}


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without its "=", and what it gives: a number, a word, or "" for a cell that shows nothing."""

    text: str
    value: float | str
    format: str = TEXT
    """How the number is shown; that of the column unless said."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number shown otherwise than its column."""

    value: float
    format: str


Cell = Value | Formula | Number


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table."""

    cells: Sequence[Cell]
    look: Look = Look.PLAIN


class FormulaBook(Book):
    """A workbook whose tables may hold formulas."""

    def __init__(self, title: str, author: str) -> None:
        """Begin with no sheet."""
        super().__init__(title, author)
        self._faces: dict[tuple[str, Look], Format] = {}

    def compute(self, name: str, heads: Sequence[Head], lines: Iterable[Line], frozen: int = 1) -> int:
        """Add a sheet with one table, as ``table`` does. The result is the number of rows."""
        sheet = self.sheet(name)
        sheet.outline_settings(True, False, True, False)
        for place, head in enumerate(heads):
            sheet.set_column(place, place, head.width)
        sheet.freeze_panes(1, frozen)
        self.write_heads(sheet, heads)
        last = 0
        for last, line in enumerate(lines, start=1):
            height = height_of((cell, head.width) for cell, head in zip(line.cells, heads, strict=True)
                               if isinstance(cell, str) and not head.format)
            sheet.set_row(last, height if height > LINE else None, None,
                          {"level": 1} if line.look is Look.CHILD else None)
            for place, cell in enumerate(line.cells):
                self._put(sheet, last, place, cell, heads[place], line.look)
        sheet.autofilter(0, 0, last, len(heads) - 1)
        prepare_page(sheet)
        sheet.fit_to_pages(-(-sum(head.width for head in heads) // PAGE), 0)
        sheet.repeat_columns(0, frozen - 1)
        return last

    def _put(self, sheet: Worksheet, row: int, place: int, cell: Cell, head: Head, look: Look) -> None:
        """One cell; a word in a column of numbers stands at their side."""
        if isinstance(cell, Formula):
            face = self._face(cell.format or head.format or COUNT, look)
            value = cell.value
            is_whole = isinstance(value, float) and value.is_integer()
            sheet.write_formula(row, place, f"={cell.text}", face, int(value) if is_whole else value)
        elif isinstance(cell, Number):
            sheet.write_number(row, place, cell.value, self._face(cell.format, look))
        elif cell is None or cell == "":
            if look in (Look.GROUP, Look.TOTAL):
                sheet.write_blank(row, place, None, self._face(head.format, look))
        elif isinstance(cell, str):
            sheet.write_string(row, place, cell[:LONGEST_CELL], self._face(head.format, look))
        else:
            self._write(sheet, row, place, cell, self._face(head.format or COUNT, look))

    def _face(self, number: str, look: Look) -> Format:
        """The format of a cell: how numbers are shown, and what the row is. Made once each."""
        if (number, look) not in self._faces:
            face: dict[str, Any] = {"valign": "top"}
            face |= {"num_format": _NUMBERS[number], "align": "right"} if number else {"text_wrap": True}
            face |= _LOOKS[look]
            self._faces[number, look] = self.book.add_format(face)
        return self._faces[number, look]


def letter(place: int) -> str:
    """The name of a column: 0 is "A", 27 is "AB"."""
    return str(xl_col_to_name(place))


def ranges(column: str, rows: Sequence[int]) -> list[str]:
    """Rows of a column in as few ranges as there can be: ``ranges("F", [2, 3, 4, 9])`` is ["F2:F4", "F9"]."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return [f"{column}{first}:{column}{last}" if last > first else f"{column}{first}" for first, last in runs]


def is_too_long(parts: Sequence[str]) -> bool:
    """Whether a list of ranges is more than a formula takes."""
    return len(parts) > MOST_PARTS or len(",".join(parts)) > LONGEST_LIST


__all__ = ["CHANGE", "DECIMAL", "GROWTH", "POINTS", "Cell", "Formula", "FormulaBook", "Line", "Look", "Number",
           "is_too_long", "letter", "ranges"]
