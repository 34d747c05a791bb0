"""A table to be filled in and sent back, as a workbook with lists to choose from, or as CSV.

The first row bears the heads; the second, marked "Ghi chú:", says what each column wants, the third, marked "Ví dụ:",
shows one. Both are left out when the file comes back. No text ever becomes a formula.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from core.table_upload import EXAMPLE, NOTE, plain_cell

FIRST_ROW = 3
"""The first row of data, counted from 0."""
MOST_ROWS = 3_000
"""As far as the lists to choose from reach."""
_MADE = datetime(2023, 1, 1)  # the same workbook each time; the format knows no zone
_REQUIRED, _OPTIONAL = "bắt buộc", "tùy chọn"


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column: its head, what it wants, an example; ``list_name`` names the list to choose from."""

    head: str
    meaning: str
    example: str
    is_required: bool = False
    width: int = 20
    list_name: str = ""
    is_closed: bool = True
    """Whether nothing but the list's words is taken; else the spreadsheet only warns."""


@dataclass(frozen=True)
class TableTemplate:
    """The table's name, its columns, its rows so far, and lists: name → rows (word, explanation)."""

    title: str
    columns: tuple[TemplateColumn, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    lists: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    hints: tuple[str, ...] = ()
    """Sentences for whoever fills it in."""


def build_csv(template: TableTemplate) -> bytes:
    """The table as CSV in UTF-8 with a byte order mark and semicolons, as a Vietnamese Excel opens it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    for row in _rows(template):
        writer.writerow([plain_cell(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def build_workbook(template: TableTemplate) -> bytes:
    """The workbook: the table, the lists, and a sheet that explains the columns. Same input, same bytes."""
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": template.title, "created": _MADE})
    head = book.add_format({"bold": True, "bg_color": "#e3f1ef", "border": 1, "valign": "vcenter"})
    note = book.add_format({"text_wrap": True, "valign": "top", "italic": True, "font_color": "#56636f", "border": 1})
    text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(template.title)
    for place, column in enumerate(template.columns):
        sheet.set_column(place, place, column.width, text)
    for number, row in enumerate(_rows(template)):
        style = head if number == 0 else note if number < FIRST_ROW else None
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell, style)
    sheet.set_row(1, 62)
    sheet.freeze_panes(1, 1)
    _write_guide(book.add_worksheet("Hướng dẫn"), template, head)
    for name, entries in template.lists.items():
        _write_list(book.add_worksheet(name), entries, head)
    _offer_lists(sheet, template)
    book.close()
    return target.getvalue()


def _rows(template: TableTemplate) -> list[tuple[str, ...]]:
    """Heads, notes, example, then what is there so far."""
    notes = [f"{column.meaning} ({_REQUIRED if column.is_required else _OPTIONAL})" for column in template.columns]
    examples = [column.example for column in template.columns]
    return [tuple(column.head for column in template.columns), (f"{NOTE} {notes[0]}", *notes[1:]),
            (f"{EXAMPLE} {examples[0]}", *examples[1:]), *template.rows]


def _write_guide(sheet: Worksheet, template: TableTemplate, head: object) -> None:
    """How to fill in, then what each column wants."""
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    sheet.set_column(2, 2, 14)
    for number, hint in enumerate(template.hints):
        sheet.write_string(number, 0, hint)
    first = len(template.hints) + 1
    for place, said in enumerate(("Cột", "Ghi gì", "Cần có")):
        sheet.write_string(first, place, said, head)
    for number, column in enumerate(template.columns, start=first + 1):
        chosen = f" Chọn trong bảng “{column.list_name}”." if column.list_name else ""
        sheet.write_string(number, 0, column.head)
        sheet.write_string(number, 1, f"{column.meaning}.{chosen} Ví dụ: {column.example}")
        sheet.write_string(number, 2, _REQUIRED if column.is_required else _OPTIONAL)


def _write_list(sheet: Worksheet, entries: Sequence[tuple[str, str]], head: object) -> None:
    """A list to choose from: the word, and what it stands for."""
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 70)
    for place, said in enumerate(("Ghi", "Nghĩa là")):
        sheet.write_string(0, place, said, head)
    for number, (word, meaning) in enumerate(entries, start=1):
        sheet.write_string(number, 0, word)
        sheet.write_string(number, 1, meaning)


def _offer_lists(sheet: Worksheet, template: TableTemplate) -> None:
    """Let the cells of a column offer its list."""
    for place, column in enumerate(template.columns):
        entries = template.lists.get(column.list_name, ())
        if entries:
            letter = xl_col_to_name(place)
            last = max(MOST_ROWS, len(template.rows) + 500)
            sheet.data_validation(f"{letter}{FIRST_ROW + 1}:{letter}{last}", {
                "validate": "list", "source": f"='{column.list_name}'!$A$2:$A${len(entries) + 1}",
                "error_type": "stop" if column.is_closed else "information",
                "error_title": "Chưa có trong danh sách",
                "error_message": f"Xem bảng “{column.list_name}” để biết các giá trị dùng được."})


__all__ = ["TableTemplate", "TemplateColumn", "build_csv", "build_workbook"]
