"""Excel workbooks: tables whose head stays, numbers as numbers, days as days, texts as texts and never a formula.

A row is written once and leaves memory at once (XlsxWriter's constant memory), so that a table of 100,000 rows stays
small. Equal input gives equal bytes.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from core.dates import LOCAL_ZONE

LONGEST_CELL = 32_767
"""Signs in a cell, at most: the format's bound."""
LINE, MOST_LINES = 15, 27
"""Height of a line in points, and lines in a row: the format allows 409 points."""
COUNT, SHARE, MEAN, PLAIN = "count", "share", "mean", "plain"
"""How a column shows its numbers: 1.234, 87,50% (of 0..1), 4,25, or the bare digits of a year."""
TEXT, DAY, MOMENT = "", "day", "moment"
Value = str | int | float | Decimal | date | datetime | None
"""What a cell may hold; None is an empty cell. Moments are aware and are shown in Vietnam's time."""
_MADE = datetime(2023, 1, 1)  # the same workbook each time; the format knows no zone


class PlainSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A sheet on which a text is never read as marks of its own, whatever it begins and ends with."""

    def _xml_rich_inline_string(self, string: str, attributes: Any) -> None:
        """Write what looks like rich text as the text that it is."""
        self._xml_inline_string(string, preserve=True, attributes=attributes)


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its head, its width in signs, and how its numbers are shown (COUNT unless said)."""

    text: str
    width: int
    format: str = TEXT


class Book:
    """A workbook in the making; ``close`` gives the file."""

    def __init__(self, title: str, author: str, target: BinaryIO | None = None) -> None:
        """Begin with no sheet. The file goes to ``target`` where it is given, else into memory."""
        self.target = target or io.BytesIO()
        self.book = Workbook(self.target, {
            "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False})
        self.book.set_properties({"title": title[:255], "author": author[:255], "created": _MADE})
        self.head = self.book.add_format(
            {"bold": True, "bg_color": "#e3f1ef", "border": 1, "text_wrap": True, "valign": "vcenter"})
        self.formats: dict[str, Format] = {
            COUNT: self.book.add_format({"num_format": "#,##0"}),
            SHARE: self.book.add_format({"num_format": "0.00%"}),
            MEAN: self.book.add_format({"num_format": "0.00"}),
            PLAIN: self.book.add_format({"num_format": "0"}),
            DAY: self.book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"}),
            MOMENT: self.book.add_format({"num_format": "dd/mm/yyyy hh:mm", "align": "left", "valign": "top"}),
            TEXT: self.book.add_format({"text_wrap": True, "valign": "top"}),
        }

    def sheet(self, name: str, kind: type[PlainSheet] = PlainSheet) -> Worksheet:
        """Add an empty sheet."""
        return self.book.add_worksheet(name, kind)

    def table(self, name: str, heads: Sequence[Head], rows: Iterable[Sequence[Value]], frozen: int = 1) -> int:
        """Add a sheet with one table: the head stays, rows can be filtered. The result is the number of rows."""
        sheet = self.sheet(name)
        for place, head in enumerate(heads):
            sheet.set_column(place, place, head.width)
        sheet.freeze_panes(1, frozen)
        self.write_heads(sheet, heads)
        numbers = [self.formats[head.format or COUNT] for head in heads]
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                self._write(sheet, last, place, value, numbers[place])
        sheet.autofilter(0, 0, last, len(heads) - 1)
        prepare_page(sheet)
        return last

    def write_heads(self, sheet: Worksheet, heads: Sequence[Head]) -> None:
        """The first row, as high as its longest head needs: not every reader finds that out by itself."""
        sheet.set_row(0, height_of((head.text, head.width) for head in heads))
        for place, head in enumerate(heads):
            sheet.write_string(0, place, head.text, self.head)

    def _write(self, sheet: Worksheet, row: int, place: int, value: Value, number: Format) -> None:
        """One cell; nothing for None and for no text."""
        if isinstance(value, str):
            if value:
                sheet.write_string(row, place, value[:LONGEST_CELL], self.formats[TEXT])
        elif isinstance(value, datetime):
            sheet.write_datetime(row, place, value.astimezone(LOCAL_ZONE).replace(tzinfo=None), self.formats[MOMENT])
        elif isinstance(value, date):
            sheet.write_datetime(row, place, value, self.formats[DAY])
        elif value is not None:
            sheet.write_number(row, place, float(value), number)

    def close(self) -> bytes:
        """Finish the file; the result is its bytes where they are in memory."""
        self.book.close()
        return self.target.getvalue() if isinstance(self.target, io.BytesIO) else b""


def height_of(texts: Iterable[tuple[str, int]]) -> int:
    """The height in points of a row of texts in columns of a width in signs, wrapped: 15 a line, 405 at most."""
    lines = (sum(1 if len(part) <= width else -(-len(part) * 11 // (width * 10)) for part in text.split("\n"))
             for text, width in texts)
    return int(LINE * min(max(lines, default=1), MOST_LINES))


def prepare_page(sheet: Worksheet) -> None:
    """Print on A4 laid across, all columns on one page's width, the head on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


__all__ = ["COUNT", "DAY", "LONGEST_CELL", "MEAN", "MOMENT", "PLAIN", "SHARE", "TEXT", "Book", "Head",
           "PlainSheet", "Value", "height_of", "prepare_page"]
