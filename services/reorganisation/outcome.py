"""What the steps of a decision come to, unit by unit, before anything is written. No query here."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from models.reorganisation import StepKind
from models.unit import SuccessionKind, UnitKind
from services.reorganisation.ground import Ground, Place
from services.reorganisation.step import Step

ENDING = frozenset({StepKind.MERGE, StepKind.SPLIT, StepKind.CLOSE})


@dataclass(slots=True)
class Ending:
    """How one unit ends or gives something away."""

    place: Place
    row: int
    kind: StepKind
    successors: list[str] = field(default_factory=list)
    """Codes of the units that follow it, without itself."""
    duties_to: list[str] = field(default_factory=list)
    """Codes of those that take over what it owes."""
    accounts_to: str = ""
    """Code of the unit to which its people go; empty: their accounts are switched off."""
    remains: bool = False
    """Whether it goes on beside those that are split off."""

    @property
    def succession(self) -> SuccessionKind:
        """By which word the successors follow it."""
        if self.kind is StepKind.MERGE:
            return SuccessionKind.MERGE
        return SuccessionKind.TRANSFER if self.place.kind.is_intermediate else SuccessionKind.SPLIT


class Outcome:
    """The state after the decision. Codes are those that the portal stores, or of units that are founded."""

    def __init__(self, ground: Ground, steps: Sequence[Step]) -> None:
        """Go through the steps; faulty ones are taken as far as they go."""
        self.ground = ground
        self.founded = {step.unit_code: step for step in steps if step.kind is StepKind.FOUND}
        self._founded = {code.casefold(): code for code in self.founded}
        self.endings: dict[str, Ending] = {}
        self.changes: defaultdict[str, list[Step]] = defaultdict(list)
        """Renamings, moves, changes and reopenings by code."""
        self.parents: dict[str, str] = {
            place.code: ground.by_id[place.parent_id].code for place in ground.by_id.values()
            if place.parent_id is not None and place.is_open(ground.day)}
        """To whom each unit reports after the decision, by codes."""
        self.moved: dict[str, str] = {}
        """Of these, the units that were there and now report to another: code → its new parent's."""
        for step in steps:
            self._take(step)
        self._follow_merged()

    def code_of(self, code: str) -> str:
        """The code as it is stored or founded, "" when there is no such unit."""
        place = self.ground.find(code)
        return place.code if place is not None else self._founded.get(code.casefold(), "")

    def kind_of(self, code: str) -> UnitKind | None:
        """The kind of a unit after the decision."""
        if code in self.founded:
            return self.founded[code].unit_kind
        changed = [step.unit_kind for step in self.changes.get(code, ()) if step.unit_kind is not None]
        place = self.ground.find(code)
        return changed[-1] if changed else (place.kind if place else None)

    def name_of(self, code: str) -> str:
        """The name of a unit after the decision."""
        if code in self.founded:
            return self.founded[code].name
        renamed = [step.name for step in self.changes.get(code, ()) if step.name]
        place = self.ground.find(code)
        return renamed[-1] if renamed else (place.name if place else code)

    def is_gone(self, code: str) -> bool:
        """Whether the unit is closed by the decision."""
        return code in self.endings and not self.endings[code].remains

    def is_open(self, code: str) -> bool:
        """Whether the unit is at work after the decision."""
        if self.is_gone(code):
            return False
        place = self.ground.find(code)
        is_reopened = any(step.kind is StepKind.REOPEN for step in self.changes.get(code, ()))
        return code in self.founded or is_reopened or (place is not None and place.is_open(self.ground.day))

    def _take(self, step: Step) -> None:
        """Take one step in."""
        code = self.code_of(step.unit_code)
        place = self.ground.find(step.unit_code)
        parent = self.code_of(step.parent_code) if step.parent_code else ""
        if step.kind in ENDING and place is not None:
            self._end(step, place)
        elif step.kind is StepKind.FOUND:
            self.parents[step.unit_code] = parent
        elif code:
            self.changes[code].append(step)
            if parent and step.kind in (StepKind.MOVE, StepKind.REOPEN):
                self.moved[code] = self.parents[code] = parent

    def _end(self, step: Step, place: Place) -> None:
        """Take a merger, a part of a split or a closing in."""
        ending = self.endings.setdefault(place.code, Ending(place, step.row, step.kind))
        target = self.code_of(step.target_code) if step.target_code else ""
        if target == place.code:
            ending.remains = step.kind is StepKind.SPLIT
        elif target:
            ending.successors.append(target)
        is_merged = step.kind is StepKind.MERGE
        if target and (is_merged or step.takes_duties):
            ending.duties_to.append(target)
        if target and (is_merged or step.takes_accounts):
            ending.accounts_to = target

    def _follow_merged(self) -> None:
        """Let the units below one that is merged follow it, unless a step says otherwise."""
        for ending in self.endings.values():
            if ending.kind is not StepKind.MERGE or len(ending.successors) != 1:
                continue
            target = ending.successors[0]
            kind = self.kind_of(target)
            if kind is None or not (kind.is_intermediate or kind is UnitKind.DEPARTMENT):
                continue
            for child in self.ground.children[ending.place.id]:
                if child.code not in self.moved and not self.is_gone(child.code):
                    self.moved[child.code] = self.parents[child.code] = target
