"""Figures add up the same whatever the order and grouping; nothing, zero and "không phát sinh" stay three things."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.figure import (
    EMPTY,
    NIL,
    Aggregate,
    Figure,
    FigureState,
    IndicatorRule,
    combine,
    count_yes,
    figure_of,
    mean_of,
    pool,
    rate_of,
    share_of,
    sum_of,
    total,
)

RULES = (
    IndicatorRule("B1", Aggregate.SUM),
    IndicatorRule("K1", Aggregate.SUM_DISTINCT),
    IndicatorRule("K2", Aggregate.LAST),
    IndicatorRule("K3", Aggregate.RATIO, ("K1", "K2")),
    IndicatorRule("A2", Aggregate.COUNT_YES),
    IndicatorRule("H2", Aggregate.WEIGHTED_SHARE, ("B1",)),
    IndicatorRule("H3", Aggregate.WEIGHTED_MEAN, ("B1",)),
    IndicatorRule("M5", Aggregate.SUM_OF, ("B1", "K1")),
)
counts = st.integers(0, 10**9).map(Decimal)
plain = st.one_of(st.just(EMPTY), st.just(NIL), counts.map(figure_of))
answers = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda pair: (min(pair), max(pair)))
shares = st.one_of(st.just(EMPTY), answers.map(lambda pair: share_of(Decimal(pair[0]), Decimal(pair[1]))))
means = st.one_of(st.just(EMPTY), answers.map(lambda pair: mean_of(Decimal(pair[1]), Decimal(pair[0]))))
yes_no = st.sampled_from([EMPTY, figure_of(0), figure_of(1)])
units = st.fixed_dictionaries({"B1": plain, "K1": plain, "K2": plain, "A2": yes_no, "H2": shares, "H3": means})


@given(st.lists(st.lists(units, max_size=4), max_size=4))
def test_a_total_of_totals_is_the_total_of_all(groups: list[list[dict[str, Figure]]]) -> None:
    of_groups = total(RULES, [total(RULES, group) for group in groups])
    at_once = total(RULES, [unit for group in groups for unit in group])
    assert of_groups == at_once


@given(st.lists(units, max_size=6), st.randoms())
def test_the_order_of_units_changes_nothing(parts: list[dict[str, Figure]], random: object) -> None:
    shuffled = list(parts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random of hypothesis
    assert total(RULES, shuffled) == total(RULES, parts)


@given(st.lists(units, max_size=5))
def test_a_unit_that_said_nothing_adds_nothing(parts: list[dict[str, Figure]]) -> None:
    assert total(RULES, [*parts, {}]) == total(RULES, parts)


@given(st.lists(plain, min_size=1, max_size=8))
def test_a_sum_is_empty_nil_or_a_number_as_its_cells_are(cells: list[Figure]) -> None:
    added = sum_of(cells)
    if all(cell.is_empty for cell in cells):
        assert added is EMPTY
    elif all(cell.is_empty or cell.is_nil for cell in cells):
        assert added is NIL
    else:
        assert added.value == sum(cell.value for cell in cells if cell.value is not None)


@given(st.lists(answers.filter(lambda pair: pair[1] > 0), min_size=1, max_size=6))
def test_a_pooled_rate_lies_between_the_rates_and_weighs_each_answer_once(pairs: list[tuple[int, int]]) -> None:
    rates = [share_of(Decimal(over), Decimal(under)) for over, under in pairs]
    pooled = pool(rates, Decimal(100))
    assert (pooled.numerator, pooled.denominator) == (
        Decimal(sum(pair[0] for pair in pairs)), Decimal(sum(pair[1] for pair in pairs)))
    values = [rate.value for rate in rates if rate.value is not None]
    assert pooled.value is not None
    assert min(values) - Decimal("1e-20") <= pooled.value <= max(values) + Decimal("1e-20")


@given(st.lists(yes_no, max_size=20))
def test_yes_is_counted_over_those_that_answered(cells: list[Figure]) -> None:
    counted, answered = count_yes(cells), [cell for cell in cells if not cell.is_empty]
    if not answered:
        assert counted is EMPTY
    else:
        assert counted.value == sum(cell.number for cell in answered)
        assert counted.denominator == len(answered)


def test_the_mean_of_rates_is_never_the_rate_of_the_total() -> None:
    small, large = share_of(Decimal(1), Decimal(1)), share_of(Decimal(0), Decimal(99))
    assert pool([small, large], Decimal(100)).value == Decimal(1)


def test_nothing_zero_and_nil_are_three_things() -> None:
    assert len({EMPTY, NIL, figure_of(0)}) == 3
    assert [figure_of(0).state, NIL.state, EMPTY.state] == [FigureState.VALUE, FigureState.NIL, FigureState.EMPTY]
    assert EMPTY.number == NIL.number == figure_of(0).number == 0


@pytest.mark.parametrize(("over", "under", "expected"), [
    (EMPTY, figure_of(4), EMPTY), (figure_of(1), EMPTY, EMPTY), (NIL, NIL, NIL), (figure_of(0), figure_of(0), NIL),
    (NIL, figure_of(4), figure_of(0, Decimal(0), Decimal(4))),
    (figure_of(3), figure_of(4), figure_of(75, Decimal(3), Decimal(4))),
])
def test_a_rate_of_two_cells(over: Figure, under: Figure, expected: Figure) -> None:
    assert rate_of(over, under) == expected


@pytest.mark.parametrize(("state", "value"), [(FigureState.VALUE, None), (FigureState.NIL, Decimal(0)),
                                              (FigureState.EMPTY, Decimal(1))])
def test_state_and_value_cannot_contradict_each_other(state: FigureState, value: Decimal | None) -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        Figure(state, value)


def test_worked_satisfaction_of_the_domain_facts() -> None:
    sheets = [5, 5, 4, 4, 3, 2]
    mean = mean_of(Decimal(sum(sheets)), Decimal(len(sheets)))
    share = share_of(Decimal(sum(level >= 4 for level in sheets)), Decimal(len(sheets)))
    assert mean.value is not None and round(mean.value, 2) == Decimal("3.83")
    assert share.value is not None and round(share.value, 2) == Decimal("66.67")


def test_a_formula_is_never_combined_from_its_own_values() -> None:
    parts = [{"K1": figure_of(1), "K2": figure_of(2), "K3": figure_of(99)}]
    assert total(RULES, parts)["K3"].value == 50
    assert combine(RULES[0], [figure_of(2), NIL, EMPTY]).value == 2
