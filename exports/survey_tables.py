"""Tables of a survey's results on paper: by factor, question, option, channel, unit and round."""

from collections.abc import Iterator

from core.dates import format_document_day
from core.numbers import format_number
from exports import survey_words as words
from exports.layout.preset import NOTE
from exports.layout.prose import Prose
from exports.layout.rows import Column, Row, RowKind, TableStyle
from exports.layout.sheet import Block
from exports.layout.table import RowTable
from models.question import NUMERIC, QuestionKind
from queries.survey.document import SurveyReportDocument
from queries.survey.result import QuestionResult, SurveyResult

SMALL = TableStyle(size=10, leading=12.5)
NO_QUESTIONS = "Không có câu hỏi năm mức."
OWN = "Phần của chính đơn vị"
LEVELS_NOTE = ("Mức 1 đến mức 5 theo thứ tự trên phiếu, từ thấp đến cao; tỷ lệ tính trên số trả lời (n). Cột “Không "
               "trả lời” gồm câu bỏ trống và câu không được hỏi do câu trả lời trước.")


def factor_table(result: SurveyResult) -> list[Block]:
    """One row a factor; the service factors' mean below them."""
    columns = [Column("TT", 10, "centre"), Column("Yếu tố", 76),
               Column("Số lượt trả lời", 22, "right"), Column("Điểm trung bình", 22, "right"),
               Column("Tỷ lệ hài lòng", 22, "right"), Column("Tỷ lệ không hài lòng", 24, "right")]

    def rows() -> Iterator[Row]:
        for number, factor in enumerate(result.factors, start=1):
            n = factor.counts.n if factor.counts is not None else None
            name = factor.name.vi if n is not None else f"{factor.name.vi} ({words.HIDDEN})"
            yield Row((str(number), name, words.count(n), words.mean(factor.mean), words.share(factor.satisfied),
                       words.share(factor.dissatisfied)))
        if result.overall_mean is not None:
            yield Row(("", "Trung bình các yếu tố dịch vụ", "", words.mean(result.overall_mean), "", ""), RowKind.TOTAL)

    return [RowTable(columns, rows(), nothing="Phiếu này không chia theo yếu tố.")]


def question_table(result: SurveyResult) -> list[Block]:
    """One row a question on the five levels, with every share, for a page laid across."""
    columns = [Column("Câu", 12, "centre"), Column("Nội dung", 74), Column("Số trả lời (n)", 18, "right"),
               Column("Không áp dụng", 17, "right"), Column("Không trả lời", 17, "right"),
               *(Column(f"Mức {level}", 16, "right") for level in range(1, 6)), Column("Điểm trung bình", 17, "right"),
               Column("Tỷ lệ hài lòng", 19, "right"), Column("Khoảng 95%", 18, "right", "± điểm %")]
    rows = (_question_row(question) for question in result.questions if question.is_scale)
    return [RowTable(columns, rows, SMALL, NO_QUESTIONS), Prose(LEVELS_NOTE, NOTE)]


def _question_row(question: QuestionResult) -> Row:
    """A question in figures, or why there are none."""
    if not question.is_shown:
        return Row((question.code, f"{question.text.vi} ({words.HIDDEN})", *[words.NONE] * 11))
    shares = question.shares or (None,) * 5
    small = f" ({words.SMALL})" if question.is_small and question.n else ""
    return Row((question.code, question.text.vi + small, words.count(question.n), words.count(question.not_applicable),
                words.count(question.missing), *map(words.share, shares), words.mean(question.mean),
                words.share(question.satisfied), words.points(question.margin)))


def option_table(result: SurveyResult) -> list[Block]:
    """Choices, numbers and how many wrote something, question by question."""
    columns = [Column("Câu", 12, "centre"), Column("Phương án", 140), Column("Số phiếu", 28, "right"),
               Column("Tỷ lệ trên số trả lời", 32, "right")]

    def rows() -> Iterator[Row]:
        for question in result.questions:
            if question.is_scale:
                continue
            yield Row((question.code, f"{question.text.vi} ({_answered(question)})"), RowKind.GROUP)
            if question.kind in NUMERIC and question.mean is not None:
                yield Row(("", f"Trung bình: {format_number(question.mean)}", "", ""))
            if question.is_shown and question.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
                for text, number, part in zip(question.options, question.distribution or (), question.shares or (),
                                              strict=False):
                    yield Row(("", text.vi, words.count(number), words.share(part)))

    return [RowTable(columns, rows(), SMALL, "Không có câu hỏi nào ngoài các câu năm mức.")]


