from decimal import Decimal

import pytest

from exports.layout.figures import EMPTY_SHORT, EMPTY_WORDS, NIL_SHORT, NIL_WORDS, Room, print_figure
from exports.tables import compare
from models.figure import EMPTY, NIL, Aggregate, Figure, count_yes, figure_of, mean_of, share_of

CASES = [
    (figure_of(0), Aggregate.SUM, "0", "0", "0"),
    (figure_of(1234567), Aggregate.SUM, "1.234.567", "1.234.567", "1.234.567"),
    (figure_of(10**15), Aggregate.SUM, *["1.000.000.000.000.000"] * 3),
    (share_of(Decimal(62), Decimal(75)), Aggregate.RATIO, "82,67% (62/75)", "82,67%", "82,67%"),
    (share_of(Decimal(1), Decimal(2)), Aggregate.WEIGHTED_SHARE, "50% (1/2)", "50%", "50%"),
    (mean_of(Decimal(4118), Decimal(1000)), Aggregate.WEIGHTED_MEAN, "4,12", "4,12", "4,12"),
    (count_yes([figure_of(1)] * 120 + [figure_of(0)] * 13), Aggregate.COUNT_YES, *["120/133"] * 3),
    (figure_of(1), Aggregate.COUNT_YES, "có", "có", "có"),
    (figure_of(0), Aggregate.COUNT_YES, "không", "không", "không"),
    (NIL, Aggregate.SUM, NIL_WORDS, NIL_WORDS, NIL_SHORT),
    (NIL, Aggregate.RATIO, NIL_WORDS, NIL_WORDS, NIL_SHORT),
    (EMPTY, Aggregate.SUM, EMPTY_WORDS, EMPTY_WORDS, EMPTY_SHORT),
    (EMPTY, Aggregate.COUNT_YES, EMPTY_WORDS, EMPTY_WORDS, EMPTY_SHORT),
]


@pytest.mark.parametrize(("figure", "aggregate", "wide", "plain", "narrow"), CASES)
def test_a_cell_prints_its_answer_in_the_room_it_has(
    figure: Figure, aggregate: Aggregate, wide: str, plain: str, narrow: str
) -> None:
    assert [print_figure(figure, aggregate, room) for room in Room] == [wide, plain, narrow]


def test_zero_nothing_to_report_and_never_filled_in_are_three_things_in_every_room() -> None:
    for room in Room:
        assert len({print_figure(figure, Aggregate.SUM, room) for figure in (figure_of(0), NIL, EMPTY)}) == 3


@pytest.mark.parametrize(
    ("current", "previous", "aggregate", "printed"),
    [
        (figure_of(105), figure_of(100), Aggregate.SUM, "105,0%"),
        (figure_of(0), figure_of(100), Aggregate.SUM, "0,0%"),
        (figure_of(5), figure_of(0), Aggregate.SUM, ""),
        (NIL, figure_of(100), Aggregate.SUM, ""),
        (figure_of(5), EMPTY, Aggregate.SUM, ""),
        (figure_of(Decimal("82.5")), figure_of(Decimal("80.0")), Aggregate.RATIO, "+2,5 điểm"),
        (figure_of(Decimal("79.5")), figure_of(Decimal("80.0")), Aggregate.RATIO, "−0,5 điểm"),
        (figure_of(Decimal("4.1")), figure_of(Decimal("4.3")), Aggregate.WEIGHTED_MEAN, "−0,20"),
        (count_yes([figure_of(1)]), count_yes([figure_of(1)]), Aggregate.COUNT_YES, ""),
    ],
)
def test_two_periods_are_compared_only_where_that_means_something(
    current: Figure, previous: Figure, aggregate: Aggregate, printed: str
) -> None:
    assert compare(current, previous, aggregate) == printed
