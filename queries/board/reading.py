"""Which unit a line of the board stands under: by the units of then, or by those that follow them now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, literal, select
from sqlalchemy.orm import Session

from core.translation import N_
from models.requirement import Level, Requirement
from models.unit import FIRST_DAY, Unit, UnitKind, UnitName
from queries.board.parts import BoardColumn, BoardRow
from queries.board.wish import Reading
from queries.obligation import ObligationLine
from queries.reorganisation import as_now
from queries.unit import called, unit_lines

GroupKey = tuple[int, str, str, str]
"""Rank, sort key, code, label."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The unit (or the units, after a split) that a row stands for."""

    ids: tuple[int, ...]
    code: str
    name: str
    kind: UnitKind
    district: str
    parent_id: int | None


def named_day(reading: Reading, on: date) -> date | ColumnElement[date]:
    """The day of the names and parents: of today, or of each requirement's due day once that is past."""
    if reading is Reading.NOW:
        return on
    return case((Requirement.due_on < on, Requirement.due_on), else_=literal(on))


def find_owners(session: Session, lines: Iterable[ObligationLine], reading: Reading, on: date,
                first_id: int | None) -> dict[int, Owner]:
    """The owner of each unit's lines. Three queries at most, and none while no unit was closed.

    Where names differ between requirements, the one of ``first_id`` says, else the last.
    """
    lines = list(lines)
    chosen: dict[int, ObligationLine] = {}
    for line in lines:
        if line.requirement_id == first_id or chosen.get(line.unit_id, line).requirement_id != first_id:
            chosen[line.unit_id] = line
    owners = {unit_id: Owner((unit_id,), line.unit_code, line.unit_name, line.unit_kind, line.unit_district,
                             line.parent_id) for unit_id, line in chosen.items()}
    closed = [unit_id for unit_id, line in chosen.items()
              if line.unit_closed_on is not None and line.unit_closed_on <= on]
    if reading is Reading.THEN or not closed:
        return owners
    heirs = as_now(session, closed, FIRST_DAY, on)
    known = _units(session, {one for ids in heirs.values() for one in ids}, on)
    for unit_id, ids in heirs.items():
        found = [known[one] for one in ids if one in known]
        if found:
            owners[unit_id] = replace(found[0], ids=ids, name=", ".join(one.name for one in found))
    return owners


def _units(session: Session, ids: set[int], on: date) -> dict[int, Owner]:
    """Units of today as owners, by id."""
    if not ids:
        return {}
    rows = session.execute(unit_lines(on).where(Unit.id.in_(ids)))
    return {row.id: Owner((row.id,), row.code, row.name, row.kind, row.district, row.parent_id) for row in rows}


def make_rows(lines: Iterable[ObligationLine], owners: Mapping[int, Owner],
              columns: tuple[BoardColumn, ...]) -> dict[tuple[int, ...], BoardRow]:
    """One row per owner, in the order of the lines (by name)."""
    cells: dict[tuple[int, ...], dict[int, list[ObligationLine]]] = {}
    by_key: dict[tuple[int, ...], Owner] = {}
    for line in lines:
        owner = owners[line.unit_id]
        by_key.setdefault(owner.ids, owner)
        cells.setdefault(owner.ids, {}).setdefault(line.requirement_id, []).append(line)
    places = [column.id for column in columns]
    return {
        ids: BoardRow(owner.ids[0], owner.code, owner.name, owner.kind, owner.district,
                      tuple(_cell(cells[ids].get(place, ())) for place in places))
        for ids, owner in by_key.items()}


def _cell(lines: Iterable[ObligationLine]) -> tuple[ObligationLine, ...]:
    """The lines of a cell; what was taken from a unit that closed is left out beside what its heir owes."""
    found = tuple(lines)
    if len(found) < 2:
        return found
    return tuple(line for line in found if line.is_owed or line.is_exempt) or found[:1]


def group_names(session: Session, parents: set[int], on: date) -> dict[int, tuple[str, str, str]]:
    """Code, name and sort key of units that others report to. One query."""
    found = session.execute(
        select(Unit.id, Unit.code, UnitName.name, UnitName.sort_key)
        .join(UnitName, called(UnitName, Unit.id, on)).where(Unit.id.in_(parents)))
    return {unit_id: (code, name, key) for unit_id, code, name, key in found}


def group_key(level: Level, owner: Owner, names: Mapping[int, Any]) -> GroupKey:
    """District offices first, then affiliated units, then the schools of each district."""
    if level is Level.SECOND and owner.parent_id is not None and owner.parent_id in names:
        code, name, order = names[owner.parent_id]
        return 2, order, code, name
    if owner.kind.is_intermediate:
        return 0, "", "district", N_("Các phòng Giáo dục và Đào tạo")
    return 1, "", "affiliated", N_("Các đơn vị trực thuộc và trường ngoài công lập")


__all__ = ["GroupKey", "Owner", "find_owners", "group_key", "group_names", "make_rows", "named_day"]
