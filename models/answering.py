"""What was sent of a sheet, judged: packed answers, or one message a field.

The one gate of every channel: public page, staff codes, paper grid and file. Fields bear the question's code, a grid's
rows their own; a multiple choice repeats its field; "na" says "không áp dụng".
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.expression import ExpressionError, compiled, dump, parse, references
from models import answering_message as say
from models.answering_field import NOT_APPLICABLE_TEXT, readers
from models.answering_message import Message
from models.answering_sheet import Condition, Sheet, Step, own_message
from models.codebook import BLANK, NOT_ASKED, Codebook
from models.question import NUMERIC, Body, QuestionKind, Section

SHEET = ""
"""The key of a message about the sheet as a whole."""
PAGE_PREFIX = "_"
"""Fields that begin like this belong to the page, not to the sheet."""
FAILED, PASSED = 1, 2
_READ_KINDS = NUMERIC | {QuestionKind.DATE, QuestionKind.TEXT}


@dataclass(frozen=True, slots=True)
class Judged:
    """A sheet as it was judged; ``choices`` and ``details`` may be stored where ``is_valid``."""

    choices: bytes
    """A byte for every cell of the codebook."""
    details: dict[str, Any] | None
    """By field: whole numbers as int, decimals as "12.5", days as "2023-05-30", texts masked; None without any."""
    errors: dict[str, Message] = field(default_factory=dict)
    """By field, in the order of the page; SHEET for the whole."""
    hidden: tuple[str, ...] = ()
    """Codes of questions that were answered though earlier answers led past them."""

    @property
    def is_valid(self) -> bool:
        """Whether nothing is wrong."""
        return not self.errors

    @property
    def is_empty(self) -> bool:
        """Whether no question at all was answered."""
        return all(value in (BLANK, NOT_ASKED) for value in self.choices)


class Answering:
    """One version of a questionnaire, ready to judge sheets; made once a version and shared between threads."""

    def __init__(self, body: Body, *, is_draft: bool = False) -> None:
        """Read all expressions. Raises ExpressionError for a broken one; of a draft, broken ones are left out."""
        self.body = body
        self.book = Codebook(body)
        self._is_draft = is_draft
        self._sections = [self._condition(section.relevant) for section in body.sections]
        self._steps = list(self._made(body.sections))
        self.names = frozenset(reader.name for step in self._steps for reader in step.readers)
        """All fields of a sheet."""
        self._is_knowledge = body.is_knowledge
        self._width = len(self.book.cells)
        conditions = [*self._sections, *(part for step in self._steps for part in (step.relevant, step.constraint))]
        self._needed = frozenset[str]().union(*(each.needs for each in conditions if each))
        self._keys = [(step.start, 1 + codes.index(step.question.answer)) for step in self._steps
                      if step.question.answer in (codes := [choice.code for choice in step.question.choices])]

    def judge(self, posted: Mapping[str, Sequence[str]], *, today: date, language: str = "vi",
              drop_hidden: bool = False) -> Judged:
        """Judge what was sent, by field. ``drop_hidden`` leaves answers to questions not asked out without a word."""
        sheet = Sheet(posted, self._width, today.isoformat(), language)
        needed, current = self._needed, -1
        in_section: bool | None = True
        for step in self._steps:
            if step.section != current:
                current = step.section
                condition = self._sections[current]
                in_section = True if condition is None else sheet.holds(condition)
            state = in_section
            if step.relevant is not None and state is not False:
                own = sheet.holds(step.relevant)
                state = own if own is not True else state
            if state is False:
                sheet.skip(step, drops=drop_hidden)
            else:
                sheet.read(step, needed, is_certain=state is True)
        if not posted.keys() <= self.names and any(
                name not in self.names and not name.startswith(PAGE_PREFIX) for name in posted):
            sheet.errors[SHEET] = Message(say.UNKNOWN_FIELD)
        if self._is_knowledge:
            sheet.choices[-1] = self._outcome(sheet.choices)
        return Judged(bytes(sheet.choices), sheet.details or None, sheet.errors, tuple(sheet.hidden))

    def tree(self, language: str = "vi") -> dict[str, Any]:
        """Conditions for the browser (``static/js/relevance.js``), as plain JSON: ``steps`` in the order of the page.

        A step is ``{"section": code, "questions": [codes], "relevant": tree}`` or ``{"question": code, "fields":
        [names], "relevant": tree, "constraint": tree, "message": text}``; those without a tree are left out. ``kinds``
        says which of the fields that trees ask for are read before they are compared: numbers, days, lines of text.
        """
        steps: list[dict[str, Any]] = []
        kinds: dict[str, str] = {}
        current = -1
        for step in self._steps:
            if step.section != current:
                current = step.section
                steps += self._section_step(current)
            names = [reader.name for reader in step.readers]
            row: dict[str, Any] = {"question": step.question.code, "fields": names}
            if step.relevant:
                row["relevant"] = dump(step.relevant.node)
            if step.constraint:
                row["constraint"] = dump(step.constraint.node)
                row["message"] = str(own_message(step.question, language))
            if step.relevant or step.constraint:
                steps.append(row)
            if step.question.kind in _READ_KINDS and (step.constraint or not self._needed.isdisjoint(names)):
                kinds[step.question.code] = step.question.kind.value
        return {"steps": steps, "kinds": kinds}

    def _section_step(self, place: int) -> list[dict[str, Any]]:
        """The step of a section, where it has a condition."""
        condition, section = self._sections[place], self.body.sections[place]
        if condition is None:
            return []
        return [{"section": section.code, "questions": [question.code for question in section.questions],
                 "relevant": dump(condition.node)}]

    def _made(self, sections: Sequence[Section]) -> Iterator[Step]:
        """The steps of all questions; notes too, they are shown and hidden like others."""
        widths = Counter(id(cell.question) for cell in self.book.cells)
        start = 0
        for place, section in enumerate(sections):
            for question in section.questions:
                width = widths[id(question)]
                yield Step(question, tuple(readers(question, start)), start, bytes([NOT_ASKED]) * width, place,
                           self._condition(question.relevant), self._condition(question.constraint))
                start += width

    def _condition(self, text: str) -> Condition | None:
        """An expression, or None without one."""
        if not text.strip():
            return None
        try:
            node = parse(text)
        except ExpressionError:
            if self._is_draft:
                return None
            raise
        return Condition(node, compiled(node), references(node))

    def _outcome(self, choices: bytearray) -> int:
        """Whether a sheet of knowledge has passed: right answers of those given (domain facts, 4.4)."""
        given = [(choices[cell], right) for cell, right in self._keys if choices[cell] != NOT_ASKED]
        answered = [value == right for value, right in given if value != BLANK]
        if not answered:
            return BLANK if given else NOT_ASKED
        return PASSED if sum(answered) * 100 >= self.body.pass_share * len(answered) else FAILED


__all__ = ["FAILED", "NOT_APPLICABLE_TEXT", "PAGE_PREFIX", "PASSED", "SHEET", "Answering", "Judged", "Message"]
