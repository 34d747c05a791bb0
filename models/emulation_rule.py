"""Rules of emulation as arithmetic takes them, read from their rows, and what can be wrong with a row."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.numbers import NumberFormatError, format_number, parse_decimal
from core.translation import N_
from models.emulation import MOST_POINTS, RuleKind, RuleMethod, Side
from models.unit import UnitKind

Row = Mapping[str, Any]
_BAND = re.compile(r"(?P<first>[0-9.,]+)\s*(?P<dash>[-–—])?\s*(?P<last>[0-9.,]+)?\s*:\s*(?P<points>[0-9.,]+)")
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Band:
    """From ``first`` to ``last`` (None: without end) a measure is worth ``points``."""

    first: Decimal
    last: Decimal | None
    points: Decimal


@dataclass(frozen=True, slots=True)
class Rule:
    """A sound rule."""

    code: str
    label: str
    kind: RuleKind
    points: int
    method: RuleMethod
    full_at: int
    bands: tuple[Band, ...]
    each: Decimal
    each_overdue: Decimal
    tie_order: int
    unit_kinds: frozenset[str]

    def applies_to(self, kind: UnitKind) -> bool:
        """Whether units of a kind are judged by it."""
        return not self.unit_kinds or kind.value in self.unit_kinds


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """What is wrong with one field of a rule: a Vietnamese sentence with its values."""

    field: str
    message: str
    values: tuple[tuple[str, str], ...] = ()


class BandError(ValueError):
    """A line of bands cannot be read; the first argument is the line."""


def read_band(line: str) -> Band:
    """Read "0: 10", "1–3: 7", "4–: 0". Raises BandError."""
    match = _BAND.fullmatch(line.strip())
    if match is None or (match["last"] and not match["dash"]):
        raise BandError(line)
    try:
        first, points = parse_decimal(match["first"]), parse_decimal(match["points"])
        last = parse_decimal(match["last"]) if match["last"] else None if match["dash"] else first
    except NumberFormatError as error:
        raise BandError(line) from error
    return Band(first, last, points)


def rule_of(row: Row) -> Rule:
    """The rule of a sound row. Only the texts that its method uses are read, as ``check_rule`` checks only these."""
    method = RuleMethod(row["method"])
    lines = (row.get("bands") or []) if method is RuleMethod.BANDS else []
    each, each_overdue = (parse_decimal((row.get(name) or "0") if method is RuleMethod.EACH else "0")
                          for name in ("each", "each_overdue"))
    return Rule(
        code=str(row["code"]), label=str(row["label"]), kind=RuleKind(row["kind"]), points=int(row["points"] or 0),
        method=method, full_at=int(row.get("full_at") or 100),
        bands=tuple(sorted(map(read_band, lines), key=lambda band: band.first)), each=each, each_overdue=each_overdue,
        tie_order=int(row.get("tie_order") or 0), unit_kinds=frozenset(row.get("reporter_kinds") or []))


def check_rule(row: Row) -> list[RuleProblem]:
    """What is wrong with a row whose fields are of the right types; empty for a sound one."""
    kind, method = RuleKind(row["kind"]), RuleMethod(row["method"])
    found: list[RuleProblem] = []
    if method not in kind.methods:
        return [_problem("method", N_("Tiêu chí này không tính theo cách “%(method)s”."), method=method.label)]
    if not 0 <= int(row.get("points") or 0) <= MOST_POINTS:
        found.append(_problem("points", N_("Điểm tối đa phải từ 0 đến %(most)s."), most=MOST_POINTS))
    if not 0 <= int(row.get("full_at") or 0) <= 100:
        found.append(_problem("full_at", N_("Nhập tỷ lệ từ 1 đến 100.")))
    if method is RuleMethod.BANDS:
        found += _check_bands(kind, int(row.get("points") or 0), row.get("bands") or [])
    if method is RuleMethod.EACH:
        found += _check_each(kind, row)
    found += [_problem("reporter_kinds", N_("Loại đơn vị “%(kind)s” không nộp báo cáo."), kind=name)
              for name in row.get("reporter_kinds") or [] if name not in _REPORTERS]
    return found


_REPORTERS = {kind.value for kind in UnitKind if kind.is_reporter}


def _problem(field: str, message: str, **values: object) -> RuleProblem:
    """A problem with the values of its sentence."""
    return RuleProblem(field, message, tuple((name, str(value)) for name, value in values.items()))


def _check_each(kind: RuleKind, row: Row) -> Iterator[RuleProblem]:
    """Points for each time that cannot be read, or are missing."""
    for name in ("each", "each_overdue"):
        text = str(row.get(name) or "").strip()
        if not text:
            if name == "each" or kind is RuleKind.FINDINGS:
                yield _problem(name, N_("Nhập số điểm cho mỗi lần, ví dụ 0,5."))
            continue
        try:
            value = parse_decimal(text)
        except NumberFormatError:
            yield _problem(name, N_("Nhập số, phần lẻ sau dấu phẩy, ví dụ 0,5."))
            continue
        if not 0 <= value <= MOST_POINTS:
            yield _problem(name, N_("Điểm mỗi lần phải từ 0 đến %(most)s."), most=MOST_POINTS)


def _check_bands(kind: RuleKind, cap: int, lines: Sequence[str]) -> Iterator[RuleProblem]:
    """Bands that cannot be read, give more than the cap, leave gaps or overlap."""
    if not lines:
        yield _problem("bands", N_("Nhập các mức, mỗi dòng một mức."))
        return
    bands = []
    for line in lines:
        try:
            bands.append(read_band(line))
        except BandError:
            sample = "1–3: 7" if kind.is_timeliness else "50–80: 10"
            yield _problem("bands", N_("Không hiểu dòng “%(line)s”. Viết như “%(sample)s”."), line=line, sample=sample)
            return
    for band in bands:
        if band.points > cap:
            yield _problem("bands", N_("Mức từ %(first)s cho %(points)s điểm, nhiều hơn điểm tối đa %(cap)s."),
                           first=format_number(band.first), points=format_number(band.points), cap=cap)
    yield from _check_whole(bands) if kind.is_timeliness else _check_percent(bands)


def _check_whole(bands: Iterable[Band]) -> Iterator[RuleProblem]:
    """Bands of whole numbers, both ends within: 0, 1–3, 4–."""
    expected: Decimal | None = Decimal(0)
    for band in sorted(bands, key=lambda band: band.first):
        if any(number is not None and number != number.to_integral_value() for number in (band.first, band.last)):
            yield _problem("bands", N_("Số ngày chậm là số nguyên."))
            return
        yield from _check_start(band, expected)
        if band.last is not None and band.last < band.first:
            yield _backwards(band)
        expected = None if band.last is None else band.last + 1
    if expected is not None:
        yield _problem("bands", N_("Mức cuối phải để ngỏ, ví dụ “%(first)s–: 0”."), first=format_number(expected))


def _check_percent(bands: Iterable[Band]) -> Iterator[RuleProblem]:
    """Bands of percentages, the first end within, the last end the next one's first: 0–50, 50–100."""
    expected: Decimal | None = Decimal(0)
    for band in sorted(bands, key=lambda band: band.first):
        yield from _check_start(band, expected)
        if band.last is not None and (band.last <= band.first or band.last > HUNDRED):
            yield _backwards(band)
        expected = None if band.last is None or band.last == HUNDRED else band.last
    if expected is not None:
        yield _gap(expected, HUNDRED)


