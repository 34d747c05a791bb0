"""A unit's plan: narrative, targets, and the appendix of what is to be done (domain §2.1)."""

from collections.abc import Iterator, Sequence

from exports.layout.figures import SHORT_NOTE, Room, print_figure
from exports.layout.paper import Paper
from exports.layout.preset import NOTE
from exports.layout.prose import Prose
from exports.layout.rows import Column, Row, RowKind
from exports.layout.sheet import Block, Sheet
from exports.layout.table import RowTable
from exports.word import write_word
from models.figure import Aggregate, sum_of
from queries.document import FigureRow, PlanDocument, PlanLine

TARGETS_SECTION = "II.4"
CLOSING = (
    "Trên đây là Kế hoạch {subject}. Đề nghị các bộ phận, cá nhân liên quan nghiêm túc triển khai thực hiện"
)


def build(document: PlanDocument, sheet: type[Sheet] = Sheet) -> bytes:
    """The plan as a PDF file."""
    return compose(document).print(sheet)


def build_word(document: PlanDocument) -> bytes:
    """The same as a DOCX file to go on writing in."""
    return write_word(compose(document), compose(document).long_headings())


def compose(document: PlanDocument) -> Paper:
    """The parts of the plan, for either kind of file. A plan has no "Kính gửi" (Decree 30/2020, annex I, II.9)."""
    paper = Paper(document.head)
    paper.letterhead()
    paper.bases(document.legal_bases)
    paper.text(document.opening)
    paper.sections(document.sections, {TARGETS_SECTION: targets_table(document.indicator_targets)})
    paper.closing(document.closing or CLOSING.format(subject=lowered(document.head.subject)))
    paper.appendix("Danh mục hoạt động tuyên truyền", *items_table(document.items))
    return paper


def targets_table(figures: Sequence[FigureRow]) -> list[Block]:
    """The year's targets by indicator; nothing when the plan has none."""
    if not figures:
        return []
    columns = [
        Column("TT", 12, "centre"),
        Column("Chỉ tiêu", 93),
        Column("Đơn vị tính", 28, "centre"),
        Column("Kế hoạch năm", 32, "right"),
    ]
    rows = (
        Row((str(number), row.name, row.unit, print_figure(row.planned, row.aggregate, Room.PLAIN)))
        for number, row in enumerate(figures, start=1)
    )
    return [RowTable(columns, rows)]


def items_table(items: Sequence[PlanLine]) -> list[Block]:
    """What is to be done, by whom, when and for how much, with the sum of the money."""
    columns = [
        Column("TT", 10, "centre"),
        Column("Nội dung", 63),
        Column("Hình thức", 40),
        Column("Số lượng", 18, "right"),
        Column("Người, bộ phận thực hiện", 36),
        Column("Phối hợp", 32),
        Column("Thời gian", 31, "centre"),
        Column("Kinh phí", 24, "right", unit="đồng"),
    ]
    table = RowTable(columns, _item_rows(items), nothing="Kế hoạch chưa có hoạt động nào.")
    return [table, Prose(SHORT_NOTE, NOTE)]


def _item_rows(items: Sequence[PlanLine]) -> Iterator[Row]:
    """One row an item, then the sum of the money planned."""
    for number, item in enumerate(items, start=1):
        quantity = print_figure(item.quantity, Aggregate.SUM, Room.NARROW)
        budget = print_figure(item.budget, Aggregate.SUM, Room.NARROW)
        yield Row(
            (str(number), item.title, item.form, quantity, item.lead, item.partner, item.window, budget)
        )
    if items:
        total = print_figure(sum_of(item.budget for item in items), Aggregate.SUM, Room.NARROW)
        yield Row(("", "Tổng kinh phí", "", "", "", "", "", total), RowKind.TOTAL)


def lowered(subject: str) -> str:
    """A subject inside a sentence: its first letter small, as "tuyên truyền cải cách hành chính năm 2023"."""
    return subject[:1].lower() + subject[1:]
