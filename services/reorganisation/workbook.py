"""The first sheet of a workbook as the table that ``core.table_file`` reads, and a table as a workbook."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from xlsxwriter import Workbook

from core.dates import format_day
from core.table_file import Fault, TableFileError
from core.translation import _

MOST_CELLS = 400_000
MOST_BYTES = 60 * 1024 * 1024
"""Unpacked; a file that claims more is not opened."""


def read_workbook(data: bytes) -> bytes:
    """The first sheet as CSV in UTF-8, row by row as the spreadsheet shows it.

    Raises TableFileError when it is no workbook, or one that unpacks to too much.
    """
    fault = TableFileError([Fault(0, "", _("Không đọc được tệp Excel này. Lưu lại dạng XLSX hoặc CSV UTF-8."))])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(member.file_size for member in package.infolist()) > MOST_BYTES:
                raise fault
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = _rows(book.worksheets[0])
        book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, EOFError) as error:
        raise error if isinstance(error, TableFileError) else fault from error
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode()


def _rows(sheet: Any) -> list[list[str]]:
    """The texts of the sheet, every row as wide as the heads; empty rows keep their numbers."""
    rows: list[list[str]] = []
    cells = 0
    for record in sheet.iter_rows(values_only=True):
        rows.append([_text(cell) for cell in record])
        cells += len(record)
        if cells > MOST_CELLS:
            raise TableFileError([Fault(len(rows), "", _("Tệp quá lớn; chia thành nhiều tệp nhỏ hơn."))])
    width = max((place + 1 for place, cell in enumerate(rows[0]) if cell), default=1) if rows else 1
    return [[*row[:width], *[""] * (width - len(row)), *(cell for cell in row[width:] if cell)] for row in rows]


def _text(cell: Any) -> str:
    """A cell as it is read: whole numbers without a point, days as ours."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return format_day(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


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
