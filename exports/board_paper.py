"""The status board on paper: what is counted and under which filters, then every unit, laid across, the head repeated.

A working paper in the layout of Decree 30/2020/NĐ-CP: it is neither numbered nor signed.
"""

from collections.abc import Iterator

from core.dates import format_day, format_document_day
from core.numbers import format_share
from exports.layout.paper import Paper
from exports.layout.rows import Column, Row, RowKind, TableStyle
from exports.layout.sheet import Sheet
from exports.layout.table import RowTable
from queries.board.document import SIGNS, BoardDocument, cell_words, holding_words
from queries.obligation import Completeness

SMALL = TableStyle(size=10, leading=12.5)
NOBODY = "Không có đơn vị nào khớp với bộ lọc."
LEGEND = (
    f"Dấu trước tình trạng: {SIGNS['accepted']} đã duyệt; {SIGNS['submitted']} đã nộp, chờ duyệt; "
    f"{SIGNS['returned']} trả lại; {SIGNS['withdrawn']} đã rút; {SIGNS['draft']} đang soạn; "
    f"{SIGNS['not_started']} chưa bắt đầu; {SIGNS['exempt']} được miễn hoặc thôi giao.")
COUNTED = (
    "Tỷ lệ tính trên số đơn vị phải nộp; đơn vị được miễn, thôi giao không tính ở tử số và mẫu số. Các số cộng tính "
    "trên mọi đơn vị trong phạm vi, không phụ thuộc bộ lọc.")


def build(document: BoardDocument, sheet: type[Sheet] = Sheet) -> bytes:
    """The board as a PDF file. Equal documents give equal bytes."""
    paper = Paper(document.head)
    paper.letterhead()
    paper.text(f"Số liệu {document.day_words}.")
    paper.text(_asked(document))
    paper.add(RowTable(_count_columns(), _count_rows(document), SMALL, "Chưa có yêu cầu nào được mở."))
    paper.text(COUNTED)
    paper.text(_holdings(document))
    paper.appendix("Tình hình từng đơn vị", RowTable(_columns(document), _rows(document), SMALL, NOBODY))
    paper.text(LEGEND)
    return paper.print(sheet)


def _asked(document: BoardDocument) -> str:
    """The filters in a sentence, and how many units they leave."""
    board = document.board
    words = "; ".join(f"{label.lower()}: {text}" for label, text in document.filters) or "không lọc"
    return f"Bộ lọc: {words}. Danh sách kèm theo có {board.shown} trên {board.total} đơn vị."


def _holdings(document: BoardDocument) -> str:
    """The reviewers' clock, a line a reviewer."""
    return "\n".join(f"- {holding_words(row)}." for row in document.holdings)


def _count_columns() -> list[Column]:
    """The columns of the counts."""
    return [Column("Yêu cầu", 56), Column("Hạn nộp", 24, "centre"), Column("Phải nộp", 17, "right"),
            Column("Đã nộp", 17, "right"), Column("Tỷ lệ nộp", 20, "right"), Column("Đã duyệt", 17, "right"),
            Column("Chậm", 15, "right"), Column("Chưa bắt đầu", 19, "right")]


def _count_rows(document: BoardDocument) -> Iterator[Row]:
    """One row a requirement."""
    for column in document.board.columns:
        count = column.count
        yield Row((column.title, format_day(column.due_on), str(count.owed), str(count.handed_in),
                   format_share(count.share), str(count.accepted), str(count.late), str(count.not_started)))


def _columns(document: BoardDocument) -> list[Column]:
    """Number, unit, and a column a requirement."""
    board = document.board
    room = (252 - 12 - 70) / max(len(board.columns), 1)
    return [Column("TT", 12, "centre"), Column("Đơn vị", 70),
            *(Column(column.words, room, "left", f"hạn {format_document_day(column.due_on)}")
              for column in board.columns)]


def _rows(document: BoardDocument) -> Iterator[Row]:
    """Units by group, numbered throughout, and below each group its counts."""
    number = 0
    for group in document.board.groups:
        yield Row(("", group.label), RowKind.GROUP)
        for row in group.rows:
            number += 1
            yield Row((str(number), row.unit_name, *(cell_words(cell, row.unit_name) for cell in row.cells)))
        yield Row(("", "Đã nộp trên phải nộp", *(_count(count) for count in group.counts)), RowKind.TOTAL)


def _count(count: Completeness) -> str:
    """A count with its denominator: "46/53 · 86,79%"."""
    return f"{count.handed_in}/{count.owed} · {format_share(count.share)}" if count.owed else "–"
