"""Units as people see them: name, kind, parent and head on a day."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from core.text import fold
from models.permission import Action, Viewer
from models.unit import FIRST_DAY, Unit, UnitHead, UnitKind, UnitName, UnitParent
from queries.scope import scope

PAGE_SIZE = 50


@cache
def _later() -> type[UnitName]:
    """The name of the exists below; it is one for all statements, for an alias costs more than the rest of them."""
    return aliased(UnitName)


def called(name: type[UnitName], unit_id: Any, on: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Join the name that a unit bore on a day; of a unit that was closed by then, its last one.

    ``name`` may be an alias of UnitName. At most one row a unit.
    """
    later = _later()
    is_followed = exists().where(
        later.unit_id == name.unit_id, later.valid_from >= name.valid_to, later.valid_from <= on)
    return and_(name.unit_id == unit_id, or_(name.covering(on), and_(name.valid_to <= on, ~is_followed)))


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit on a day; ``parent_name`` and head are empty when not known."""

    id: int
    code: str
    name: str
    kind: UnitKind
    district: str
    symbol: str
    place: str
    is_demonstration: bool
    parent_id: int | None
    parent_name: str
    head_name: str
    head_position: str


@lru_cache(maxsize=8)  # it depends on nothing but the day
def unit_lines(on: date) -> Select[*tuple[Any, ...]]:
    """The statement behind every list of units: one row per unit that exists on ``on``, alphabetically."""
    parent_name = aliased(UnitName)
    return (
        select(
            Unit.id, Unit.code, UnitName.name, Unit.kind, Unit.district, Unit.symbol, Unit.place,
            Unit.is_demonstration, UnitParent.parent_id, parent_name.name.label("parent_name"),
            UnitHead.full_name.label("head_name"), UnitHead.position.label("head_position"),
        )
        .join(UnitName, and_(UnitName.unit_id == Unit.id, UnitName.covering(on)))
        .outerjoin(UnitParent, and_(UnitParent.unit_id == Unit.id, UnitParent.covering(on)))
        .outerjoin(parent_name, and_(parent_name.unit_id == UnitParent.parent_id, parent_name.covering(on)))
        .outerjoin(UnitHead, and_(UnitHead.unit_id == Unit.id, UnitHead.covering(on)))
        .where(Unit.covering(on))
        .order_by(UnitName.sort_key, Unit.id)
    )


def search_clause(text: str) -> ColumnElement[bool]:
    """Units whose name holds every word of ``text``, with or without marks ("ha long" finds "Hạ Long")."""
    words = fold(text).split()
    return and_(True, *(UnitName.folded.contains(word, autoescape=True) for word in words))


def _line(row: tuple[object, ...]) -> UnitLine:
    """Make a line of a row, with empty text for what is not known."""
    values = [("" if value is None and position > 8 else value) for position, value in enumerate(row)]
    return UnitLine(*values)  # type: ignore[arg-type]  # the row's columns stand in the order of the fields


def list_units(session: Session, viewer: Viewer, on: date, *, action: Action = Action.UNIT_VIEW,
               search: str = "", kinds: Iterable[UnitKind] = (), parent_id: int | None = None) -> list[UnitLine]:
    """Units in the viewer's scope on a day, alphabetically. One query."""
    statement = unit_lines(on).where(Unit.id.in_(scope(viewer, action, on)))
    if search:
        statement = statement.where(search_clause(search))
    if kinds:
        statement = statement.where(Unit.kind.in_(list(kinds)))
    if parent_id is not None:
        statement = statement.where(UnitParent.parent_id == parent_id)
    return [_line(tuple(row)) for row in session.execute(statement)]


def get_unit(session: Session, unit_id: int, on: date) -> UnitLine | None:
    """One unit on a day, or None. Not scoped: the caller has authorised already."""
    row = session.execute(unit_lines(on).where(Unit.id == unit_id)).first()
    return _line(tuple(row)) if row is not None else None


def find_unit(session: Session, code: str, on: date) -> UnitLine | None:
    """One unit by code on a day, or None. Not scoped."""
    row = session.execute(unit_lines(on).where(Unit.code == code)).first()
    return _line(tuple(row)) if row is not None else None


def find_closed(session: Session, code: str, on: date) -> UnitLine | None:
    """A unit that was closed by a day, as it was on its last day; None when it is at work or unknown. Not scoped."""
    row = session.execute(select(Unit.id, Unit.valid_to).where(Unit.code == code, Unit.valid_to <= on)).first()
    return get_unit(session, row[0], row[1] - timedelta(days=1)) if row is not None and row[1] is not None else None


def list_all_units(session: Session, on: date) -> list[UnitLine]:
    """Every unit that exists on a day, alphabetically; for loads, which act for nobody. One query."""
    return [_line(tuple(row)) for row in session.execute(unit_lines(on))]


def unit_names(session: Session, ids: Iterable[int], on: date) -> dict[int, str]:
    """Names on a day by id; units that have none then are missing. One query."""
    return dict(session.execute(
        select(UnitName.unit_id, UnitName.name).where(UnitName.unit_id.in_(list(ids)), UnitName.covering(on)))
        .all())


def last_names(session: Session, ids: Collection[int], on: date) -> list[str]:
    """Names of units that may be closed by a day, alphabetically. One query, none without units."""
    return list(last_names_by_id(session, ids, on).values())


