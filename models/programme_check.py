"""Whether a programme's book is sound: everything that is wrong with it at once, in words that say what to do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.translation import N_
from models.emulation_rule import check_rule
from models.figure import Aggregate
from models.programme_book import (
    CODE,
    FIRST_YEAR,
    FRAME,
    LAST_YEAR,
    REPORTER_KINDS,
    TABLES,
    Book,
    Field,
    FieldKind,
    Table,
    rows_of,
)

FILTERS = {"media": "media", "audiences": "audiences", "funding": "funding_sources"}
"""Filters of indicators that hold codes, with the table of these codes."""
LARGEST_WHOLE = 9999


@dataclass(frozen=True, slots=True)
class BookProblem:
    """One thing that is wrong: where it stands, and a Vietnamese sentence with its values."""

    table: str
    """Name of the table; "programme" for the frame."""
    key: str
    """Key of the row; "" for the list itself."""
    field: str
    message: str
    values: tuple[tuple[str, str], ...] = ()


def check_book(book: Book) -> list[BookProblem]:
    """All problems of a book, in its order; an empty list when it may be published."""
    found = list(_frame(book.get("programme")))
    for name in book:
        if name not in TABLES and name not in ("programme", "format"):
            found.append(_problem(name, "", "", N_("Không có phần nào tên “%(name)s” trong chương trình."), name=name))
    for table in TABLES.values():
        found += _table(book, table)
    if not found:  # what follows relies on whole rows
        found += _indicators(book)
        for row in rows_of(book, "requirements"):
            found += _dates(row)
        for row in rows_of(book, "emulation_rules"):
            found += [BookProblem("emulation_rules", str(row["code"]), one.field, one.message, one.values)
                      for one in check_rule(row)]
    return found


def _problem(table: str, key: str, field: str, message: str, **values: object) -> BookProblem:
    """A problem with the values of its sentence."""
    return BookProblem(table, key, field, message, tuple((name, str(value)) for name, value in values.items()))


def _frame(frame: Any) -> Iterator[BookProblem]:
    """Problems of the programme's own fields."""
    if not isinstance(frame, Mapping):
        yield _problem("programme", "", "", N_("Thiếu phần chung của chương trình."))
        return
    for field in FRAME:
        yield from _value("programme", "", field, frame.get(field.name))
    year = frame.get("year")
    if isinstance(year, int) and not FIRST_YEAR <= year <= LAST_YEAR:
        yield _problem("programme", "", "year", N_("Năm phải từ %(first)s đến %(last)s."), first=FIRST_YEAR,
                       last=LAST_YEAR)


def _table(book: Book, table: Table) -> Iterator[BookProblem]:
    """Problems of one list: shape, codes that repeat, fields, codes of other lists."""
    rows = book.get(table.name, [] if table.may_lack else None)
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        yield _problem(table.name, "", "", N_("Phần này phải là một danh sách."))
        return
    known = {field.name for field in table.fields} | {"code"}
    seen: set[str] = set()
    for row in rows:
        key = table.key_of(row)
        if not isinstance(row.get("code"), str) or not CODE.fullmatch(row["code"]):
            yield _problem(table.name, key, "code", N_("Mã chỉ gồm chữ không dấu, số, gạch nối, dấu chấm."))
        elif key in seen:
            yield _problem(table.name, key, "code", N_("Mã này có hai lần."))
        seen.add(key)
        for name in sorted(set(row) - known):
            yield _problem(table.name, key, str(name), N_("Không có ô nào tên “%(name)s”."), name=name)
        for field in table.fields:
            yield from _value(table.name, key, field, row.get(field.name))
            yield from _references(book, table, key, field, row.get(field.name))


def _value(table: str, key: str, field: Field, value: Any) -> Iterator[BookProblem]:
    """What is wrong with the value of one field."""
    is_empty = value is None or value == ""
    if is_empty:
        if field.is_required:
            yield _problem(table, key, field.name, N_("Ô này phải có nội dung."))
    elif field.options is not None:
        if not isinstance(value, str) or value not in {option.value for option in field.options}:
            yield _problem(table, key, field.name, N_("“%(value)s” không phải lựa chọn có sẵn."), value=value)
    elif field.kind is FieldKind.DAY:
        if _day(value) is None:
            yield _problem(table, key, field.name, N_("“%(value)s” không phải ngày (viết 2024-05-30)."), value=value)
    elif not _fits(field.kind, value):
        yield _problem(table, key, field.name, N_("Giá trị của ô này không đúng loại."))


