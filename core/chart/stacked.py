"""Stacked bars: shares of some levels, each bar of one length."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.chart.words import BAR, GAP, RISE, Measure, approximate_width, bar_start, place_label, wrap
from core.numbers import format_integer
from core.shapes import Chart, Line, Rect, Shape, Text
from core.tokens import CHART_TYPE

SEAM = 1.0
"""Ground between two neighbours in a bar, points; half of a part that is thinner than two of it."""
_HATCHED = {0: "hatch-1", 1: "hatch-2"}


@dataclass(frozen=True, slots=True)
class StackedRow:
    """One bar of shares: ``counts`` from the lowest level to the highest, or None where they may not be shown."""

    label: str
    counts: tuple[int, ...] | None
    note: str = ""
    """Shown in place of the bar when there are no counts ("Chưa đủ 5 phiếu")."""


def round_shares(counts: Sequence[int]) -> list[int]:
    """Return whole percentages that add up to 100 (largest remainders), ``[1, 1, 1]`` → ``[34, 33, 33]``."""
    total = sum(counts)
    if total == 0:
        return [0 for _ in counts]
    shares = [count * 100 // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda i: (-(counts[i] * 100 % total), i))
    for index in by_remainder[: 100 - sum(shares)]:
        shares[index] += 1
    return shares


def stacked_bars(
    title: str,
    description: str,
    levels: Sequence[str],
    rows: Sequence[StackedRow],
    *,
    heads: tuple[str, str],
    width: float = 480.0,
    measure: Measure = approximate_width,
) -> Chart:
    """Lay out shares of ``levels`` (lowest first), one bar a row.

    ``heads`` are the heads of the first and the last column of the table: ("Lĩnh vực", "Tổng số phiếu").
    """
    label_width, bar_x = bar_start(width)
    shapes, used = _legend(levels, width, 2, measure)
    y = 2 + used + GAP
    for row in rows:
        label, height = place_label(row.label, y, width, label_width, measure)
        shapes += label
        top = y if label_width else y + height + 6
        if row.counts and sum(row.counts):
            shapes += _segments(row.counts, bar_x, top, width - bar_x, measure)
        else:
            shapes.append(Text(bar_x, top + BAR - RISE, row.note, CHART_TYPE.value, "note"))
        y = max(top + BAR, y + height) + GAP
    table = tuple(_cells(row, len(levels)) for row in rows)
    return Chart(title, description, width, y - GAP + 2, tuple(shapes), (heads[0], *levels, heads[1]), table)


def _cells(row: StackedRow, levels: int) -> tuple[str, ...]:
    """Return the row of the table behind: the counts and their sum, or the note."""
    if row.counts:
        return (row.label, *map(format_integer, row.counts), format_integer(sum(row.counts)))
    return (row.label, row.note, *["–"] * levels)


def _segments(counts: Sequence[int], x: float, y: float, width: float, measure: Measure) -> list[Shape]:
    """Return one bar's coloured parts, which fill ``width``, each with its percentage where there is room for it."""
    shapes: list[Shape] = []
    total, told = sum(counts), 0
    for index, (count, share) in enumerate(zip(counts, round_shares(counts), strict=True)):
        if not count:
            continue
        start, told = x + width * told / total, told + count
        part = x + width * told / total - start
        seam = min(SEAM, part / 2) if told < total else 0.0
        shapes += _segment(index, Rect(start, y, part - seam, BAR, f"level-{index + 1}"), f"{share}%",
                           is_end=index in (0, len(counts) - 1), measure=measure)
    return shapes


def _segment(index: int, bar: Rect, text: str, *, is_end: bool, measure: Measure) -> list[Shape]:
    """Return one part, hatched where its level is, its percentage on a plain ground."""
    hatch = _HATCHED.get(index, "")
    shapes: list[Shape] = [bar, *(_hatch(bar, hatch) if hatch else ())]
    size = CHART_TYPE.value
    length = measure(text, size)
    if length + 4 <= bar.width:
        middle, role = bar.x + bar.width / 2, "value-end" if is_end else "value-middle"
        if hatch:
            shapes.append(Rect(middle - (length + 3) / 2, bar.y + 2, length + 3, BAR - 4, bar.role))
        shapes.append(Text(middle, bar.y + BAR - RISE, text, size, role, "middle"))
    return shapes


def _hatch(bar: Rect, role: str, step: float = 6.0) -> list[Line]:
    """Return diagonals inside ``bar``, so that the two low levels are told apart in grey print."""
    lines = []
    offset = step
    while offset < bar.width + bar.height:
        start = (bar.x + max(offset - bar.height, 0), bar.y + min(offset, bar.height))
        end = (bar.x + min(offset, bar.width), bar.y + max(offset - bar.width, 0))
        lines.append(Line(start[0], start[1], end[0], end[1], role, 0.6))
        offset += step
    return lines


def _legend(levels: Sequence[str], width: float, y: float, measure: Measure) -> tuple[list[Shape], float]:
    """Return the key of the levels, flowing over as many lines as it needs, and its height."""
    shapes: list[Shape] = []
    size, x, top = CHART_TYPE.legend, 0.0, y
    for index, level in enumerate(levels):
        lines = wrap(level, width - 15, size, measure)
        item = 15 + max(measure(line, size) for line in lines)
        if x > 0 and x + item > width:
            x, y = 0.0, y + 16
        swatch = Rect(x, y, 10, 10, f"level-{index + 1}")
        shapes.append(swatch)
        if index in _HATCHED:
            shapes += _hatch(swatch, _HATCHED[index], 4.0)
        shapes += [Text(x + 15, y + 8.5 + 13 * place, line, size, "legend") for place, line in enumerate(lines)]
        y += 13 * (len(lines) - 1)
        x += item + 14
    return shapes, y + 16 - top


__all__ = ["StackedRow", "round_shares", "stacked_bars"]
