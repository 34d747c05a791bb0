"""Units as people see them: name, kind, parent and head on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session, aliased

from core.text import fold
from models.permission import Action, Viewer
from models.unit import Unit, UnitHead, UnitKind, UnitName, UnitParent
from queries.scope import scope


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


def list_all_units(session: Session, on: date) -> list[UnitLine]:
    """Every unit that exists on a day, alphabetically; for loads, which act for nobody. One query."""
    return [_line(tuple(row)) for row in session.execute(unit_lines(on))]


def department_id(session: Session) -> int | None:
    """The id of the Department (the only unit of its kind), or None before units are loaded."""
    return session.scalar(select(Unit.id).where(Unit.kind == UnitKind.DEPARTMENT).order_by(Unit.id).limit(1))
