"""Chart geometry: a chart is worked out once, in points, and painted by two painters.

The page paints it as inline SVG (``templates/components/chart.html``), the paper as a ReportLab drawing. Both
walk ``Chart.shapes`` in order and colour each shape by its role (``core.tokens.CHART_FILLS``). The origin is the
upper left corner and y grows downwards; a painter of paper uses ``height - y``. Text is anchored on its baseline.
Each chart carries the table behind it, so nobody needs the picture to read the figures.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.numbers import format_integer
from core.shapes import Anchor, Chart, Dot, Line, Rect, Shape, Text
from core.tokens import CHART_TYPE

__all__ = ["Bar", "Chart", "Dot", "Line", "Rect", "Shape", "StackedRow", "Text", "TrendPoint"]

Measure = Callable[[str, float], float]
"""Width in points of a text at a size, by the metrics of the painter's font."""


@dataclass(frozen=True, slots=True)
class StackedRow:
    """One bar of shares: ``counts`` from the lowest level to the highest, or None where they may not be shown."""

    label: str
    counts: tuple[int, ...] | None
    note: str = ""
    """Shown in place of the bar when there are no counts ("Chưa đủ 5 phiếu")."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a value; None is not zero: it has no bar, only its ``text``."""

    label: str
    value: float | None
    text: str
    """The value as it is shown, with its denominator where it has one: "46/53 (87%)"."""
    role: str = "bar"


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One point of a line; None breaks the line."""

    label: str
    value: float | None
    text: str


NARROW = 360.0
"""Below this width (points) labels stand above their bars."""

BAR = 18.0
GAP = 12.0
_HATCHED = {0: "hatch-1", 1: "hatch-2"}


def approximate_width(text: str, size: float) -> float:
    """Return a safe width of ``text`` in points without the metrics of a font (0.56 em a sign)."""
    return len(text) * size * 0.56


def wrap(text: str, width: float, size: float, measure: Measure = approximate_width) -> list[str]:
    """Break ``text`` at spaces into lines no wider than ``width``; a single long word stays whole."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and measure(joined, size) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines or [""]


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


def _label(
    text: str, y: float, width: float, label_width: float, measure: Measure
) -> tuple[list[Text], float]:
    """Return the label's lines from ``y`` down, and the height that they take."""
    size = CHART_TYPE.label
    leading = size * CHART_TYPE.leading
    lines = wrap(text, label_width or width, size, measure)
    first = y + (leading if label_width == 0 else max(BAR - leading * len(lines), 0) / 2 + size)
    return [Text(0, first + i * leading, line, size, "label") for i, line in enumerate(lines)], leading * len(
        lines
    )


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


def _segments(counts: Sequence[int], x: float, y: float, width: float, measure: Measure) -> list[Shape]:
    """Return one bar's coloured parts, each with its percentage where there is room for it."""
    shapes: list[Shape] = []
    total = sum(counts)
    for index, (count, share) in enumerate(zip(counts, round_shares(counts), strict=True)):
        part = width * count / total
        if part <= 0:
            continue
        bar = Rect(x, y, max(part - 1, 0.5), BAR, f"level-{index + 1}")
        text, size = f"{share}%", CHART_TYPE.value
        fits = measure(text, size) + 4 <= bar.width
        shapes.append(bar)
        if index in _HATCHED:
            shapes += _hatch(bar, _HATCHED[index])
        if fits:
            middle, role = x + bar.width / 2, "value-end" if index in (0, len(counts) - 1) else "value-middle"
            if index in _HATCHED:
                pad = measure(text, size) + 3
                shapes.append(Rect(middle - pad / 2, y + 2, pad, BAR - 4, bar.role))
            shapes.append(Text(middle, y + BAR - 5.5, text, size, role, "middle"))
        x += part
    return shapes


