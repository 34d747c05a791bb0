"""Results put together: sums of packed counts, read out for what disclosure lets through (product laws 4 and 9)."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from struct import unpack

from sqlalchemy.orm import Session

from models.codebook import OUTCOME
from models.disclosure import ALL, hidden_cells
from models.disclosure import Cell as Group
from models.satisfaction import SMALL_SAMPLE, LevelCounts, mean_of, overall_mean, sample_size
from models.survey import SurveyChannel
from queries.survey.count import Count
from queries.survey.ground import RoundGround, read_ground
from queries.survey.result import ChannelResult, GroupResult, KnowledgeResult, SurveyResult, TrendPoint
from queries.survey.telling import Summary, items_of, summarise, tell, tell_factor
from queries.survey.trend import read_trend


def get_result(session: Session, round_id: int, unit_id: int | None = None) -> SurveyResult | None:
    """The results of a round over a unit and all below it (all units without one), as they may be shown; or None.

    None where there is no such round, or the unit has no part in it. Eight queries at most.
    """
    ground = read_ground(session, round_id)
    if ground is None or ground.tree.root not in ground.members:
        return None
    unit_id = ground.tree.root if unit_id is None else unit_id
    if unit_id != ground.tree.root and unit_id not in ground.above:
        return None
    return Composer(ground).result(unit_id, read_trend(session, ground, unit_id))


class Composer:
    """One round, with what may be shown of it decided once for all its groups."""

    def __init__(self, ground: RoundGround) -> None:
        """Add up the sheets and decide which groups are hidden whole."""
        self.ground = ground
        self.tree, self.book = ground.tree, ground.book
        self.sheets = self.tree.add_up({
            (leaf, channel.value): count.sheets for (leaf, channel), count in ground.counted.items()})
        self.hidden = hidden_cells(self.tree, self.sheets)

    @cached_property
    def lanes(self) -> dict[Group, tuple[int, ...]]:
        """The counts of every leaf and channel as plain numbers, lane by lane."""
        size = self.book.size
        return {(leaf, channel.value): unpack(f"<{size // 4}I", count.counts.to_bytes(size, "little"))
                for (leaf, channel), count in self.ground.counted.items() if count.sheets}

    def hidden_of(self, code: str) -> frozenset[Group]:
        """The groups whose answers in a cell of the codebook may not be shown."""
        if code not in self._hidden_of:
            cell = self.book.cells[self.book.index[code]]
            first = cell.lane(1) // 32
            last = first + len(cell.values)
            answered = self.tree.add_up({group: sum(lanes[first:last]) for group, lanes in self.lanes.items()})
            self._hidden_of[code] = self.hidden | hidden_cells(self.tree, answered, self.hidden)
        return self._hidden_of[code]

    @cached_property
    def _hidden_of(self) -> dict[str, frozenset[Group]]:
        return {}

    @cached_property
    def by_leaf(self) -> dict[int, list[tuple[str, Count]]]:
        """What was counted, unit by unit: the channel, and what came by it."""
        found: dict[int, list[tuple[str, Count]]] = {}
        for (leaf, channel), count in self.ground.counted.items():
            found.setdefault(leaf, []).append((channel.value, count))
        return found

    def counts(self, unit_id: int, channel: str = ALL) -> int:
        """Packed counts of a unit and all below it."""
        return sum(count.counts for leaf in self.tree.walk(unit_id) for via, count in self.by_leaf.get(leaf, ())
                   if channel in (ALL, via))

    def population(self, unit_id: int) -> int | None:
        """N of a unit and all below it; None where one unit's is not known, and where nobody was asked."""
        asked = [self.ground.populations[abs(unit)] for unit in self.tree.walk(unit_id)
                 if unit not in self.tree.children and abs(unit) in self.ground.populations]
        known = [number for number in asked if number is not None]
        return sum(known) if known and len(known) == len(asked) else None

    def headline(self, unit_id: int, channel: str = ALL) -> Summary:
        """The headline question over a group; nothing where it may not be shown."""
        code, group = self.ground.head.headline, (unit_id, channel)
        if not code or group in self.hidden_of(code):
            return Summary()
        population = self.population(unit_id) if channel == ALL else None
        return summarise(self.book.levels(self.counts(unit_id, channel), code), population)

    def result(self, unit_id: int, trend: tuple[TrendPoint, ...] = ()) -> SurveyResult:
        """The results over one unit of the tree."""
        ground, counts, population = self.ground, self.counts(unit_id), self.population(unit_id)
        questions = tuple(
            tell(item, self.book, counts, population, is_shown=(unit_id, ALL) not in self.hidden_of(item.cells[0]))
            for item in items_of(ground.body) if item.cells)
        told = (tell_factor(factor, questions) for factor in ground.body.factors)
        factors = tuple(factor for factor in told if factor is not None)
        service = [factor.mean for factor in factors if factor.is_service]
        means = self._unit_means(unit_id)
        within = [unit for unit in self.tree.walk(unit_id) if unit not in self.tree.children]
        return SurveyResult(
            ground.head, unit_id, ground.members[unit_id].name, ground.members[unit_id].kind, self._path(unit_id),
            self.sheets.get((unit_id, ALL), 0), self._excluded(unit_id),
            sum(1 for unit in within if abs(unit) in ground.populations),
            sum(1 for unit in within if self.sheets.get((unit, ALL))),
            population, sample_size(population) if population else None,
            (unit_id, ALL) not in self.hidden, questions, factors, overall_mean(service),
            sum(means, Decimal()) / len(means) if means else None, len(means), self._knowledge(unit_id, counts),
            tuple(self._channels(unit_id)), tuple(self.groups(unit_id)), trend)

    def groups(self, unit_id: int) -> Iterator[GroupResult]:
        """The units directly below a unit, and what it brought in itself."""
        for child in self.tree.children.get(unit_id, ()):
            yield self._group(unit_id, child)

    def _path(self, unit_id: int) -> tuple[tuple[int, str], ...]:
        """The units above, highest first."""
        path = []
        while (unit_id := self.ground.above.get(unit_id, 0)):
            path.append((unit_id, self.ground.members[unit_id].name))
        return tuple(path[::-1])

    def _excluded(self, unit_id: int, channel: str = ALL) -> int:
        """Sheets that the Office excluded."""
        return sum(count.excluded for leaf in self.tree.walk(unit_id) for via, count in self.by_leaf.get(leaf, ())
                   if channel in (ALL, via))

    def _unit_means(self, unit_id: int) -> list[Decimal]:
        """Headline means of the single units with enough answers that are shown."""
        code = self.ground.head.headline
        if not code:
            return []
        cell, hidden = self.book.cells[self.book.index[code]], self.hidden_of(code)
        first = cell.lane(1) // 32
        levels: dict[int, LevelCounts] = {}
        within = set(self.tree.walk(unit_id))
        for (leaf, _channel), lanes in self.lanes.items():
            if leaf in within and (leaf, ALL) not in hidden:
                one, two, three, four, five = lanes[first:first + 5]
                levels[leaf] = levels.get(leaf, LevelCounts()) + LevelCounts((one, two, three, four, five))
        means = [mean_of(found) for found in levels.values() if found.n >= SMALL_SAMPLE]
        return [mean for mean in means if mean is not None]

    def _knowledge(self, unit_id: int, counts: int) -> KnowledgeResult | None:
        """Sheets of knowledge that passed."""
        if OUTCOME not in self.book.index:
            return None
        if (unit_id, ALL) in self.hidden_of(OUTCOME):
            return KnowledgeResult(None, None)
        found = self.book.read(counts, OUTCOME)
        return KnowledgeResult(found.n, found.values[1])

    def _channels(self, unit_id: int) -> Iterator[ChannelResult]:
        """Every channel through which something came, apart."""
        for channel in SurveyChannel:
            sheets = self.sheets.get((unit_id, channel.value), 0)
            excluded = self._excluded(unit_id, channel.value)
            if sheets or excluded:
                told = self.headline(unit_id, channel.value)
                yield ChannelResult(channel, sheets, excluded, told.counts, told.satisfied, told.mean, told.margin)

    def _group(self, unit_id: int, child: int) -> GroupResult:
        """One unit below in a line."""
        member, told = self.ground.members[abs(child)], self.headline(child)
        return GroupResult(
            member.id, member.name, member.kind, child == -unit_id, child in self.tree.children,
            self.sheets.get((child, ALL), 0), self.population(child), told.counts, told.satisfied, told.mean,
            told.margin)


__all__ = ["Composer", "get_result"]
