"""The other sheets: who sent what, the plan's contents, models, inspections, numbers of the charts, the text."""

from collections.abc import Iterator, Sequence

from exports.consolidation_workbook.cells import summed
from exports.formula_book import Cell, Formula, FormulaBook, Line, Look, letter
from exports.workbook import COUNT, LONGEST_CELL, MEAN, SHARE, Head, Value
from queries.document import ConsolidatedDocument, CountBar, NarrativeSection, ScaleBar, SubmissionLine
from queries.inspection_annex import FindingTally, InspectionAnnex

PIECE = LONGEST_CELL // 2
"""Signs of a text in one cell; a longer one goes on below. (A sign may count twice in the file's format.)"""
_DAY = 14
SUBMISSION_HEADS = (
    Head("Nhóm", 36), Head("Đơn vị", 48), Head("Kế hoạch: số, ký hiệu", 18), Head("Kế hoạch: ngày gửi", _DAY),
    Head("Kế hoạch: tình trạng", 20), Head("Báo cáo: số, ký hiệu", 18), Head("Báo cáo: ngày gửi", _DAY),
    Head("Báo cáo: ngày duyệt", _DAY), Head("Báo cáo: tình trạng", 24))
APPENDIX_HEADS = (Head("TT", 6), Head("Nội dung tuyên truyền", 60), Head("Hình thức tuyên truyền", 50),
                  Head("Đơn vị thực hiện", 40), Head("Kết quả (số lượng)", 44), Head("Đánh giá", 28))
MODEL_HEADS = (Head("TT", 6), Head("Loại", 24), Head("Mô hình, điển hình", 48), Head("Người được nêu tên", 26),
               Head("Đơn vị", 44), Head("Nội dung, kết quả", 90))
TALLY_HEADS = (Head("Địa bàn, khối đơn vị", 40), *(Head(text, 14) for text in (
    "Đơn vị đã kiểm tra", "Đơn vị có kiến nghị", "Kiến nghị", "Đã khắc phục", "Đã khép lại", "Chờ xem xét", "Trong hạn",
    "Quá hạn")))
FINDING_HEADS = (Head("TT", 6), Head("Đơn vị", 44), Head("Cuộc kiểm tra", 36), Head("Kiến nghị", 60),
                 Head("Mức độ", 16), Head("Hạn khắc phục", _DAY), Head("Trả lời của đơn vị", 40),
                 Head("Tình trạng", 22))
TEXT_HEADS = (Head("Mục", 8), Head("Ký hiệu", 8), Head("Đề mục", 44), Head("Nội dung", 110))
SCALE_HEADS = (Head("Nội dung", 48), *(Head(f"Mức {level}", 10) for level in range(1, 6)), Head("Số trả lời (n)", 12),
               Head("Điểm trung bình", 12, MEAN), Head("Tỷ lệ hài lòng (mức 4, 5)", 14, SHARE), Head("Ghi chú", 30))
BAR_HEADS = (Head("Biểu đồ", 48), Head("Nội dung", 48), Head("Số hoạt động", 14, COUNT))


def write_tables(book: FormulaBook, document: ConsolidatedDocument) -> None:
    """Add those of the sheets that the report has something for, in the order of its appendices."""
    book.compute("Tình hình nộp", SUBMISSION_HEADS, _lines(_submissions(document.submissions)), 2)
    if document.appendix:
        rows = ((place, line.content, line.forms, line.units, line.result, line.assessment)
                for place, line in enumerate(document.appendix, start=1))
        book.compute("Nội dung kế hoạch", APPENDIX_HEADS, _lines(rows), 2)
    if document.models:
        named = ((place, model.kind, model.title, model.person, model.unit_name, model.text)
                 for place, model in enumerate(document.models, start=1))
        book.compute("Điển hình, mô hình hay", MODEL_HEADS, _lines(named), 2)
    if document.inspection is not None:
        book.compute("Kiểm tra", TALLY_HEADS, _tallies(document.inspection))
        findings = ((place, row.unit, row.source, row.what, row.severity, row.due_on, row.answer, row.state)
                    for place, row in enumerate(document.inspection.findings, start=1))
        book.compute("Kiến nghị còn lại", FINDING_HEADS, _lines(findings), 2)
    if document.satisfaction:
        book.compute("Mức độ hài lòng", SCALE_HEADS, _scales(document.satisfaction))
    if document.channels or document.districts:
        book.compute("Số hoạt động", BAR_HEADS, _bars(document), 2)
    book.compute("Nội dung", TEXT_HEADS, _lines(_texts(document.sections)), 3)


