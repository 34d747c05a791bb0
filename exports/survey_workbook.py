"""The results of a survey as an Excel workbook: numbers as numbers, texts as texts, never a formula.

Sheets in reading order: the whole, by question, by unit, by channel, the single sheets in shuffled order where they
are given, and notes on how the numbers were made. A number that may not be shown is an empty cell with its reason
beside it. Rows are written once and leave memory at once, so a workbook of 100,000 sheets stays small.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import BinaryIO

from core.dates import format_document_day
from exports import survey_words as words
from exports.raw_sheet import RawSheet, parts
from exports.survey_tables import OWN
from exports.workbook import COUNT, MEAN, SHARE, Book, Head, Value, prepare_page
from models.question import Words
from queries.survey.document import SurveyReportDocument
from queries.survey.raw import NOT_APPLICABLE_SIGN, NOT_ASKED_SIGN, RawSheets
from queries.survey.result import QuestionResult, SurveyResult

MOST_ROWS = 1_048_575
"""Single sheets below one head: the format's rows; further ones stand on a sheet of their own."""
_RESULTS = (Head("Số trả lời (n)", 12, COUNT), Head("Điểm trung bình", 12, MEAN), Head("Tỷ lệ hài lòng", 12, SHARE),
            Head("± (điểm %)", 12, SHARE), Head("Ghi chú", 20))


class _SurveyBook(Book):
    """A workbook that can also hold the single sheets."""

    def raw(self, name: str, sheets: RawSheets) -> None:
        """The single sheets, column by column as they stand, without a format a cell."""
        width = len(sheets.heads)
        for number, rows in enumerate(parts(sheets.rows, MOST_ROWS), start=1):
            sheet = self.sheet(name if number == 1 else f"{name} {number}", RawSheet)
            sheet.set_column(0, 0, 44)
            sheet.set_column(1, 1, 18)
            sheet.freeze_panes(1, 2)
            self.write_heads(sheet, [Head(head, 44 if place == 0 else 18 if place == 1 else 9)
                                     for place, head in enumerate(sheets.heads)])
            sheet.autofilter(0, 0, sheet.stream(rows, sheets.runs, sheets.numbers, width), width - 1)
            prepare_page(sheet)


def build(document: SurveyReportDocument, sheets: RawSheets | None = None) -> bytes:
    """The workbook; single sheets only where they are given. Equal documents and sheets give equal bytes."""
    target = io.BytesIO()
    write(target, document, sheets)
    return target.getvalue()


def write(target: BinaryIO, document: SurveyReportDocument, sheets: RawSheets | None = None,
          most: int | None = None) -> None:
    """The workbook into a file: so a million single sheets are never in memory at once.

    Of the single sheets the first ``most``, where that many are enough; the notes say so.
    """
    result = document.result
    book = _SurveyBook(f"Kết quả {result.round.title}", document.head.agency, target)
    book.table("Tổng hợp", (Head("Nội dung", 52), Head("Số phiếu", 12, COUNT), *_RESULTS), _summary(result))
    options = max((len(question.options) for question in result.questions), default=0)
    book.table("Theo câu", _question_heads(options), (_question(line, options) for line in result.questions), 2)
    book.table("Theo đơn vị", (Head("Đơn vị", 52), Head("Cấp", 8, COUNT), Head("Số phiếu", 12, COUNT),
                               Head("Số người (N)", 12, COUNT), *_RESULTS), _units(document))
    book.table("Theo kênh", (Head("Kênh", 28), Head("Số phiếu", 12, COUNT), Head("Đã loại", 12, COUNT), *_RESULTS),
               _channels(result))
    if sheets is not None:
        book.raw("Phiếu", sheets if most is None else replace(sheets, rows=islice(sheets.rows, most)))
    book.table("Ghi chú", (Head("Mục", 28), Head("Nội dung", 110)), _notes(document, sheets, most))
    book.close()


def _summary(result: SurveyResult) -> Iterator[Sequence[Value]]:
    """The whole, then factor by factor."""
    head = result.headline
    if head is not None:
        yield (f"Đánh giá chung ({head.code})", result.sheets, head.n, head.mean, head.satisfied, head.margin or None,
               words.reason(result.sheets, head.n))
    else:
        yield "Tất cả phiếu", result.sheets, None, None, None, None, words.reason(result.sheets, result.sheets)
    for factor in result.factors:
        n = factor.counts.n if factor.counts is not None else None
        yield (f"Yếu tố: {factor.name.vi}", None, n, factor.mean, factor.satisfied, None,
               words.HIDDEN if n is None and result.sheets else "")
    if result.overall_mean is not None:
        yield "Trung bình các yếu tố dịch vụ", None, None, result.overall_mean, None, None, ""
    if result.plain_mean is not None:
        yield (f"Trung bình giản đơn của {result.plain_count} đơn vị có từ 30 trả lời", None, None, result.plain_mean,
               None, None, "")
    known = result.knowledge
    if known is not None:
        yield ("Phiếu trả lời đạt (tỷ lệ ở cột Tỷ lệ hài lòng là tỷ lệ đạt)", known.passed, known.answered, None,
               known.share, None, words.HIDDEN if known.answered is None and result.sheets else "")


