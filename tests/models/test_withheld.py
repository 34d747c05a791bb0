"""Rates by unit: none over fewer than five answers is told, nor one that the others would tell."""

from hypothesis import given, settings
from hypothesis import strategies as st

from models.figure import EMPTY, Aggregate, Figure, IndicatorRule, figure_of, share_of, total
from models.satisfaction import SMALLEST_GROUP
from models.withheld import Node, withhold

RULES = [IndicatorRule("N", Aggregate.SUM), IndicatorRule("R", Aggregate.WEIGHTED_SHARE, ("N",))]
RATIO = [IndicatorRule("N", Aggregate.SUM), IndicatorRule("Y", Aggregate.SUM),
         IndicatorRule("R", Aggregate.RATIO, ("Y", "N"))]


def line(satisfied: int, answers: int) -> Node:
    """A unit with so many answers."""
    return Node({"N": figure_of(answers), "R": share_of(figure_of(satisfied).number, figure_of(answers).number)})


def added(*below: Node) -> Node:
    """A line that adds up others."""
    return Node(total(RULES, [node.figures for node in below]), below)


def rates(node: Node) -> list[Figure]:
    """The rates of a table, line by line."""
    return [found.figures["R"] for found in node.walk()]


def test_a_table_in_which_all_have_five_answers_stays_the_very_same() -> None:
    table = added(added(line(4, 5), line(6, 9)), added(line(40, 50)))
    assert withhold(RULES, (), table) is table


def test_a_small_rate_goes_with_another_or_the_total_would_tell_it_and_its_count_stays() -> None:
    table = withhold(RULES, (), added(added(line(2, 3), line(5, 6), line(40, 50))))
    assert rates(table)[2:] == [EMPTY, EMPTY, rates(line(40, 50))[0]]
    assert [node.figures["N"] for node in table.walk()][2:] == [figure_of(3), figure_of(6), figure_of(50)]
    assert not any(rate.is_empty for rate in rates(table)[:2])


def test_the_only_unit_of_a_kind_goes_with_the_total_of_its_kind() -> None:
    table = withhold(RULES, (), added(added(line(2, 3)), added(line(30, 40)), added(line(40, 50))))
    found = rates(table)
    assert found[1].is_empty and found[2].is_empty and not found[0].is_empty
    assert [rate.is_empty for rate in found[3:]].count(True) == 2


def test_a_typed_rate_whose_answers_nobody_counted_is_withheld() -> None:
    lonely = Node({"N": EMPTY, "R": figure_of(80)})
    assert rates(withhold(RULES, (), lonely)) == [EMPTY]


def test_a_ratio_over_answers_goes_with_its_numerator() -> None:
    figures = {"N": figure_of(3), "Y": figure_of(2), "R": share_of(figure_of(2).number, figure_of(3).number)}
    told = withhold(RATIO, ("N",), Node(figures)).figures
    assert (told["N"], told["Y"], told["R"]) == (figure_of(3), EMPTY, EMPTY)
    assert withhold(RATIO, (), Node(figures)).figures == figures, "a ratio of things is no rate over people"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=4), min_size=1, max_size=4))
def test_no_line_is_worked_out_from_those_above_and_beside_it(sizes: list[list[int]]) -> None:
    """Wherever a line and all but some of those below it are told, the rest have five answers together or none."""
    table = added(*(added(*(line(size // 2, size) for size in group)) for group in sizes))
    told = withhold(RULES, (), table)
    for before, after in zip(table.walk(), told.walk(), strict=True):
        size = before.figures["N"].number
        assert after.figures["R"].is_empty or after.figures["R"].is_nil or size >= SMALLEST_GROUP
        if after.below and not after.figures["R"].is_empty:
            rest = sum(one.figures["N"].number for one, other in zip(before.below, after.below, strict=True)
                       if other.figures["R"].is_empty)
            assert not rest or rest >= SMALLEST_GROUP
