"""One sheet on its way: question after question, with what was answered so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.expression import Compiled, Node
from models import answering_message as say
from models.answering_field import Reader
from models.answering_message import Message
from models.question import Question


@dataclass(frozen=True, slots=True)
class Condition:
    """An expression ready to be asked; ``node`` is its tree for the browser, ``needs`` the fields it asks for."""

    node: Node
    ask: Compiled
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Step:
    """A question ready to be judged; ``unasked`` is what its cells hold, from ``start``, where it is led past."""

    question: Question
    readers: tuple[Reader, ...]
    start: int
    unasked: bytes
    section: int
    relevant: Condition | None
    constraint: Condition | None


class Sheet:
    """What was sent of one sheet, and what became of it so far."""

    __slots__ = ("answers", "choices", "details", "errors", "hidden", "language", "posted", "today")

    def __init__(self, posted: Mapping[str, Sequence[str]], cells: int, today: str, language: str) -> None:
        """Begin with all cells blank."""
        self.posted, self.today, self.language = posted, today, language
        self.choices = bytearray(cells)
        self.answers: dict[str, str] = {}
        """Answers that expressions ask for, by field."""
        self.details: dict[str, Any] = {}
        self.errors: dict[str, Message] = {}
        self.hidden: list[str] = []

    def holds(self, condition: Condition) -> bool | None:
        """Whether a condition holds; None where an answer that it asks for could not be read."""
        if self.errors and not condition.needs.isdisjoint(self.errors):
            return None
        return bool(condition.ask(self.answers, "", self.today))

    def skip(self, step: Step, *, drops: bool) -> None:
        """Lead past a question; whatever was answered there is noted, and wrong unless it ``drops`` out."""
        self.choices[step.start:step.start + len(step.unasked)] = step.unasked
        answered = [reader.name for reader in step.readers if any(map(str.strip, self.posted.get(reader.name, ())))]
        if answered:
            self.hidden.append(step.question.code)
            if not drops:
                self.errors[answered[0]] = Message(say.NOT_ASKED_HERE)

    def read(self, step: Step, needed: frozenset[str], *, is_certain: bool) -> None:
        """Take the answers to a question; one that may not be asked at all is not required."""
        question, constraint = step.question, step.constraint
        for reader in step.readers:
            name = reader.name
            given = self.posted.get(name)
            answer = reader.read(given, self.choices, self.details) if given else ""
            if answer:
                if isinstance(answer, Message):
                    self.errors[name] = answer
                    continue
                if name in needed:
                    self.answers[name] = answer
                if constraint is not None and self._breaks(constraint, answer):
                    self.errors[name] = own_message(question, self.language)
            elif question.is_required and is_certain:
                self.errors[name] = Message(say.REQUIRED)

    def _breaks(self, constraint: Condition, answer: str) -> bool:
        """Whether an answer does not meet the question's constraint, as far as that can be told."""
        if self.errors and not constraint.needs.isdisjoint(self.errors):
            return False
        return not constraint.ask(self.answers, answer, self.today)


def own_message(question: Question, language: str) -> Message:
    """The questionnaire's own message about a constraint, or the portal's where it has none."""
    if not question.constraint_message:
        return Message(say.NOT_MET)
    return Message(question.constraint_message.of(language), is_own=True)


__all__ = ["Condition", "Sheet", "Step", "own_message"]
