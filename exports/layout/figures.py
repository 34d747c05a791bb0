"""A figure on paper: a value, "không phát sinh" and a cell that was never filled in are printed apart (law 4)."""

from enum import Enum

from core.numbers import format_decimal, format_integer, format_number
from exports.fonts import require
from models.figure import Aggregate, Figure

NIL_WORDS = require("không phát sinh")
EMPTY_WORDS = require("chưa có số liệu")
NIL_SHORT = require("KPS")
EMPTY_SHORT = require("–")
SHORT_NOTE = require(f"Ghi chú: {NIL_SHORT} là {NIL_WORDS}; dấu {EMPTY_SHORT} là {EMPTY_WORDS}.")
"""Stands under every table whose cells are narrow."""

_SHARES = frozenset({Aggregate.RATIO, Aggregate.WEIGHTED_SHARE})


class Room(Enum):
    """How much room a cell has."""

    WIDE = "wide"
    """Words in full, and the counts behind a rate: "82,67% (62/75)"."""
    PLAIN = "plain"
    """Words in full, rates without their counts: "82,67%"."""
    NARROW = "narrow"
    """Short marks, explained by ``SHORT_NOTE``; a rate without its counts."""


def print_figure(figure: Figure, aggregate: Aggregate, room: Room = Room.WIDE) -> str:
    """One cell as printed: "1.234", "82,67% (62/75)", "120/133", "có", "không phát sinh", "chưa có số liệu".

    A yes/no figure without a denominator is one unit's answer; with one it is how many of those who answered.
    """
    if figure.value is None:
        if room is Room.NARROW:
            return NIL_SHORT if figure.is_nil else EMPTY_SHORT
        return NIL_WORDS if figure.is_nil else EMPTY_WORDS
    if aggregate is Aggregate.COUNT_YES:
        if figure.denominator is None:
            return "có" if figure.value else "không"
        return f"{format_integer(figure.value)}/{format_integer(figure.denominator)}"
    if aggregate is Aggregate.WEIGHTED_MEAN:
        return format_decimal(figure.value)
    if aggregate not in _SHARES:
        return format_number(figure.value)
    share = f"{format_number(figure.value)}%"
    if room is not Room.WIDE or figure.numerator is None or figure.denominator is None:
        return share
    return f"{share} ({format_number(figure.numerator)}/{format_number(figure.denominator)})"
