"""A workbook read back and its formulas worked out anew: as much of a spreadsheet as the portal's formulas need."""

import io
import re
from collections.abc import Iterator
from math import nan
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

TOKEN = re.compile(r"""\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>"[^"]*")|(?P<sheet>'[^']+'!)?(?P<range>[A-Z]{1,3}\d+
    (?::[A-Z]{1,3}\d+)?)(?![A-Z(])|(?P<name>[A-Z]+)(?=\()|(?P<sign><>|<=|>=|[-+*/=<>(),{}]))""", re.VERBOSE)
Value = Any
"""A number, a text, True or False; None is an empty cell, "" what a formula shows as nothing."""


class Spreadsheet:
    """A workbook: what its cells hold, what readers that do not calculate see, and what formulas give."""

    def __init__(self, content: bytes) -> None:
        self.book = load_workbook(io.BytesIO(content))
        self.seen = load_workbook(io.BytesIO(content), data_only=True)
        self.known: dict[tuple[str, str], Value] = {}

    def value(self, sheet: str, cell: str) -> Value:
        """What a cell gives, worked out from the cells that hold no formula."""
        if (sheet, cell) not in self.known:
            held = self.book[sheet][cell].value
            is_formula = self.book[sheet][cell].data_type == "f"
            self.known[sheet, cell] = Reader(self, sheet, held[1:]).whole() if is_formula else held
        return self.known[sheet, cell]

    def formulas(self) -> Iterator[tuple[str, str, Value]]:
        """Every formula: sheet, cell, and the value that stands beside it."""
        for page in self.book.worksheets:
            for row in page.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        yield page.title, cell.coordinate, self.seen[page.title][cell.coordinate].value

    def rows(self, sheet: str) -> list[dict[str, str]]:
        """The addresses of each row's cells below the head, by what stands in the head."""
        heads, *rows = self.book[sheet].iter_rows()
        return [{str(head.value): cell.coordinate for head, cell in zip(heads, row, strict=True)} for row in rows]


class Reader:
    """Reads one formula from left to right; a comparison binds least, then sums, then products."""

    def __init__(self, sheets: Spreadsheet, sheet: str, text: str) -> None:
        self.sheets, self.sheet, self.tokens = sheets, sheet, []
        place = 0
        while place < len(text):
            found = TOKEN.match(text, place)
            assert found is not None, text[place:]
            self.tokens.append((found.lastgroup or "", found))
            place = found.end()
        self.place = 0

    def whole(self) -> Value:
        """The value of the formula; a single cell that is empty counts as 0, as a spreadsheet shows it."""
        value = self.compare()
        assert self.place == len(self.tokens)
        return 0 if value is None else value

    def compare(self) -> Value:
        left = self.sum()
        if self.take("=") is None:
            return left
        right = self.sum()
        if "" in (left, right):
            return (left or "" if left in (None, "") else left) == (right or "" if right in (None, "") else right)
        return left == right

    def sum(self) -> Value:
        value = self.product()
        while (sign := self.take("+", "-")) is not None:
            other = number(self.product())
            value = number(value) + other if sign == "+" else number(value) - other
        return value

    def product(self) -> Value:
        value = self.single()
        while (sign := self.take("*", "/")) is not None:
            other = number(self.single())
            value = number(value) * other if sign == "*" else divide(number(value), other)
        return value

    def single(self) -> Value:
        kind, found = self.tokens[self.place]
        self.place += 1
        if kind == "number":
            return float(found["number"])
        if kind == "text":
            return found["text"][1:-1]
        if kind == "range":
            cells = self.cells(found)
            return cells[0] if ":" not in found["range"] else cells
        if kind == "name":
            return CALLS[found["name"]](*self.arguments("(", ")"))
        if found["sign"] == "{":
            self.place -= 1
            return self.arguments("{", "}")
        value = self.compare()
        assert self.take(")")
        return value

    def arguments(self, first: str, last: str) -> list[Value]:
        assert self.take(first)
        values = [self.compare()]
        while self.take(","):
            values.append(self.compare())
        assert self.take(last)
        return values

    def take(self, *signs: str) -> str | None:
        if self.place < len(self.tokens) and self.tokens[self.place][1]["sign"] in signs:
            self.place += 1
            return str(self.tokens[self.place - 1][1]["sign"])
        return None

    def cells(self, found: re.Match[str]) -> list[Value]:
        sheet = found["sheet"][1:-2] if found["sheet"] else self.sheet
        left, top, right, bottom = range_boundaries(found["range"])
        page = self.sheets.book[sheet]
        return [self.sheets.value(sheet, page.cell(row, column).coordinate)
                for row in range(top, bottom + 1) for column in range(left, right + 1)]


def number(value: Value) -> float:
    """A number for reckoning: an empty cell is 0; what a spreadsheet calls an error is no number, and never equal."""
    return float(value or 0) if value is None or is_number(value) else nan


def divide(above: float, below: float) -> float:
    return above / below if below else nan


def flat(values: tuple[Value, ...]) -> list[Value]:
    return [one for value in values for one in (value if isinstance(value, list) else [value])]


def is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


CALLS: dict[str, Any] = {
    "IF": lambda condition, then, otherwise: then if condition else otherwise,
    "OR": lambda *values: any(flat(values)), "AND": lambda *values: all(flat(values)),
    "SUM": lambda *values: sum(value for value in flat(values) if is_number(value)),
    "COUNT": lambda *values: sum(is_number(value) for value in flat(values)),
    "COUNTA": lambda *values: sum(value is not None for value in flat(values)),
    "ISNUMBER": is_number, "N": lambda value: float(value) if is_number(value) else 0.0,
    "SUMPRODUCT": lambda first, second: sum(number(a) * b for a, b in zip(first, second, strict=True)),
}

__all__ = ["Spreadsheet"]
