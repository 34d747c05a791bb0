"""What is different between two books, and what a book becomes for another year."""

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from core.translation import N_
from models.programme_book import FRAME, TABLES, Book, Field, FieldKind, Table, rows_of


class RowChange(StrEnum):
    """What became of a row."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"

    @property
    def label(self) -> str:
        """The Vietnamese word."""
        return {"added": N_("Thêm"), "removed": N_("Bỏ"), "changed": N_("Sửa"), "moved": N_("Đổi chỗ")}[self.value]


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field, before and after, as the books hold it."""

    field: Field
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class RowDifference:
    """One row that is not the same in both books."""

    table: Table | None
    """None for the programme's own fields."""
    key: str
    change: RowChange
    name: str
    """What people call the row."""
    fields: tuple[FieldDifference, ...] = ()


def name_of(row: Mapping[str, Any]) -> str:
    """What people call a row: its label, name, heading or title."""
    return next((str(row[name]) for name in ("label", "name", "heading", "title") if row.get(name)), "")


def compare(before: Book, after: Book) -> list[RowDifference]:
    """Everything that differs, in the order of the book; equal books give an empty list."""
    found = []
    frames = before.get("programme") or {}, after.get("programme") or {}
    fields = _fields(FRAME, *frames)
    if fields:
        found.append(RowDifference(None, "", RowChange.CHANGED, str(frames[1].get("title", "")), fields))
    for table in TABLES.values():
        found += _rows(table, _keyed(table, before), _keyed(table, after))
    return found


def _keyed(table: Table, book: Book) -> dict[str, Mapping[str, Any]]:
    """The rows of one list by key; of requirements without the year, so that years can be compared."""
    year = f"{(book.get('programme') or {}).get('year')}-"
    return {table.key_of(row).removeprefix(year): row for row in rows_of(book, table.name)}


def _rows(table: Table, old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]]) -> list[
        RowDifference]:
    """The rows of one list that differ."""
    in_place = _in_place([key for key in old if key in new], [key for key in new if key in old])
    found = []
    for key, row in new.items():
        if key not in old:
            found.append(RowDifference(table, key, RowChange.ADDED, name_of(row)))
        elif fields := _fields(table.fields, old[key], row):
            found.append(RowDifference(table, key, RowChange.CHANGED, name_of(row), fields))
        elif key not in in_place:
            found.append(RowDifference(table, key, RowChange.MOVED, name_of(row)))
    found += [RowDifference(table, key, RowChange.REMOVED, name_of(row)) for key, row in old.items() if key not in new]
    return found


def _in_place(before: list[str], after: list[str]) -> set[str]:
    """The keys that still follow each other as before, when the fewest are said to have moved."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return {key for block in blocks for key in before[block.a:block.a + block.size]}


def _fields(fields: tuple[Field, ...], before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[
        FieldDifference, ...]:
    """Fields that differ; empty ways of saying nothing are the same."""
    return tuple(
        FieldDifference(field, before.get(field.name), after.get(field.name)) for field in fields
        if (before.get(field.name) or None) != (after.get(field.name) or None))


def move_to_year(book: Book, year: int) -> Book:
    """The book for another year: days move by as many years, the year in titles and codes of requirements too.

    The plan's own text is left as it stands: what of it is bound to the year is for the Office to write anew
    (``Theme.is_year_bound``). The number, the day of issue and the signer are emptied. 29 February becomes 28.
    """
    moved = copy.deepcopy(book)
    frame = moved["programme"]
    old = int(frame["year"])
    frame |= {"year": year, "title": _renamed(frame.get("title", ""), old, year), "number": "", "issued_on": None,
              "signer_name": ""}
    for row in moved.get("requirements", []):
        row["code"] = _renamed(row["code"], old, year)
        row["title"] = _renamed(row["title"], old, year)
        row["source_quote"] = ""
        for field in TABLES["requirements"].fields:
            if field.kind is FieldKind.DAY and row.get(field.name):
                row[field.name] = _moved(date.fromisoformat(row[field.name]), year - old).isoformat()
    return moved


def _renamed(text: str, old: int, year: int) -> str:
    """The text with the old year, where it stands alone, replaced."""
    return re.sub(rf"(?<!\d){old}(?!\d)", str(year), text)


def _moved(day: date, years: int) -> date:
    """The same day some years later."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


__all__ = ["FieldDifference", "RowChange", "RowDifference", "compare", "move_to_year", "name_of"]
