"""The sheet by unit: those that report directly, their schools below them, totals as formulas over the former alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from exports.consolidation_workbook.cells import added, summed
from exports.consolidation_workbook.columns import Figures, UnitColumn, columns_of
from exports.formula_book import Cell, Formula, Line, Look, is_too_long, letter, ranges
from exports.workbook import Head
from queries.document import ConsolidatedDocument, UnitFigures, UnitGroup

NAME = "Theo đơn vị"
IN = "Đã có số liệu"
NOT_KEPT = "…"
"""In a school's cell: the consolidated report keeps this indicator for units that report directly alone."""
FIRST_ROW = 2
_FIXED = (Head("TT", 7), Head("Đơn vị", 56), Head("Mã đơn vị", 16), Head("Khối", 28), Head("Cấp", 6),
          Head("Tình trạng", 20))


@dataclass(frozen=True, slots=True)
class _Row:
    """One row before it is written; ``number`` is the sheet's."""

    number: int
    fixed: tuple[str | int | None, ...]
    look: Look
    figures: Figures
    members: tuple[int, ...] = ()
    """Of a total: the rows that it adds up."""
    parts: tuple[Figures, ...] = ()
    """Of a total: their figures."""


class UnitSheet:
    """The rows and columns, worked out before they are written, so that other sheets can name its cells."""

    def __init__(self, document: ConsolidatedDocument) -> None:
        """Lay the sheet out."""
        self.columns: list[UnitColumn] = columns_of(document)
        self.letters = {column.key: letter(place) for place, column in enumerate(self.columns, len(_FIXED))}
        self._rows = list(_rows(document))
        self._below = {code for group in document.unit_groups for unit in group.units for child in unit.children
                       for code in child.figures}
        self.fixed = 0
        """Totals that stand as numbers, since no formula gives the frozen figure."""
        self._grand = self._cells(self._rows[-1]) if self._rows else []

    @property
    def heads(self) -> list[Head]:
        """The heads: who, then one a column."""
        return [*_FIXED, *(Head(column.head, column.width, column.format) for column in self.columns)]

    def lines(self) -> Iterator[Line]:
        """All rows in their order."""
        self.fixed = 0
        for row in self._rows:
            cells = self._cells(row)
            if row.members:
                self.fixed += sum(cell is not None and not isinstance(cell, Formula) for cell in cells)
            yield Line([*row.fixed, *cells], row.look)

    def grand(self, key: str) -> tuple[str, float | str] | None:
        """The address of a grand total that is a formula, from another sheet, and what it gives; None for no such."""
        for column, cell in zip(self.columns, self._grand, strict=False):
            if column.key == key and isinstance(cell, Formula):
                return f"'{NAME}'!{self.letters[key]}{self._rows[-1].number}", cell.value
        return None

    def _cells(self, row: _Row) -> list[Cell]:
        """The cells of one row, column by column."""
        def at(key: str) -> str:
            return f"{self.letters[key]}{row.number}"

        def sums(key: str, value: float | str) -> Formula | None:
            is_grand = row.look is Look.TOTAL
            cells = [f"{self.letters[key]}{number}" for number in row.members] if is_grand else ranges(
                self.letters[key], row.members)
            return None if is_too_long(cells) else added(cells, value) if is_grand else summed(cells, value)

        if row.look is Look.CHILD:
            return [NOT_KEPT if row.figures and not self._below.issuperset(column.codes_needed) else
                    column.unit(row.figures, at) for column in self.columns]
        if not row.members:
            return [column.unit(row.figures, at) for column in self.columns]
        return [column.total(row.parts, row.figures, sums, at) for column in self.columns]


def _rows(document: ConsolidatedDocument) -> Iterator[_Row]:
    """Groups, units, their schools, totals; the grand total adds up the totals of groups."""
    number, totals = FIRST_ROW, []
    for group in document.unit_groups:
        members = []
        for place, unit in enumerate(group.units, start=1):
            members.append(number)
            yield _unit(number, str(place), unit, group, 1)
            number += 1
            for child_place, child in enumerate(unit.children, start=1):
                yield _unit(number, f"{place}.{child_place}", child, group, 2)
                number += 1
        parts = tuple(unit.figures for unit in group.units)
        yield _Row(number, ("", f"Cộng {group.label}", "", group.label, None, ""), Look.GROUP, group.total,
                   tuple(members), parts)
        totals.append(number)
        number += 1
    if document.unit_groups:
        whole = tuple(group.total for group in document.unit_groups)
        yield _Row(number, ("", "TỔNG CỘNG", "", "", None, ""), Look.TOTAL, document.grand_total, tuple(totals), whole)


def _unit(number: int, mark: str, unit: UnitFigures, group: UnitGroup, level: int) -> _Row:
    """One unit's row."""
    name = unit.name if level == 1 else f"    {unit.name}"
    return _Row(number, (mark, name, unit.code, group.label, level, unit.status or IN),
                Look.PLAIN if level == 1 else Look.CHILD, unit.figures)


__all__ = ["IN", "NAME", "NOT_KEPT", "UnitSheet"]
