"""Readers of the fields of a sheet: each is made once a version and turns what was sent into packed answers.

A reader has ``read(given, choices, details)``: it writes its cells into ``choices``, which hold BLANK before, adds
to ``details``, and gives the answer back as expressions see it ('' without one), or a Message.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from core.dates import DayFormatError, format_day, parse_day
from core.numbers import NumberFormatError, format_number, parse_decimal, parse_integer
from core.text import normalise
from models import answering_message as say
from models.answering_message import Message
from models.codebook import GIVEN, NOT_APPLICABLE, UNTICKED
from models.mask import mask
from models.question import LARGEST_NUMBER, LONGEST_TEXT, Question, QuestionKind

NOT_APPLICABLE_TEXT = "na"
"""What a page sends for "không áp dụng"."""
_LONGEST_NUMBER = 60


class Reader(Protocol):
    """Reads one field."""

    name: str

    def read(self, given: Sequence[str], choices: bytearray, details: dict[str, Any]) -> str | Message:
        """Take what was sent under the field's name."""


class ChoiceReader:
    """One of some codes: single choice, scale, a row of a grid."""

    def __init__(self, name: str, cell: int, codes: Sequence[str], *, allows_not_applicable: bool) -> None:
        """Number the codes from 1."""
        self.name, self._cell = name, cell
        self._values = {code: value for value, code in enumerate(codes, start=1)}
        if allows_not_applicable:
            self._values[NOT_APPLICABLE_TEXT] = NOT_APPLICABLE

    def read(self, given: Sequence[str], choices: bytearray, details: dict[str, Any]) -> str | Message:
        """The code that was chosen."""
        text = given[0] if len(given) == 1 else _single(given)
        if isinstance(text, Message):
            return text
        value = self._values.get(text)
        if value is None:
            text = text.strip()
            if not text:
                return ""
            value = self._values.get(text)
            if value is None:
                return Message(say.NOT_AN_OPTION)
        choices[self._cell] = value
        return text


class TicksReader:
    """Any of some codes: one cell each, all blank where nothing was ticked."""

    def __init__(self, name: str, cell: int, codes: Sequence[str]) -> None:
        """The cells of the codes follow each other from ``cell``."""
        self.name, self._cell, self._codes = name, cell, tuple(codes)
        self._known = frozenset(codes)
        self._unticked = bytes([UNTICKED]) * len(codes)

    def read(self, given: Sequence[str], choices: bytearray, details: dict[str, Any]) -> str | Message:
        """The codes that were ticked, joined by spaces in the questionnaire's order."""
        ticked = {text.strip() for text in given} - {""}
        if not ticked:
            return ""
        if not ticked <= self._known:
            return Message(say.NOT_AN_OPTION)
        choices[self._cell:self._cell + len(self._codes)] = self._unticked
        chosen = [(place, code) for place, code in enumerate(self._codes, start=self._cell) if code in ticked]
        for place, _code in chosen:
            choices[place] = GIVEN
        return " ".join(code for _place, code in chosen)


class NumberReader:
    """A whole number or a decimal with a Vietnamese comma; kept as int, or as a text like "12.5"."""

    def __init__(self, question: Question, cell: int) -> None:
        """Take limits and places."""
        self.name, self._cell = question.code, cell
        self._places = question.decimals if question.kind is QuestionKind.DECIMAL else 0
        self._is_whole = question.kind is QuestionKind.INTEGER
        self._least = _limit(question.minimum, -LARGEST_NUMBER)
        self._most = _limit(question.maximum, LARGEST_NUMBER)

    def read(self, given: Sequence[str], choices: bytearray, details: dict[str, Any]) -> str | Message:
        """The number, written with a point and without needless zeros."""
        text = _single(given)
        if isinstance(text, Message) or not text:
            return text
        if len(text) > _LONGEST_NUMBER:
            return Message(say.NOT_INTEGER if self._is_whole else say.NOT_DECIMAL)
        try:
            number = Decimal(parse_integer(text)) if self._is_whole else parse_decimal(text)
        except NumberFormatError:
            return Message(say.NOT_INTEGER if self._is_whole else say.NOT_DECIMAL)
        if number < self._least:
            return Message(say.TOO_SMALL, {"least": format_number(self._least)})
        if number > self._most:
            return Message(say.TOO_LARGE, {"most": format_number(self._most)})
        plain = f"{number:f}" if number else "0"
        if "." in plain:
            plain = plain.rstrip("0").rstrip(".")
        if len(plain.partition(".")[2]) > self._places:
            return Message(say.TOO_MANY_PLACES, {"most": self._places})
        choices[self._cell] = GIVEN
        details[self.name] = int(plain) if self._is_whole else plain
        return plain


