"""Which figures of a table by unit are withheld: rates over fewer than five answers, and what would tell them (law 9).

A report's table is a tree: the whole, its groups, the units, those below them. A rate or mean over answers, counted
or typed, tells of the people in its denominator; how many they were may be told. ``models.disclosure`` decides.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.disclosure import ALL, Tree, hidden_cells
from models.figure import EMPTY, Aggregate, Figure, IndicatorRule
from models.satisfaction import SMALLEST_GROUP

POOLED = frozenset({Aggregate.WEIGHTED_SHARE, Aggregate.WEIGHTED_MEAN})
"""Rates and means over answer sheets."""
_ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Node:
    """One line of a table: its figures by code, and the lines that it adds up."""

    figures: Mapping[str, Figure]
    below: tuple["Node", ...] = ()

    def walk(self) -> Iterator["Node"]:
        """The line, then all below it, each line before its own."""
        yield self
        for node in self.below:
            yield from node.walk()


def shown(aggregate: Aggregate, figure: Figure) -> Figure:
    """The figure, but nothing of a rate or mean over fewer than five answers (product law 9)."""
    return EMPTY if aggregate in POOLED and is_small(figure) else figure


def is_small(figure: Figure) -> bool:
    """Whether a rate says something of fewer than five answers; one whose answers nobody counted does, too."""
    return figure.value is not None and (figure.denominator or 0) < SMALLEST_GROUP


def may_stand_together(aggregate: Aggregate, figures: Iterable[Figure]) -> bool:
    """Whether figures that make up a whole may all be shown beside it.

    Not where one is a rate over fewer than five answers: the others would tell it.
    """
    return aggregate not in POOLED or not any(is_small(figure) for figure in figures)


def withhold(rules: Iterable[IndicatorRule], counts: Iterable[str], root: Node) -> Node:
    """The same table without what may not be told.

    ``counts`` are codes of indicators that count answers: a ratio over one of them is a rate over answers, too, and
    goes together with its numerator.
    """
    rules, counts = list(rules), set(counts)
    counts |= {code for rule in rules if rule.aggregate in POOLED for code in rule.operands}
    nodes = list(root.walk())
    hidden: dict[int, set[str]] = {}
    for rule in rules:
        codes = _told_with(rule, counts)
        if codes:
            for place in _hidden_places(nodes, rule.code):
                hidden.setdefault(place, set()).update(codes)
    _hide_sums(rules, hidden)
    return _without(root, iter(range(len(nodes))), hidden) if hidden else root


def _told_with(rule: IndicatorRule, counts: set[str]) -> set[str]:
    """Codes that tell of the answers behind a rate; none where it is not over answers."""
    if rule.aggregate in POOLED:
        return {rule.code}
    if rule.aggregate is Aggregate.RATIO and rule.operands[1] in counts:
        return {rule.code, rule.operands[0]} - counts
    return set()


def _hidden_places(nodes: Sequence[Node], code: str) -> set[int]:
    """Places of the lines that may not tell a rate.

    What a line has beyond those below it is a line of its own that nobody sees.
    """
    if not any(is_small(node.figures.get(code, EMPTY)) for node in nodes):
        return set()
    places = {id(node): place for place, node in enumerate(nodes, start=1)}
    children: dict[int, list[int]] = {}
    leaves: dict[tuple[int, str], int] = {}
    for node in nodes:
        place, size = places[id(node)], _answers(node, code)
        below = [places[id(child)] for child in node.below]
        rest = size - sum(_answers(child, code) for child in node.below)
        if below:
            children[place] = [*below, -place] if rest > 0 else below
        if rest > 0:
            leaves[-place if below else place, _ANSWERS] = rest
    tree = Tree(1, children)
    already = {(places[id(node)], channel) for node in nodes if is_small(node.figures.get(code, EMPTY))
               for channel in (ALL, _ANSWERS)}
    found = hidden_cells(tree, tree.add_up(leaves), already)
    return {place - 1 for place, _channel in found | already if place > 0}


def _answers(node: Node, code: str) -> int:
    """How many answers a line's rate is over, rounded up; those below it where it has none of its own."""
    figure = node.figures.get(code, EMPTY)
    below = sum(_answers(child, code) for child in node.below)
    return max(below, -int(-(figure.denominator or Decimal(0)) // 1)) if figure.value is not None else below


def _hide_sums(rules: Sequence[IndicatorRule], hidden: Mapping[int, set[str]]) -> None:
    """A sum or rate made from a figure that is withheld goes with it."""
    made = [rule for rule in rules if rule.aggregate.is_formula]
    for codes in hidden.values():
        while more := {rule.code for rule in made if codes & set(rule.operands)} - codes:
            codes |= more


def _without(node: Node, places: Iterator[int], hidden: Mapping[int, set[str]]) -> Node:
    """A line and those below it, with nothing where something is withheld."""
    codes = hidden.get(next(places), set())
    figures = {code: EMPTY if code in codes else figure for code, figure in node.figures.items()}
    return Node(figures, tuple(_without(child, places, hidden) for child in node.below))


__all__ = ["POOLED", "Node", "is_small", "may_stand_together", "shown", "withhold"]
