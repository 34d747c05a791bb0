"""The internal report on places that do badly, for the competent body (Decree 30/2020/NĐ-CP, annex I)."""

from collections.abc import Iterator, Sequence

from exports.layout.paper import Paper
from exports.layout.rows import Column, Row
from exports.layout.sheet import Sheet
from exports.layout.table import RowTable
from queries.criticism import CriticismDocument, CriticismLine

ANNEX_TITLE = "Danh sách nơi làm chưa tốt (tài liệu nội bộ, không phổ biến)"
COLUMNS = (
    Column("TT", 11, "centre"),
    Column("Đơn vị", 48),
    Column("Căn cứ", 38),
    Column("Nội dung", 80),
    Column("Số liệu của cổng báo cáo", 45),
    Column("Đề nghị", 40),
)


def build(document: CriticismDocument, sheet: type[Sheet] = Sheet) -> bytes:
    """The report as a PDF file; without anything to tell it has no annex."""
    paper = Paper(document.head)
    paper.letterhead()
    paper.addressees()
    paper.text(document.opening)
    paper.closing(document.closing)
    if document.lines:
        paper.appendix(ANNEX_TITLE, RowTable(COLUMNS, _rows(document.lines)))
    return paper.print(sheet)


def _rows(lines: Sequence[CriticismLine]) -> Iterator[Row]:
    """One row a matter, in the order given."""
    for number, line in enumerate(lines, start=1):
        figures = "\n".join(text for text, _url in line.facts)
        yield Row((str(number), line.unit_name, line.basis.label, line.what, figures, line.proposal))
