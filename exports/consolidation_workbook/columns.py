"""The columns of the sheet by unit: what a unit's cell says, and how a total is computed from the cells above it.

A total is a formula wherever the formula gives the figure that the report prints, and that figure itself where it does
not: a frozen report keeps its numbers, whatever a sum would say. Empty, nil and zero stay three things in every cell.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from exports.consolidation_workbook.cells import (
    added,
    as_word,
    is_same,
    number_of,
    quotient,
    rate_text,
    shown_number,
)
from exports.formula_book import Cell, Formula
from exports.workbook import COUNT, MEAN, SHARE
from models.figure import EMPTY, Aggregate, Figure, rate_of, sum_of
from queries.document import ConsolidatedDocument, FigureRow

Figures = Mapping[str, Figure]
At = Callable[[str], str]
"""The address of a cell of the same row, by the key of its column."""
POOLED = {Aggregate.RATIO: SHARE, Aggregate.WEIGHTED_SHARE: SHARE, Aggregate.WEIGHTED_MEAN: MEAN}
"""Rates and means, which carry a numerator and a denominator, and how they are shown."""


class Sums(Protocol):
    """How the cells above a total are added up; None where a formula cannot name them all."""

    def __call__(self, key: str, value: float | str) -> Formula | None:
        """The formula over the column ``key``, which gives ``value``."""


@dataclass(frozen=True, slots=True)
class UnitColumn:
    """One column: its key, head and how its numbers are shown."""

    key: str
    head: str
    format: str = COUNT
    width: int = 12

    @property
    def codes_needed(self) -> tuple[str, ...]:
        """Indicators without which the column says nothing."""
        return (self.key,)

    def unit(self, figures: Figures, at: At) -> Cell:
        """The cell of one unit."""
        raise NotImplementedError

    def total(self, members: Sequence[Figures], whole: Figures, sums: Sums, at: At) -> Cell:
        """The cell of a total over ``members``, which the report prints as ``whole``."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Counted(UnitColumn):
    """Numbers that add up; of yes and no, 1 and 0."""

    def unit(self, figures: Figures, at: At) -> Cell:
        """The number, the mark of nil, or nothing."""
        return shown_number(figures.get(self.key, EMPTY))

    def total(self, members: Sequence[Figures], whole: Figures, sums: Sums, at: At) -> Cell:
        """The sum of the cells above."""
        printed = whole.get(self.key, EMPTY)
        computed = sum_of(figures.get(self.key, EMPTY) for figures in members)
        formula = sums(self.key, as_word(computed)) if is_same(computed, printed) else None
        return formula or shown_number(printed)


@dataclass(frozen=True, slots=True)
class Behind(UnitColumn):
    """What stands behind a rate, a mean or a count of those who said yes: a numerator or a denominator."""

    code: str = ""
    is_numerator: bool = False
    counts_answers: bool = False
    """Whether a unit that answered at all counts as one."""

    @property
    def codes_needed(self) -> tuple[str, ...]:
        """The indicator that it stands behind."""
        return (self.code,)

    def unit(self, figures: Figures, at: At) -> Cell:
        """The number, or nothing."""
        return number_of(self._value(figures))

    def total(self, members: Sequence[Figures], whole: Figures, sums: Sums, at: At) -> Cell:
        """The sum of the cells above."""
        printed = self._value(whole)
        values = [value for figures in members if (value := self._value(figures)) is not None]
        formula = None
        if printed is not None and values and sum(values) == printed:
            formula = sums(self.key, float(printed))
        return formula or number_of(printed)

    def _value(self, figures: Figures) -> Decimal | None:
        """Of one line."""
        figure = figures.get(self.code, EMPTY)
        if self.is_numerator:
            return figure.numerator
        is_one = self.counts_answers and figure.denominator is None and not figure.is_empty
        return Decimal(1) if is_one else figure.denominator


