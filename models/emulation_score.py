"""The arithmetic of emulation: measures become points, points a total, totals ranks. Exact; no database, no clock.

Rounding happens in one place (``rounded``): the points of each rule, and the main points brought to a hundred, are
rounded half up to two places; everything after that is addition of what is shown, so a sum on paper is right.

A rule that does not apply to a unit (excused, no survey) stands neither above nor below the line.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

from models.emulation import MOST_POINTS, RuleKind, RuleMethod, Side
from models.emulation_rule import Rule

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def rounded(value: Fraction) -> Decimal:
    """A number of points to two places, half up: 20/3 is 6.67, 1/8 is 0.13."""
    scaled = value * 100
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return (Decimal(whole) * CENT).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence computed from data, with the record that it is about.

    ``text`` is a message id; the value "task" is itself one. ``trace`` names a record, as "report:12", or nothing.
    """

    text: str
    values: tuple[tuple[str, str], ...] = ()
    trace: str = ""

    def words(self, translate: Callable[[str], str] = str) -> str:
        """The sentence, as "Nộp báo cáo 6 tháng đầu năm đúng hạn (29/05/2023)"."""
        values = {name: _small(translate(value)) if name == "task" and value else value for name, value in self.values}
        return translate(self.text) % values


def _small(text: str) -> str:
    """The text with a small first letter, as within a sentence."""
    return text[:1].lower() + text[1:]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that was measured.

    ``value`` is a percentage 0..100, days late, or how many times; None is the worst that can be: never handed in.
    """

    value: Fraction | None
    reason: Reason
    is_overdue: bool = False
    """A finding whose day to mend it has passed."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is known of one unit for one kind of rule; without parts the rule does not apply to it."""

    parts: tuple[Part, ...] = ()
    beside: tuple[Reason, ...] = ()
    """Why something is not counted, or why nothing is."""


@dataclass(frozen=True, slots=True)
class Told:
    """One line of an explanation with its points; None where nothing is counted."""

    reason: Reason
    points: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """What one rule gives a unit, or takes off; ``points`` None where it does not apply."""

    code: str
    label: str
    kind: RuleKind
    points: Decimal | None
    cap: int
    told: tuple[Told, ...]

    @property
    def side(self) -> Side:
        """On which side of the sum it stands."""
        return self.kind.side


@dataclass(frozen=True, slots=True)
class Score:
    """All points of a unit and their total; ``total`` None where no main rule applies."""

    points: tuple[Point, ...]
    earned: Decimal
    possible: int
    """The caps of the main rules that apply."""
    main: Decimal | None
    """``earned`` brought to a hundred."""
    bonus: Decimal
    deduction: Decimal
    floor: Decimal
    """What is given back so that no total is below zero."""
    total: Decimal | None


def score_rule(rule: Rule, measure: Measure) -> Point:
    """The points of one rule with an explanation of each part; points are 0..cap."""
    parts, beside = measure.parts, tuple(Told(reason) for reason in measure.beside)
    if not parts:
        return Point(rule.code, rule.label, rule.kind, None, rule.points, beside)
    values = [_worth(rule, part) for part in parts]
    whole = sum(values, Fraction(0))
    if rule.method is not RuleMethod.EACH:
        whole /= len(parts)
    points = rounded(min(whole, Fraction(rule.points)))
    told = tuple(Told(part.reason, rounded(value)) for part, value in zip(parts, values, strict=True))
    return Point(rule.code, rule.label, rule.kind, points, rule.points, told + beside)


def _worth(rule: Rule, part: Part) -> Fraction:
    """The points of one part before any rounding."""
    if part.value is None:
        return Fraction(0)
    if rule.method is RuleMethod.EACH:
        return part.value * Fraction(rule.each_overdue if part.is_overdue else rule.each)
    if rule.method is RuleMethod.PROPORTIONAL:
        return rule.points * min(Fraction(1), part.value / rule.full_at)
    for band in reversed(rule.bands):
        if part.value >= band.first:
            return Fraction(band.points)
    return Fraction(0)


