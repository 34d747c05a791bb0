"""Figures as cells, and the few formulas that a report needs, each beside the arithmetic that it stands for."""

from collections.abc import Sequence
from decimal import Decimal

from exports.formula_book import DECIMAL, Cell, Formula, Number
from exports.layout.figures import NIL_SHORT
from exports.workbook import MEAN, SHARE, TEXT
from models.figure import EMPTY, HUNDRED, Figure, mean_of, share_of

NIL = NIL_SHORT
"""What a cell says where "không phát sinh" was said: a word, which a sum passes over."""
CLOSE = Decimal("0.00001")
"""Rates that are one, in points of a hundred: the portal keeps six places of them."""


def as_word(figure: Figure, format: str = TEXT) -> float | str:
    """What a formula gives for a figure: its number (a share of 1), the mark of nil, or "" for nothing."""
    if figure.value is None:
        return NIL if figure.is_nil else ""
    return float(figure.value / HUNDRED if format == SHARE else figure.value)


def shown_number(figure: Figure, format: str = TEXT) -> Cell:
    """A figure as a cell that is no formula."""
    word = as_word(figure, format)
    if isinstance(word, str):
        return word or None
    return Number(word, format) if format else number_of(figure.value)


def number_of(value: Decimal | None) -> Cell:
    """A number with decimals where it has some; nothing for None."""
    if value is None:
        return None
    return float(value) if value == value.to_integral_value() else Number(float(value), DECIMAL)


def is_same(computed: Figure, printed: Figure) -> bool:
    """Whether a computed figure is the one that the report prints."""
    if computed.value is None or printed.value is None:
        return computed.state is printed.state
    return abs(computed.value - printed.value) < CLOSE


def quotient(figure: Figure, format: str) -> Figure:
    """A rate or mean once more from what stands behind it; empty where nothing does."""
    above, below = figure.numerator, figure.denominator
    if above is None or below is None:
        return EMPTY
    return mean_of(above, below) if format == MEAN else share_of(above, below)


def summed(parts: Sequence[str], value: float | str) -> Formula:
    """The sum of cells that hold numbers, words or nothing: words are passed over; of words alone it is nil."""
    cells = ",".join(parts)
    return Formula(f'IF(COUNT({cells})=0,IF(COUNTA({cells})=0,"","{NIL}"),SUM({cells}))', value, decimals(value))


def added(cells: Sequence[str], value: float | str) -> Formula:
    """The sum of single cells that may be formulas themselves, whose "" is no answer."""
    listed = ",".join(cells)
    is_nil = ",".join(f'{cell}="{NIL}"' for cell in cells)
    return Formula(f'IF(COUNT({listed})=0,IF(OR({is_nil}),"{NIL}",""),SUM({listed}))', value, decimals(value))


def rate_text(above: str, below: str) -> str:
    """A quotient: nothing where either is missing, nil where there is nothing to divide by."""
    return f'IF(OR({above}="",{below}=""),"",IF(N({below})=0,"{NIL}",N({above})/N({below})))'


def decimals(value: float | str) -> str:
    """How a sum is shown: with decimals where it has some."""
    return DECIMAL if isinstance(value, float) and not value.is_integer() else TEXT


__all__ = ["NIL", "added", "as_word", "decimals", "is_same", "number_of", "quotient", "rate_text", "shown_number",
           "summed"]
