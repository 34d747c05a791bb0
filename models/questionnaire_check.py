"""Decides whether a questionnaire may be published: everything that is wrong with its tree, as sentences.

``check`` never raises for a tree that ``Body.load`` has read, whatever stands in it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, islice

from core.expression import LONGEST
from core.numbers import format_integer
from core.translation import _
from models.codebook import MOST_VALUES
from models.question import (
    LARGEST_NUMBER,
    LONGEST_TEXT,
    MOST_DECIMALS,
    NUMERIC,
    SCALED,
    TEXTUAL,
    Body,
    Choice,
    Question,
    QuestionKind,
)
from models.questionnaire_condition import condition_problems

MOST_QUESTIONS = 300
"""Questions and notes in a questionnaire, a grid's rows counted one by one."""
MOST_PROBLEMS = 300
LONGEST_CONDITIONS = 60_000
"""Signs in all conditions together; reading them takes a second."""
LEVELS = 5
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}")
_OPTION_CODE = re.compile(r"[A-Za-z0-9_-]{1,30}")
_LIMIT = re.compile(r"-?[0-9]{1,13}(\.[0-9]{1,4})?")
_RESERVED = "na"
"""What a page sends for "không áp dụng"."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong: ``where`` is the code of a question or section, or "title", "scales", "factors", "headline"."""

    where: str
    message: str
    """A sentence in the language of the page."""
    part: str = ""
    """What of the question is at fault: "code", "text", "choices", "rows", "scale", "factor", "answer", "limits",
    "relevant" or "constraint"; "" for the whole."""


def check(body: Body) -> list[Problem]:
    """What keeps a questionnaire from being published, in the order of its pages; empty when it is sound.

    Of a hopeless one, the first MOST_PROBLEMS that are found; of one that is too long, little more than that.
    """
    rows = _of_body(body)
    if _length(body) <= MOST_QUESTIONS and _written(body) <= LONGEST_CONDITIONS:
        rows = chain(rows, _of_codes(body), _of_sections(body), condition_problems(body))
    found = list(dict.fromkeys(islice(rows, MOST_PROBLEMS)))
    order = {"title": 0, "scales": 1, "factors": 2, "headline": 3}
    for section in body.sections:
        order.setdefault(section.code, len(order))
        for question in section.questions:
            for code in (question.code, *question.names):
                order.setdefault(code, len(order))
    found.sort(key=lambda row: order.get(row[0], len(order)))
    return [Problem(*row) for row in found]


Row = tuple[str, ...]
"""Where, the sentence, and of what part of a question."""
Fault = tuple[str, str]
"""A part of a question, and the sentence."""


def _of_body(body: Body) -> Iterator[Row]:
    """What concerns the whole."""
    if not body.title:
        yield "title", _("Bộ câu hỏi chưa có tên")
    count = _length(body)
    if not any(question.names for question in body.questions()):
        yield "title", _("Bộ câu hỏi chưa có câu nào để trả lời")
    if count > MOST_QUESTIONS:
        yield "title", _("Bộ câu hỏi có %(count)s câu; nhiều nhất là %(most)s", count=count, most=MOST_QUESTIONS)
    if _written(body) > LONGEST_CONDITIONS:
        yield "title", _("Các điều kiện dài tổng cộng quá %(most)s ký tự; hãy viết gọn lại",
                         most=format_integer(LONGEST_CONDITIONS))
    if not 0 < body.pass_share <= 100:
        yield "title", _("Tỷ lệ trả lời đúng để đạt phải từ 1 đến 100 phần trăm")
    for name in _repeated(name for name, _words in body.scales):
        yield "scales", _("Thang “%(name)s” có hai lần", name=name)
    for name, words in body.scales:
        if len(words) != LEVELS or not all(words):
            yield "scales", _("Thang “%(name)s” cần đủ năm mức, mức nào cũng có lời", name=name)
    for code in _repeated(factor.code for factor in body.factors):
        yield "factors", _("Mã nhóm “%(code)s” có hai lần", code=code)
    for factor in body.factors:
        if not factor.name or not _CODE.fullmatch(factor.code):
            yield "factors", _("Nhóm “%(code)s” cần có tên, và mã bắt đầu bằng chữ cái", code=factor.code)
    scaled = {item.code for question in body.questions() if question.kind in SCALED for item in question.items}
    if body.headline and body.headline not in scaled:
        yield "headline", _("Câu hài lòng chung “%(code)s” phải là một câu theo thang năm mức", code=body.headline)