def _answered(question: QuestionResult) -> str:
    """How many answered, or why that is not told."""
    if not question.is_shown:
        return words.HIDDEN
    several = "; có thể chọn nhiều" if question.kind is QuestionKind.MULTIPLE else ""
    return f"n = {words.count(question.n)}{several}"


def channel_table(result: SurveyResult) -> list[Block]:
    """One row a channel; channels are always counted apart. A round without an overall question tells no rates."""
    columns = [Column("TT", 10, "centre"), Column("Kênh trả lời", 50),
               Column("Số phiếu", 20, "right"), Column("Đã loại", 18, "right")]
    if result.round.headline:
        columns += [Column("Số trả lời câu chung", 22, "right"), Column("Điểm trung bình", 22, "right"),
                    Column("Tỷ lệ hài lòng", 24, "right"), Column("Ghi chú", 32)]

    def rows() -> Iterator[Row]:
        for number, line in enumerate(result.channels, start=1):
            n = line.headline.n if line.headline is not None else None
            cells = (str(number), line.channel.label, words.count(line.sheets), words.count(line.excluded),
                     words.count(n), words.mean(line.mean), words.share(line.satisfied), words.reason(line.sheets, n))
            yield Row(cells[:len(columns)])

    return [RowTable(columns, rows(), nothing="Chưa có phiếu nào.")]


def trend_table(result: SurveyResult) -> list[Block]:
    """Earlier rounds of the same questionnaire, this one last."""
    columns = [Column("Đợt khảo sát", 84), Column("Kết thúc", 26, "centre"), Column("Số phiếu", 20, "right"),
               Column("Điểm trung bình", 22, "right"), Column("Tỷ lệ hài lòng", 24, "right")]

    def rows() -> Iterator[Row]:
        for point in result.trend:
            name = point.title if point.counts is not None else f"{point.title} ({words.HIDDEN})"
            yield Row((name, format_document_day(point.closes_on), words.count(point.sheets), words.mean(point.mean),
                       words.share(point.satisfied)))
        head, now = result.round, result.headline
        yield Row((f"{head.title} (đợt này)", format_document_day(head.closes_on), words.count(result.sheets),
                   words.mean(now.mean if now else None), words.share(now.satisfied if now else None)))

    return [RowTable(columns, rows())] if result.trend else []


def unit_table(document: SurveyReportDocument) -> list[Block]:
    """One row a unit; those below another one stand beneath it and are part of it."""
    columns = [Column("TT", 11, "centre"), Column("Đơn vị", 92), Column("Số phiếu", 20, "right"),
               Column("Số người (N)", 22, "right")]
    if document.result.round.headline:
        columns += [Column("Số trả lời câu chung", 24, "right"), Column("Điểm trung bình", 22, "right"),
                    Column("Tỷ lệ hài lòng", 24, "right"), Column("Khoảng 95%", 22, "right", "± điểm %"),
                    Column("Ghi chú", 34)]

    def rows() -> Iterator[Row]:
        number = 0
        for unit, depth in document.units:
            number += depth == 0
            n = unit.headline.n if unit.headline is not None else None
            name = f"{unit.name} ({OWN.lower()})" if unit.is_own else unit.name
            cells = (str(number) if depth == 0 else "", name, words.count(unit.sheets), words.count(unit.population),
                     words.count(n), words.mean(unit.mean), words.share(unit.satisfied), words.points(unit.margin),
                     words.reason(unit.sheets, n))
            yield Row(cells[:len(columns)], RowKind.CHILD if depth else RowKind.PLAIN)

    return [RowTable(columns, rows(), SMALL, "Không có đơn vị nào ở dưới."),
            Prose("Dòng in nghiêng là đơn vị thuộc đơn vị ở trên, đã nằm trong số liệu của đơn vị đó.", NOTE)]


__all__ = ["OWN", "channel_table", "factor_table", "option_table", "question_table", "trend_table", "unit_table"]
