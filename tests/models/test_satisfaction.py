"""Satisfaction is measured by the formulae of the domain facts, section 4.4, from unrounded values."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numbers import format_decimal
from models.satisfaction import (
    LevelCounts,
    dissatisfied_share,
    factor_mean,
    index_from_zero,
    index_of_five,
    margin_of,
    mean_of,
    overall_mean,
    pool,
    sample_size,
    satisfied_share,
    shown_only,
)

counts = st.integers(0, 10_000)
groups = st.builds(LevelCounts, st.tuples(counts, counts, counts, counts, counts), counts, counts)
WORKED = LevelCounts((0, 1, 1, 2, 2), not_applicable=1)


def test_the_worked_example_of_the_domain_facts_comes_out() -> None:
    mean = mean_of(WORKED)
    assert mean is not None and WORKED.n == 6
    told = (mean, (satisfied_share(WORKED) or 0) * 100, (dissatisfied_share(WORKED) or 0) * 100, index_of_five(mean),
            index_from_zero(mean))
    assert [format_decimal(value) for value in told] == ["3,83", "66,67", "16,67", "76,67", "70,83"]


@given(groups)
def test_every_sheet_is_accounted_for(group: LevelCounts) -> None:
    assert group.total == sum(group.levels) + group.not_applicable + group.blank
    assert group.satisfied + group.dissatisfied + group.levels[2] == group.n


@given(groups)
def test_shares_and_means_stay_within_their_scales(group: LevelCounts) -> None:
    mean, share = mean_of(group), satisfied_share(group)
    if group.n == 0:
        assert mean is None and share is None and margin_of(Decimal(1), group.n) is None
        return
    assert mean is not None and share is not None
    assert 1 <= mean <= 5 and 0 <= share <= 1
    assert 20 <= index_of_five(mean) <= 100 and 0 <= index_from_zero(mean) <= 100
    margin = margin_of(share, group.n)
    assert margin is not None and 0 <= margin < 1


@given(st.lists(groups, max_size=6))
def test_pooling_adds_answers_and_never_averages(rows: list[LevelCounts]) -> None:
    pooled = pool(rows)
    assert pooled.n == sum(row.n for row in rows)
    assert pooled.points == sum(row.points for row in rows)
    assert pooled.total == sum(row.total for row in rows)


def test_blanks_and_not_applicable_change_no_result() -> None:
    bare = LevelCounts((1, 2, 3, 4, 5))
    padded = LevelCounts((1, 2, 3, 4, 5), not_applicable=7, blank=9)
    assert (mean_of(bare), satisfied_share(bare)) == (mean_of(padded), satisfied_share(padded))


def test_a_factors_mean_weighs_its_questions_alike() -> None:
    many, few = LevelCounts((0, 0, 0, 0, 100)), LevelCounts((10, 0, 0, 0, 0))
    assert factor_mean([many, few]) == 3
    assert factor_mean([many, LevelCounts()]) == 5
    assert factor_mean([LevelCounts()]) is None
    assert overall_mean([Decimal(3), Decimal(4)]) == Decimal("3.5")
    assert overall_mean([Decimal(3), None]) is None


def test_the_finite_population_corrects_the_margin_only_when_it_is_known() -> None:
    half = Decimal("0.5")
    assert format_decimal((margin_of(half, 100) or 0) * 100) == "9,80"
    assert format_decimal((margin_of(half, 100, 400) or 0) * 100) == "8,50"
    assert margin_of(half, 400, 400) == 0


@pytest.mark.parametrize(("population", "asked"), [(1, 1), (100, 80), (1000, 286), (395_000, 400)])
def test_the_sample_size_follows_slovin(population: int, asked: int) -> None:
    assert sample_size(population) == asked


@pytest.mark.parametrize(("n", "shown", "small"), [(0, False, False), (4, False, False), (5, True, True),
                                                   (29, True, True), (30, True, False)])
def test_fewer_than_five_are_hidden_and_fewer_than_thirty_are_called_small(n: int, shown: bool, small: bool) -> None:
    group = LevelCounts((0, 0, n, 0, 0), blank=100)
    assert (group.is_shown, group.is_small) == (shown, small)


@given(st.lists(groups, max_size=5))
def test_what_is_hidden_cannot_be_subtracted_from_its_factor(rows: list[LevelCounts]) -> None:
    shown = shown_only(rows)
    assert all(row.n >= 5 for row in shown)
    assert pool(shown).n == sum(row.n for row in rows if row.n >= 5)
