"""How the answers of a sheet are packed, and how packed answers are counted.

A sheet is kept as one byte per cell. A cell is one thing that can be counted: a choice, a level, an option of a
multiple choice, or whether a number, text or day was given. Counts are kept as one large whole number with a lane
for every value of every cell, so that adding up the counts of a thousand units is a thousand additions, whatever
the number of questions. 32 bits hold a count of four thousand million; sums of numbers have 96.
"""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from models.question import NUMERIC, Body, Question, QuestionKind
from models.satisfaction import LevelCounts

BLANK = 0
"""Asked and left without an answer."""
NOT_APPLICABLE = 254
"""Answered "không áp dụng"."""
NOT_ASKED = 255
"""Never asked, because an earlier answer led past it."""
GIVEN = 1
"""The value of a cell that says no more than that a number, text or day was given, or an option ticked."""
UNTICKED = 2
"""The value of an option that was not ticked where another one of its question was."""
MOST_VALUES = 250
OUTCOME = "_outcome"
"""The cell of a sheet of knowledge: 1 failed, 2 passed."""
_SPECIAL = (BLANK, NOT_APPLICABLE, NOT_ASKED)
_LANE, _SUM_LANE = 32, 96
_MASK, _SUM_MASK = (1 << _LANE) - 1, (1 << _SUM_LANE) - 1


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing that is counted; ``offset`` is the first bit of its lanes."""

    code: str
    """As "Q1"; "X2.3" for option 3 of multiple choice X2; a grid's row has its own."""
    question: Question | None
    """None for the cell that says whether a sheet has passed."""
    values: tuple[str, ...]
    """What 1, 2, 3 … stand for: option codes, or levels "1".."5"."""
    offset: int

    @property
    def has_sum(self) -> bool:
        """Whether the numbers given are added up beside being counted."""
        return self.question is not None and self.question.kind in NUMERIC

    @property
    def width(self) -> int:
        """Bits it takes: a lane each for blank, not applicable, not asked and every value, and two for sums."""
        return (len(_SPECIAL) + len(self.values)) * _LANE + (2 * _SUM_LANE if self.has_sum else 0)

    def lane(self, value: int) -> int:
        """The first bit of the lane that counts ``value``."""
        place = _SPECIAL.index(value) if value in _SPECIAL else len(_SPECIAL) + value - 1
        return self.offset + place * _LANE


@dataclass(frozen=True, slots=True)
class CellCount:
    """What a cell came to over some sheets: Σ ``values`` + ``blank`` + ``not_asked`` + ``not_applicable`` = sheets."""

    values: tuple[int, ...]
    """Sheets by value, in the cell's order."""
    not_applicable: int = 0
    blank: int = 0
    not_asked: int = 0
    total: Decimal = Decimal()
    """Sum of the numbers given, for a number question."""

    @property
    def n(self) -> int:
        """Sheets with a valid answer."""
        return sum(self.values)

    @property
    def missing(self) -> int:
        """Sheets without an answer, whether asked or led past."""
        return self.blank + self.not_asked

    @property
    def sheets(self) -> int:
        """All sheets."""
        return self.n + self.not_applicable + self.missing


