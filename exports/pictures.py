"""Charts of the documents: counts and satisfaction laid out once by ``core.chart`` at the papers' width."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from core.chart import Bar, Chart, StackedRow, TrendPoint, horizontal_bars, stacked_bars, trend_line
from core.numbers import format_integer
from exports.layout.painter import measure
from exports.layout.picture import Picture
from exports.layout.preset import TEXT_WIDTH
from queries.document import CountBar, ScaleBar

LEVELS = ("Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng")
MOST_BARS = 18
"""Bars in one picture; more of them make further pictures, so that a picture never needs a second page."""
MOST_HEIGHT = 600.0
"""The height in points beyond which a picture of several bars is parted."""
NO_ANSWERS = "chưa có phiếu"
CONTINUED = " (tiếp theo)"
_T = TypeVar("_T", CountBar, ScaleBar)


def satisfaction_picture(caption: str, bars: Sequence[ScaleBar], width: float = TEXT_WIDTH,
                         levels: Sequence[str] = LEVELS) -> list[Picture]:
    """Shares of the five levels, one bar a factor with the number of answers; nothing without bars."""

    def draw(title: str, part: Sequence[ScaleBar]) -> Chart:
        rows = [
            StackedRow(
                bar.label if bar.reason else f"{bar.label} ({format_integer(sum(bar.counts))} lượt trả lời)",
                bar.counts if sum(bar.counts) else None,
                bar.reason or NO_ANSWERS,
            )
            for bar in part
        ]
        return stacked_bars(
            title, title, levels, rows, heads=("Nội dung", "Tổng"), width=width, measure=measure
        )

    return _pictures(caption, bars, draw)


def channel_picture(caption: str, bars: Sequence[CountBar], width: float = TEXT_WIDTH) -> list[Picture]:
    """One bar a channel; nothing without bars."""
    return _count_pictures(caption, "Hình thức", bars, width)


def district_pictures(caption: str, bars: Sequence[CountBar], width: float = TEXT_WIDTH) -> list[Picture]:
    """One bar a district, as many pictures as it takes; nothing without bars."""
    return _count_pictures(caption, "Địa bàn", bars, width)


def trend_picture(caption: str, points: Sequence[TrendPoint], heads: tuple[str, str],
                  width: float = TEXT_WIDTH) -> list[Picture]:
    """Shares of 0..100 from round to round, the last that have room; nothing when fewer than two may be told."""
    if sum(point.value is not None for point in points) < 2:
        return []
    return [Picture(trend_line(caption, caption, points, heads=heads, width=width, limit=100, measure=measure))]


def _count_pictures(caption: str, head: str, bars: Sequence[CountBar], width: float) -> list[Picture]:
    """Bars of counts, all pictures on one scale."""
    limit = max((bar.value for bar in bars), default=0) or 1

    def draw(title: str, part: Sequence[CountBar]) -> Chart:
        drawn = [Bar(bar.label, bar.value, format_integer(bar.value)) for bar in part]
        return horizontal_bars(
            title, title, drawn, heads=(head, "Số lượng"), width=width, limit=limit, measure=measure
        )

    return _pictures(caption, bars, draw)


def _pictures(caption: str, bars: Sequence[_T], draw: Callable[[str, Sequence[_T]], Chart]) -> list[Picture]:
    """As many pictures as keep each on a page and its letters at their size; those after the first say so."""
    pictures: list[Picture] = []
    start = 0
    while start < len(bars):
        count = min(MOST_BARS, len(bars) - start)
        title = caption + (CONTINUED if start else "")
        while (chart := draw(title, bars[start : start + count])).height > MOST_HEIGHT and count > 1:
            count -= 1
        pictures.append(Picture(chart))
        start += count
    return pictures
