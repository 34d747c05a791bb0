"""Points and ranks of all units of a year: as they stand now, or as they were frozen; both in the same dataclasses."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.translation import N_
from models.emulation_rule import Rule, rule_of
from models.emulation_score import Rank, Score, dump_score, load_score, rank, score
from models.unit import UnitKind
from queries.emulation.ground import AFFILIATED, INTERMEDIATE, Ground, Judged


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit with its score and, where it has a total, its rank within its group."""

    unit: Judged
    score: Score
    rank: Rank | None

    @property
    def total(self) -> Decimal | None:
        """The total; None where no main rule applies."""
        return self.score.total


@dataclass(frozen=True, slots=True)
class Group:
    """Units that are ranked together, best first; units without a total at the end."""

    code: str
    label: str
    """Vietnamese, as "Phòng Giáo dục và Đào tạo"."""
    standings: tuple[Standing, ...]

    @property
    def ranked(self) -> int:
        """How many have a rank."""
        return sum(row.rank is not None for row in self.standings)


@dataclass(frozen=True)
class Year:
    """All points of a year; ``version`` 0 while it is provisional."""

    year: int
    counted_on: date
    rows: tuple[Mapping[str, Any], ...]
    """The rules as rows of the book."""
    groups: tuple[Group, ...]
    version: int = 0

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules as arithmetic takes them."""
        return tuple(map(rule_of, self.rows))

    @property
    def standings(self) -> dict[int, Standing]:
        """Every unit by id."""
        return {row.unit.id: row for group in self.groups for row in group.standings}

    def group_of(self, unit_id: int) -> Group:
        """The group that a unit is ranked in. Raises StopIteration for a stranger."""
        return next(group for group in self.groups if any(row.unit.id == unit_id for row in group.standings))


def stand(ground: Ground, rows: Sequence[Mapping[str, Any]]) -> Year:
    """The points by sound rules. No query."""
    rules = tuple(map(rule_of, rows))
    by_group: defaultdict[str, list[Judged]] = defaultdict(list)
    scores = {}
    for unit in ground.units:
        by_group[unit.group_code].append(unit)
        scores[unit.id] = score([rule for rule in rules if rule.applies_to(unit.kind)], ground.measures[unit.id])
    groups = tuple(_group(code, units, rules, scores) for code, units in sorted(by_group.items(), key=_order))
    return Year(ground.year, ground.counted_on, tuple(rows), groups)


def _order(item: tuple[str, list[Judged]]) -> int:
    """District offices, affiliated units, then schools from the smallest children up."""
    places = [INTERMEDIATE, AFFILIATED, *(kind.value for kind in (
        UnitKind.KINDERGARTEN, UnitKind.PRIMARY, UnitKind.PRIMARY_LOWER_SECONDARY, UnitKind.LOWER_SECONDARY))]
    return places.index(item[0]) if item[0] in places else len(places)


def _group(code: str, units: Sequence[Judged], rules: Sequence[Rule], scores: Mapping[int, Score]) -> Group:
    """A group with its ranks; units that share one stand by name, as they came."""
    ranks = rank(rules, {unit.id: scores[unit.id] for unit in units})
    standings = [Standing(unit, scores[unit.id], ranks.get(unit.id)) for unit in units]
    standings.sort(key=lambda row: (row.rank is None, row.rank.first if row.rank else 0))
    return Group(code, label_of(code, units), tuple(standings))


def label_of(code: str, units: Iterable[Judged]) -> str:
    """What a group is called, in Vietnamese."""
    if code == AFFILIATED:
        return N_("Đơn vị trực thuộc Sở")
    kinds = {unit.kind for unit in units}
    if len(kinds) == 1:
        return kinds.pop().label
    return N_("Ủy ban nhân dân xã, phường, đặc khu")


def dump_standing(row: Standing) -> dict[str, Any]:
    """A unit's part of a frozen year, as plain JSON."""
    unit = row.unit
    return {"code": unit.code, "name": unit.name, "kind": unit.kind.value, "parent": unit.parent_name,
            "score": dump_score(row.score)}


def load_standing(unit_id: int, group_code: str, first: int | None, last: int | None,
                  content: Mapping[str, Any]) -> Standing:
    """The unit's part that was frozen."""
    unit = Judged(unit_id, content["code"], content["name"], UnitKind(content["kind"]), content["parent"], group_code)
    return Standing(unit, load_score(content["score"]), None if first is None else Rank(first, last or first))


@dataclass(frozen=True, slots=True)
class Shift:
    """What became of a unit from one reckoning to another; None for a unit that is in one alone."""

    unit: Judged
    group_label: str
    before: Standing | None
    after: Standing | None

    @property
    def rank_difference(self) -> int | None:
        """Places gained (above zero) or lost; None without two ranks."""
        if self.before is None or self.after is None or self.before.rank is None or self.after.rank is None:
            return None
        return self.before.rank.first - self.after.rank.first

    @property
    def is_moved(self) -> bool:
        """Whether total or rank is another."""
        return _said(self.before) != _said(self.after)


def _said(row: Standing | None) -> tuple[Decimal | None, Rank | None] | None:
    """What can differ."""
    return None if row is None else (row.total, row.rank)


def shifts(before: Year, after: Year) -> list[Shift]:
    """Every unit of both reckonings in the order of the later, then those that are in the earlier alone."""
    old, new = before.standings, after.standings
    found = [Shift(row.unit, group.label, old.get(row.unit.id), row) for group in after.groups
             for row in group.standings]
    return found + [Shift(row.unit, group.label, row, None) for group in before.groups for row in group.standings
                    if row.unit.id not in new]


__all__ = ["Group", "Shift", "Standing", "Year", "dump_standing", "label_of", "load_standing", "shifts", "stand"]
