"""What may be shown of a survey: no group under five is told, nor can one be worked out from the rest (law 9).

A cell is a unit with all below it, over one channel or over all together. Cells make lines: a unit is the sum of
the units below it, channel by channel, and a unit below which nobody is is the sum of its channels. Every cell so
stands in two lines exactly. Take lines for the points of a graph and cells for its edges: whatever can be worked
out about hidden cells from shown ones is told by a cut of that graph, the edges between some points and the others.
Nothing small can be worked out when no cut that also crosses shown cells has hidden cells of one to four people.

So: hide every group of one to four; where a cut would still tell one, hide the cheapest path of shown cells around
it, until none does. A unit that is hidden hides all below it. Zero is shown as zero.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from heapq import heappop, heappush

from models.satisfaction import SMALLEST_GROUP

ALL = ""
"""In place of a channel: all channels together."""
Cell = tuple[int, str]
Point = tuple[int, str]
"""A line: (inner unit, channel) adds up the units below; (unit, ROW) adds up the channels of one with none below."""
_ROW = "="
_TOP: Point = (0, "^")
"""The line that adds up the channels of the root."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Units by the one above; the groups of a survey."""

    root: int
    children: Mapping[int, Sequence[int]]
    """Units directly below, for units that have any. A unit with units below has no sheets but theirs: those of its
    own stand under a number of their own among them."""

    def walk(self, unit: int | None = None) -> Iterator[int]:
        """A unit (the root without one) and all below it, each after the one above it."""
        waiting = [self.root if unit is None else unit]
        while waiting:
            at = waiting.pop()
            yield at
            waiting += self.children.get(at, ())

    def add_up(self, leaves: Mapping[Cell, int]) -> dict[Cell, int]:
        """Sizes of all cells, sums included, from those of single channels of units with none below."""
        above = {child: unit for unit, below in self.children.items() for child in below}
        sizes: defaultdict[Cell, int] = defaultdict(int)
        for (unit, channel), size in leaves.items():
            at: int | None = unit
            while size and at is not None:
                sizes[at, channel] += size
                sizes[at, ALL] += size
                at = above.get(at)
        return dict(sizes)


def hidden_cells(tree: Tree, sizes: Mapping[Cell, int], already: Collection[Cell] = ()) -> frozenset[Cell]:
    """The cells that must not be shown, ``already`` hidden ones among them; ``sizes`` as ``Tree.add_up`` gives them.

    For one thing that is counted: sheets, or valid answers to one question.
    """
    hidden = {cell for cell, size in sizes.items() if 0 < size < SMALLEST_GROUP or cell in already}
    while True:
        _hide_below(tree, sizes, hidden)
        if (tree.root, ALL) in hidden:
            return frozenset(cell for cell, size in sizes.items() if size)
        more = _Graph(tree, sizes, hidden).leaks()
        if not more:
            return frozenset(hidden)
        hidden |= more


def _hide_below(tree: Tree, sizes: Mapping[Cell, int], hidden: set[Cell]) -> None:
    """Hide everything of hidden units and of all below them."""
    channels = {channel for _unit, channel in sizes}
    for unit in [unit for unit, channel in hidden if channel == ALL]:
        for below in tree.walk(unit):
            hidden |= {(below, channel) for channel in channels if sizes.get((below, channel))}


@dataclass
class _Groups:
    """Points that are one to whoever does sums: every cut between them tells of five people at least."""

    above: dict[Point, Point] = field(default_factory=dict)

    def of(self, point: Point) -> Point:
        """The point that stands for its group."""
        while (up := self.above.get(point, point)) != point:
            self.above[point] = self.above.get(up, up)
            point = up
        return point

    def join(self, one: Point, other: Point) -> None:
        """Make one group of two."""
        self.above[self.of(one)] = self.of(other)


