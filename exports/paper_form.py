"""A questionnaire on paper: boxes to cross, lines to write on, skips said in words.

The signs beside the boxes are those that are typed in (``models.paper``): the number of an option in its order, and
"n" for "không áp dụng". Questions on one scale that follow each other make one grid, across sections.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby, takewhile

from reportlab.platypus import Flowable

from core.dates import format_document_day
from core.numbers import format_number
from exports.fonts import BOLD, require
from exports.layout.form import Aside, Asked, DayBoxes, MarkKey, Option, Options, WriteLines
from exports.layout.form_grid import grid_of
from exports.layout.form_head import FormHead
from exports.layout.paper import MissingNote
from exports.layout.preset import Style
from exports.layout.prose import Heading, Prose, Together
from exports.layout.rows import Row, RowKind
from exports.layout.sheet import OfficialTemplate, Sheet
from exports.poster import plain_address
from exports.skip import skip_words
from models.question import SCALED, Body, Question, QuestionKind, Section
from queries.survey.document import PaperFormDocument

WORDS = Style(size=11, leading=13.5, align="justify", gap=3)
SECTION = Style(face=BOLD, size=12.5, leading=16, gap=7)
LAST = Style(face=BOLD, size=12, leading=15, align="centre", gap=10)
CONSENT = require(
    "Khảo sát này do {host} thực hiện để cải tiến việc giải quyết thủ tục hành chính và công tác thông tin cải cách "
    "hành chính. Phiếu không hỏi tên, số điện thoại, thư điện tử hay giấy tờ của Ông/Bà. Câu trả lời được tổng hợp "
    "chung theo đơn vị, không công bố câu trả lời riêng lẻ. Việc tham gia là tự nguyện; Ông/Bà có thể bỏ qua câu hỏi "
    "hoặc dừng bất cứ lúc nào. Xin không ghi thông tin nhận ra một người cụ thể vào phiếu. Nộp phiếu là đồng ý tham "
    "gia; phiếu đã nộp không thể tìm lại để sửa hoặc hủy.")
ASK = require("Thắc mắc xin liên hệ: {contact}.")
CHOSEN, TAKEN_BACK = require("chọn"), require("bỏ chọn (tô kín ô, rồi đánh dấu ô khác)")
SEVERAL, ONE = require("Có thể chọn nhiều ô."), require("Chọn một ô.")
HAND_IN = require("Xin bỏ phiếu vào hòm phiếu hoặc nộp tại bộ phận tiếp nhận đến hết ngày {day}.")
ONLINE = require("Có thể trả lời bằng điện thoại, thay cho phiếu này, tại {address}")
OFFICE = require("Phần dành cho người thu phiếu:  Ngày thu phiếu: ....... / ....... / 20.......    Mã nơi thu: {place}")
NOT_APPLICABLE = require("Không áp dụng")
TEXT_LINES = 3


def build(document: PaperFormDocument, sheet: type[Sheet] = Sheet) -> bytes:
    """The form as a PDF file."""
    body = document.body
    title = body.title.vi or document.title
    right = [document.title] if body.title.vi and document.title != body.title.vi else []
    if document.address:
        right.append(ONLINE.format(address=plain_address(document.address)))
    story: list[Flowable] = [FormHead(document.parent_agency, document.agency, right, title)]
    story += [Prose(text, WORDS) for text in _opening(document)]
    story.append(MarkKey(CHOSEN, TAKEN_BACK))
    story += _together(_questions(body))
    if body.thanks:
        story.append(Prose(body.thanks.vi, LAST))
    story.append(Prose(HAND_IN.format(day=format_document_day(document.closes_on)), Style(align="centre", size=12)))
    story.append(Aside(OFFICE.format(place=document.place_code)))
    author = f"{document.parent_agency} {document.agency}".strip()
    template = OfficialTemplate(title, author, document.title, is_draft=False)
    return template.print([*story, MissingNote()], sheet)


def _opening(document: PaperFormDocument) -> Iterator[str]:
    """What stands above the first question: what the form is for, and what taking part means."""
    if document.body.intro:
        yield document.body.intro.vi
    consent = CONSENT.format(host=document.host)
    yield consent + (" " + ASK.format(contact=document.contact.rstrip(" .")) if document.contact else "")


def _together(blocks: Iterable[Flowable]) -> Iterator[Flowable]:
    """Headings and the words of questions stay with what follows them."""
    waiting: list[Flowable] = []
    for block in blocks:
        if isinstance(block, Asked | Heading):
            waiting.append(block)
            continue
        yield Together(*waiting, block) if waiting else block
        waiting = []
    yield from waiting


def _questions(body: Body) -> Iterator[Flowable]:
    """All sections; questions that follow each other on one scale as one grid."""
    asked = [(section, question, number == 0) for section in body.sections
             for number, question in enumerate(section.questions)]

    def kind(entry: tuple[Section, Question, bool]) -> str:
        return f"={entry[1].scale or (body.scales[0][0] if body.scales else '')}" if entry[1].kind in SCALED else ""

    for scale, entries in groupby(asked, key=kind):
        if scale:
            yield _grid(body, list(entries))
            continue
        for section, question, is_first in entries:
            if is_first:
                yield from _heading(body, section)
            yield from _question(body, question)


def _heading(body: Body, section: Section) -> Iterator[Flowable]:
    """The heading of a section, and when it is answered."""
    words = _section_words(body, section)
    if words:
        yield Heading(words, SECTION)


def _section_words(body: Body, section: Section) -> str:
    """The title of a section; where it begins to hang on a condition, also when and up to where."""
    place = body.sections.index(section)
    before = body.sections[place - 1].relevant if place else ""
    if not section.relevant or section.relevant == before:
        return section.title.vi
    names = [name for follower in takewhile(lambda other: other.relevant == section.relevant, body.sections[place:])
             for question in follower.questions for name in question.names]
    words = skip_words(body, section.relevant).rstrip(".")
    span = names[0] if len(names) == 1 else f"{names[0]} đến {names[-1]}" if names else ""
    said = f"(Câu {span}: {words[:1].lower()}{words[1:]})" if words and span else ""
    return " ".join(filter(None, [section.title.vi, said]))


def _grid(body: Body, entries: list[tuple[Section, Question, bool]]) -> Flowable:
    """A grid with the sections it runs through as headings."""
    labels = [words.vi for words in body.scale_labels(entries[0][1].scale)]
    has_other = any(question.allows_not_applicable for _, question, _ in entries)

    def rows() -> Iterator[Row]:
        for section, question, is_first in entries:
            heading = _section_words(body, section) if is_first else ""
            if heading:
                yield Row(("", heading), RowKind.GROUP)
            own = " ".join(filter(None, [question.hint.vi, skip_words(body, question.relevant)]))
            if question.kind is QuestionKind.GRID:
                yield Row((question.code, " ".join(filter(None, [question.text.vi, own]))), RowKind.GROUP)
                own = ""
            cells = ("",) * len(labels)
            if has_other:
                cells += ("" if question.allows_not_applicable else "–",)
            for item in question.items:
                words = " ".join(filter(None, [item.text.vi, own and f"({own.rstrip('.')})"]))
                yield Row((item.code, words, *cells))

    return grid_of(labels, rows(), NOT_APPLICABLE if has_other else "")


def _question(body: Body, question: Question) -> Iterator[Flowable]:
    """A question with room for its answer."""
    if question.kind is QuestionKind.NOTE:
        yield Prose(question.text.vi, WORDS)
        return
    hints = [question.hint.vi, skip_words(body, question.relevant), _limits(question)]
    if question.kind is QuestionKind.MULTIPLE:
        hints.append(SEVERAL)
    yield Asked(question.code, question.text.vi, " ".join(filter(None, hints)))
    match question.kind:
        case QuestionKind.SINGLE | QuestionKind.MULTIPLE:
            yield Options([Option(str(number), choice.text.vi)
                           for number, choice in enumerate(question.choices, start=1)])
        case QuestionKind.DATE:
            yield DayBoxes()
        case QuestionKind.LONG_TEXT:
            yield WriteLines(TEXT_LINES)
        case QuestionKind.TEXT:
            yield WriteLines(2 if question.max_length > 120 else 1)
        case _:
            yield WriteLines(1, 0.3)


def _limits(question: Question) -> str:
    """The smallest and largest number, as "(từ 0 đến 200)"."""
    if question.kind not in (QuestionKind.INTEGER, QuestionKind.DECIMAL):
        return ""
    low, high = (_number(limit) for limit in (question.minimum, question.maximum))
    parts = [f"từ {low}" if low else "", f"đến {high}" if high else ""]
    words = " ".join(filter(None, parts))
    return f"Ghi số {words}." if words else "Ghi số."


def _number(text: str) -> str:
    """A limit as written in Vietnamese; empty for none."""
    try:
        return format_number(int(text)) if text else ""
    except ValueError:
        return text.replace(".", ",")


__all__ = ["build"]
