"""What a questionnaire asks: sections and questions as frozen values, read from and written to plain JSON.

The body of a version is one tree; pages, papers, checks and counts are all made from it. Nothing here judges
whether a body is sound: ``models.questionnaire_check`` does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Self

from core.translation import N_

LARGEST_NUMBER = 10**12
"""No answer to a number question is larger, of either sign."""
MOST_DECIMALS = 4
LONGEST_TEXT = 4000


class QuestionKind(StrEnum):
    """What kind of answer a question takes."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    """Five levels."""
    GRID = "grid"
    """Several items on the same five levels; each row is answered for itself."""
    INTEGER = "integer"
    DECIMAL = "decimal"
    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    NOTE = "note"
    """Words between questions; takes no answer."""

    @property
    def label(self) -> str:
        """The Vietnamese name, as "Chọn một"."""
        return _LABELS[self]


_LABELS = {
    QuestionKind.SINGLE: N_("Chọn một"), QuestionKind.MULTIPLE: N_("Chọn nhiều"),
    QuestionKind.SCALE: N_("Thang năm mức"), QuestionKind.GRID: N_("Bảng nhiều ý, thang năm mức"),
    QuestionKind.INTEGER: N_("Số nguyên"), QuestionKind.DECIMAL: N_("Số thập phân"),
    QuestionKind.TEXT: N_("Chữ, một dòng"), QuestionKind.LONG_TEXT: N_("Chữ, nhiều dòng"),
    QuestionKind.DATE: N_("Ngày"), QuestionKind.NOTE: N_("Lời dẫn"),
}
SCALED = frozenset({QuestionKind.SCALE, QuestionKind.GRID})
NUMERIC = frozenset({QuestionKind.INTEGER, QuestionKind.DECIMAL})
TEXTUAL = frozenset({QuestionKind.TEXT, QuestionKind.LONG_TEXT})


@dataclass(frozen=True, slots=True)
class Words:
    """A text in Vietnamese and, where it was translated, in English."""

    vi: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        """Whether there is a Vietnamese text."""
        return bool(self.vi)

    def of(self, language: str) -> str:
        """The text in a language; Vietnamese where it has none of its own."""
        return self.en if language == "en" and self.en else self.vi


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a question, or a row of a grid; ``code`` is what is stored and posted."""

    code: str
    text: Words = Words()


