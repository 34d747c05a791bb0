"""Any list of the portal as a workbook: what the page shows, all rows of it, with what was asked for on a second sheet.

A list declares its columns once, in ``exports/lists/<noun>.py``::

    COLUMNS: Columns[UnitLine] = (
        ListColumn("Đơn vị", lambda line: line.name, 48),
        ListColumn("Đóng cửa ngày", lambda line: line.closed_on, 14),      # a day stays a day, None an empty cell
        ListColumn("Số học sinh", lambda line: line.pupils, 12),           # a number stays a number
    )

and its view answers the page's own address with ``?format=xlsx`` (views/list_file.py)::

    if wants_workbook():
        return send_list("Đơn vị", COLUMNS, lines, filters=[("Tìm", search), ("Loại", kind.label if kind else "")])

Heads are Vietnamese as all documents are, in the words of the page's own table, which must all be there
(tests/views/test_list_file.py has the table of all lists).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from exports.workbook import PLAIN, TEXT, Book, Head, Value

Line = TypeVar("Line")
SHEET, ABOUT = "Danh sách", "Về tệp này"


@dataclass(frozen=True, slots=True)
class ListColumn(Generic[Line]):
    """One column: head, how a line gives its value, width in signs, how numbers are shown (exports/workbook.py)."""

    head: str
    value: Callable[[Line], Value]
    width: int = 18
    format: str = TEXT


Columns = Sequence[ListColumn[Line]]


@dataclass(frozen=True, slots=True)
class ListBook(Generic[Line]):
    """A list to be written down."""

    title: str
    columns: Columns[Line]
    lines: Iterable[Line]
    """All lines of the filters and the viewer's scope, not one page of them; read once, so a generator will do."""
    agency: str
    made_on: date
    filters: Sequence[tuple[str, str]] = ()
    """What was asked for, as ("Loại đơn vị", "Trường THPT"); empty values are left out."""
    facts: Sequence[tuple[str, Value]] = ()
    """What else stands on the second sheet, as counts with their denominators."""


def build(book: ListBook[Line]) -> bytes:
    """The list as an XLSX file: a sheet of lines, and one that says of what, of which day and under which filters."""
    target = Book(book.title, book.agency)
    heads = [Head(column.head, column.width, column.format) for column in book.columns]
    values = [column.value for column in book.columns]
    count = target.table(SHEET, heads, ([value(line) for value in values] for line in book.lines))
    target.table(ABOUT, (Head("Mục", 30), Head("Nội dung", 80, PLAIN)), _about(book, count))
    return target.close()


def _about(book: ListBook[Line], count: int) -> Iterator[Sequence[Value]]:
    """What the file holds."""
    yield "Danh sách", book.title
    yield "Cơ quan", book.agency
    yield "Ngày lập", book.made_on
    yield "Số dòng", count
    filters = [(label, text) for label, text in book.filters if text]
    yield from filters or [("Bộ lọc", "Không lọc: tất cả các dòng trong phạm vi được xem")]
    yield from book.facts


__all__ = ["ABOUT", "SHEET", "Columns", "ListBook", "ListColumn", "build"]
