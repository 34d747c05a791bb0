"""Lists that are typed a line a thing, its parts apart by "|": options, rows, factors, scales."""

import re
from collections.abc import Sequence

from models.question import Choice, Factor, Words

SIGN = "|"
_APART = re.compile(r"(?<!\\)\|")


def read_lines(text: str) -> list[list[str]]:
    r"""The lines that are not empty, each as its trimmed parts; ``\|`` is the sign itself, ``\n`` a new line."""
    return [[_plain(part) for part in _APART.split(line)] for line in text.split("\n") if line.strip(f" \t\r{SIGN}")]


def _plain(part: str) -> str:
    """A part without its marks."""
    return part.strip().replace(f"\\{SIGN}", SIGN).replace("\\n", "\n")


def _marked(part: str) -> str:
    """A part as ``read_lines`` takes it."""
    return part.replace(SIGN, f"\\{SIGN}").replace("\n", "\\n")


def read_choices(text: str) -> tuple[Choice, ...]:
    """Options or rows from "code | Vietnamese | English"; a line without a code gets the next free number."""
    lines = read_lines(text)
    taken = {parts[0] for parts in lines if len(parts) > 1}
    found = []
    number = 0
    for parts in lines:
        if len(parts) == 1 or not parts[0]:
            number += 1
            while str(number) in taken:
                number += 1
            taken.add(str(number))
            parts = [str(number), *(parts if len(parts) == 1 else parts[1:])]
        found.append(Choice(parts[0], Words(parts[1], parts[2] if len(parts) > 2 else "")))
    return tuple(found)


def format_choices(choices: Sequence[Choice]) -> str:
    """Options or rows as ``read_choices`` takes them."""
    return "\n".join(_line(item.code, item.text.vi, item.text.en) for item in choices)


def read_factors(text: str) -> tuple[Factor, ...]:
    """Factors from "code | Vietnamese | English | x"; an "x" at the end says that it is one of service."""
    found = []
    for parts in read_lines(text):
        is_service = len(parts) > 2 and parts[-1].lower() == "x"
        rest = parts[:-1] if is_service else parts
        found.append(Factor(rest[0], Words(rest[1] if len(rest) > 1 else "", rest[2] if len(rest) > 2 else ""),
                            is_service))
    return tuple(found)


def format_factors(factors: Sequence[Factor]) -> str:
    """Factors as ``read_factors`` takes them."""
    return "\n".join(
        _line(item.code, item.name.vi, item.name.en) + (f" {SIGN} x" if item.is_service else "") for item in factors)


def read_scales(text: str, english: str) -> tuple[tuple[str, tuple[Words, ...]], ...]:
    """Scales from "name | level 1 | … | level 5"; the English words stand in lines of the same names."""
    others = {parts[0]: parts[1:] for parts in read_lines(english)}
    return tuple(
        (parts[0], tuple(Words(word, others.get(parts[0], [])[at] if at < len(others.get(parts[0], [])) else "")
                         for at, word in enumerate(parts[1:])))
        for parts in read_lines(text))


def format_scales(scales: Sequence[tuple[str, tuple[Words, ...]]], language: str) -> str:
    """Scales in one language as ``read_scales`` takes them; those without a word in it are left out."""
    lines = [(name, [word.vi if language == "vi" else word.en for word in words]) for name, words in scales]
    return "\n".join(f" {SIGN} ".join(map(_marked, [name, *words])) for name, words in lines if any(words))


def _line(code: str, vietnamese: str, english: str) -> str:
    """One thing with its texts; no empty end."""
    return f" {SIGN} ".join(map(_marked, [code, vietnamese, *([english] if english else [])]))


__all__ = ["format_choices", "format_factors", "format_scales", "read_choices", "read_factors", "read_lines",
           "read_scales"]
