"""Bars of values: one below the other on one scale, the value written at the end."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.chart.words import BAR, GAP, RISE, Measure, approximate_width, bar_start, place_label
from core.shapes import Chart, Rect, Shape, Text
from core.tokens import CHART_TYPE

LEAST_ROOM = 20.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a value; None is not zero: it has no bar, only its ``text``."""

    label: str
    value: float | None
    text: str
    """The value as it is shown, with its denominator where it has one: "46/53 (87%)"."""
    role: str = "bar"


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
    label_width, bar_x = bar_start(width)
    text_width = max((measure(bar.text, CHART_TYPE.value) for bar in bars), default=0) + 8
    room = max(width - bar_x - text_width, LEAST_ROOM)
    most = limit or max((bar.value or 0 for bar in bars), default=0) or 1
    shapes: list[Shape] = []
    y = 0.0
    for bar in bars:
        label, height = place_label(bar.label, y, width, label_width, measure)
        top = y if label_width else y + height + 6
        shapes += [*label, *_bar(bar, bar_x, top, room, most), _value(bar, bar_x, top, width)]
        y = max(top + BAR, y + height) + GAP
    rows = tuple((bar.label, bar.text) for bar in bars)
    return Chart(title, description, width, max(y - GAP + 2, 1), tuple(shapes), heads, rows)


def _bar(bar: Bar, x: float, y: float, room: float, most: float) -> list[Rect]:
    """Return the track, and on it the bar as long as its value; nothing where there is none, no bar for a zero."""
    if bar.value is None:
        return []
    track = Rect(x, y, room, BAR, "track")
    length = room * min(max(bar.value, 0), most) / most
    return [track, Rect(x, y, length, BAR, bar.role)] if length else [track]


def _value(bar: Bar, x: float, y: float, width: float) -> Text:
    """Return the value's words at the end of the line, or what stands in place of a bar."""
    if bar.value is None:
        return Text(x, y + BAR - RISE, bar.text, CHART_TYPE.value, "note")
    return Text(width, y + BAR - RISE, bar.text, CHART_TYPE.value, "value", "end")


__all__ = ["Bar", "horizontal_bars"]