def add_up(points: Iterable[Point]) -> Score:
    """The total: main points brought to a hundred of what applies, plus bonuses, minus deductions, not below zero."""
    points = tuple(points)
    main = [point for point in points if point.side is Side.MAIN and point.points is not None]
    earned = sum((point.points for point in main if point.points is not None), ZERO)
    possible = sum(point.cap for point in main)
    bonus, deduction = _sum(points, Side.BONUS), _sum(points, Side.DEDUCTION)
    if not possible:
        return Score(points, earned, 0, None, bonus, deduction, ZERO, None)
    brought = rounded(Fraction(earned) * MOST_POINTS / possible)
    total = brought + bonus - deduction
    floor = max(ZERO, -total)
    return Score(points, earned, possible, brought, bonus, deduction, floor, total + floor)


def _sum(points: Iterable[Point], side: Side) -> Decimal:
    """The points of one side."""
    return sum((point.points for point in points if point.side is side and point.points is not None), ZERO)


def score(rules: Sequence[Rule], measures: Mapping[RuleKind, Measure]) -> Score:
    """All points of one unit by the rules that judge its kind."""
    return add_up(score_rule(rule, measures.get(rule.kind, Measure())) for rule in rules)


@dataclass(frozen=True, slots=True)
class Rank:
    """A place, shared by all from ``first`` to ``last``."""

    first: int
    last: int

    def __str__(self) -> str:
        """As "4", or "2–3" where two share it."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def rank(rules: Sequence[Rule], scores: Mapping[int, Score]) -> dict[int, Rank]:
    """The ranks of units by their scores: 1, 2–3, 2–3, 4. Units without a total have none.

    Equal totals are decided by the rules that break ties, in their order; what is equal then shares a rank.
    """
    breakers = [rule.code for rule in sorted(rules, key=lambda rule: rule.tie_order) if rule.tie_order]
    keyed = [(_key(breakers, found), unit_id) for unit_id, found in scores.items() if found.total is not None]
    ranks: dict[int, Rank] = {}
    first = 1
    for _same, members in groupby(sorted(keyed, reverse=True), key=lambda row: row[0]):
        ids = [unit_id for _key_, unit_id in members]
        ranks |= dict.fromkeys(ids, Rank(first, first + len(ids) - 1))
        first += len(ids)
    return ranks


def _key(breakers: Sequence[str], found: Score) -> tuple[Fraction, ...]:
    """What decides a rank, best highest. A breaker that does not apply counts as the unit's share of all others."""
    by_code = {point.code: point for point in found.points}
    usual = Fraction(found.earned) / found.possible
    return (Fraction(found.total or ZERO), *(_share(by_code.get(code), usual) for code in breakers))


def _share(point: Point | None, usual: Fraction) -> Fraction:
    """The share of a rule's cap that was earned; for deductions the share that was kept."""
    if point is None or point.points is None or not point.cap:
        return usual
    share = Fraction(point.points) / point.cap
    return 1 - share if point.side is Side.DEDUCTION else share


def dump_score(found: Score) -> dict[str, Any]:
    """A score as plain JSON, numbers as texts."""
    return {
        "earned": str(found.earned), "possible": found.possible, "bonus": str(found.bonus),
        "deduction": str(found.deduction), "floor": str(found.floor),
        "main": None if found.main is None else str(found.main),
        "total": None if found.total is None else str(found.total),
        "points": [{
            "code": point.code, "label": point.label, "kind": point.kind.value, "cap": point.cap,
            "points": None if point.points is None else str(point.points),
            "told": [[row.reason.text, dict(row.reason.values), row.reason.trace,
                      None if row.points is None else str(row.points)] for row in point.told],
        } for point in found.points],
    }


def load_score(content: Mapping[str, Any]) -> Score:
    """The score that was dumped."""
    points = tuple(
        Point(row["code"], row["label"], RuleKind(row["kind"]), _decimal(row["points"]), row["cap"],
              tuple(Told(Reason(text, tuple(values.items()), trace), _decimal(points))
                    for text, values, trace, points in row["told"]))
        for row in content["points"])
    return Score(points, Decimal(content["earned"]), content["possible"], _decimal(content["main"]),
                 Decimal(content["bonus"]), Decimal(content["deduction"]), Decimal(content["floor"]),
                 _decimal(content["total"]))


def _decimal(text: str | None) -> Decimal | None:
    """A number that was dumped."""
    return None if text is None else Decimal(text)


__all__ = ["Measure", "Part", "Point", "Rank", "Reason", "Score", "Told", "add_up", "dump_score", "load_score", "rank",
           "rounded", "score", "score_rule"]
