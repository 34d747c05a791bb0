"""The geometry of charts: what is drawn, where, and the table behind it."""

import pytest

from core.chart import (
    Bar,
    Chart,
    Dot,
    Line,
    Rect,
    StackedRow,
    Text,
    TrendPoint,
    approximate_width,
    horizontal_bars,
    round_shares,
    stacked_bars,
    trend_line,
    wrap,
)
from core.tokens import CHART_FILLS

LEVELS = ("Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng")
ROWS = (
    StackedRow("Tiếp cận dịch vụ", (2, 5, 30, 80, 83)),
    StackedRow("Tiếp nhận, xử lý góp ý, phản ánh, kiến nghị của tổ chức, cá nhân", (0, 0, 0, 3, 197)),
    StackedRow("Kết quả giải quyết", None, "Chưa đủ 5 phiếu"),
)


def stacked(width: float = 480) -> Chart:
    return stacked_bars("Mức độ hài lòng", "", LEVELS, ROWS, heads=("Lĩnh vực", "Số phiếu"), width=width)


def bars(width: float = 480) -> Chart:
    given = (Bar("Hạ Long", 46, "46/53"), Bar("Cô Tô", 0, "0/4"), Bar("Vân Đồn", None, "Chưa có báo cáo"))
    return horizontal_bars("Đơn vị đã nộp", "", given, heads=("Địa bàn", "Đã nộp"), width=width)


def trend(width: float = 480) -> Chart:
    given = (TrendPoint("2021", 80.0, "80%"), TrendPoint("2022", None, "–"), TrendPoint("2023", 91.0, "91%"))
    return trend_line("Tỷ lệ hài lòng", "", given, heads=("Năm", "Tỷ lệ"), width=width, limit=100)


@pytest.mark.parametrize("width", [240, 320, 480, 700])
@pytest.mark.parametrize("build", [stacked, bars, trend])
def test_every_shape_lies_inside_the_picture(build, width):
    chart = build(width)
    for shape in chart.shapes:
        match shape:
            case Rect(x, y, w, h):
                edges = (x, y, x + w, y + h)
            case Line(x1, y1, x2, y2):
                edges = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
            case Dot(x, y, radius):
                edges = (x - radius, y - radius, x + radius, y + radius)
            case Text(x, y, text, size, _, anchor):
                length = approximate_width(text, size)
                left = {"start": x, "middle": x - length / 2, "end": x - length}[anchor]
                edges = (left, y - size, left + length, y)
        assert edges[0] >= -0.01 and edges[1] >= -0.01, shape
        assert edges[2] <= chart.width + 0.01 and edges[3] <= chart.height + 0.01, shape


@pytest.mark.parametrize("build", [stacked, bars, trend])
def test_every_role_has_a_colour(build):
    assert {shape.role for shape in build().shapes} <= set(CHART_FILLS)


@pytest.mark.parametrize("build", [stacked, bars, trend])
def test_every_row_of_the_table_has_a_cell_for_every_head(build):
    chart = build()
    assert len(chart.rows) == 3
    assert {len(row) for row in chart.rows} == {len(chart.columns)}


def test_the_parts_of_a_bar_are_as_long_as_their_shares():
    counts = (1, 1, 2, 2, 4)
    chart = stacked_bars("", "", LEVELS, [StackedRow("A", counts)], heads=("", ""), width=480)
    parts = [s for s in chart.shapes if isinstance(s, Rect) and s.height == 18]
    lengths = [part.width + 1 for part in parts]
    assert [round(length / sum(lengths) * 10, 6) for length in lengths] == [1, 1, 2, 2, 4]
    assert [part.role for part in parts] == [f"level-{level}" for level in range(1, 6)]


def test_whole_percentages_add_up_to_a_hundred():
    assert round_shares([1, 1, 1]) == [34, 33, 33]
    assert round_shares([2, 5, 30, 80, 83]) == [1, 3, 15, 40, 41]
    assert round_shares([0, 0]) == [0, 0]


def test_a_suppressed_row_shows_its_note_and_no_bar():
    only = stacked_bars("", "", LEVELS, [ROWS[2]], heads=("Lĩnh vực", "Số phiếu"))
    assert not [s for s in only.shapes if isinstance(s, Rect) and s.height == 18]
    assert "Chưa đủ 5 phiếu" in [s.text for s in only.shapes if isinstance(s, Text)]
    assert only.rows == (("Kết quả giải quyết", "Chưa đủ 5 phiếu", "–", "–", "–", "–", "–"),)


def test_a_zero_has_a_track_and_a_missing_value_has_none():
    chart = bars()
    tracks = [s for s in chart.shapes if isinstance(s, Rect) and s.role == "track"]
    assert len(tracks) == 2
    assert [s.text for s in chart.shapes if isinstance(s, Text) and s.role == "note"] == ["Chưa có báo cáo"]


def test_a_missing_point_breaks_the_line():
    assert not [s for s in trend().shapes if isinstance(s, Line) and s.role == "trend"]
    whole = trend_line("", "", [TrendPoint("a", 1, "1"), TrendPoint("b", 2, "2")], heads=("", ""))
    assert len([s for s in whole.shapes if isinstance(s, Line) and s.role == "trend"]) == 1


def test_the_two_low_levels_are_hatched_for_grey_print():
    roles = [s.role for s in stacked().shapes if isinstance(s, Line)]
    assert roles.count("hatch-1") > 2
    assert roles.count("hatch-2") > 2


def test_labels_stand_above_their_bars_on_a_phone():
    narrow = stacked(280)
    label = next(s for s in narrow.shapes if isinstance(s, Text) and s.role == "label")
    bar = next(s for s in narrow.shapes if isinstance(s, Rect) and s.height == 18)
    assert bar.x == 0
    assert label.y < bar.y


def test_a_chart_of_nothing_is_still_a_chart():
    empty = horizontal_bars("", "", [], heads=("a", "b"))
    assert empty.shapes == ()
    assert empty.height > 0
    assert trend_line("", "", [], heads=("a", "b")).rows == ()


def test_a_long_label_wraps_at_spaces():
    assert wrap("Phòng Giáo dục và Đào tạo Hạ Long", 90, 10) == ["Phòng Giáo dục", "và Đào tạo Hạ", "Long"]
    assert wrap("", 90, 10) == [""]
