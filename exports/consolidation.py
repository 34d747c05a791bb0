"""A district's or the Department's periodic report: narrative, charts and appendices I to V (domain §2.3)."""

from exports.finding_table import inspection_tables
from exports.layout.paper import Paper
from exports.layout.sheet import Sheet
from exports.model_table import model_table
from exports.pictures import channel_picture, district_pictures, satisfaction_picture
from exports.report import last_words
from exports.tables import figure_table
from exports.trace_table import SOURCES, trace_table
from exports.unit_tables import appendix_table, submission_table, unit_table
from exports.word import write_word
from queries.document import ConsolidatedDocument

CHANNELS_SECTION = "II.2"
DISTRICTS_SECTION = "II.3"
SATISFACTION_SECTION = "II.6"
MODELS = "Điển hình, mô hình hay"
INSPECTIONS = "Kiểm tra và việc khắc phục kiến nghị"
NAMED = 20
"""Missing units named in the text; all of them stand in appendix III."""


def build(document: ConsolidatedDocument, sheet: type[Sheet] = Sheet) -> bytes:
    """The consolidated report as a PDF file."""
    return compose(document).print(sheet)


def build_word(document: ConsolidatedDocument) -> bytes:
    """The same as a DOCX file to go on writing in."""
    return write_word(compose(document), compose(document).long_headings())


def compose(document: ConsolidatedDocument) -> Paper:
    """The parts of the consolidated report, for either kind of file."""
    paper = Paper(document.head)
    paper.letterhead()
    paper.addressees()
    paper.bases(document.legal_bases)
    paper.text(document.opening)
    paper.text(coverage_words(document))
    paper.sections(
        document.sections,
        {
            CHANNELS_SECTION: channel_picture(document.channels_caption, document.channels),
            DISTRICTS_SECTION: district_pictures(document.districts_caption, document.districts),
            SATISFACTION_SECTION: satisfaction_picture(document.satisfaction_caption, document.satisfaction),
        },
    )
    paper.closing(document.closing or last_words(document.head.subject, document.head.addressees))
    paper.appendix("Tổng hợp kết quả theo chỉ tiêu", *figure_table(document.figures))
    paper.appendix("Kết quả theo đơn vị", *unit_table(document))
    paper.appendix("Tình hình gửi kế hoạch, báo cáo", *submission_table(document.submissions))
    if document.appendix:
        paper.appendix("Kết quả theo nội dung của kế hoạch", *appendix_table(document.appendix))
    if document.models:
        paper.appendix(MODELS, *model_table(document.models))
    if document.inspection is not None:
        paper.appendix(INSPECTIONS, *inspection_tables(document.inspection))
    if document.trace:
        paper.appendix(SOURCES, *trace_table(document.trace))
    return paper


def coverage_words(document: ConsolidatedDocument) -> str:
    """Whose figures are in and who is missing, by name: "Chưa có số liệu của 2 đơn vị: …; …."."""
    missing = document.missing
    if not missing:
        return document.coverage
    named = "; ".join(missing[:NAMED])
    rest = len(missing) - NAMED
    more = f" và {rest} đơn vị khác nêu tại Phụ lục III" if rest > 0 else ""
    return f"{document.coverage}\nChưa có số liệu của {len(missing)} đơn vị: {named}{more}."
