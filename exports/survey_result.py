"""The report on the results of a survey, in the layout of Decree 30/2020/NĐ-CP: "BÁO CÁO".

What was asked of whom, what came of it in all, by factor, question, channel and unit, and how it was worked out.
"""

from collections.abc import Iterator
from itertools import groupby

from reportlab.platypus import Flowable

from core.chart import TrendPoint
from core.dates import format_document_day
from core.numbers import format_integer, format_share
from exports import survey_words as words
from exports.layout.paper import Paper
from exports.layout.sheet import Sheet
from exports.pictures import satisfaction_picture, trend_picture
from exports.report import last_words
from exports.survey_tables import (
    channel_table,
    factor_table,
    option_table,
    question_table,
    trend_table,
    unit_table,
)
from queries.document import NarrativeSection, ScaleBar
from queries.survey.document import SurveyReportDocument
from queries.survey.result import QuestionResult, SurveyResult

NOTHING_YET = "Chưa có phiếu nào."


def build(document: SurveyReportDocument, sheet: type[Sheet] = Sheet) -> bytes:
    """The report as a PDF file."""
    result = document.result
    paper = Paper(document.head)
    paper.letterhead()
    paper.addressees()
    paper.text(opening_words(document))
    paper.sections(tuple(_sections(result)), {
        "II.2": [*_factor_pictures(result), *factor_table(result)],
        "II.3": _question_pictures(result),
        "II.4": channel_table(result),
        "II.5": [*_trend_pictures(result), *trend_table(result)],
    })
    paper.closing(last_words(document.head.subject, document.head.addressees))
    paper.appendix("Kết quả theo câu hỏi", *question_table(result))
    paper.appendix("Kết quả các câu hỏi khác", *option_table(result))
    if document.units:
        paper.appendix("Kết quả theo đơn vị", *unit_table(document))
    return paper.print(sheet)


def opening_words(document: SurveyReportDocument) -> str:
    """The sentence above section I."""
    result = document.result
    day = format_document_day(document.on)
    return (f"{result.unit_name} báo cáo kết quả {_lowered(result.round.title)} "
            f"(số liệu tính đến ngày {day}) như sau:")


def _lowered(text: str) -> str:
    """A title within a sentence."""
    return text[:1].lower() + text[1:]


def _sections(result: SurveyResult) -> Iterator[NarrativeSection]:
    """The outline with its words."""
    yield NarrativeSection("I", 1, "I.", "Thông tin chung", about_words(result))
    yield NarrativeSection("II", 1, "II.", "Kết quả")
    yield NarrativeSection("II.1", 2, "1.", "Kết quả chung", headline_words(result))
    yield NarrativeSection("II.2", 2, "2.", "Kết quả theo yếu tố")
    yield NarrativeSection("II.3", 2, "3.", "Kết quả theo câu hỏi", "Số liệu chi tiết nêu tại các phụ lục kèm theo.")
    yield NarrativeSection("II.4", 2, "4.", "Kết quả theo kênh trả lời",
                           "Phiếu của mỗi kênh được đếm riêng.")
    if result.trend:
        yield NarrativeSection("II.5", 2, "5.", "So với các đợt trước")
    notes = "\n".join(f"- {note}" for note in words.notes(result))
    yield NarrativeSection("III", 1, "III.", "Cách tính và ghi chú", notes)


def about_words(result: SurveyResult) -> str:
    """Who was asked what, when, and how many answered."""
    head = result.round
    lines = [
        f"- Phiếu: {head.questionnaire_title.vi} (mã {head.questionnaire_code}, bản {head.questionnaire_version}).",
        f"- Đơn vị chủ trì: {head.host}. Đối tượng: {head.audience.label[:1].lower()}{head.audience.label[1:]}.",
        f"- Thời gian: từ ngày {words.span(result)}.",
        f"- Đơn vị được khảo sát: {format_integer(result.place_count)}; đã có phiếu: "
        f"{format_integer(result.answered_count)}.",
        f"- Phiếu hợp lệ: {format_integer(result.sheets)}"
        + (f" ({words.channels(result)})." if result.sheets else "."),
    ]
    if result.population and result.response_share is not None:
        lines.append(
            f"- Số người có thể trả lời (N): {format_integer(result.population)}; tỷ lệ trả lời "
            f"{format_share(result.response_share)}; cỡ mẫu cần đạt {format_integer(result.sample or 0)} phiếu.")
    if result.excluded:
        lines.append(f"- Đã loại {format_integer(result.excluded)} phiếu, có ghi lý do.")
    return "\n".join(lines)


