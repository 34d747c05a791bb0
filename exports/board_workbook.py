"""The status board as an Excel workbook: every unit as filtered, the counts by group, and what was asked for."""

from collections.abc import Iterator, Sequence

from exports.workbook import PLAIN, SHARE, Book, Head, Value
from queries.board import BoardRow
from queries.board.document import BoardDocument, holding_words, line_words
from queries.obligation import Completeness, ObligationLine

_OF_A_REQUIREMENT = (("tình trạng", 30), ("hạn", 12), ("gửi lúc", 16), ("ngày chậm", 10), ("lần trả lại", 10),
                     ("đang chờ", 24))
_COUNTS = (Head("Phải nộp", 10), Head("Đã nộp", 10), Head("Tỷ lệ nộp", 10, SHARE), Head("Đã duyệt", 10),
           Head("Chậm", 10), Head("Chưa bắt đầu", 12))
COUNTED = "Tính trên mọi đơn vị trong phạm vi, không phụ thuộc bộ lọc; không tính đơn vị được miễn, thôi giao."


def build(document: BoardDocument) -> bytes:
    """The board as an XLSX file. Equal documents give equal bytes."""
    book = Book(document.head.subject, document.head.agency)
    book.table("Theo dõi nộp", _heads(document), _rows(document), 2)
    book.table("Số đếm", (Head("Nhóm", 48), Head("Yêu cầu", 48), *_COUNTS), _counts(document))
    book.table("Về tệp này", (Head("Mục", 30), Head("Nội dung", 90, PLAIN)), _about(document))
    return book.close()


def _heads(document: BoardDocument) -> list[Head]:
    """The unit, then six columns a requirement."""
    heads = [Head("Nơi nhận báo cáo", 40), Head("Đơn vị", 48), Head("Mã", 16), Head("Loại", 26), Head("Địa bàn", 22)]
    for column in document.board.columns:
        heads += [Head(f"{column.words}: {text}", width) for text, width in _OF_A_REQUIREMENT]
    return heads


def _rows(document: BoardDocument) -> Iterator[Sequence[Value]]:
    """One row a unit, in the order of the page."""
    for group in document.board.groups:
        for row in group.rows:
            values: list[Value] = [group.label, row.unit_name, row.unit_code, row.unit_kind.label, row.district]
            for cell in row.cells:
                values += _cell(cell, row)
            yield values


def _cell(cell: Sequence[ObligationLine], row: BoardRow) -> list[Value]:
    """The six values of one requirement; where several units are one now, words are joined and numbers told of all."""
    if not cell:
        return ["không giao", None, None, None, None, None]
    due = {line.due_on for line in cell}
    sent = [line.submitted_at for line in cell if line.submitted_at is not None]
    several = len(cell) > 1 or cell[0].unit_name != row.unit_name
    state = "; ".join(f"{line.unit_name}: {line_words(line)}" for line in cell) if several else cell[0].state_label
    waiting = dict.fromkeys(line.waiting.label for line in cell if line.waiting is not None)
    return [state, due.pop() if len(due) == 1 else None, max(sent, default=None), max(line.days_late for line in cell),
            sum(line.return_count for line in cell), "; ".join(waiting)]


def _counts(document: BoardDocument) -> Iterator[Sequence[Value]]:
    """Counts by group and requirement, then of all units in scope."""
    board = document.board
    for group in board.groups:
        for column, count in zip(board.columns, group.counts, strict=True):
            yield group.label, column.title, *_count(count)
    for column in board.columns:
        yield "Tất cả đơn vị trong phạm vi", column.title, *_count(column.count)


def _count(count: Completeness) -> tuple[Value, ...]:
    """The numbers of a count; no share where nobody owes."""
    return (count.owed, count.handed_in, count.share if count.owed else None, count.accepted, count.late,
            count.not_started)


def _about(document: BoardDocument) -> Iterator[Sequence[Value]]:
    """Of which day, under which filters, over how many units."""
    board = document.board
    yield "Bảng", document.head.subject
    yield "Cơ quan", document.head.agency
    yield "Số liệu", document.day_words
    yield "Số đơn vị trong bảng", board.shown
    yield "Trên số đơn vị trong phạm vi", board.total
    yield from document.filters or (("Bộ lọc", "Không lọc: tất cả đơn vị trong phạm vi được xem"),)
    yield "Số đếm", COUNTED
    for row in document.holdings:
        yield "Chậm duyệt", holding_words(row)
