"""The first sheet of a workbook as the table that ``core.table_file`` reads, and a table as a workbook."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import BinaryIO

from xlsxwriter import Workbook

from core import workbook
from core.translation import _


def read_workbook(data: bytes) -> bytes:
    """The first sheet as CSV in UTF-8, every row as wide as the heads; empty rows keep their numbers.

    Raises TableFileError when it is no workbook, one with macros or a password, or one that unpacks to too much.
    """
    rows = workbook.read_workbook(data)
    width = max(len(rows[0]), 1) if rows else 1
    buffer = io.StringIO()
    csv.writer(buffer).writerows(
        [*row[:width], *[""] * (width - len(row)), *(cell for cell in row[width:] if cell)] for row in rows)
    return buffer.getvalue().encode()


def write_workbook(target: BinaryIO, heads: Sequence[str], rows: Sequence[Sequence[str]],
                   words: Mapping[str, Sequence[tuple[str, str]]]) -> None:
    """Write a table of texts, and a second sheet that explains the words used in it; same input, same bytes."""
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2000, 1, 1)})  # a fixed day, so that bytes repeat
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet(_("Các việc"))
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(heads) - 1, 22)
    for place, head in enumerate(heads):
        sheet.write_string(0, place, head, bold)
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell)
    guide = book.add_worksheet(_("Hướng dẫn"))
    guide.set_column(0, 1, 40)
    line = 0
    for title, pairs in words.items():
        guide.write_string(line, 0, title, bold)
        for value, label in pairs:
            line += 1
            guide.write_string(line, 0, value)
            guide.write_string(line, 1, label)
        line += 2
    book.close()
