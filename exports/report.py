"""A unit's periodic report: narrative, annex I with the figures, annex II with the activities (domain §2.2)."""

from collections.abc import Iterator, Sequence

from exports.finding_table import unit_finding_table
from exports.layout.figures import SHORT_NOTE, Room, print_figure
from exports.layout.paper import Paper
from exports.layout.preset import NOTE
from exports.layout.prose import Prose
from exports.layout.rows import Column, Row
from exports.layout.sheet import Block, Sheet
from exports.layout.table import RowTable
from exports.plan import lowered
from exports.tables import figure_table
from exports.word import write_word
from models.figure import Aggregate
from queries.document import ActivityLine, UnitReportDocument

SUPERIOR = "cơ quan cấp trên"


def build(document: UnitReportDocument, sheet: type[Sheet] = Sheet) -> bytes:
    """The report as a PDF file."""
    return compose(document).print(sheet)


def build_word(document: UnitReportDocument) -> bytes:
    """The same as a DOCX file to go on writing in."""
    return write_word(compose(document), compose(document).long_headings())


def compose(document: UnitReportDocument) -> Paper:
    """The parts of the report, for either kind of file."""
    paper = Paper(document.head)
    paper.letterhead()
    paper.addressees()
    paper.bases(document.legal_bases)
    paper.text(document.opening)
    paper.sections(document.sections)
    paper.closing(document.closing or last_words(document.head.subject, document.head.addressees))
    paper.appendix("Biểu số liệu", *figure_table(document.figures))
    if document.lists_activities:
        paper.appendix("Danh mục tin, bài, hoạt động", *activity_table(document.activities))
    if document.findings:
        paper.appendix("Kiến nghị sau kiểm tra và việc khắc phục", *unit_finding_table(document.findings))
    return paper


def last_words(subject: str, addressees: Sequence[str]) -> str:
    """The closing sentence of a report that brings none of its own."""
    to = ", ".join(addressees) or SUPERIOR
    return f"Trên đây là báo cáo {lowered(subject)}, kính gửi {to} tổng hợp, theo dõi, chỉ đạo"


def activity_table(activities: Sequence[ActivityLine]) -> list[Block]:
    """The activities of the period with their evidence and reach."""
    columns = [
        Column("TT", 11, "centre"),
        Column("Ngày", 28, "centre"),
        Column("Tên tin, bài, hoạt động", 94),
        Column("Kênh, hình thức", 46),
        Column("Liên kết, minh chứng", 51),
        Column("Lượt tiếp cận", 22, "right"),
    ]
    nothing = "Không có hoạt động nào được ghi nhận trong kỳ."
    return [RowTable(columns, _activity_rows(activities), nothing=nothing), Prose(SHORT_NOTE, NOTE)]


def _activity_rows(activities: Sequence[ActivityLine]) -> Iterator[Row]:
    """One row an activity, in the order given."""
    for number, activity in enumerate(activities, start=1):
        reach = print_figure(activity.reach, Aggregate.SUM, Room.NARROW)
        yield Row((str(number), activity.day, activity.title, activity.channel, activity.evidence, reach))
