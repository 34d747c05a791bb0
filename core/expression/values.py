"""Values of expressions and what can be done with them; ``static/js/expression.js`` says the same, line by line.

A number is kept as a whole number of 10⁻¹², None stands for "not a number".
"""

import re
from datetime import date
from decimal import Decimal

Number = int | None
Value = str | bool | int | None
UNIT = 10**12
_LIMIT = 10**30 * UNIT
_NUMBER = re.compile(r"[ \t\r\n]*(-?)([0-9]{0,30})(?:\.([0-9]*))?[ \t\r\n]*")
_DAY = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}")
_SPACE = re.compile(r"[ \t\r\n]+")
_EPOCH = date(1970, 1, 1)


def number(value: Value) -> Number:
    """A value as a number: of a text the number written in it or the days of its day, of a yes 1, of a no 0."""
    if isinstance(value, str):
        return _read(value)
    if value is True:
        return UNIT
    return 0 if value is False else value


def text(value: Value) -> str:
    """A value as a text: a number without needless zeros, "true", "false", "NaN"."""
    if isinstance(value, str):
        return value
    if value is None:
        return "NaN"
    if isinstance(value, bool):
        return "true" if value else "false"
    whole, part = divmod(abs(value), UNIT)
    shown = f"{whole}.{part:012d}".rstrip("0").rstrip(".")
    return f"-{shown}" if value < 0 else shown


def truth(value: Value) -> bool:
    """A value as a yes or no: texts that are not empty and numbers but zero are yes."""
    return bool(value)


def outward(value: Value) -> str | bool | Decimal:
    """A value for the rest of the portal: numbers as Decimal, NaN among them."""
    if isinstance(value, str | bool):
        return value
    return Decimal("NaN") if value is None else Decimal(text(value))


def words(value: Value) -> list[str]:
    """The codes that a text of chosen options holds."""
    return [word for word in _SPACE.split(text(value)) if word]


def is_equal(left: Value, right: Value) -> bool:
    """Whether two values are equal: as yes or no, else as numbers, else as texts."""
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    first, second = number(left), number(right)
    return first is not None and first == second


def bounded(value: int) -> Number:
    """A number, or None where it has too many digits."""
    return value if -_LIMIT < value < _LIMIT else None


def divided(numerator: int, denominator: int) -> int:
    """A quotient of whole numbers, rounded half away from zero."""
    amount = (2 * abs(numerator) + abs(denominator)) // (2 * abs(denominator))
    return -amount if (numerator < 0) != (denominator < 0) else amount


def rounded(value: Number, places: Number) -> Number:
    """A number rounded half up to some places, 0 to 12; None for other places."""
    if value is None or places is None or places % UNIT or not 0 <= places <= 12 * UNIT:
        return None
    step: int = 10 ** (12 - places // UNIT)
    return bounded((2 * value + step) // (2 * step) * step)


def whole(value: Number) -> Number:
    """A number without what stands after its comma."""
    if value is None:
        return None
    amount = abs(value) // UNIT * UNIT
    return -amount if value < 0 else amount


def remainder(left: int, right: int) -> int:
    """What is left of a division, with the sign of ``left``."""
    amount = abs(left) % abs(right)
    return -amount if left < 0 else amount


def _read(written: str) -> Number:
    """The number written in a text."""
    match = _NUMBER.fullmatch(written)
    if match:
        sign, before, after = match.groups()
        if not before and not after:
            return None
        amount = int(before or "0") * UNIT + int((after or "")[:12].ljust(12, "0"))
        return -amount if sign else amount
    if _DAY.fullmatch(written):
        try:
            return (date.fromisoformat(written) - _EPOCH).days * UNIT
        except ValueError:
            return None
    return None


__all__ = ["UNIT", "Number", "Value", "bounded", "divided", "is_equal", "number", "outward", "remainder", "rounded",
           "text", "truth", "whole", "words"]
