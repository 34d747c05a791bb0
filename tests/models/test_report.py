"""A counted figure is replaced only with a reason, and contradictions are doubted, never refused."""

from decimal import Decimal

import pytest

from models.figure import EMPTY, NIL, Aggregate, Figure, IndicatorRule, figure_of
from models.report import doubts, needs_reason

RULES = (
    IndicatorRule("G4", Aggregate.SUM), IndicatorRule("G5", Aggregate.SUM),
    IndicatorRule("G6", Aggregate.RATIO, ("G5", "G4")), IndicatorRule("K2", Aggregate.LAST),
)
NAMES = {"G4": "Đã giải quyết", "G5": "Đúng hạn"}


@pytest.mark.parametrize(("entry", "counted", "needed"), [
    (EMPTY, figure_of(3), False),
    (figure_of(3), figure_of(3), False),
    (figure_of(4), figure_of(3), True),
    (NIL, figure_of(3), True),
    (NIL, EMPTY, False),
    (figure_of(4), EMPTY, True),
    (figure_of(0), EMPTY, True),
    (figure_of(Decimal("3.0")), figure_of(3), False),
])
def test_another_figure_than_the_counted_one_needs_a_reason(entry: Figure, counted: Figure, needed: bool) -> None:
    assert needs_reason(entry, counted) is needed


def test_a_part_above_its_whole_is_doubted() -> None:
    found = list(doubts(RULES, NAMES, {"G4": figure_of(5), "G5": figure_of(6)}, {}))
    assert [(doubt.code, doubt.values) for doubt in found] == [
        ("G5", {"part": "Đúng hạn", "whole": "Đã giải quyết"})]


@pytest.mark.parametrize("whole", [EMPTY, figure_of(6), figure_of(7)])
def test_a_part_within_its_whole_or_beside_an_empty_one_is_not(whole: Figure) -> None:
    assert not list(doubts(RULES, NAMES, {"G4": whole, "G5": figure_of(6)}, {}))


def test_a_year_below_its_first_half_is_doubted_for_what_adds_up_and_not_for_what_is_last() -> None:
    year = {"G4": figure_of(4), "G5": figure_of(4), "K2": figure_of(1)}
    half = {"G4": figure_of(9), "G5": figure_of(4), "K2": figure_of(9)}
    assert [doubt.code for doubt in doubts(RULES, NAMES, year, half)] == ["G4"]
    assert not list(doubts(RULES, NAMES, {**year, "G4": EMPTY}, half))
