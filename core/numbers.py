"""Vietnamese numbers: 1.234.567,8 on the way out, forgiving but never guessing on the way in."""

import re
from decimal import ROUND_HALF_UP, Decimal

_GROUPED = re.compile(r"^-?[0-9]{1,3}(\.[0-9]{3}){1,20}$")
_PLAIN = re.compile(r"^-?[0-9]{1,60}$")
_DECIMAL = re.compile(r"^-?([0-9]{1,60}|[0-9]{1,3}(\.[0-9]{3}){1,20})(,[0-9]{1,60})?$")


class NumberFormatError(ValueError):
    """A text is not a number as Vietnamese write it."""


def parse_integer(text: str) -> int:
    """Read "1.234" or "1234" or "1 234" as 1234. Raises NumberFormatError for anything else."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", text)
    if _GROUPED.match(bare):
        bare = bare.replace(".", "")
    if not _PLAIN.match(bare):
        raise NumberFormatError(text)
    return int(bare)


def parse_decimal(text: str) -> Decimal:
    """Read "82,66" or "1.234,5" as a decimal. "82.66" raises NumberFormatError rather than being guessed at."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", text)
    if not _DECIMAL.match(bare) or (_GROUPED.match(bare) and "," not in bare and bare.count(".") == 1):
        raise NumberFormatError(text)
    return Decimal(bare.replace(".", "").replace(",", "."))


def format_integer(value: int | Decimal) -> str:
    """Write 1234567 as "1.234.567"."""
    whole = int(Decimal(value).to_integral_value(ROUND_HALF_UP))
    return f"{whole:,}".replace(",", ".")


def format_decimal(value: Decimal | float, places: int = 2) -> str:
    """Write 1234.5 as "1.234,50" (rounded half up, ``places`` digits after the comma)."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:,.{places}f}".translate(str.maketrans(",.", ".,"))


def format_number(value: Decimal | int) -> str:
    """Write a number without needless zeros: 1234 is "1.234", 82.665 is "82,67", 3.50 is "3,5"."""
    exact = Decimal(value)
    if exact == exact.to_integral_value():
        return format_integer(exact)
    text = format_decimal(exact)
    return text.rstrip("0").rstrip(",")


def roman(number: int) -> str:
    """Write a positive number as headings of Decree 30/2020/NĐ-CP bear it: 4 is "IV", 13 is "XIII"."""
    text = ""
    for worth, sign in _ROMAN:
        text += sign * (number // worth)
        number %= worth
    return text


_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def format_share(share: float | Decimal) -> str:
    """Write the share 0.8266 as "82,66%"; whole percentages carry no zeros ("87%")."""
    return f"{format_number(Decimal(str(share)) * 100)}%"