@dataclass(frozen=True, slots=True)
class Added(UnitColumn):
    """The sum of other columns of the same row."""

    codes: tuple[str, ...] = ()
    is_own: bool = False
    """Whether the report keeps a figure of its own for it."""

    @property
    def codes_needed(self) -> tuple[str, ...]:
        """Those that are added, or the sum itself."""
        return (self.key,) if self.is_own else self.codes

    def unit(self, figures: Figures, at: At) -> Cell:
        """The sum within the row."""
        computed = sum_of(figures.get(code, EMPTY) for code in self.codes)
        printed = figures.get(self.key, EMPTY) if self.is_own else computed
        if not figures or not is_same(computed, printed):
            return shown_number(printed)
        return added([at(code) for code in self.codes], as_word(computed))

    def total(self, members: Sequence[Figures], whole: Figures, sums: Sums, at: At) -> Cell:
        """The sum within the row of the total."""
        return self.unit(whole, at)


@dataclass(frozen=True, slots=True)
class Rate(UnitColumn):
    """A rate or mean, computed from two other columns of the same row; never from other rates."""

    numerator: str = ""
    denominator: str = ""
    from_operands: bool = False
    """Whether the two columns are indicators of their own."""

    def unit(self, figures: Figures, at: At) -> Cell:
        """The quotient within the row."""
        printed = figures.get(self.key, EMPTY)
        if self.from_operands:
            computed = rate_of(figures.get(self.numerator, EMPTY), figures.get(self.denominator, EMPTY))
        else:
            computed = quotient(printed, self.format)
        if not figures or not is_same(computed, printed):
            return shown_number(printed, self.format)
        return Formula(rate_text(at(self.numerator), at(self.denominator)), as_word(computed, self.format), self.format)

    def total(self, members: Sequence[Figures], whole: Figures, sums: Sums, at: At) -> Cell:
        """The quotient within the row of the total."""
        return self.unit(whole, at)


def columns_of(document: ConsolidatedDocument) -> list[UnitColumn]:
    """The columns of appendix II in the order of appendix I, each with those that it is computed from."""
    rows = {row.code: row for row in document.figures}
    joined = [tuple(code.split("+")) for _, code in document.unit_columns]
    wanted = {code for codes in joined for code in codes} | _held(document)
    codes = [code for code in rows if code in wanted] + sorted(wanted - rows.keys())
    sums = {codes_[-1]: codes_ for codes_ in joined if len(codes_) > 1}
    columns: dict[str, UnitColumn] = {}
    for code in codes:
        for column in _of_code(code, rows.get(code), set(codes)):
            columns[column.key] = column
        if code in sums:
            key = "+".join(sums[code])
            columns[key] = Added(key, f"{' + '.join(sums[code])} (cộng)", codes=sums[code])
    return list(columns.values())


def _held(document: ConsolidatedDocument) -> set[str]:
    """Codes of which the report keeps figures by unit."""
    lines = [unit.figures for group in document.unit_groups for unit in group.units]
    return {code for figures in (*lines, document.grand_total) for code in figures}


def _of_code(code: str, row: FigureRow | None, known: set[str]) -> Iterator[UnitColumn]:
    """The columns of one indicator."""
    name = f"{code}. {row.name} ({row.unit})" if row is not None else code
    aggregate, operands = (row.aggregate, row.operands) if row is not None else (Aggregate.SUM, ())
    if aggregate is Aggregate.SUM_OF and operands and known.issuperset(operands):
        yield Added(code, name, codes=operands, is_own=True)
    elif aggregate is Aggregate.RATIO and len(operands) == 2 and known.issuperset(operands):
        yield Rate(code, name, SHARE, 12, *operands, from_operands=True)
    elif aggregate in POOLED:
        yield Behind(f"{code}#above", f"{code}: tử số", code=code, is_numerator=True)
        yield Behind(f"{code}#below", f"{code}: mẫu số", code=code)
        yield Rate(code, name, POOLED[aggregate], 12, f"{code}#above", f"{code}#below")
    else:
        yield Counted(code, name)
        if aggregate is Aggregate.COUNT_YES:
            yield Behind(f"{code}#asked", f"{code}: số đơn vị trả lời", code=code, counts_answers=True)


__all__ = ["POOLED", "Figures", "UnitColumn", "columns_of"]
