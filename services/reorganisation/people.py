"""Who gains and who loses access by a decision, and what becomes of the accounts of closed units."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.table_file import Fault
from core.translation import N_, _
from models.account import Account, Role, role_fits
from services.reorganisation.outcome import Outcome

_WATCHERS = (Role.DISTRICT, Role.HEAD, Role.OFFICER)
"""Roles whose access reaches the units below the own one."""


@dataclass(frozen=True, slots=True)
class PersonChange:
    """One account of a closed unit. ``unit`` is the code of its new one; empty: it is switched off."""

    account_id: int
    username: str
    full_name: str
    role: Role
    new_role: Role
    old_unit: str
    unit: str

    @property
    def label(self) -> str:
        """What becomes of it, as 'Ngừng tài khoản'."""
        if not self.unit:
            return N_("Ngừng tài khoản")
        return N_("Chuyển đơn vị") if self.role is self.new_role else N_("Chuyển đơn vị, thôi quyền thủ trưởng")


class AccessKind(StrEnum):
    """How the access of a unit's people changes."""

    GAINS = "gains"
    LOSES = "loses"
    READS = "reads"

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Thêm quyền xem, duyệt'."""
        return {"gains": N_("Thêm quyền xem, duyệt"), "loses": N_("Thôi quyền xem, duyệt"),
                "reads": N_("Thêm quyền đọc tài liệu cũ")}[self.value]


@dataclass(frozen=True, slots=True)
class AccessChange:
    """The people of one unit and the units that they see from now on, or no longer."""

    unit: str
    kind: AccessKind
    people: int
    units: tuple[str, ...]
    """Names."""


def _active(session: Session) -> list[tuple[int, str, str, Role, int]]:
    """Every account that is switched on. One query."""
    rows = session.execute(
        select(Account.id, Account.username, Account.full_name, Account.role, Account.unit_id)
        .where(Account.is_active).order_by(Account.unit_id, Account.id))
    return [(row[0], row[1], row[2], row[3], row[4]) for row in rows]


def people_changes(session: Session, outcome: Outcome) -> tuple[list[PersonChange], list[AccessChange], list[Fault]]:
    """What becomes of accounts, whose access changes, and what must not happen. One query."""
    accounts = _active(session)
    changes = _moves(outcome, accounts)
    faults = []
    administrators = {row[0] for row in accounts if row[3] is Role.ADMINISTRATOR}
    if administrators and administrators <= {change.account_id for change in changes if not change.unit}:
        faults.append(Fault(0, "", _("Không còn tài khoản quản trị nào hoạt động sau quyết định này.")))
    return changes, _access(outcome, accounts, changes), faults


def _moves(outcome: Outcome, accounts: list[tuple[int, str, str, Role, int]]) -> list[PersonChange]:
    """What becomes of the accounts of units that are closed.

    A head stays one only where exactly one comes to a unit without any: nobody gets the right to sign by the way.
    """
    places = outcome.ground.by_id
    coming: Counter[str] = Counter()
    present = {places[row[4]].code for row in accounts
               if row[3] is Role.HEAD and not outcome.is_gone(places[row[4]].code)}
    for _id, _username, _name, role, unit_id in accounts:
        code = places[unit_id].code
        if role is Role.HEAD and outcome.is_gone(code):
            coming[outcome.endings[code].accounts_to] += 1
    found = []
    for id_, username, name, role, unit_id in accounts:
        code = places[unit_id].code
        if not outcome.is_gone(code):
            continue
        target = outcome.endings[code].accounts_to
        kind = outcome.kind_of(target) if target else None
        new_role = role
        if role is Role.HEAD and (target in present or coming[target] > 1):
            new_role = Role.OFFICER
        if kind is None or not role_fits(new_role, kind):
            target, new_role = "", role
        found.append(PersonChange(id_, username, name, role, new_role, code, target))
    return found


def _access(outcome: Outcome, accounts: list[tuple[int, str, str, Role, int]],
            changes: list[PersonChange]) -> list[AccessChange]:
    """By unit: the units that its people see from now on, no longer, or read as their predecessors'."""
    ground = outcome.ground
    moving = {change.account_id: change.unit for change in changes}
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for id_, _username, _name, role, unit_id in accounts:
        if role in _WATCHERS:
            code = ground.by_id[unit_id].code
            before[code] += 1
            after[moving.get(id_, code)] += 1
    seen: defaultdict[tuple[str, AccessKind], list[str]] = defaultdict(list)
    for code, parent in sorted(outcome.moved.items()):
        place = ground.find(code)
        if place is None:
            continue
        old = ground.by_id[place.parent_id].code if place.parent_id is not None else ""
        if old != parent:
            seen[old, AccessKind.LOSES].append(place.name)
            seen[parent, AccessKind.GAINS].append(place.name)
    for ending in outcome.endings.values():
        for successor in dict.fromkeys(ending.successors):
            if not ending.remains:
                seen[successor, AccessKind.READS].append(ending.place.name)
    return [
        AccessChange(outcome.name_of(code), kind, (before if kind is AccessKind.LOSES else after)[code], tuple(names))
        for (code, kind), names in seen.items() if code]