def _fits(kind: FieldKind, value: Any) -> bool:
    """Whether a value is of a kind."""
    match kind:
        case FieldKind.FLAG:
            return isinstance(value, bool)
        case FieldKind.WHOLE:
            return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_WHOLE
        case FieldKind.WORDS:
            return isinstance(value, list) and all(isinstance(word, str) for word in value)
        case FieldKind.MAP:
            return isinstance(value, Mapping)
        case _:
            return isinstance(value, str)


def _references(book: Book, table: Table, key: str, field: Field, value: Any) -> Iterator[BookProblem]:
    """Codes that no row of the other list has."""
    if not field.table or not value:
        return
    known = {row.get("code") for row in rows_of(book, field.table)}
    for code in value if isinstance(value, list) else [value]:
        if isinstance(code, str) and code not in known:
            yield _problem(table.name, key, field.name, N_("Mã “%(code)s” không có trong chương trình."), code=code)


def _indicators(book: Book) -> Iterator[BookProblem]:
    """Formulas with the wrong number of parts or that lead back to themselves; filters by unknown codes."""
    rows = {row["code"]: row for row in rows_of(book, "indicators")}
    parts = {code: list(row.get("operand_codes") or []) for code, row in rows.items()}
    for code, row in rows.items():
        wanted = _PARTS.get(Aggregate(row["aggregate"]), range(1))
        if len(parts[code]) not in wanted:
            yield _problem("indicators", code, "operand_codes",
                           N_("Cách tổng hợp này cần số chỉ tiêu thành phần khác."))
        yield from _filters(book, code, row.get("filters") or {})
    for cycle in find_cycles(parts):
        yield _problem("indicators", cycle[0], "operand_codes", N_("Công thức đi vòng: %(path)s."),
                       path=" → ".join([*cycle, cycle[0]]))


_PARTS = {Aggregate.RATIO: range(2, 3), Aggregate.SUM_OF: range(1, 50), Aggregate.WEIGHTED_SHARE: range(1, 2),
          Aggregate.WEIGHTED_MEAN: range(1, 2)}


def _filters(book: Book, code: str, filters: Mapping[str, Any]) -> Iterator[BookProblem]:
    """Filters that are not known, or name codes that are not there."""
    for name, value in filters.items():
        if name in FILTERS:
            known = {row.get("code") for row in rows_of(book, FILTERS[name])}
            for wanted in value if isinstance(value, list) else [value]:
                if not isinstance(wanted, str) or wanted not in known:
                    yield _problem("indicators", code, "filters", N_("Mã “%(code)s” không có trong chương trình."),
                                   code=wanted)
        elif name not in ("integrated", "questionnaire"):
            yield _problem("indicators", code, "filters", N_("Không có điều kiện đếm “%(name)s”."), name=name)


def find_cycles(parts: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Every formula that leads back to itself, once, from its first code."""
    told: set[frozenset[str]] = set()
    for start in parts:
        path = [start]
        waiting = [iter(parts[start])]
        while waiting:
            code = next(waiting[-1], None)
            if code is None:
                waiting.pop()
                path.pop()
            elif code in path:
                cycle = tuple(path[path.index(code):])
                if frozenset(cycle) not in told:
                    told.add(frozenset(cycle))
                    yield cycle
            elif code in parts:
                path.append(code)
                waiting.append(iter(parts[code]))


def _dates(row: Mapping[str, Any]) -> Iterator[BookProblem]:
    """Dates of a requirement that stand in the wrong order, and kinds of units that do not report."""
    key = str(row["code"])
    day = {name: _day(row.get(name)) for name in ("coverage_from", "coverage_to", "cut_off_on", "opens_on", "due_on")}
    orders = (
        ("coverage_from", "coverage_to", N_("Kỳ số liệu kết thúc trước khi bắt đầu.")),
        ("opens_on", "due_on", N_("Hạn nộp đứng trước ngày bắt đầu nhận.")),
        ("coverage_from", "cut_off_on", N_("Chốt số liệu đứng trước kỳ số liệu.")),
    )
    for first, second, message in orders:
        earlier, later = day[first], day[second]
        if earlier is not None and later is not None and later < earlier:
            yield _problem("requirements", key, second, message)
    for kind in row.get("reporter_kinds") or []:
        if kind not in REPORTER_KINDS:
            yield _problem("requirements", key, "reporter_kinds", N_("Loại đơn vị “%(kind)s” không nộp báo cáo."),
                           kind=kind)


def _day(value: Any) -> date | None:
    """A day of the book, or None."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


__all__ = ["BookProblem", "check_book", "find_cycles"]