def headline_words(result: SurveyResult) -> str:
    """The headline in sentences, or why it is not told."""
    if not result.sheets:
        return NOTHING_YET
    if not result.is_shown:
        return "Kết quả được giữ kín."
    lines = list(_headline(result.headline)) if result.headline is not None else []
    if result.overall_mean is not None:
        lines.append(f"Điểm trung bình các yếu tố dịch vụ là {words.mean(result.overall_mean)} trên thang 5.")
    if result.plain_mean is not None:
        lines.append(
            f"Trung bình giản đơn của {format_integer(result.plain_count)} đơn vị có từ 30 trả lời là "
            f"{words.mean(result.plain_mean)} trên thang 5.")
    known = result.knowledge
    if known is not None and known.share is not None:
        lines.append(
            f"Có {words.count(known.passed)}/{words.count(known.answered)} phiếu trả lời đạt "
            f"({words.share(known.share)}).")
    elif known is not None:
        lines.append("Số phiếu trả lời đạt được giữ kín.")
    return "\n".join(lines)


def _headline(question: QuestionResult) -> Iterator[str]:
    """The headline question in one sentence."""
    if not question.is_shown:
        yield "Tỷ lệ hài lòng chung được giữ kín."
        return
    levels = question.levels
    satisfied = levels.satisfied if levels is not None else None
    interval = f", khoảng tin cậy 95% {words.margin(question.margin)}" if question.margin else ""
    small = f" ({words.SMALL})" if question.is_small else ""
    yield (f"Tỷ lệ hài lòng chung là {words.share(question.satisfied)} ({words.count(satisfied)}/"
           f"{words.count(question.n)} lượt trả lời ở mức 4 và 5{interval}){small}; điểm trung bình "
           f"{words.mean(question.mean)} trên thang 5.")


def _factor_pictures(result: SurveyResult) -> list[Flowable]:
    """A bar a factor, on the words of the first scale."""
    scale = next((question for question in result.questions if question.is_scale), None)
    if scale is None or not result.sheets:
        return []
    bars = [ScaleBar(factor.name.vi, factor.counts.levels if factor.counts else (0, 0, 0, 0, 0),
                     "" if factor.counts else words.HIDDEN) for factor in result.factors]
    labels = [option.vi for option in scale.options]
    return list(satisfaction_picture("Kết quả theo yếu tố", bars, levels=labels))


def _question_pictures(result: SurveyResult) -> list[Flowable]:
    """A bar a question; questions on other words make pictures of their own."""
    pictures: list[Flowable] = []
    if not result.sheets:
        return pictures
    scaled = [question for question in result.questions if question.is_scale]
    for labels, questions in groupby(scaled, key=lambda question: tuple(option.vi for option in question.options)):
        bars = [_bar(question) for question in questions]
        pictures += satisfaction_picture("Kết quả theo câu hỏi", bars, levels=labels)
    return pictures


def _trend_pictures(result: SurveyResult) -> list[Flowable]:
    """The headline's share, round by round, this one last; a round that may not be told leaves a gap."""
    told = [(point.closes_on, point.satisfied) for point in result.trend]
    told.append((result.round.closes_on, result.headline.satisfied if result.headline is not None else None))
    points = [TrendPoint(format_document_day(day), None if part is None else float(part) * 100,
                         words.HIDDEN if part is None else format_share(part)) for day, part in told]
    return list(trend_picture("Tỷ lệ hài lòng chung qua các đợt", points, ("Đợt kết thúc", "Tỷ lệ hài lòng")))


def _bar(question: QuestionResult) -> ScaleBar:
    """A question as a bar."""
    levels = question.levels
    name = f"{question.code}. {question.text.vi}"
    if levels is None:
        return ScaleBar(name, (0, 0, 0, 0, 0), words.HIDDEN)
    return ScaleBar(name, levels.levels)


__all__ = ["about_words", "build", "headline_words", "opening_words"]