class DayReader:
    """A day; kept as "2023-05-30"."""

    def __init__(self, question: Question, cell: int) -> None:
        """Take limits."""
        self.name, self._cell = question.code, cell
        self._least = _day(question.minimum, date.min)
        self._most = _day(question.maximum, date.max)

    def read(self, given: Sequence[str], choices: bytearray, details: dict[str, Any]) -> str | Message:
        """The day as "2023-05-30"."""
        text = _single(given)
        if isinstance(text, Message) or not text:
            return text
        try:
            day = parse_day(text[:_LONGEST_NUMBER])
        except DayFormatError:
            return Message(say.NOT_A_DAY)
        if day < self._least:
            return Message(say.TOO_EARLY, {"least": format_day(self._least)})
        if day > self._most:
            return Message(say.TOO_LATE, {"most": format_day(self._most)})
        choices[self._cell] = GIVEN
        details[self.name] = day.isoformat()
        return day.isoformat()


class TextReader:
    """Words of one's own; kept without numbers and addresses that name a person (``models.mask``)."""

    def __init__(self, question: Question, cell: int) -> None:
        """Take the length."""
        self.name, self._cell = question.code, cell
        self._most = min(question.max_length, LONGEST_TEXT)
        self._is_line = question.kind is QuestionKind.TEXT

    def read(self, given: Sequence[str], choices: bytearray, details: dict[str, Any]) -> str | Message:
        """The text in NFC, as it was written; only the masked one is kept."""
        text = _single(given)
        if isinstance(text, Message) or not text:
            return text
        text = normalise(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
        if self._is_line:
            text = " ".join(text.split())
        if not text:
            return ""
        if len(text) > self._most:
            return Message(say.TOO_LONG, {"most": self._most, "given": len(text)})
        choices[self._cell] = GIVEN
        details[self.name] = mask(text)[0]
        return text


def readers(question: Question, cell: int) -> list[Reader]:
    """The readers of a question's fields; its cells begin at ``cell``."""
    match question.kind:
        case QuestionKind.NOTE:
            return []
        case QuestionKind.SINGLE:
            codes = [choice.code for choice in question.choices]
            return [ChoiceReader(question.code, cell, codes, allows_not_applicable=False)]
        case QuestionKind.MULTIPLE:
            return [TicksReader(question.code, cell, [choice.code for choice in question.choices])]
        case QuestionKind.SCALE | QuestionKind.GRID:
            return [ChoiceReader(item.code, place, "12345", allows_not_applicable=question.allows_not_applicable)
                    for place, item in enumerate(question.items, start=cell)]
        case QuestionKind.INTEGER | QuestionKind.DECIMAL:
            return [NumberReader(question, cell)]
        case QuestionKind.DATE:
            return [DayReader(question, cell)]
        case _:
            return [TextReader(question, cell)]


def _single(given: Sequence[str]) -> str | Message:
    """The one text that was sent, trimmed; '' where there is none; a Message where there are several."""
    texts = {text.strip() for text in given} - {""}
    if len(texts) > 1:
        return Message(say.ONE_ONLY)
    return texts.pop() if texts else ""


def _limit(text: str, without: int) -> Decimal:
    """A limit of a number question; of a draft, one that is none does not bind."""
    try:
        limit = Decimal(text or without)
    except InvalidOperation:
        return Decimal(without)
    return limit if limit.is_finite() else Decimal(without)


def _day(text: str, without: date) -> date:
    """A limit of a day question; of a draft, one that is none does not bind."""
    try:
        return date.fromisoformat(text) if text else without
    except ValueError:
        return without


__all__ = ["NOT_APPLICABLE_TEXT", "ChoiceReader", "DayReader", "NumberReader", "Reader", "TextReader", "TicksReader",
           "readers"]