def _check_start(band: Band, expected: Decimal | None) -> Iterator[RuleProblem]:
    """Whether a band begins where the one before it ended; None where nothing may follow."""
    first = format_number(band.first)
    if expected is None or band.first < expected:
        yield _problem("bands", N_("Mức từ %(first)s chồng lên mức đứng trước."), first=first)
    elif band.first > expected:
        yield _gap(expected, band.first)


def _gap(first: Decimal, last: Decimal) -> RuleProblem:
    """Measures that fall into no band."""
    return _problem("bands", N_("Từ %(first)s đến %(last)s chưa có mức nào."), first=format_number(first),
                    last=format_number(last))


def _backwards(band: Band) -> RuleProblem:
    """A band that ends before it begins, or beyond the scale."""
    return _problem("bands", N_("Mức từ %(first)s kết thúc không đúng chỗ."), first=format_number(band.first))


def check_sums(rows: Sequence[Row]) -> list[tuple[str, RuleProblem]]:
    """Kinds of unit whose main rules do not add up to a hundred, each at the last main rule that applies to it."""
    rules = [rule_of(row) for row in rows]
    main = [rule for rule in rules if rule.kind.side is Side.MAIN]
    found: dict[tuple[str, int], list[str]] = {}
    for kind in UnitKind:
        if not kind.is_reporter:
            continue
        own = [rule for rule in main if rule.applies_to(kind)]
        total = sum(rule.points for rule in own)
        if total != MOST_POINTS:
            found.setdefault(((own or main)[-1].code if main else "", total), []).append(kind.label)
    said = N_("Các tiêu chí chính cộng lại được %(total)s điểm, phải đúng %(most)s (%(kinds)s).")
    return [(code, _problem("points", said, total=total, most=MOST_POINTS, kinds=_shortly(kinds)))
            for (code, total), kinds in found.items()]


def _shortly(labels: Sequence[str]) -> str:
    """Some of the kinds, as "Trường mầm non, Trường tiểu học, …"."""
    return ", ".join(labels[:3]) + (", …" if len(labels) > 3 else "")


__all__ = ["Band", "BandError", "Rule", "RuleProblem", "check_rule", "check_sums", "read_band", "rule_of"]