def _legend(levels: Sequence[str], width: float, y: float, measure: Measure) -> tuple[list[Shape], float]:
    """Return the key of the levels, flowing over as many lines as it needs, and its height."""
    shapes: list[Shape] = []
    size, x, top = CHART_TYPE.legend, 0.0, y
    for index, level in enumerate(levels):
        item = 15 + measure(level, size)
        if x > 0 and x + item > width:
            x, y = 0.0, y + 16
        swatch = Rect(x, y, 10, 10, f"level-{index + 1}")
        shapes.append(swatch)
        if index in _HATCHED:
            shapes += _hatch(swatch, _HATCHED[index], 4.0)
        shapes.append(Text(x + 15, y + 8.5, level, size, "legend"))
        x += item + 14
    return shapes, y + 16 - top


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
    label_width = 0.0 if width < NARROW else width * 0.36
    bar_x = label_width + (10 if label_width else 0)
    shapes, used = _legend(levels, width, 2, measure)
    y = 2 + used + GAP
    table = []
    for row in rows:
        label, height = _label(row.label, y, width, label_width, measure)
        shapes += label
        top = y if label_width else y + height + 6
        total = sum(row.counts) if row.counts else 0
        if row.counts and total:
            shapes += _segments(row.counts, bar_x, top, width - bar_x, measure)
        else:
            shapes.append(Text(bar_x, top + BAR - 5.5, row.note, CHART_TYPE.value, "note"))
        y = max(top + BAR, y + height) + GAP
        cells = (
            [format_integer(count) for count in row.counts]
            if row.counts
            else [row.note] + ["–"] * (len(levels) - 1)
        )
        table.append((row.label, *cells, format_integer(total) if row.counts else "–"))
    return Chart(
        title, description, width, y - GAP + 2, tuple(shapes), (heads[0], *levels, heads[1]), tuple(table)
    )


def horizontal_bars(
    title: str,
    description: str,
    bars: Sequence[Bar],
    *,
    heads: tuple[str, str],
    width: float = 480.0,
    limit: float | None = None,
    measure: Measure = approximate_width,
) -> Chart:
    """Lay out one bar a value, longest at ``limit`` (default: the largest value), the value written at its end."""
    label_width = 0.0 if width < NARROW else width * 0.36
    bar_x = label_width + (10 if label_width else 0)
    text_width = max((measure(bar.text, CHART_TYPE.value) for bar in bars), default=0) + 8
    room = max(width - bar_x - text_width, 20)
    top_value = limit or max((bar.value or 0 for bar in bars), default=0) or 1
    shapes: list[Shape] = []
    y = 0.0
    for bar in bars:
        label, height = _label(bar.label, y, width, label_width, measure)
        shapes += label
        top = y if label_width else y + height + 6
        length = room * min(bar.value or 0, top_value) / top_value
        if bar.value is not None:
            shapes.append(Rect(bar_x, top, room, BAR, "track"))
            shapes.append(Rect(bar_x, top, max(length, 1), BAR, bar.role))
        at, role = (width, "value") if bar.value is not None else (bar_x, "note")
        anchor: Anchor = "end" if bar.value is not None else "start"
        shapes.append(Text(at, top + BAR - 5.5, bar.text, CHART_TYPE.value, role, anchor))
        y = max(top + BAR, y + height) + GAP
    rows = tuple((bar.label, bar.text) for bar in bars)
    return Chart(title, description, width, max(y - GAP + 2, 1), tuple(shapes), heads, rows)


def trend_line(
    title: str,
    description: str,
    points: Sequence[TrendPoint],
    *,
    heads: tuple[str, str],
    width: float = 480.0,
    height: float = 180.0,
    limit: float | None = None,
    measure: Measure = approximate_width,
) -> Chart:
    """Lay out a line through the points from zero to ``limit``; a missing point leaves a gap, never a zero."""
    size = CHART_TYPE.value
    top, bottom = size * 2, height - size * 1.9
    top_value = limit or max((point.value or 0 for point in points), default=0) or 1
    pad = max((measure(text, size) / 2 for p in points for text in (p.text, p.label)), default=0) + 2
    step = (width - 2 * pad) / max(len(points) - 1, 1)
    shapes: list[Shape] = [Line(0, y, width, y, "grid") for y in (top, (top + bottom) / 2)]
    shapes.append(Line(0, bottom, width, bottom, "axis", 1))
    before: tuple[float, float] | None = None
    for index, point in enumerate(points):
        x = pad + step * index
        shapes.append(Text(x, height - 3, point.label, size, "legend", "middle"))
        if point.value is None:
            shapes.append(Text(x, bottom - 5, point.text, size, "note", "middle"))
            before = None
            continue
        y = bottom - (bottom - top) * min(point.value, top_value) / top_value
        if before:
            shapes.append(Line(*before, x, y, "trend", 2))
        shapes += [Dot(x, y, 3.5, "dot"), Text(x, y - 8, point.text, size, "value", "middle", bold=True)]
        before = (x, y)
    rows = tuple((point.label, point.text) for point in points)
    return Chart(title, description, width, height, tuple(shapes), heads, rows)