def _question_heads(options: int) -> list[Head]:
    """Columns of the sheet by question."""
    heads = [Head("Câu", 8), Head("Nội dung", 60), Head("Loại", 22), Head("Số trả lời (n)", 12, COUNT),
             Head("Không áp dụng", 12, COUNT), Head("Không trả lời", 12, COUNT),
             Head("Điểm trung bình", 12, MEAN), Head("Tỷ lệ hài lòng", 12, SHARE),
             Head("Tỷ lệ không hài lòng", 12, SHARE), Head("± (điểm %)", 12, SHARE)]
    for number in range(1, options + 1):
        heads += [Head(f"{number}: phương án", 24), Head(f"{number}: số phiếu", 10, COUNT),
                  Head(f"{number}: tỷ lệ", 10, SHARE)]
    return [*heads, Head("Ghi chú", 20)]


def _question(question: QuestionResult, options: int) -> list[Value]:
    """One question with every option."""
    row: list[Value] = [
        question.code, question.text.vi, question.kind.label, question.n, question.not_applicable, question.missing,
        question.mean, question.satisfied, question.dissatisfied, question.margin or None]
    for number in range(options):
        text = question.options[number] if number < len(question.options) else Words()
        counts, shares = question.distribution or (), question.shares or ()
        row += [text.vi, counts[number] if number < len(counts) else None,
                shares[number] if number < len(shares) else None]
    return [*row, "" if question.is_shown and not (question.is_small and question.n) else
            words.reason(None, question.n)]


def _units(document: SurveyReportDocument) -> Iterator[Sequence[Value]]:
    """One row a unit; the level says how deep it stands."""
    has_headline = bool(document.result.round.headline)
    for unit, depth in document.units:
        n = unit.headline.n if unit.headline is not None else None
        name = f"{unit.name} ({OWN.lower()})" if unit.is_own else unit.name
        yield ("    " * depth + name, depth + 1, unit.sheets, unit.population, n, unit.mean, unit.satisfied,
               unit.margin or None, words.reason(unit.sheets, n) if has_headline else "")


def _channels(result: SurveyResult) -> Iterator[Sequence[Value]]:
    """One row a channel."""
    for line in result.channels:
        n = line.headline.n if line.headline is not None else None
        yield (line.channel.label, line.sheets, line.excluded, n, line.mean, line.satisfied, line.margin or None,
               words.reason(line.sheets, n) if result.round.headline else "")


def _notes(document: SurveyReportDocument, sheets: RawSheets | None, most: int | None) -> Iterator[Sequence[Value]]:
    """What was chosen, of which day, over what, and by which formula."""
    result, head = document.result, document.result.round
    yield "Đợt khảo sát", f"{head.title} (mã {head.code})"
    yield "Phạm vi", f"{result.unit_name} và các đơn vị ở dưới"
    yield "Phiếu", f"{head.questionnaire_title.vi} (mã {head.questionnaire_code}, bản {head.questionnaire_version})"
    yield "Thời gian trả lời", f"từ ngày {words.span(result)}"
    yield "Ngày của số liệu", format_document_day(document.on)
    yield "Phiếu hợp lệ", words.count(result.sheets)
    yield "Phiếu theo kênh", words.channels(result) or words.NO_SHEETS
    yield "Số người có thể trả lời (N)", words.count(result.population)
    yield "Cỡ mẫu cần đạt", words.count(result.sample)
    for note in words.notes(result):
        yield "Cách tính", note
    yield "Cấp", "1 là đơn vị ngay dưới; cấp 2 trở đi đã nằm trong số liệu của đơn vị ở trên."
    if sheets is not None:
        yield ("Phiếu từng dòng", "Thứ tự dòng đã xáo trộn, không theo thứ tự trả lời; không có ngày. "
               f"Ô trống: bỏ trống; {NOT_APPLICABLE_SIGN}: không áp dụng; {NOT_ASKED_SIGN}: không được hỏi; câu chọn "
               "nhiều: 1 là có chọn, 0 là không.")
        yield ("Phiếu không đưa ra", f"{words.count(sheets.left_out)} phiếu của nhóm dưới 5 phiếu hoặc phiếu giấy đếm "
               "sẵn (không có từng phiếu).")
        if most is not None and sheets.count > most:
            yield ("Giới hạn", f"Bảng “Phiếu” có {words.count(most)} phiếu đầu; tệp CSV có đủ "
                   f"{words.count(sheets.count)} phiếu.")
        elif sheets.count > MOST_ROWS:
            yield "Nhiều bảng", f"Một bảng “Phiếu” có nhiều nhất {words.count(MOST_ROWS)} phiếu, bảng sau nối tiếp."


__all__ = ["MOST_ROWS", "build", "write"]
