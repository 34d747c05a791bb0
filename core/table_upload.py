"""A table that somebody filled in and sent: a workbook or a CSV file, read alike, with every fault named by its cell.

Rows of which the first column begins with "Ghi chú:" or "Ví dụ:" belong to the template and are left out.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from core.table_file import Column, Fault, Table, TableFileError, TableRow, make_table, read_table
from core.text import fold
from core.translation import _
from core.workbook import is_workbook, read_workbook, uncalculated

NOTE, EXAMPLE = "Ghi chú:", "Ví dụ:"
"""How rows of the template begin that are no rows of the table."""
_MARKS = tuple(fold(mark) for mark in (NOTE, EXAMPLE))
_FORMULA_SIGNS = "=+-@"
_SAFE = re.compile(rf"^'(?=[{re.escape(_FORMULA_SIGNS)}])")
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})


def plain_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula when it opens a CSV file: "'=1+1" for "=1+1"."""
    return f"'{text}" if text[:1] in _FORMULA_SIGNS and text else text


def read_upload(data: bytes, columns: Sequence[Column]) -> Table:
    """Read a file into rows; faults of cells stand in ``Table.faults``. Raises TableFileError for what is no table.

    A formula counts as its value; one without a value, and an error such as #N/A, is a fault.
    """
    if is_workbook(data):
        rows = read_workbook(data)
        width = len(rows[0]) if rows else 0
        table = make_table([row + [""] * (width - len(row)) for row in rows], columns)
        _note_uncalculated(table, data, rows[0])
    else:
        table = read_table(data, columns)
    table.rows = [row for row in table.rows if not _is_note(row, columns[0].name, table)]
    for row in table.rows:
        for name, text in row.cells.items():
            if text in _ERRORS:
                table.fault(row, name, _("Ô có lỗi %(error)s của bảng tính; ghi giá trị đúng.", error=text))
            elif text.startswith("=") and not is_workbook(data):
                table.fault(row, name, _("Ô bắt đầu bằng dấu “=”, có vẻ là công thức. Ghi giá trị vào ô."))
    table.rows = [replace(row, cells={name: _SAFE.sub("", text, count=1) for name, text in row.cells.items()})
                  for row in table.rows]
    if not table.rows and not table.faults:
        raise TableFileError([Fault(0, "", _("Tệp chỉ có dòng tiêu đề, chưa có dòng dữ liệu nào."))])
    return table


def _is_note(row: TableRow, key: str, table: Table) -> bool:
    """Whether a row belongs to the template; what was found in it is of no matter."""
    if not fold(row[key]).startswith(_MARKS):
        return False
    table.faults = [fault for fault in table.faults if fault.row != row.number]
    return True


def _note_uncalculated(table: Table, data: bytes, first: Sequence[str]) -> None:
    """Name formulas without a value."""
    by_head = {head: name for name, head in table.heads.items()}
    rows = {row.number: row for row in table.rows}
    heads = {place: by_head.get(" ".join(head.split())) or by_head.get(head.strip())
             for place, head in enumerate(first, start=1)}
    for number, place in uncalculated(data):
        name = heads.get(place)
        if number in rows and name is not None:
            table.fault(rows[number], name, _("Ô có công thức chưa tính. Chép lại ô dạng giá trị rồi lưu tệp."))


__all__ = ["EXAMPLE", "NOTE", "plain_cell", "read_upload"]
