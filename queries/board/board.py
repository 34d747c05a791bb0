"""Putting the board together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.translation import N_
from models.permission import Action, Viewer
from models.requirement import Level, Requirement, RequirementStatus
from queries.board.day import as_of
from queries.board.parts import Board, BoardColumn, BoardGroup, BoardRow
from queries.board.reading import GroupKey, Owner, find_owners, group_key, group_names, make_rows, named_day
from queries.board.wish import BoardOrder, BoardWish, Reading, arrange, count_facets, passes
from queries.obligation import Completeness, ObligationLine, completeness, list_obligations

Rows = Mapping[tuple[int, ...], BoardRow]
WHOLE = "all"


def open_requirements(session: Session) -> list[Requirement]:
    """Requirements that were opened, by due date."""
    return list(session.scalars(
        select(Requirement).where(Requirement.status != RequirementStatus.DRAFT)
        .order_by(Requirement.due_on, Requirement.id)))


def get_board(session: Session, viewer: Viewer, *, on: date, now: datetime, wish: BoardWish | None = None) -> Board:
    """The board of all units in the viewer's scope. Three queries whatever the number of units.

    Two more where units were closed, three more for an earlier day.
    """
    wish = wish or BoardWish()
    requirements = open_requirements(session)
    lines = list_obligations(session, viewer, on=on, now=now, action=Action.BOARD_VIEW,
                             requirement_ids=[row.id for row in requirements], named=named_day(wish.reading, on))
    if wish.day is not None:
        lines = as_of(session, lines, requirements, wish.day)
    columns = _columns(requirements, lines)
    wanted = {column.id for column in columns if wish.requirement_code in ("", column.code)}
    first_id = wanted.copy().pop() if len(wanted) == 1 else None
    owners = find_owners(session, lines, wish.reading, on, first_id)
    rows = make_rows(lines, owners, columns)
    shown = {ids for ids, row in rows.items() if passes(row, wish, wanted)}
    if wish.order is BoardOrder.PLACE:
        day = on if wish.reading is Reading.NOW else min(
            on, max((row.due_on for row in requirements if row.id in wanted), default=on))
        groups = _groups(rows, shown, _keys(session, lines, owners, day), len(columns))
    else:
        found = arrange((rows[ids] for ids in rows if ids in shown), wish.order, wanted)
        counts = tuple(column.count for column in columns)
        groups = (BoardGroup(WHOLE, N_("Tất cả đơn vị"), tuple(found), counts),) if found else ()
    return Board(columns, groups, len(shown), len(rows), count_facets(rows.values(), wish, wanted), wish.day or on)


def _columns(requirements: Sequence[Requirement], lines: Iterable[ObligationLine]) -> tuple[BoardColumn, ...]:
    """One column per requirement with its count."""
    by_requirement: dict[int, list[ObligationLine]] = {}
    for line in lines:
        by_requirement.setdefault(line.requirement_id, []).append(line)
    labels = Counter(row.called for row in requirements)
    return tuple(
        BoardColumn(row.id, row.code, row.called, row.title, row.due_on, completeness(by_requirement.get(row.id, ())),
                    row.due_on.year if labels[row.called] > 1 else None) for row in requirements)


def _keys(session: Session, lines: Iterable[ObligationLine], owners: Mapping[int, Owner],
          day: date) -> dict[tuple[int, ...], GroupKey]:
    """The group of each row."""
    levels: dict[tuple[int, ...], tuple[Level, Owner]] = {}
    for line in lines:
        owner = owners[line.unit_id]
        levels[owner.ids] = (line.level, owner)
    parents = {owner.parent_id for level, owner in levels.values()
               if level is Level.SECOND and owner.parent_id is not None}
    names = group_names(session, parents, day) if parents else {}
    return {ids: group_key(level, owner, names) for ids, (level, owner) in levels.items()}


def _groups(rows: Rows, shown: set[tuple[int, ...]], keys: Mapping[tuple[int, ...], GroupKey],
            columns: int) -> tuple[BoardGroup, ...]:
    """The groups that have a row to show, with counts over all of their rows."""
    members: dict[GroupKey, list[tuple[int, ...]]] = {}
    for ids in rows:
        members.setdefault(keys[ids], []).append(ids)
    groups = []
    for (_rank, _order, code, label), found in sorted(members.items()):
        visible = tuple(rows[ids] for ids in found if ids in shown)
        if visible:
            counts = tuple(_count((rows[ids] for ids in found), place) for place in range(columns))
            groups.append(BoardGroup(code, label, visible, counts))
    return tuple(groups)


def _count(rows: Iterable[BoardRow], place: int) -> Completeness:
    """Count one column over ``rows``."""
    return completeness(line for row in rows for line in row.cells[place])


__all__ = ["WHOLE", "get_board", "open_requirements"]