def _of_codes(body: Body) -> Iterator[Row]:
    """Codes of questions, rows and sections: well formed, and each there once."""
    codes = [code for question in body.questions() for code in (question.code, *(row.code for row in question.rows))]
    for code in dict.fromkeys(codes):
        if not _CODE.fullmatch(code):
            yield code, _("Mã “%(code)s” phải bắt đầu bằng chữ cái không dấu, chỉ gồm chữ, số, gạch dưới, "
                          "nhiều nhất 31 ký tự", code=code[:60]), "code"
    for code in _repeated(code.casefold() for code in codes):
        yield _spelt(codes, code), _("Mã “%(code)s” được dùng hai lần", code=_spelt(codes, code)), "code"
    for section in body.sections:
        if not _CODE.fullmatch(section.code):
            yield section.code, _("Mã phần “%(code)s” phải bắt đầu bằng chữ cái không dấu, chỉ gồm chữ, số, "
                                  "gạch dưới, nhiều nhất 31 ký tự", code=section.code[:60]), "code"
    for code in _repeated(section.code for section in body.sections):
        yield code, _("Mã phần “%(code)s” được dùng hai lần", code=code), "code"


def _of_sections(body: Body) -> Iterator[Row]:
    """Sections, and each question for itself."""
    factors, scales = {factor.code for factor in body.factors}, dict(body.scales)
    for section in body.sections:
        if not section.questions:
            yield section.code, _("Phần này chưa có câu hỏi")
        for question in section.questions:
            for part, message in _of_question(question, factors, set(scales)):
                yield question.code, message, part


def _of_question(question: Question, factors: set[str], scales: set[str]) -> Iterator[Fault]:
    """One question, its conditions left out."""
    if not question.text:
        yield "text", _("Câu này chưa có lời")
    if question.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        yield from (("choices", message) for message in _of_choices(question.choices))
    elif question.choices:
        yield "choices", _("Loại câu này không có phương án để chọn")
    if question.kind is QuestionKind.GRID:
        if not question.rows:
            yield "rows", _("Bảng chưa có ý nào")
        if not all(row.text for row in question.rows):
            yield "rows", _("Có ý trong bảng chưa có lời")
    elif question.rows:
        yield "rows", _("Chỉ bảng mới có nhiều ý")
    yield from _of_scale(question, factors, scales)
    yield from (("answer", message) for message in _of_answer(question))
    yield from (("limits", message) for message in _of_limits(question))


def _of_choices(choices: tuple[Choice, ...]) -> Iterator[str]:
    """The options of a question."""
    if len(choices) < 2:
        yield _("Câu này cần ít nhất hai phương án")
    if len(choices) > MOST_VALUES:
        yield _("Câu này có %(count)s phương án; nhiều nhất là %(most)s", count=len(choices), most=MOST_VALUES)
    for code in _repeated(choice.code for choice in choices):
        yield _("Mã phương án “%(code)s” được dùng hai lần", code=code)
    for text in _repeated(choice.text.vi for choice in choices if choice.text):
        yield _("Phương án “%(text)s” có hai lần", text=text[:60])
    for choice in choices:
        if not _OPTION_CODE.fullmatch(choice.code) or choice.code == _RESERVED:
            yield _("Mã phương án “%(code)s” chỉ gồm chữ không dấu, số, gạch; không dùng “na”", code=choice.code[:60])
        if not choice.text:
            yield _("Phương án “%(code)s” chưa có lời", code=choice.code[:60])