class Codebook:
    """The cells of one version of a questionnaire, in order."""

    def __init__(self, body: Body) -> None:
        """Lay out the cells of ``body``."""
        self.cells: tuple[Cell, ...] = tuple(_cells(body))
        self.index: dict[str, int] = {cell.code: place for place, cell in enumerate(self.cells)}

    @cached_property
    def size(self) -> int:
        """Bytes of packed counts."""
        last = self.cells[-1] if self.cells else None
        return (last.offset + last.width) // 8 if last else 0

    @cached_property
    def _ones(self) -> tuple[dict[int, int], ...]:
        """For every cell, the number that adds one to the lane of a value."""
        return tuple(
            {value: 1 << cell.lane(value) for value in (*_SPECIAL, *range(1, len(cell.values) + 1))}
            for cell in self.cells)

    @cached_property
    def _lanes(self) -> tuple[dict[int, int], ...]:
        """For every cell, the byte at which the lane of a value begins."""
        return tuple({value: one.bit_length() // 8 for value, one in ones.items()} for ones in self._ones)

    @cached_property
    def _sums(self) -> tuple[tuple[str, Cell], ...]:
        """The cells whose numbers are added up."""
        return tuple((cell.code, cell) for cell in self.cells if cell.has_sum)

    def count(self, choices: bytes, details: Mapping[str, object] | None = None) -> int:
        """One sheet as counts. Raises KeyError for a byte that is no value of its cell, ValueError for length."""
        packed = bytearray(self.size)
        for lanes, value in zip(self._lanes, choices, strict=True):
            packed[lanes[value]] = 1  # a good deal quicker than adding numbers of a thousand bits
        counts = self.unpack(packed)
        if details and self._sums:
            for code, cell in self._sums:
                if code in details:
                    counts += _sum_of(cell, Decimal(str(details[code])))
        return counts

    def tally(self, packed: Iterable[bytes]) -> int:
        """Many sheets without numbers as counts, cell by cell at the speed of ``bytes.count``."""
        rows = b"".join(packed)
        step, counts = len(self.cells), 0
        for place, ones in enumerate(self._ones):
            column = rows[place::step]
            for value, one in ones.items():
                found = column.count(value)
                if found:
                    counts += found * one
        return counts

    def sums(self, details: Mapping[str, object]) -> int:
        """What the numbers of one sheet add to the counts of ``tally``."""
        return sum(_sum_of(cell, Decimal(str(details[code]))) for code, cell in self._sums if code in details)

    def pack(self, counts: int) -> bytes:
        """Counts as bytes to be stored."""
        return counts.to_bytes(self.size, "little")

    @staticmethod
    def unpack(stored: bytes | bytearray) -> int:
        """Stored bytes as counts."""
        return int.from_bytes(stored, "little")

    def squeeze(self, counts: int) -> bytes:
        """Counts of a few sheets as bytes to be stored: mostly zeros, squeezed to a fifth."""
        return zlib.compress(self.pack(counts), 1)

    @staticmethod
    def unsqueeze(stored: bytes) -> int:
        """Squeezed bytes as counts."""
        return int.from_bytes(zlib.decompress(stored), "little")

    def read(self, counts: int, code: str) -> CellCount:
        """What one cell came to. Raises KeyError for an unknown code."""
        cell = self.cells[self.index[code]]
        lanes = len(_SPECIAL) + len(cell.values)
        own = counts >> cell.offset & (1 << lanes * _LANE) - 1  # once: each shift of all counts copies them
        blank, not_applicable, not_asked, *values = [own >> place * _LANE & _MASK for place in range(lanes)]
        total = Decimal()
        if cell.has_sum:
            start = cell.offset + (len(_SPECIAL) + len(cell.values)) * _LANE
            plus, minus = counts >> start & _SUM_MASK, counts >> (start + _SUM_LANE) & _SUM_MASK
            total = Decimal(plus - minus).scaleb(-_places(cell.question))
        return CellCount(tuple(values), not_applicable, blank, not_asked, total)

    def levels(self, counts: int, code: str) -> LevelCounts:
        """A scale cell as counts of levels; sheets led past the question count as blank. Raises KeyError."""
        found = self.read(counts, code)
        one, two, three, four, five = found.values
        return LevelCounts((one, two, three, four, five), found.not_applicable, found.missing)


def _cells(body: Body) -> Iterable[Cell]:
    """The cells of a body, each after the other."""
    offset = 0
    for question in body.questions():
        for code, values in _countable(question):
            cell = Cell(code, question, values, offset)
            offset += cell.width
            yield cell
    if body.is_knowledge:
        yield Cell(OUTCOME, None, ("failed", "passed"), offset)


def _countable(question: Question) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Codes and values of a question's cells."""
    match question.kind:
        case QuestionKind.NOTE:
            return
        case QuestionKind.SINGLE:
            yield question.code, tuple(choice.code for choice in question.choices)
        case QuestionKind.MULTIPLE:
            for choice in question.choices:
                yield f"{question.code}.{choice.code}", ("ticked", "unticked")
        case QuestionKind.SCALE | QuestionKind.GRID:
            for item in question.items:
                yield item.code, ("1", "2", "3", "4", "5")
        case _:
            yield question.code, ("1",)


def _places(question: Question | None) -> int:
    """Decimal places in which a number question's sums are kept."""
    return question.decimals if question is not None and question.kind is QuestionKind.DECIMAL else 0


def _sum_of(cell: Cell, number: Decimal) -> int:
    """The number that adds ``number`` to the sums of a cell; of either sign in a lane of its own."""
    scaled = int(number.scaleb(_places(cell.question)))
    start = cell.offset + (len(_SPECIAL) + len(cell.values)) * _LANE
    return scaled << start if scaled >= 0 else -scaled << (start + _SUM_LANE)


__all__ = ["BLANK", "GIVEN", "MOST_VALUES", "NOT_APPLICABLE", "NOT_ASKED", "OUTCOME", "UNTICKED", "Cell", "CellCount",
           "Codebook"]