@dataclass(frozen=True, slots=True)
class Question:
    """One question. What its kind has no use for stays at its default."""

    code: str
    """Unique in the questionnaire; the field's name on the public page and the column in files."""
    kind: QuestionKind
    text: Words = Words()
    hint: Words = Words()
    is_required: bool = False
    relevant: str = ""
    """An expression over earlier answers; the question is asked where it holds, always when empty."""
    constraint: str = ""
    """An expression over "." and earlier answers that a given answer must meet."""
    constraint_message: Words = Words()
    choices: tuple[Choice, ...] = ()
    """Options of single and multiple choice."""
    rows: tuple[Choice, ...] = ()
    """Rows of a grid; a row's code is unique among questions too."""
    scale: str = ""
    """Name of the five words in the body's ``scales``."""
    allows_not_applicable: bool = False
    """Whether "không áp dụng" is offered, on scale and grid."""
    factor: str = ""
    """Code of the factor whose index this question enters."""
    minimum: str = ""
    """Smallest number, or earliest day as 2023-05-30; empty without one."""
    maximum: str = ""
    decimals: int = 2
    """Places after the comma of a decimal."""
    max_length: int = 1000
    """Signs in a text."""
    answer: str = ""
    """Code of the right option, in a questionnaire of knowledge."""

    @property
    def items(self) -> tuple[Choice, ...]:
        """What is answered on the scale: the rows of a grid, or the question itself."""
        return self.rows if self.kind is QuestionKind.GRID else (Choice(self.code, self.text),)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields it has on a page: one, for a grid one a row, for a note none."""
        if self.kind is QuestionKind.NOTE:
            return ()
        return tuple(item.code for item in self.items)


@dataclass(frozen=True, slots=True)
class Section:
    """Questions under one heading."""

    code: str
    title: Words = Words()
    relevant: str = ""
    """Holds for all its questions, beside their own."""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Factor:
    """Questions whose answers are read together; ``is_service`` says that it enters the overall mean (§4.4)."""

    code: str
    name: Words = Words()
    is_service: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """All that one version of a questionnaire asks."""

    title: Words = Words()
    intro: Words = Words()
    thanks: Words = Words()
    headline: str = ""
    """Code of the scale question whose share satisfied is the headline; empty without one."""
    pass_share: int = 70
    """Percent of right answers from which a sheet of knowledge has passed (ours)."""
    is_sectioned: bool = False
    """Whether the public page shows one section at a time."""
    scales: tuple[tuple[str, tuple[Words, ...]], ...] = ()
    """Five words by name, lowest level first."""
    factors: tuple[Factor, ...] = ()
    sections: tuple[Section, ...] = ()

    def questions(self) -> Iterator[Question]:
        """All questions in order, notes too."""
        for section in self.sections:
            yield from section.questions

    def scale_labels(self, name: str) -> tuple[Words, ...]:
        """The five words of a scale; of the first one when the name is empty. Raises KeyError."""
        if not name and self.scales:
            return self.scales[0][1]
        return dict(self.scales)[name]

    @property
    def is_knowledge(self) -> bool:
        """Whether it has right answers, so that sheets pass or fail."""
        return any(question.answer for question in self.questions())

    def dump(self) -> dict[str, Any]:
        """As plain JSON; ``Body.load`` gives the same body back."""
        plain = _bare(asdict(self))
        return plain if isinstance(plain, dict) else {}

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Self:
        """A body from what ``dump`` wrote. Raises KeyError, TypeError or ValueError for anything else."""
        given = _plain(cls, data)
        given |= {name: _words(data.get(name)) for name in ("title", "intro", "thanks")}
        given["scales"] = tuple((name, tuple(map(_words, words))) for name, words in data.get("scales", ()))
        given["factors"] = tuple(
            Factor(**{"code": "", **row, "name": _words(row.get("name"))}) for row in data.get("factors", ()))
        given["sections"] = tuple(_section(row) for row in data.get("sections", ()))
        return cls(**given)


def _section(data: Mapping[str, Any]) -> Section:
    """A section from plain JSON."""
    given = {"code": ""} | _plain(Section, data) | {"title": _words(data.get("title"))}
    given["questions"] = tuple(_question(row) for row in data.get("questions", ()))
    return Section(**given)


def _question(data: Mapping[str, Any]) -> Question:
    """A question from plain JSON."""
    given = {"code": ""} | _plain(Question, data) | {"kind": QuestionKind(data["kind"])}
    given |= {name: _words(data.get(name)) for name in ("text", "hint", "constraint_message")}
    given |= {name: tuple(Choice(row.get("code", ""), _words(row.get("text"))) for row in data.get(name, ()))
              for name in ("choices", "rows")}
    return Question(**given)


def _words(data: Mapping[str, str] | None) -> Words:
    """A text from plain JSON; none is an empty one."""
    return Words(**data) if data else Words()


def _plain(kind: type[Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they stand. Raises ValueError for a name that the kind has not."""
    unknown = set(data) - {field.name for field in fields(kind)}
    if unknown:
        raise ValueError(", ".join(sorted(unknown)))
    return dict(data)


def _bare(value: Any) -> Any:
    """Plain JSON without what is empty: tuples as lists, empty texts and lists left out."""
    if isinstance(value, dict):
        bare = {name: _bare(part) for name, part in value.items()}
        return {name: part for name, part in bare.items() if part not in ("", [], {}, None)}
    if isinstance(value, list | tuple):
        return [_bare(part) for part in value]
    return value.value if isinstance(value, StrEnum) else value


__all__ = ["LARGEST_NUMBER", "LONGEST_TEXT", "MOST_DECIMALS", "NUMERIC", "SCALED", "TEXTUAL", "Body", "Choice",
           "Factor", "Question", "QuestionKind", "Section", "Words"]