def _of_scale(question: Question, factors: set[str], scales: set[str]) -> Iterator[Fault]:
    """What only questions on a scale have."""
    if question.kind not in SCALED:
        if question.scale or question.factor or question.allows_not_applicable:
            yield "scale", _("Thang, nhóm và “không áp dụng” chỉ dùng cho câu theo thang năm mức")
        return
    if not scales:
        yield "scale", _("Câu này cần một thang năm mức")
    elif question.scale and question.scale not in scales:
        yield "scale", _("Không có thang “%(name)s”", name=question.scale[:60])
    if question.factor and question.factor not in factors:
        yield "factor", _("Không có nhóm “%(code)s”", code=question.factor[:60])


def _of_answer(question: Question) -> Iterator[str]:
    """The right option."""
    if not question.answer:
        return
    if question.kind is not QuestionKind.SINGLE:
        yield _("Chỉ câu chọn một mới có đáp án")
    elif question.answer not in {choice.code for choice in question.choices}:
        yield _("Đáp án “%(code)s” không có trong các phương án", code=question.answer[:60])


def _of_limits(question: Question) -> Iterator[str]:
    """Smallest and largest, places and length."""
    limits = [limit for limit in (question.minimum, question.maximum) if limit]
    if question.kind in NUMERIC:
        yield from _of_numbers(question, limits)
    elif question.kind is QuestionKind.DATE:
        if not all(map(_is_day, limits)):
            yield _("Giới hạn của ngày viết theo mẫu năm-tháng-ngày, ví dụ 2023-05-30")
        elif len(limits) == 2 and question.minimum > question.maximum:
            yield _("Ngày sớm nhất đang sau ngày muộn nhất")
    elif limits:
        yield _("Chỉ câu số và câu ngày mới có giới hạn nhỏ nhất, lớn nhất")
    if question.kind in TEXTUAL and not 1 <= question.max_length <= LONGEST_TEXT:
        yield _("Độ dài phải từ 1 đến %(most)s ký tự", most=format_integer(LONGEST_TEXT))


def _of_numbers(question: Question, limits: list[str]) -> Iterator[str]:
    """The limits of a number."""
    is_whole = question.kind is QuestionKind.INTEGER
    if not is_whole and not 0 <= question.decimals <= MOST_DECIMALS:
        yield _("Số chữ số sau dấu phẩy phải từ 0 đến %(most)s", most=MOST_DECIMALS)
    if not all(_LIMIT.fullmatch(limit) and not (is_whole and "." in limit) for limit in limits):
        yield _("Giới hạn phải là số nguyên") if is_whole else _("Giới hạn phải là số, ví dụ 0.5")
        return
    if any(abs(Decimal(limit)) > LARGEST_NUMBER for limit in limits):
        yield _("Giới hạn không quá %(most)s", most=format_integer(LARGEST_NUMBER))
    if len(limits) == 2 and Decimal(question.minimum) > Decimal(question.maximum):
        yield _("Giới hạn nhỏ nhất đang lớn hơn giới hạn lớn nhất")


def _length(body: Body) -> int:
    """Questions to be answered, a grid's rows one by one, and notes."""
    return sum(max(1, len(question.names)) for question in body.questions())


def _written(body: Body) -> int:
    """Signs in all conditions; one that is too long by itself is refused without being read."""
    texts = [section.relevant for section in body.sections]
    texts += [text for question in body.questions() for text in (question.relevant, question.constraint)]
    return sum(len(text) for text in texts if len(text) <= LONGEST)


def _is_day(text: str) -> bool:
    """Whether a text is a day as "2023-05-30"."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _repeated(codes: Iterable[str]) -> list[str]:
    """What is there more than once, in order."""
    return [code for code, count in Counter(codes).items() if count > 1]


def _spelt(codes: list[str], folded: str) -> str:
    """A code as it is written."""
    return next(code for code in codes if code.casefold() == folded)


__all__ = ["MOST_QUESTIONS", "Problem", "check"]
