"""Writing units, names, parents, heads and successors of a decision; whole tables at a time. Does not commit.

Rows that hold on the day of effect are ended there and new ones begun; nothing that held a single day is removed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from core.text import fold, normalise, sort_key
from models.reorganisation import Reorganisation, StepKind
from models.unit import Unit, UnitHead, UnitName, UnitParent, UnitSuccessor
from services.reorganisation.outcome import Outcome
from services.reorganisation.step import Step
from services.unit_file import default_place, default_position, default_symbol

Dated = type[UnitName] | type[UnitParent] | type[UnitHead]


class UnitWriter:
    """Writes what an outcome says of units; ``events`` gathers one line for each unit touched."""

    def __init__(self, session: Session, outcome: Outcome, decision: Reorganisation) -> None:
        """Hold what is to be written."""
        self.session, self.outcome, self.decision = session, outcome, decision
        self.day = decision.effective_on
        self.ids = {place.code: place.id for place in outcome.ground.by_id.values()}
        self.ending: defaultdict[Dated, set[int]] = defaultdict(set)
        self.opening: defaultdict[Dated, dict[int, dict[str, Any]]] = defaultdict(dict)
        self.events: list[tuple[int, str, dict[str, Any]]] = []

    def write(self) -> None:
        """Write everything."""
        self._found()
        for code, steps in self.outcome.changes.items():
            for step in steps:
                self._change(code, step)
        for code, parent in self.outcome.moved.items():
            self._move(code, parent)
        self._close()
        self._succeed()
        for kind in (UnitName, UnitParent, UnitHead):
            self._end(kind, self.ending[kind] | set(self.opening[kind]))
            self._open(kind, self.opening[kind])

    def _found(self) -> None:
        """Add the units that are founded."""
        pairs = [(step, self._unit(step)) for step in self.outcome.founded.values()]
        self.session.add_all([unit for _step, unit in pairs])
        self.session.flush()
        self.ids.update({unit.code: unit.id for _step, unit in pairs})
        for step, unit in pairs:
            self._called(unit.id, step.name)
            self.opening[UnitParent][unit.id] = {"parent_id": self.ids[self.outcome.parents[unit.code]]}
            self.opening[UnitHead][unit.id] = {
                "full_name": step.head, "position": step.head_position or default_position(unit.kind, step.name)}
            self.events.append((unit.id, "found", {}))

    def _unit(self, step: Step) -> Unit:
        """One founded unit."""
        assert step.unit_kind is not None
        place = default_place(step.unit_kind, step.district)
        unit = Unit(code=step.unit_code, kind=step.unit_kind, district=step.district,
                    symbol=default_symbol(step.unit_kind), valid_from=self.day)
        if place:
            unit.place = place
        return unit

    def _called(self, unit_id: int, name: str) -> None:
        """Let a unit bear a name from the day on; kept in step with search and order."""
        name = normalise(name)
        self.opening[UnitName][unit_id] = {"name": name, "folded": fold(name), "sort_key": sort_key(name)}

    def _change(self, code: str, step: Step) -> None:
        """Rename, change head or kind, reopen."""
        place = self.outcome.ground.find(code)
        assert place is not None
        if step.kind is StepKind.REOPEN:
            self.session.execute(update(Unit).where(Unit.id == place.id).values(valid_to=None))
            self._called(place.id, step.name or place.name)
            self._head(place.id, step, "", default_position(place.kind, place.name))
            self.events.append((place.id, "reopen_unit", {}))
        if step.kind is StepKind.RENAME:
            self._called(place.id, step.name)
            self.events.append((place.id, "rename", {"name": [place.name, step.name]}))
        if step.kind is StepKind.CHANGE:
            changes: dict[str, Any] = {}
            if step.head or step.head_position:
                self._head(place.id, step, place.head, place.head_position)
                changes["head"] = [f"{place.head_position} {place.head}".strip(),
                                   f"{step.head_position or place.head_position} {step.head}".strip()]
            if step.unit_kind is not None and step.unit_kind is not place.kind:
                self.session.execute(update(Unit).where(Unit.id == place.id).values(kind=step.unit_kind))
                changes["kind"] = [place.kind.value, step.unit_kind.value]
            self.events.append((place.id, "change", changes))

    def _head(self, unit_id: int, step: Step, name: str, position: str) -> None:
        """Let somebody head a unit from the day on."""
        self.opening[UnitHead][unit_id] = {"full_name": step.head or name, "position": step.head_position or position}

    def _move(self, code: str, parent: str) -> None:
        """Let a unit report to another."""
        place = self.outcome.ground.find(code)
        if place is None:
            return
        old = self.outcome.ground.by_id[place.parent_id].code if place.parent_id is not None else ""
        if old != parent:
            self.opening[UnitParent][place.id] = {"parent_id": self.ids[parent]}
            self.events.append((place.id, "move", {"parent_code": [old, parent]}))

    def _close(self) -> None:
        """End the units that are gone, with all that holds of them."""
        gone = [ending for ending in self.outcome.endings.values() if not ending.remains]
        ids = {ending.place.id for ending in gone}
        self.session.execute(update(Unit).where(Unit.id.in_(ids)).values(valid_to=self.day))
        for kind in (UnitName, UnitParent, UnitHead):
            self.ending[kind] |= ids
        for ending in self.outcome.endings.values():
            names = [self.outcome.name_of(code) for code in dict.fromkeys(ending.successors)]
            action = ending.kind.value if names else "close_unit"
            self.events.append((ending.place.id, action, {"to": ", ".join(names)} if names else {}))

    def _succeed(self) -> None:
        """Write who follows whom."""
        rows = [
            {"old_unit_id": ending.place.id, "new_unit_id": self.ids[code], "kind": ending.succession,
             "from_day": self.day, "decision_number": self.decision.number, "decided_on": self.decision.decided_on}
            for ending in self.outcome.endings.values() for code in dict.fromkeys(ending.successors)]
        if rows:
            self.session.execute(insert(UnitSuccessor), rows)

    def _end(self, kind: Dated, ids: Iterable[int]) -> None:
        """End the rows that hold on the day; one that begins on that very day never held and gives way."""
        covering = select(kind.id).where(kind.unit_id.in_(list(ids)), kind.covering(self.day))
        self.session.execute(delete(kind).where(kind.id.in_(covering.where(kind.valid_from == self.day))))
        self.session.execute(update(kind).where(kind.id.in_(covering)).values(valid_to=self.day))

    def _open(self, kind: Dated, rows: Mapping[int, dict[str, Any]]) -> None:
        """Begin new rows on the day."""
        if rows:
            self.session.execute(insert(kind), [
                {"unit_id": unit_id, "valid_from": self.day, **values} for unit_id, values in rows.items()])
