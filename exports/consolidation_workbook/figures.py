"""The sheet of figures by indicator: appendix I with its rates, sums and comparisons as formulas."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from exports.consolidation_workbook.cells import (
    added,
    as_word,
    decimals,
    is_same,
    number_of,
    quotient,
    rate_text,
    shown_number,
)
from exports.consolidation_workbook.columns import POOLED
from exports.consolidation_workbook.units import UnitSheet
from exports.formula_book import CHANGE, GROWTH, POINTS, Cell, Formula, Line
from exports.workbook import COUNT, TEXT, Head
from models.figure import HUNDRED, Aggregate, Figure, rate_of, sum_of
from queries.document import ConsolidatedDocument, FigureRow

NAME = "Tổng hợp"
HEADS = (
    Head("Nhóm", 30), Head("Mã", 7), Head("Chỉ tiêu", 48), Head("Đơn vị tính", 12), Head("Cách tổng hợp", 26),
    Head("Kế hoạch năm", 15, COUNT), Head("Thực hiện kỳ này", 15, COUNT), Head("Tử số", 15, COUNT),
    Head("Mẫu số", 15, COUNT), Head("Lũy kế từ đầu năm", 15, COUNT), Head("Cùng kỳ năm trước", 15, COUNT),
    Head("So sánh cùng kỳ", 15, COUNT))
CURRENT, ABOVE, BELOW, PREVIOUS = "G", "H", "I", "K"


class FigureSheet:
    """The rows by indicator, each formula in them beside what it gives."""

    def __init__(self, document: ConsolidatedDocument, units: UnitSheet) -> None:
        """Take the document, and the sheet whose grand totals are named here."""
        self.document, self.units = document, units
        self.rows: Mapping[str, int] = {row.code: number for number, row in enumerate(document.figures, start=2)}
        self.current: Mapping[str, Figure] = {row.code: row.current for row in document.figures}

    def lines(self) -> Iterator[Line]:
        """One row an indicator, in the order of the report."""
        for number, row in enumerate(self.document.figures, start=2):
            format = POOLED.get(row.aggregate, TEXT)
            above, below = self._behind(row)
            current = self._current(number, row, format)
            yield Line((
                row.group_name or row.group, row.code, row.name, row.unit, row.aggregate.label,
                shown_number(row.planned, format), current, above, below,
                _again(f"{CURRENT}{number}", row, format, current), shown_number(row.previous, format),
                _comparison(number, row, format, current)))

    def _behind(self, row: FigureRow) -> tuple[Cell, Cell]:
        """Numerator and denominator: cells of other indicators, totals by unit, or the numbers themselves."""
        if self._has_operands(row):
            return self._copy(row.operands[0]), self._copy(row.operands[1])
        if row.current.value is None:
            return None, None
        if row.aggregate is Aggregate.COUNT_YES:
            return None, self._counted(f"{row.code}#asked", row.current.denominator)
        top, bottom = row.current.numerator, row.current.denominator
        if row.aggregate not in POOLED or top is None or bottom is None:
            return None, None
        return self._counted(f"{row.code}#above", top), self._counted(f"{row.code}#below", bottom)

    def _current(self, number: int, row: FigureRow, format: str) -> Cell:
        """This period's figure: a quotient, a sum of other indicators, the total by unit, or the number itself."""
        if row.aggregate in POOLED:
            computed = rate_of(*(self.current[code] for code in row.operands)) if self._has_operands(row) else \
                quotient(row.current, format)
            if row.current.value is not None and is_same(computed, row.current):
                return Formula(rate_text(f"{ABOVE}{number}", f"{BELOW}{number}"), as_word(computed, format), format)
            return shown_number(row.current, format)
        if row.aggregate is Aggregate.SUM_OF and row.operands and self.rows.keys() >= set(row.operands):
            computed = sum_of(self.current[code] for code in row.operands)
            if is_same(computed, row.current):
                return added([f"{CURRENT}{self.rows[code]}" for code in row.operands], as_word(computed))
        return self._total(row.code, as_word(row.current)) or shown_number(row.current)

    def _counted(self, key: str, value: Decimal | None) -> Cell:
        """A number behind a figure: the total by unit, or the number itself."""
        return number_of(value) if value is None else self._total(key, float(value)) or number_of(value)

    def _total(self, key: str, value: float | str | None) -> Formula | None:
        """The grand total by unit, named from here; None where there is none that gives ``value``."""
        found = self.units.grand(key)
        return Formula(*found, decimals(found[1])) if found is not None and found[1] == value else None

    def _has_operands(self, row: FigureRow) -> bool:
        """Whether a rate is computed from two rows of this sheet."""
        return row.aggregate is Aggregate.RATIO and len(row.operands) == 2 and self.rows.keys() >= set(row.operands)

    def _copy(self, code: str) -> Cell:
        """The cell of another indicator."""
        cell = f"{CURRENT}{self.rows[code]}"
        figure = self.current[code]
        value = as_word(figure)
        return None if figure.is_empty else Formula(f'IF({cell}="","",{cell})', value, decimals(value))


def _again(cell: str, row: FigureRow, format: str, current: Cell) -> Cell:
    """The running total: this period's figure where the period begins with the year."""
    if row.cumulative.value is not None and row.cumulative == row.current:
        value = current.value if isinstance(current, Formula) else as_word(row.cumulative, format)
        return Formula(cell, value, format or decimals(value))
    return shown_number(row.cumulative, format)


def _comparison(number: int, row: FigureRow, format: str, cell: Cell) -> Cell:
    """This period against the last: a quotient; of rates the points between them, of means the difference."""
    now, before = f"{CURRENT}{number}", f"{PREVIOUS}{number}"
    current = cell.value if isinstance(cell, Formula) else as_word(row.current, format)
    previous = as_word(row.previous, format)
    value: float | str = ""
    if row.aggregate is Aggregate.COUNT_YES:
        return None
    both = f"AND(ISNUMBER({now}),ISNUMBER({before}))"
    if row.aggregate in POOLED:
        is_mean = row.aggregate is Aggregate.WEIGHTED_MEAN
        text = f"{now}-{before}" if is_mean else f"({now}-{before})*{HUNDRED}"
        if isinstance(current, float) and isinstance(previous, float):
            value = (current - previous) * (1 if is_mean else int(HUNDRED))
        return Formula(f'IF({both},{text},"")', value, CHANGE if is_mean else POINTS)
    if isinstance(current, float) and isinstance(previous, float) and previous:
        value = current / previous
    return Formula(f'IF({both},IF({before}=0,"",{now}/{before}),"")', value, GROWTH)


__all__ = ["HEADS", "NAME", "FigureSheet"]
