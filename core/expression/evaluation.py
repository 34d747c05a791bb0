"""Answers expressions: a node becomes a function once, and is called for every sheet."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from core.expression import values
from core.expression.grammar import Node
from core.expression.values import Number, Value

Compiled = Callable[[Mapping[str, str], str, str], Value]
"""Takes answers by code, the current answer and today as "2023-05-30"."""


def evaluate(node: Node, answers: Mapping[str, str], current: str | None = None,
             today: date | None = None) -> str | bool | Decimal:
    """The value of an expression: a text, a yes or no, or a number (NaN where it is none)."""
    return values.outward(compiled(node)(answers, current or "", today.isoformat() if today else ""))


@lru_cache(maxsize=2048)
def compiled(node: Node) -> Compiled:
    """An expression as a function of answers, current answer and today; take ``bool`` of a condition's value."""
    match node:
        case ("text", str() as constant):
            return lambda answers, current, today: constant
        case ("decimal", str() as constant):
            amount = values.number(constant)
            return lambda answers, current, today: amount
        case ("answer", code):
            return lambda answers, current, today: answers.get(code, "")
        case ("current",):
            return lambda answers, current, today: current
        case ("today",):
            return lambda answers, current, today: today
        case (("true" | "false") as word,):
            return lambda answers, current, today: word == "true"
    return _operation(node)


def _operation(node: Node) -> Compiled:
    """The function of an operator or function with arguments."""
    name, *parts = node
    inner = [compiled(part) for part in parts]
    if name in _LAZY:
        return _LAZY[name](*inner)
    if len(inner) == 1:
        single, (only,) = _SINGLE[name], inner
        return lambda answers, current, today: single(only(answers, current, today))
    double = _DOUBLE[name] if name != "round" else _round
    left, right = inner
    return lambda answers, current, today: double(left(answers, current, today), right(answers, current, today))


def _or(left: Compiled, right: Compiled) -> Compiled:
    """Yes if one is."""
    return lambda answers, current, today: bool(
        left(answers, current, today) or right(answers, current, today))


def _and(left: Compiled, right: Compiled) -> Compiled:
    """Yes if both are."""
    return lambda answers, current, today: bool(
        left(answers, current, today) and right(answers, current, today))


def _if(condition: Compiled, then: Compiled, other: Compiled) -> Compiled:
    """One of two values."""
    return lambda answers, current, today: (then if condition(answers, current, today) else other)(
        answers, current, today)


def _coalesce(first: Compiled, second: Compiled) -> Compiled:
    """The first value, or the second where the first is empty."""
    def choose(answers: Mapping[str, str], current: str, today: str) -> Value:
        value = first(answers, current, today)
        return second(answers, current, today) if value == "" else value
    return choose


def _order(compare: Callable[[int, int], bool]) -> Callable[[Value, Value], Value]:
    """A comparison of numbers; no where one is none."""
    def ordered(left: Value, right: Value) -> bool:
        first, second = values.number(left), values.number(right)
        return first is not None and second is not None and compare(first, second)
    return ordered


def _arithmetic(work: Callable[[int, int], Number]) -> Callable[[Value, Value], Value]:
    """A calculation; not a number where one is none or the result is too large."""
    def worked(left: Value, right: Value) -> Number:
        first, second = values.number(left), values.number(right)
        if first is None or second is None:
            return None
        result = work(first, second)
        return None if result is None else values.bounded(result)
    return worked


def _round(value: Value, places: Value = 0) -> Number:
    """Rounded half up, to whole numbers without places."""
    return values.rounded(values.number(value), values.number(places))


def _negate(value: Value) -> Number:
    """The number of the other sign."""
    amount = values.number(value)
    return None if amount is None else -amount


_LAZY: dict[str, Callable[..., Compiled]] = {"or": _or, "and": _and, "if": _if, "coalesce": _coalesce}
_SINGLE: dict[str, Callable[[Value], Value]] = {
    "negate": _negate,
    "not": lambda value: not value,
    "count-selected": lambda value: len(values.words(value)) * values.UNIT,
    "string-length": lambda value: len(values.text(value)) * values.UNIT,
    "int": lambda value: values.whole(values.number(value)),
    "number": values.number,
    "round": _round,
}
_DOUBLE: dict[str, Callable[[Value, Value], Value]] = {
    "=": values.is_equal,
    "!=": lambda left, right: not values.is_equal(left, right),
    "<": _order(int.__lt__), "<=": _order(int.__le__), ">": _order(int.__gt__), ">=": _order(int.__ge__),
    "+": _arithmetic(int.__add__), "-": _arithmetic(int.__sub__),
    "*": _arithmetic(lambda left, right: values.divided(left * right, values.UNIT)),
    "div": _arithmetic(lambda left, right: values.divided(left * values.UNIT, right) if right else None),
    "mod": _arithmetic(lambda left, right: values.remainder(left, right) if right else None),
    "selected": lambda value, code: values.text(code).strip(" \t\r\n") in values.words(value),
}

__all__ = ["Compiled", "compiled", "evaluate"]
