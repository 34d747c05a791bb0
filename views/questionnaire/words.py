"""Questions, conditions and the trail in the words of a page."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core.dates import format_day, format_moment, parse_day
from core.numbers import format_integer
from core.translation import N_, _
from models.question import NUMERIC, SCALED, TEXTUAL, Body, Question, QuestionKind
from queries.trail import TrailLine

_COMPARED = re.compile(r"\$\{(\w+)\}\s*(=|!=|>=|<=|>|<)\s*(?:'([^']*)'|(-?[\d.]+))")
_CHOSEN = re.compile(r"selected\(\s*\$\{(\w+)\}\s*,\s*'([^']*)'\s*\)")
_SIGNS = {"=": N_("là"), "!=": N_("khác"), ">=": "≥", "<=": "≤", ">": ">", "<": "<"}
_EVENTS = {
    "create": (N_("Bắt đầu soạn"), "jade"), "change": (N_("Sửa nội dung"), ""),
    "remove": (N_("Xóa câu hoặc phần"), "amber"),
    "restore": (N_("Khôi phục"), "leaf"), "publish": (N_("Ban hành"), "leaf"), "discard": (N_("Bỏ bản soạn"), "amber"),
}


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """One question as its line shows it."""

    question: Question
    notes: tuple[str, ...]
    """Kind, factor, limits, conditions: a sentence each."""
    problems: tuple[str, ...]


def question_words(body: Body, question: Question, problems: Iterable[Any]) -> QuestionWords:
    """A question with what is said beneath it; ``problems`` are all of the questionnaire's."""
    codes = {question.code, *question.names}
    return QuestionWords(question, tuple(_notes(body, question)),
                         tuple(problem.message for problem in problems if problem.where in codes))


def _notes(body: Body, question: Question) -> list[str]:
    """What a question is, sentence by sentence."""
    notes = [_(question.kind.label)]
    if question.is_required:
        notes.append(_("Bắt buộc"))
    if question.kind in SCALED:
        factors = {factor.code: factor.name.vi for factor in body.factors}
        if question.factor:
            notes.append(_("Yếu tố: %(name)s", name=factors.get(question.factor) or question.factor))
        if question.allows_not_applicable:
            notes.append(_("Có ô “Không áp dụng”"))
    notes += _limits(question)
    if question.relevant:
        notes.append(_("Chỉ hỏi khi %(condition)s", condition=condition_words(body, question.relevant)))
    if question.constraint:
        notes.append(_("Phải thỏa %(condition)s", condition=condition_words(body, question.constraint)))
    return notes


def _limits(question: Question) -> list[str]:
    """Smallest, largest, length and the right answer."""
    minimum, maximum = (_limit(question, limit) for limit in (question.minimum, question.maximum))
    found = []
    if minimum and maximum:
        found.append(_("Từ %(minimum)s đến %(maximum)s", minimum=minimum, maximum=maximum))
    elif minimum or maximum:
        found.append(_("Từ %(minimum)s", minimum=minimum) if minimum else _("Đến %(maximum)s", maximum=maximum))
    if question.kind in TEXTUAL:
        found.append(_("Nhiều nhất %(count)s ký tự", count=format_integer(question.max_length)))
    if question.answer:
        found.append(_("Phương án đúng: %(code)s", code=question.answer))
    return found


def _limit(question: Question, limit: str) -> str:
    """A limit as people write it."""
    if question.kind in NUMERIC:
        return limit.replace(".", ",")
    if question.kind is not QuestionKind.DATE or not limit:
        return limit
    try:
        return format_day(parse_day(limit))
    except ValueError:
        return limit


def condition_words(body: Body, text: str) -> str:
    """An expression in words where it only compares answers; else as it is written.

    ``${S2} != '4'`` is 'S2 khác “Chưa làm thủ tục”'.
    """
    options = {(question.code, choice.code): choice.text.vi for question in body.questions()
               for choice in question.choices}

    def compared(match: re.Match[str]) -> str:
        code, sign, word, number = match.groups()
        value = number or (_("trống") if word == "" else f"“{options.get((code, word), word)}”")
        return f"{code} {_(_SIGNS[sign])} {value}"

    def chosen(match: re.Match[str]) -> str:
        code, word = match.groups()
        return _("%(code)s có chọn “%(option)s”", code=code, option=options.get((code, word), word))

    said = _CHOSEN.sub(chosen, _COMPARED.sub(compared, text))
    said = re.sub(r"\s+and\s+", f" {_('và')} ", re.sub(r"\s+or\s+", f" {_('hoặc')} ", said))
    return text if "${" in said or re.search(r"\w\(", said) else said


def timeline_of(events: Iterable[TrailLine]) -> list[dict[str, Any]]:
    """What happened to a version since it was begun, as the timeline component shows it."""
    found = []
    for event in events:
        what, tone = _EVENTS.get(event.action, (event.action, ""))
        found.append({"when": format_moment(event.at), "who": event.who or _("Cổng báo cáo"), "what": _(what),
                      "tone": tone or None, "note": event.detail.get("source") or event.detail.get("what"),
                      "url": None})
        if event.action == "create":  # an older one belongs to a draft that was given up
            break
    return found


__all__ = ["QuestionWords", "condition_words", "question_words", "timeline_of"]