def last_names_by_id(session: Session, ids: Collection[int], on: date) -> dict[int, str]:
    """The same by id, in the order of the names. One query, none without units."""
    if not ids:
        return {}
    return dict(session.execute(
        select(Unit.id, UnitName.name).join(Unit, Unit.id == UnitName.unit_id)
        .where(Unit.id.in_(list(ids)), called(UnitName, Unit.id, on)).order_by(UnitName.sort_key)).all())


DEPARTMENT_ID = (select(Unit.id).where(Unit.kind == UnitKind.DEPARTMENT).order_by(Unit.id).limit(1)
                 .correlate(None).scalar_subquery())
"""The id of the Department (the only unit of its kind) as a column, NULL before units are loaded."""


def department_id(session: Session) -> int | None:
    """The id of the Department, or None before units are loaded."""
    return session.scalar(select(DEPARTMENT_ID))


def department_name(session: Session, on: date) -> str:
    """The Department's name on a day, or "" before units are loaded. One query."""
    return session.scalar(
        select(UnitName.name).join(Unit, Unit.id == UnitName.unit_id)
        .where(Unit.kind == UnitKind.DEPARTMENT, UnitName.covering(on)).order_by(Unit.id).limit(1)) or ""


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One page of units, and how many the search found by kind and by district."""

    lines: tuple[UnitLine, ...]
    total: int
    number: int
    page_count: int
    by_kind: dict[UnitKind, int]
    by_district: dict[str, int]


def page_units(session: Session, viewer: Viewer, on: date, *, search: str = "", kind: UnitKind | None = None,
               district: str = "", page: int = 1, page_size: int | None = PAGE_SIZE) -> UnitPage:
    """Units in the viewer's scope on a day, ``page_size`` a page (None: all). One query.

    ``search`` finds every word in name or code, with or without marks.
    """
    words = fold(search).split()
    found = [line for line in list_units(session, viewer, on)
             if all(word in f"{fold(line.name)} {line.code.lower()}" for word in words)]
    lines = [line for line in found if kind in (None, line.kind) and district in ("", line.district)]
    size = page_size or max(len(lines), 1)
    page_count = max(1, -(-len(lines) // size))
    number = min(max(page, 1), page_count)
    first = (number - 1) * size
    return UnitPage(
        tuple(lines[first:first + size]), len(lines), number, page_count,
        dict(Counter(line.kind for line in found if district in ("", line.district))),
        dict(Counter(line.district for line in found if line.district and kind in (None, line.kind))))


@dataclass(frozen=True, slots=True)
class Span:
    """What held from a day until the day before another: a name, a parent, a head. None: from ever, until now."""

    text: str
    first: date | None
    until: date | None
    code: str = ""
    """The parent's code; empty for names and heads."""


@dataclass(frozen=True, slots=True)
class UnitCard:
    """A unit with its whole history, each oldest last."""

    id: int
    code: str
    kind: UnitKind
    name: str
    """On the day asked for, else the last one it bore."""
    district: str
    symbol: str
    place: str
    is_demonstration: bool
    closed_on: date | None
    """First day on which it is no more, when that is past."""
    names: tuple[Span, ...]
    parents: tuple[Span, ...]
    heads: tuple[Span, ...]


def get_unit_card(session: Session, code: str, on: date) -> UnitCard | None:
    """A unit by code with its history, closed ones too; None when there is none. Four queries. Not scoped."""
    unit = session.scalar(select(Unit).where(Unit.code == code))
    if unit is None:
        return None
    names = [_span(row, row.name) for row in session.scalars(_history(UnitName, unit.id))]
    heads = [_span(row, " ".join(part for part in (row.position, row.full_name) if part))
             for row in session.scalars(_history(UnitHead, unit.id))]
    present = [span for span in names if (span.first or on) <= on and (span.until is None or on < span.until)]
    is_closed = unit.valid_to is not None and unit.valid_to <= on
    return UnitCard(
        unit.id, unit.code, unit.kind, (present or names)[0].text if names else unit.code, unit.district,
        unit.symbol, unit.place, unit.is_demonstration, unit.valid_to if is_closed else None,
        tuple(names), _parents(session, unit.id, on), tuple(span for span in heads if span.text))


def _history(kind: type[Any], unit_id: int) -> Select[*tuple[Any, ...]]:
    """The dated rows of a unit, newest first."""
    return select(kind).where(kind.unit_id == unit_id).order_by(kind.valid_from.desc(), kind.id)


def _span(row: Any, text: str, code: str = "") -> Span:
    """A dated row as a span."""
    return Span(text, None if row.valid_from == FIRST_DAY else row.valid_from, row.valid_to, code)


def _parents(session: Session, unit_id: int, on: date) -> tuple[Span, ...]:
    """To whom the unit reported, by the names of today or else the code."""
    rows = session.execute(
        _history(UnitParent, unit_id).add_columns(Unit.code, UnitName.name)
        .join(Unit, Unit.id == UnitParent.parent_id)
        .outerjoin(UnitName, and_(UnitName.unit_id == UnitParent.parent_id, UnitName.covering(on))))
    return tuple(_span(row, name or code, code) for row, code, name in rows)
