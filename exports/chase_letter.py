"""The chase letter (công văn đôn đốc) with its annex of late units (Decree 30/2020/NĐ-CP, annexes I and III)."""

from collections.abc import Iterator, Sequence

from core.dates import format_day
from exports.layout.paper import Paper
from exports.layout.rows import Column, Row
from exports.layout.sheet import Sheet
from exports.layout.table import RowTable
from queries.chase_letter import ChaseDocument, LateUnit

NOBODY = "Không còn đơn vị nào chưa gửi."
ANNEX_TITLE = "Danh sách đơn vị chưa gửi"
COLUMNS = (
    Column("TT", 9, "centre"),
    Column("Tên đơn vị", 49),
    Column("Nơi nhận báo cáo", 35.5),
    Column("Hạn gửi", 22, "centre"),
    Column("Số ngày chậm", 12.5, "centre"),
    Column("Số lần đã nhắc", 12.5, "centre"),
    Column("Tình trạng", 24.5),
)


def build(document: ChaseDocument, sheet: type[Sheet] = Sheet) -> bytes:
    """The letter as a PDF file."""
    return compose(document).print(sheet)


def compose(document: ChaseDocument) -> Paper:
    """The parts of the letter, for either kind of file."""
    paper = Paper(document.head)
    paper.letter_head()
    paper.addressees()
    for paragraph in document.paragraphs:
        paper.text(paragraph)
    paper.closing(document.closing)
    paper.appendix(ANNEX_TITLE, RowTable(COLUMNS, _rows(document.units), nothing=NOBODY), landscape=False)
    return paper


def _rows(units: Sequence[LateUnit]) -> Iterator[Row]:
    """One row a unit, in the order given."""
    for number, unit in enumerate(units, start=1):
        yield Row((str(number), unit.name, unit.reviewer, format_day(unit.due_on), str(unit.days_late),
                   str(unit.reminder_count), unit.state))
