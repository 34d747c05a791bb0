"""The status board: units as rows, requirements as columns, grouped by whom they report to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.text import fold
from core.translation import N_
from models.permission import Action, Viewer
from models.requirement import Level, Requirement, RequirementStatus
from models.unit import Unit, UnitKind, UnitName
from models.workflow import Status
from queries.obligation import Completeness, ObligationLine, completeness, list_obligations
from queries.unit import called


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One requirement with the count of all units shown to the viewer, before any filter."""

    id: int
    code: str
    label: str
    due_on: date
    count: Completeness


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit; ``cells`` in the order of the columns, None where it owes nothing."""

    unit_id: int
    unit_code: str
    unit_name: str
    unit_kind: UnitKind
    cells: tuple[ObligationLine | None, ...]


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """Units that report to one place, with counts over all of them by column (filters do not change a count)."""

    code: str
    label: str
    rows: tuple[BoardRow, ...]
    counts: tuple[Completeness, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The whole board; ``shown`` is how many units pass the filter, of ``total``."""

    columns: tuple[BoardColumn, ...]
    groups: tuple[BoardGroup, ...]
    shown: int
    total: int
    passing: dict[str, int]
    """How many units each filter would show, whatever is searched for."""


FILTERS: dict[str, tuple[str, Callable[[ObligationLine], bool]]] = {
    "late": (N_("Chậm"), lambda line: line.days_late > 0),
    "overdue": (N_("Quá hạn chưa nộp"), lambda line: line.is_overdue),
    "waiting": (N_("Chờ duyệt"), lambda line: line.status is Status.SUBMITTED),
    "returned": (N_("Đang trả lại"), lambda line: line.status is Status.RETURNED),
    "returned_often": (N_("Trả lại từ 2 lần"), lambda line: line.return_count > 1),
    "not_started": (N_("Chưa bắt đầu"), lambda line: line.is_owed and line.status is None),
    "accepted": (N_("Đã duyệt"), lambda line: line.is_accepted),
    "exempt": (N_("Được miễn"), lambda line: line.is_exempt),
}


def open_requirements(session: Session) -> list[Requirement]:
    """Requirements that were opened, by due date."""
    return list(session.scalars(
        select(Requirement).where(Requirement.status != RequirementStatus.DRAFT)
        .order_by(Requirement.due_on, Requirement.id)))


def get_board(session: Session, viewer: Viewer, *, on: date, now: datetime, search: str = "", state: str = "",
              requirement_code: str = "") -> Board:
    """The board of all units in the viewer's scope. Three queries whatever the number of units.

    ``state`` is a key of FILTERS; with ``requirement_code`` it looks at that column alone, else at any column.
    """
    requirements = open_requirements(session)
    lines = list_obligations(session, viewer, on=on, now=now, action=Action.BOARD_VIEW,
                             requirement_ids=[row.id for row in requirements])
    by_requirement = {row.id: [line for line in lines if line.requirement_id == row.id] for row in requirements}
    columns = tuple(
        BoardColumn(row.id, row.code, row.kind.label, row.due_on, completeness(by_requirement[row.id]))
        for row in requirements)
    rows = _rows(lines, columns)
    wanted = {column.id for column in columns if requirement_code in ("", column.code)}
    shown = {row.unit_id for row in rows.values() if _passes(row, search, state, wanted)}
    groups = _groups(rows.values(), lines, columns, _group_names(session, lines, on), shown)
    passing = {key: sum(_passes(row, "", key, wanted) for row in rows.values()) for key in FILTERS}
    return Board(columns, groups, len(shown), len(rows), passing)


def _rows(lines: Iterable[ObligationLine], columns: tuple[BoardColumn, ...]) -> dict[int, BoardRow]:
    """One row per unit, in the order of the lines (by name)."""
    cells: dict[int, dict[int, ObligationLine]] = {}
    for line in lines:
        cells.setdefault(line.unit_id, {})[line.requirement_id] = line
    rows = {}
    for unit_id, owed in cells.items():
        first = next(iter(owed.values()))
        rows[unit_id] = BoardRow(unit_id, first.unit_code, first.unit_name, first.unit_kind,
                                 tuple(owed.get(column.id) for column in columns))
    return rows


def _passes(row: BoardRow, search: str, state: str, wanted: set[int]) -> bool:
    """Whether a row passes search and state."""
    if search and not all(word in fold(row.unit_name) for word in fold(search).split()):
        return False
    if state not in FILTERS:
        return True
    fits = FILTERS[state][1]
    return any(cell is not None and cell.requirement_id in wanted and fits(cell) for cell in row.cells)


def _group_names(session: Session, lines: Iterable[ObligationLine], on: date) -> dict[int, tuple[str, str, str]]:
    """Code, name and sort key of every unit that others report to."""
    parents = {line.parent_id for line in lines if line.level is Level.SECOND and line.parent_id is not None}
    if not parents:
        return {}
    found = session.execute(
        select(Unit.id, Unit.code, UnitName.name, UnitName.sort_key)
        .join(UnitName, called(UnitName, Unit.id, on)).where(Unit.id.in_(parents)))
    return {unit_id: (code, name, key) for unit_id, code, name, key in found}


def _groups(rows: Iterable[BoardRow], lines: Iterable[ObligationLine], columns: tuple[BoardColumn, ...],
            names: dict[int, tuple[str, str, str]], shown: set[int]) -> tuple[BoardGroup, ...]:
    """District offices, affiliated units, then the schools of each district."""
    members: dict[tuple[int, str, str, str], list[BoardRow]] = {}
    levels = {line.unit_id: (line.level, line.parent_id, line.unit_kind) for line in lines}
    for row in rows:
        level, parent_id, kind = levels[row.unit_id]
        if level is Level.SECOND and parent_id in names:
            code, name, order = names[parent_id]
            key = (2, order, code, name)
        elif kind.is_intermediate:
            key = (0, "", "district", N_("Các phòng Giáo dục và Đào tạo"))
        else:
            key = (1, "", "affiliated", N_("Các đơn vị trực thuộc và trường ngoài công lập"))
        members.setdefault(key, []).append(row)
    groups = []
    for (_rank, _order, code, label), found in sorted(members.items()):
        visible = tuple(row for row in found if row.unit_id in shown)
        if visible:
            counts = tuple(_count(found, place) for place in range(len(columns)))
            groups.append(BoardGroup(code, label, visible, counts))
    return tuple(groups)


def _count(rows: Iterable[BoardRow], place: int) -> Completeness:
    """Count one column over ``rows``."""
    return completeness(cell for row in rows if (cell := row.cells[place]) is not None)
