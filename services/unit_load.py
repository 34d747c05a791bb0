"""A file of units beside what the portal holds on a day: every fault between the two, every change, and its writing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.dates import format_day
from core.table_file import Fault
from core.translation import _
from models.contact import UnitContact
from models.event import Subject
from models.permission import Viewer
from models.unit import FIRST_DAY, Unit, UnitHead, UnitKind, UnitName, UnitParent
from queries.unit import UnitLine, list_all_units
from services.contact import FIELDS, change_contact
from services.table_comparison import Change, RowPreview, RowState
from services.trail import record
from services.unit_change import change_dated, change_marks, end_dated, later_changes
from services.unit_file import COLUMNS, UnitRow, default_place, default_position, default_symbol, find_cycles

_LABELS = {column.name: column.label for column in COLUMNS}
_DECIDED = ("name", "kind", "parent_code")
"""What only a decision changes, where ``Setting.needs_decision``."""
_MARKS = ("district", "symbol", "place")
_REACHED = ("address", "phone", "email")


@dataclass(frozen=True, slots=True)
class Setting:
    """How units are loaded: ``on`` is the day of comparison, ``from_day`` the one from which dated things hold."""

    on: date
    now: datetime
    from_day: date | None = None
    viewer: Viewer | None = None
    needs_decision: bool = False
    """Whether a new name, kind or parent of a known unit is left to the pages of reorganisation."""
    is_demonstration: bool = False


class UnitComparison:
    """Rows of a file, or of the demonstration, beside the units of the day."""

    def __init__(self, session: Session, units: Sequence[UnitRow], heads: dict[str, str], setting: Setting) -> None:
        """Ask the database for what it holds."""
        self.session, self.units, self.heads, self.setting = session, units, heads, setting
        self.on, self.from_day, self.now = setting.on, setting.from_day, setting.now
        self.known: dict[str, UnitLine] = {line.code: line for line in list_all_units(session, setting.on)}
        self.ids = dict(session.execute(select(Unit.code, Unit.id)).all())
        self.codes = {stored: code for code, stored in self.ids.items()}
        self.contacts: dict[int, UnitContact] = {}
        if any(getattr(unit, name) for unit in units for name in _REACHED):
            self.contacts = {contact.unit_id: contact for contact in session.scalars(select(UnitContact))}
        self.later = later_changes(session, setting.from_day) if setting.from_day else {}

    def fault(self, unit: UnitRow, name: str, message: str) -> Fault:
        """A fault of a row, under the head that the file gives the column."""
        return Fault(unit.number, self.heads.get(name, name), message)

    def check(self) -> list[Fault]:
        """All faults between the rows and the database."""
        by_folded = {code.casefold(): code for code in self.ids}
        faults: list[Fault] = []
        for unit in self.units:
            stored = by_folded.get(unit.code.casefold())
            if stored is not None and stored != unit.code:
                faults.append(self.fault(unit, "code", _(
                    "Cổng đã có mã “%(code)s”, chỉ khác chữ hoa, chữ thường.", code=stored)))
            elif stored is not None and stored not in self.known:
                faults.append(self.fault(unit, "code", _("Đơn vị này không hoạt động vào ngày %(day)s.",
                                                         day=format_day(self.on))))
            elif stored is not None:
                faults += self._check_known(unit, self.known[stored])
        return faults + self._check_department() + self._check_parents()

    def _check_department(self) -> list[Fault]:
        """There is one Department."""
        stored = [line.code for line in self.known.values() if line.kind is UnitKind.DEPARTMENT]
        return [
            self.fault(unit, "kind", _("Cổng đã có Sở với mã “%(code)s”.", code=stored[0]))
            for unit in self.units if unit.kind is UnitKind.DEPARTMENT and stored and unit.code not in stored
        ]

    def _check_known(self, unit: UnitRow, line: UnitLine) -> list[Fault]:
        """What a file may not do to a unit that is there already."""
        changes = self._dated_changes(unit, line)
        decided = [name for name in changes if name in _DECIDED]
        if self.setting.needs_decision and decided:
            return [
                self.fault(unit, name, _(
                    "Trong cổng là “%(old)s”. Đổi tên, loại hay đơn vị cấp trên cần có quyết định: ghi ở trang "
                    "Sắp xếp đơn vị.", old=_old(name, changes[name][0])))
                for name in decided
            ]
        if self.from_day is None:
            return [
                self.fault(unit, name, _(
                    "Trong cổng là “%(old)s”. Đổi tên, loại, đơn vị cấp trên hay thủ trưởng phải có ngày: "
                    "chạy lại với --from NGÀY/THÁNG/NĂM.", old=old or _("(trống)")))
                for name, (old, _new) in changes.items()
            ]
        if changes and line.id in self.later:
            return [self.fault(unit, next(iter(changes)), _(
                "Đơn vị này đã có thay đổi từ ngày %(day)s, sau ngày trong lệnh.",
                day=format_day(self.later[line.id])))]
        return []

    def _dated_changes(self, unit: UnitRow, line: UnitLine) -> dict[str, tuple[str, str]]:
        """Column → (old, new) of what needs a day, where the file says something else."""
        pairs = {
            "name": (line.name, unit.name),
            "kind": (line.kind.value, unit.kind.value),
            "parent_code": (self.codes.get(line.parent_id or 0, ""), unit.parent_code),
            "head": (line.head_name, unit.head or line.head_name),
            "position": (line.head_position, unit.position or line.head_position),
        }
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

    def _check_parents(self) -> list[Fault]:
        """Every parent exists, and nobody reports to itself, however long the way round."""
        in_file = {unit.code: unit for unit in self.units}
        faults = [
            self.fault(unit, "parent_code", _(
                "Không có đơn vị nào mang mã “%(code)s”, trong tệp cũng như trong cổng.",
                code=unit.parent_code))
            for unit in self.units
            if unit.parent_code and unit.parent_code not in in_file and unit.parent_code not in self.known
        ]
        parents = {code: self.codes.get(line.parent_id or 0, "") for code, line in self.known.items()}
        parents.update({unit.code: unit.parent_code for unit in self.units})
        for cycle in find_cycles(parents, in_file):
            unit = next(in_file[code] for code in cycle if code in in_file)
            way = " → ".join((*cycle, cycle[0]))
            faults.append(self.fault(unit, "parent_code", _(
                "Các đơn vị trực thuộc lẫn nhau thành vòng: %(way)s.", way=way)))
        return faults

    def preview(self, row: UnitRow) -> RowPreview:
        """What a row without a fault would do."""
        line = self.known.get(row.code)
        changes = self._shown_changes(row, line)
        state = RowState.NEW if line is None else RowState.CHANGED if changes else RowState.UNCHANGED
        parent = self.known.get(row.parent_code)
        about = " · ".join(part for part in (_(row.kind.label), parent.name if parent else row.parent_code) if part)
        return RowPreview(row.number, row.code, row.name, about, state, changes)

    def _shown_changes(self, row: UnitRow, line: UnitLine | None) -> tuple[Change, ...]:
        """Old and new of what differs; of a new unit what is not in its name, kind and parent."""
        if line is None:
            found = {name: getattr(row, name) for name in (*_MARKS, "head", "position", *_REACHED)}
            return tuple((_LABELS[name], "", text) for name, text in found.items() if text)
        marks = {name: (getattr(line, name), text) for name in _MARKS if (text := getattr(row, name))}
        pairs = {**{name: pair for name, pair in marks.items() if pair[0] != pair[1]}, **self._dated_changes(row, line)}
        pairs |= self._contact_changes(row, line.id)
        return tuple((_LABELS[name], old, new) for name, (old, new) in pairs.items())

    def _contact_changes(self, row: UnitRow, unit_id: int) -> dict[str, tuple[str, str]]:
        """Column → (old, new) of how the unit is reached, where the file says something else."""
        contact = self.contacts.get(unit_id)
        found = {name: (getattr(contact, name) if contact else "", getattr(row, name)) for name in _REACHED}
        return {name: (old, new) for name, (old, new) in found.items() if new and new != old}

    def _keep_contact(self, row: UnitRow, unit_id: int) -> bool:
        """Write down how a unit is reached, as far as the file says; whether anything differed."""
        changes = self._contact_changes(row, unit_id)
        if not changes:
            return False
        contact = self.contacts.get(unit_id)
        before = {name: getattr(contact, name) if contact else "" for name in FIELDS}
        return change_contact(self.session, unit_id, before | {name: new for name, (_old, new) in changes.items()},
                              viewer=self.setting.viewer, now=self.now)

    def write(self) -> tuple[int, int, int]:
        """Write the rows; the check found nothing. How many are new, changed, unchanged."""
        created = self._create([unit for unit in self.units if unit.code not in self.ids])
        known = [unit for unit in self.units if unit.code in self.known]
        changed = sum(self._change(unit, self.known[unit.code]) for unit in known)
        return len(created), changed, len(known) - changed

    def _create(self, units: Iterable[UnitRow]) -> list[Unit]:
        """Add new units, then their names, parents and heads: a parent may stand below its child."""
        first = self.from_day or FIRST_DAY
        pairs = [(row, self._unit(row, first)) for row in units]
        self.session.add_all([unit for _row, unit in pairs])
        self.session.flush()
        self.ids.update({unit.code: unit.id for _row, unit in pairs})
        for row, unit in pairs:
            position = row.position or default_position(row.kind, row.name)
            self.session.add(UnitName(unit_id=unit.id, name=row.name, valid_from=first))
            self.session.add(UnitHead(
                unit_id=unit.id, full_name=row.head, position=position, valid_from=first))
            if row.parent_code:
                parent_id = self.ids[row.parent_code]
                self.session.add(UnitParent(unit_id=unit.id, parent_id=parent_id, valid_from=first))
            self._record(unit.id, "create", {"code": unit.code, "name": row.name})
            self._keep_contact(row, unit.id)
        self.session.flush()
        return [unit for _row, unit in pairs]

    def _unit(self, row: UnitRow, first: date) -> Unit:
        """Make one unit; symbol and place are derived where the file is silent."""
        unit = Unit(code=row.code, kind=row.kind, district=row.district, valid_from=first,
                    symbol=row.symbol or default_symbol(row.kind), is_demonstration=self.setting.is_demonstration)
        place = row.place or default_place(row.kind, row.district)
        if place:
            unit.place = place
        return unit

    def _change(self, row: UnitRow, line: UnitLine) -> bool:
        """Bring one known unit in line with its row; whether anything differed."""
        marks = {name: text for name in _MARKS if (text := getattr(row, name))}
        is_changed = change_marks(self.session, line.id, marks, now=self.now, viewer=self.setting.viewer)
        is_changed = self._keep_contact(row, line.id) or is_changed
        dated = self._dated_changes(row, line)
        if not dated or self.from_day is None:
            return is_changed
        if "kind" in dated:
            self.session.get_one(Unit, line.id).kind = row.kind
        if "name" in dated:
            change_dated(self.session, UnitName, line.id, self.from_day, {"name": row.name})
        if "parent_code" in dated:
            self._move(line.id, row.parent_code, self.from_day)
        if "head" in dated or "position" in dated:
            change_dated(self.session, UnitHead, line.id, self.from_day, {
                "full_name": row.head or line.head_name, "position": row.position or line.head_position})
        changes = {name: list(pair) for name, pair in dated.items()}
        self._record(line.id, "change", {**changes, "from_day": self.from_day.isoformat()})
        return True

    def _record(self, unit_id: int, action: str, detail: dict[str, Any]) -> None:
        """Write one event of the load."""
        record(self.session, at=self.now, viewer=self.setting.viewer, subject=Subject.UNIT, subject_id=unit_id,
               unit_id=unit_id, action=action, detail=detail)

    def _move(self, unit_id: int, parent_code: str, from_day: date) -> None:
        """Let a unit report to another one, or to nobody, from a day on."""
        if parent_code:
            change_dated(self.session, UnitParent, unit_id, from_day, {"parent_id": self.ids[parent_code]})
        else:
            end_dated(self.session, UnitParent, unit_id, from_day)


def _old(name: str, value: str) -> str:
    """What the portal holds, as a person reads it: the label of a kind, "(trống)" for nothing."""
    return (_(UnitKind(value).label) if name == "kind" else value) or _("(trống)")


__all__ = ["Setting", "UnitComparison"]
