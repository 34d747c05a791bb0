"""What the sentences of a report may tell, and how a number is said: in words, or as a name that follows figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.numbers import format_decimal, format_integer, format_number
from models.figure import EMPTY, Figure
from models.satisfaction import SMALLEST_GROUP
from queries.inspection.document import Inspected


@dataclass(frozen=True)
class GroupCount:
    """How many units of one kind are in, as 13 of 13 "phòng GD&ĐT"."""

    label: str
    included: int
    owed: int


@dataclass(frozen=True)
class NarrativeFacts:
    """What the sentences may tell."""

    subject: str
    """Who acts, in the middle of a sentence, as "đơn vị", "toàn ngành", "các đơn vị trên địa bàn"."""
    year: int
    since: date
    until: date
    figures: Mapping[str, Figure]
    names: Mapping[str, str] = field(default_factory=dict)
    """Names of indicators by code."""
    units: Mapping[str, str] = field(default_factory=dict)
    """Units of measure by code."""
    themes: tuple[tuple[str, int], ...] = ()
    """(theme, number of activities)."""
    plan_number: str = ""
    """As "12/KH-THPT"; empty when unknown."""
    plan_on: date | None = None
    consolidates: bool = False
    groups: tuple[GroupCount, ...] = ()
    lacking: tuple[str, ...] = ()
    """Names of units whose report is not in."""
    models: tuple[tuple[str, str], ...] = ()
    """(good model or example that was picked, its unit)."""
    inspected: Inspected | None = None
    """Inspections and findings by unit; None when not asked for."""
    own_sections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of an ad hoc report: the figures under each of its own headings, by the heading's code."""
    pooled: frozenset[str] = frozenset()
    """Codes of rates and means over answer sheets."""
    spoken: dict[str, str] | None = None
    """When it is there, sentences hold {{names}} in place of numbers, and what the names say is kept in it."""


def say(name: str, words: str, facts: NarrativeFacts) -> str:
    """Return ``words``, or {{name}} where the facts keep what names say."""
    if facts.spoken is None:
        return words
    facts.spoken[name] = words
    return f"{{{{{name}}}}}"


def number_of(code: str, facts: NarrativeFacts) -> str | None:
    """A figure in running text, or None when it is no number or must not be told."""
    words = number_words(code, facts)
    return None if words is None else say(code, words, facts)


def number_words(code: str, facts: NarrativeFacts) -> str | None:
    """The number itself, as "1.204" or "82,7%"."""
    figure = facts.figures.get(code, EMPTY)
    if figure.value is None or is_small_sample(code, figure, facts):
        return None
    unit = facts.units.get(code, "")
    if unit == "%":
        return f"{format_number(figure.value)}%"
    if unit == "điểm":
        return format_decimal(figure.value)
    return format_integer(figure.value) if figure.value == int(figure.value) else format_number(figure.value)


def is_small_sample(code: str, figure: Figure, facts: NarrativeFacts) -> bool:
    """Whether a rate over answer sheets stands on fewer than five of them."""
    return (code in ("H2", "H3") or code in facts.pooled) and (figure.denominator or Decimal(0)) < SMALLEST_GROUP


def coverage_of(facts: NarrativeFacts) -> str:
    """Whose reports are in, as "13/13 phòng GD&ĐT, 48/50 đơn vị trực thuộc"."""
    return ", ".join(f"{group.included}/{group.owed} {group.label}" for group in facts.groups)
