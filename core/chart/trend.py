"""A line through points in time."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.chart.words import Measure, approximate_width
from core.shapes import Chart, Dot, Line, Shape, Text
from core.tokens import CHART_TYPE

APART = 5.0
"""Points of space between what is written beside two neighbours."""
BOLDER = 1.1
"""How much wider bold words may be than ``Measure`` tells."""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One point of a line; None breaks the line."""

    label: str
    value: float | None
    text: str


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
    """Lay out a line through the points from zero to ``limit``; a missing point leaves a gap, never a zero.

    Where not all points have room for their words, the last ones are drawn; the table behind has them all.
    """
    size = CHART_TYPE.value
    rows = tuple((point.label, point.text) for point in points)
    widest = max((_widest(point, measure) for point in points), default=0.0)
    drawn = points[-max(int((width - widest - 4) / (widest + APART)) + 1, 1):]
    top, bottom = size * 2, height - size * 1.9
    most = limit or max((point.value or 0 for point in drawn), default=0) or 1
    pad = widest / 2 + 2
    step = (width - 2 * pad) / max(len(drawn) - 1, 1)
    shapes: list[Shape] = [Line(0, y, width, y, "grid") for y in (top, (top + bottom) / 2)]
    shapes.append(Line(0, bottom, width, bottom, "axis", 1))
    before: tuple[float, float] | None = None
    for index, point in enumerate(drawn):
        x = pad + step * index
        shapes.append(Text(x, height - 3, point.label, size, "legend", "middle"))
        if point.value is None:
            shapes.append(Text(x, bottom - 5, point.text, size, "note", "middle"))
            before = None
            continue
        y = bottom - (bottom - top) * min(max(point.value, 0), most) / most
        if before:
            shapes.append(Line(*before, x, y, "trend", 2))
        shapes += [Dot(x, y, 3.5, "dot"), Text(x, y - 8, point.text, size, "value", "middle", bold=True)]
        before = (x, y)
    return Chart(title, description, width, height, tuple(shapes), heads, rows)


def _widest(point: TrendPoint, measure: Measure) -> float:
    """Return the width of the wider of a point's two words."""
    bolder = 1.0 if point.value is None else BOLDER
    return max(measure(point.text, CHART_TYPE.value) * bolder, measure(point.label, CHART_TYPE.value))


__all__ = ["TrendPoint", "trend_line"]
