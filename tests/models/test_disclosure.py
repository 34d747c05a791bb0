"""What is hidden cannot be worked out: every test tries to, by solving for hidden cells from the shown ones."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations, pairwise
from random import Random
from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as st

from models.disclosure import ALL, Cell, Tree, hidden_cells, told_until
from models.satisfaction import SMALLEST_GROUP


def unknowns_that_are_free(tree: Tree, sizes: dict[Cell, int], hidden: frozenset[Cell]) -> dict[Cell, list[Fraction]]:
    """Of every hidden cell its row in a base of what no sum tells: all zero means that it can be worked out."""
    cells = sorted(hidden)
    place = {cell: number for number, cell in enumerate(cells)}
    channels = sorted({channel for _unit, channel in sizes})
    lines = [[((unit, channel), 1), *(((child, channel), -1) for child in below)]
             for unit, below in tree.children.items() for channel in channels]
    lines += [[((unit, ALL), 1), *(((unit, channel), -1) for channel in channels if channel != ALL)]
              for unit in tree.walk()]
    rows = []
    for line in lines:
        row = [Fraction(0)] * len(cells)
        for cell, sign in line:
            if cell in place:
                row[place[cell]] += sign
        rows.append(row)
    pivots, rank = [], 0
    for column in range(len(cells)):
        found = next((at for at in range(rank, len(rows)) if rows[at][column]), None)
        if found is None:
            continue
        rows[rank], rows[found] = rows[found], rows[rank]
        head = rows[rank][column]
        rows[rank] = [value / head for value in rows[rank]]
        for at, row in enumerate(rows):
            if at != rank and row[column]:
                rows[at] = [value - row[column] * first for value, first in zip(row, rows[rank], strict=True)]
        pivots.append(column)
        rank += 1
    free = [column for column in range(len(cells)) if column not in pivots]
    told = {cells[column]: [Fraction(int(column == other)) for other in free] for column in free}
    told |= {cells[column]: [-rows[at][other] for other in free] for at, column in enumerate(pivots)}
    return told


@st.composite
def surveys(draw: st.DrawFn) -> tuple[Tree, dict[Cell, int]]:
    """A Department with districts, schools and units of its own, up to three channels, many small numbers."""
    size = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 14])
    channels = draw(st.sampled_from([("link",), ("link", "qr"), ("link", "qr", "paper")]))
    children: dict[int, list[int]] = {1: []}
    leaves: dict[Cell, int] = {}
    number = 1
    for kind in draw(st.lists(st.integers(0, 3), min_size=1, max_size=4)):
        number += 1
        children[1].append(district := number)
        if kind:
            children[district] = [number := number + 1 for _ in range(kind)]
        for unit in children.get(district, [district]):
            leaves |= {(unit, channel): draw(size) for channel in channels}
    return Tree(1, children), leaves


@given(surveys())
@settings(max_examples=600, deadline=None)
def test_no_small_group_and_no_two_that_are_small_together_can_be_worked_out(
        survey: tuple[Tree, dict[Cell, int]]) -> None:
    tree, leaves = survey
    sizes = tree.add_up(leaves)
    hidden = hidden_cells(tree, sizes)
    told = unknowns_that_are_free(tree, sizes, hidden)
    small = [cell for cell in hidden if sizes[cell] < SMALLEST_GROUP]
    assert {cell for cell, size in sizes.items() if 0 < size < SMALLEST_GROUP} == set(small)
    assert [cell for cell in small if not any(told[cell])] == []
    for one, other in combinations(small, 2):
        if sizes[one] + sizes[other] < SMALLEST_GROUP:
            assert any(a + b for a, b in zip(told[one], told[other], strict=True)), (one, other)


@given(surveys(), surveys())
@settings(max_examples=200, deadline=None)
def test_what_is_hidden_already_stays_so_and_protects_what_is_smaller(
        survey: tuple[Tree, dict[Cell, int]], other: tuple[Tree, dict[Cell, int]]) -> None:
    tree, leaves = survey
    answered = tree.add_up({cell: max(0, size - other[1].get(cell, 0)) for cell, size in leaves.items()})
    before = hidden_cells(tree, tree.add_up(leaves))
    hidden = hidden_cells(tree, answered, before)
    told = unknowns_that_are_free(tree, answered, hidden)
    assert {cell for cell in before if answered.get(cell)} <= hidden
    assert [cell for cell in hidden if answered[cell] < SMALLEST_GROUP and not any(told[cell])] == []


def test_one_small_unit_takes_the_smallest_of_its_neighbours_with_it() -> None:
    tree = Tree(1, {1: [2, 3, 4]})
    sizes = tree.add_up({(2, "link"): 3, (3, "link"): 40, (4, "link"): 60})
    assert hidden_cells(tree, sizes) == {(2, ALL), (2, "link"), (3, ALL), (3, "link")}


def test_two_small_units_that_are_five_together_need_no_third() -> None:
    tree = Tree(1, {1: [2, 3, 4]})
    sizes = tree.add_up({(2, "link"): 2, (3, "link"): 3, (4, "link"): 60})
    assert {unit for unit, _channel in hidden_cells(tree, sizes)} == {2, 3}
    sizes = tree.add_up({(2, "link"): 2, (3, "link"): 2, (4, "link"): 60})
    assert {unit for unit, _channel in hidden_cells(tree, sizes)} == {2, 3, 4}


def test_a_small_channel_of_one_unit_hides_four_cells_and_no_unit() -> None:
    tree = Tree(1, {1: [2, 3, 4]})
    leaves = {(unit, channel): 50 * unit for unit in (2, 3, 4) for channel in ("link", "qr", "paper")}
    sizes = tree.add_up(leaves | {(2, "qr"): 4})
    hidden = hidden_cells(tree, sizes)
    assert hidden == {(2, "qr"), (2, "link"), (3, "qr"), (3, "link")} or hidden == {
        (2, "qr"), (2, "paper"), (3, "qr"), (3, "paper")}


def test_zero_is_shown_and_nothing_is_hidden_where_all_are_five() -> None:
    tree = Tree(1, {1: [2, 3]})
    assert hidden_cells(tree, tree.add_up({(2, "link"): 0, (3, "link"): 5})) == frozenset()
    assert hidden_cells(tree, tree.add_up({(2, "link"): 0, (3, "link"): 4})) == {
        (1, ALL), (1, "link"), (3, ALL), (3, "link")}


def province(seed: int, at_least: int) -> tuple[Tree, dict[Cell, int]]:
    """700 units in 13 districts, four channels."""
    random = Random(seed)
    children = {1: list(range(2, 65))}
    number = 65
    for district in range(2, 15):
        children[district] = list(range(number, number + 49))
        number += 49
    tree = Tree(1, children)
    return tree, {(unit, channel): max(0, int(random.gauss(60, 40))) + at_least
                  for unit in tree.walk() if unit not in children for channel in ("link", "qr", "staff", "paper")}


def test_a_whole_province_is_quick() -> None:
    tree, leaves = province(1, 0)
    sizes = tree.add_up(leaves)
    start = process_time()
    hidden = hidden_cells(tree, sizes)
    first = process_time() - start
    assert hidden
    answered = [tree.add_up({cell: max(0, size - Random(n).randint(0, 6)) for cell, size in leaves.items()})
                for n in range(5)]
    start = process_time()
    for question in answered:
        hidden_cells(tree, question, hidden)
    assert first < 2 and (process_time() - start) / 5 < 0.3


@given(st.dictionaries(st.integers(0, 30), st.integers(1, 9), max_size=20))
def test_two_days_beside_each_other_tell_of_five_people_or_of_none(came: dict[int, int]) -> None:
    by_day = {date(2023, 5, 1) + timedelta(days=day): count for day, count in came.items()}
    told = [told_until(by_day, date(2023, 5, 1) + timedelta(days=day)) for day in range(31)]
    sums = [sum(count for at, count in by_day.items() if last is not None and at <= last) for last in told]
    whole = sum(by_day.values())
    for earlier, later in pairwise([*sums, whole] if whole >= SMALLEST_GROUP else sums):
        assert later == earlier or later - earlier >= SMALLEST_GROUP


def test_what_is_told_of_a_day_waits_for_five_sheets() -> None:
    first = date(2023, 5, 1)
    by_day = {first: 4, first + timedelta(days=2): 3, first + timedelta(days=5): 6}
    assert told_until(by_day, first) is None
    assert told_until(by_day, first + timedelta(days=3)) == first + timedelta(days=2)
    assert told_until(by_day, first + timedelta(days=9)) == first + timedelta(days=5)
