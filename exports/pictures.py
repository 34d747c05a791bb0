"""Charts of the documents: counts and satisfaction laid out once by ``core.chart`` at the papers' width."""

from collections.abc import Sequence
from typing import TypeVar

from core.chart import Bar, StackedRow, horizontal_bars, stacked_bars
from core.numbers import format_integer
from exports.layout.picture import Picture, measure
from exports.layout.preset import TEXT_WIDTH
from queries.document import CountBar, ScaleBar

LEVELS = ("Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng")
MOST_BARS = 18
"""Bars in one picture; more of them make further pictures, so that a picture never needs a second page."""
_T = TypeVar("_T")
NO_ANSWERS = "chưa có phiếu"


def satisfaction_picture(caption: str, bars: Sequence[ScaleBar], width: float = TEXT_WIDTH) -> list[Picture]:
    """Shares of the five levels, one bar a factor with the number of answers; nothing without bars."""
    pictures: list[Picture] = []
    for part in _parts(bars):
        rows = [
            StackedRow(
                f"{bar.label} ({format_integer(sum(bar.counts))} lượt trả lời)",
                bar.counts if sum(bar.counts) else None,
                NO_ANSWERS,
            )
            for bar in part
        ]
        chart = stacked_bars(
            caption, caption, LEVELS, rows, heads=("Nội dung", "Tổng"), width=width, measure=measure
        )
        pictures.append(Picture(chart))
    return pictures


def channel_picture(caption: str, bars: Sequence[CountBar], width: float = TEXT_WIDTH) -> list[Picture]:
    """One bar a channel; nothing without bars."""
    return _count_pictures(caption, "Hình thức", bars, width)


def district_pictures(caption: str, bars: Sequence[CountBar], width: float = TEXT_WIDTH) -> list[Picture]:
    """One bar a district, as many pictures as it takes; nothing without bars."""
    return _count_pictures(caption, "Địa bàn", bars, width)


def _count_pictures(caption: str, head: str, bars: Sequence[CountBar], width: float) -> list[Picture]:
    """Bars of counts, all pictures on one scale."""
    limit = max((bar.value for bar in bars), default=0) or 1
    pictures: list[Picture] = []
    for part in _parts(bars):
        drawn = [Bar(bar.label, bar.value, format_integer(bar.value)) for bar in part]
        chart = horizontal_bars(
            caption, caption, drawn, heads=(head, "Số lượng"), width=width, limit=limit, measure=measure
        )
        pictures.append(Picture(chart))
    return pictures


def _parts(bars: Sequence[_T]) -> list[Sequence[_T]]:
    """The bars in groups that fit one picture."""
    return [bars[start : start + MOST_BARS] for start in range(0, len(bars), MOST_BARS)]
