"""The notice of a visit's results with its annex of findings (Decree 30/2020/NĐ-CP, annexes I and III)."""

from exports.finding_table import unit_finding_table
from exports.layout.paper import Paper
from exports.layout.sheet import Sheet
from queries.inspection.notice import NoticeDocument

ANNEX_TITLE = "Kiến nghị sau kiểm tra"


def build(document: NoticeDocument, sheet: type[Sheet] = Sheet) -> bytes:
    """The notice as a PDF file."""
    paper = Paper(document.head)
    paper.letterhead()
    paper.addressees()
    paper.text(document.opening)
    paper.sections(document.sections)
    paper.closing(document.closing)
    if document.findings:
        paper.appendix(ANNEX_TITLE, *unit_finding_table(document.findings))
    return paper.print(sheet)