class _Graph:
    """Lines as points, cells as edges, on the way to finding what could be worked out."""

    def __init__(self, tree: Tree, sizes: Mapping[Cell, int], hidden: Collection[Cell]) -> None:
        """Join what hidden cells of five and more keep apart from sums; keep the small ones between."""
        self.tree, self.sizes, self.hidden = tree, sizes, hidden
        self.above = {child: unit for unit, below in tree.children.items() for child in below}
        self.groups = _Groups()
        self.found: set[Cell] = set()
        together: defaultdict[tuple[Point, Point], int] = defaultdict(int)
        for one, other, size in self._hidden_edges():
            together[one, other] += size
        self.small = []
        for (one, other), size in together.items():
            if size >= SMALLEST_GROUP:
                self.groups.join(one, other)
            else:
                self.small.append((one, other))

    def _hidden_edges(self) -> Iterator[tuple[Point, Point, int]]:
        """Hidden cells with their two lines; a unit hidden whole lies between the channels' lines of the one above."""
        for unit, channel in self.hidden:
            size = self.sizes.get((unit, channel), 0)
            if not size or (self.above.get(unit, 0), ALL) in self.hidden:
                continue
            if (unit, ALL) not in self.hidden:
                yield (*self._ends((unit, channel)), size)
            elif channel != ALL:
                yield (self.above[unit], ALL), (self.above[unit], channel), size

    def _ends(self, cell: Cell) -> tuple[Point, Point]:
        """The two lines that a cell stands in."""
        unit, channel = cell
        up = (self.above[unit], channel) if unit in self.above else _TOP
        return up, (unit, channel if unit in self.tree.children else _ROW)

    def leaks(self) -> set[Cell]:
        """Cells to be hidden beside those that are, so that nothing small can be worked out; none when all is well."""
        between = [edge for edge in self.small if self.groups.of(edge[0]) != self.groups.of(edge[1])]
        if not between:
            return set()
        self.shown: defaultdict[Point, list[tuple[int, Cell, Point]]] = defaultdict(list)
        for cell, size in self.sizes.items():
            if size and cell not in self.hidden:
                one, other = self._ends(cell)
                self.shown[one].append((size, cell, other))
                self.shown[other].append((size, cell, one))
        self.members: defaultdict[Point, list[Point]] = defaultdict(list)
        for point in self.shown:
            self.members[self.groups.of(point)].append(point)
        for part in self._parts(between):
            self._mend(part)
        return self.found

    def _parts(self, between: Iterable[tuple[Point, Point]]) -> list[set[Point]]:
        """Groups of points that small hidden cells hold together."""
        parts = _Groups()
        for one, other in between:
            parts.join(self.groups.of(one), self.groups.of(other))
        found: defaultdict[Point, set[Point]] = defaultdict(set)
        for edge in between:
            for point in edge:
                found[parts.of(self.groups.of(point))].add(self.groups.of(point))
        return list(found.values())

    def _mend(self, part: set[Point]) -> None:
        """Hide paths until at most one group of the part still touches a shown cell that leads out of it."""
        while True:
            part = {self.groups.of(point) for point in part}
            open_ = [point for point in sorted(part) if any(self._leaving(point))]
            if len(part) < 2 or len(open_) < 2:
                return
            start = min(open_, key=lambda point: (len(self.members.get(point, ())), point))
            path = self._path(start, part) or [min(self._leaving(start))]
            for _size, cell, _end in path:
                self.found.add(cell)
                self._join(*self._ends(cell))

    def _join(self, one: Point, other: Point) -> None:
        """Make one group of two, with the points of both that shown cells touch."""
        one, other = self.groups.of(one), self.groups.of(other)
        if one != other:
            self.groups.join(one, other)
            few, many = sorted((self.members.pop(one, []), self.members.pop(other, [])), key=len)
            many += few
            self.members[other] = many

    def _leaving(self, group: Point) -> Iterator[tuple[int, Cell, Point]]:
        """Shown cells that lead from the points of a group to another group."""
        for point in self.members.get(group, ()):
            for edge in self.shown[point]:
                if self.groups.of(edge[2]) != group:
                    yield edge

    def _path(self, start: Point, part: Collection[Point]) -> list[tuple[int, Cell, Point]]:
        """The shown cells of fewest people that lead from one group of a part to another; none where none do."""
        waiting: list[tuple[int, Point]] = [(0, start)]
        best: dict[Point, int] = {start: 0}
        came: dict[Point, tuple[Point, tuple[int, Cell, Point]]] = {}
        while waiting:
            cost, at = heappop(waiting)
            if at != start and at in part:
                return self._back(came, start, at)
            if cost > best[at]:
                continue
            for edge in self._leaving(at):
                to, total = self.groups.of(edge[2]), cost + edge[0]
                if total < best.get(to, total + 1):
                    best[to], came[to] = total, (at, edge)
                    heappush(waiting, (total, to))
        return []

    @staticmethod
    def _back(came: Mapping[Point, tuple[Point, tuple[int, Cell, Point]]], start: Point,
              at: Point) -> list[tuple[int, Cell, Point]]:
        """The edges of a path, from its end to its start."""
        path = []
        while at != start:
            at, edge = came[at]
            path.append(edge)
        return path


def told_until(by_day: Mapping[date, int], day: date) -> date | None:
    """The last day, ``day`` at most, up to whose end the sheets of one unit in one round are told; None for none.

    Two earlier days that are one sheet apart would tell what that sheet says. So what came is told in batches: from
    one told day to the next, and from the last one until now, there are five sheets at least, or none.
    """
    whole, before, batch, told = sum(by_day.values()), 0, 0, None
    for at in sorted(by_day):
        if at > day:
            break
        before, batch = before + by_day[at], batch + by_day[at]
        if batch >= SMALLEST_GROUP and (whole == before or whole - before >= SMALLEST_GROUP):
            told, batch = at, 0
    return told


__all__ = ["ALL", "Cell", "Tree", "hidden_cells", "told_until"]