def _lines(rows: Iterator[Sequence[Value]]) -> Iterator[Line]:
    """Rows of values; a text that is longer than a cell goes on in rows below, with the others empty."""
    for row in rows:
        yield Line([value[:PIECE] if isinstance(value, str) else value for value in row])
        longest = max((len(value) for value in row if isinstance(value, str)), default=0)
        for start in range(PIECE, longest, PIECE):
            yield Line([value[start:start + PIECE] if isinstance(value, str) else None for value in row])


def _submissions(lines: Sequence[SubmissionLine]) -> Iterator[Sequence[Value]]:
    """One row a unit, its group beside it."""
    group = ""
    for line in lines:
        if line.is_group:
            group = line.unit_name
        else:
            yield (group, line.unit_name, line.plan_number, line.plan_on, line.plan_status, line.report_number,
                   line.report_on, line.accepted_on, line.report_status)


def _tallies(annex: InspectionAnnex) -> Iterator[Line]:
    """One row a place, then the total, added up where the places make it."""
    rows = [_counts(tally) for tally in annex.tallies]
    for tally, counts in zip(annex.tallies, rows, strict=True):
        yield Line((tally.label, *counts))
    total: list[Cell] = []
    for place, value in enumerate(_counts(annex.total)):
        column, makes_it = letter(place + 1), rows and sum(row[place] for row in rows) == value
        total.append(Formula(f"SUM({column}2:{column}{len(rows) + 1})", float(value)) if makes_it else value)
    yield Line(("TỔNG CỘNG", *total), Look.TOTAL)


def _counts(tally: FindingTally) -> tuple[int, ...]:
    """The numbers of one place."""
    return (tally.visited, tally.with_findings, tally.findings, tally.mended, tally.closed, tally.answered, tally.open,
            tally.overdue)


def _scales(bars: Sequence[ScaleBar]) -> Iterator[Line]:
    """Answers by level, with their number, mean and the share of levels 4 and 5 as formulas."""
    for row, bar in enumerate(bars, start=2):
        n, points = sum(bar.counts), sum(level * count for level, count in enumerate(bar.counts, start=1))
        good = bar.counts[3] + bar.counts[4]
        counts: tuple[Cell, ...] = bar.counts if n else (None,) * 5
        yield Line((
            bar.label, *counts, summed([f"B{row}:F{row}"], float(n) if n else ""),
            Formula(f'IF(N(G{row})=0,"",SUMPRODUCT(B{row}:F{row},{{1,2,3,4,5}})/G{row})', points / n if n else ""),
            Formula(f'IF(N(G{row})=0,"",(E{row}+F{row})/G{row})', good / n if n else ""),
            bar.reason if n else bar.reason or "Chưa có câu trả lời"))


def _bars(document: ConsolidatedDocument) -> Iterator[Line]:
    """The numbers of the two charts of activities, each with its sum."""
    row = 2
    for caption, bars in ((document.channels_caption, document.channels),
                          (document.districts_caption, document.districts)):
        for bar in bars:
            yield Line((caption, bar.label, bar.value))
        if bars:
            yield Line((caption, "Cộng", _bar_sum(bars, row)), Look.TOTAL)
            row += len(bars) + 1


def _bar_sum(bars: Sequence[CountBar], row: int) -> Formula:
    """The sum of bars whose first stands in ``row``."""
    return Formula(f"SUM(C{row}:C{row + len(bars) - 1})", float(sum(bar.value for bar in bars)))


def _texts(sections: Sequence[NarrativeSection]) -> Iterator[Sequence[Value]]:
    """Every heading with its text, empty where it has none."""
    for section in sections:
        yield section.code, section.mark, section.heading, section.text


__all__ = ["PIECE", "write_tables"]
