"""The geometry of charts: what is drawn, where, and the table behind it."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    clip,
    heat_table,
    horizontal_bars,
    round_shares,
    stacked_bars,
    trend_line,
    wrap,
)
from core.heat import heat_of_counts
from core.tokens import CHART_FILLS

WORDS = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxy ", max_size=60)
COUNTS = st.integers(0, 10**9)
FIGURES = {"heat-figure", "heat-deep", "heat-none"}
WIDTHS = st.floats(200, 800)
LEVELS = ("Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng")
ROWS = (
    StackedRow("Tiếp cận dịch vụ", (2, 5, 30, 80, 83)),
    StackedRow("Tiếp nhận, xử lý góp ý, phản ánh, kiến nghị của tổ chức, cá nhân", (0, 0, 0, 3, 197)),
    StackedRow("Kết quả giải quyết", None, "Chưa đủ 5 phiếu"),
)


def stacked(width: float = 480) -> Chart:
    return stacked_bars("Mức độ hài lòng", "", LEVELS, ROWS, heads=("Lĩnh vực", "Số phiếu"), width=width)


def bars(width: float = 480) -> Chart:
    rows = (Bar("Hạ Long", 46, "46/53"), Bar("Cô Tô", 0, "0/4"), Bar("Vân Đồn", None, "Chưa có báo cáo"))
    return horizontal_bars("Đơn vị đã nộp", "", rows, heads=("Địa bàn", "Đã nộp"), width=width)


def trend(width: float = 480) -> Chart:
    points = (TrendPoint("2021", 80.0, "80%"), TrendPoint("2022", None, "–"), TrendPoint("2023", 91.0, "91%"))
    return trend_line("Tỷ lệ hài lòng", "", points, heads=("Năm", "Tỷ lệ"), width=width, limit=100)


def heat(width: float = 480) -> Chart:
    counts = heat_of_counts(("Hội nghị", "Mạng xã hội và hình thức khác"), [
        ("Hạ Long", (46, 120)), ("Trường phổ thông dân tộc nội trú", (0, 1)), ("Cô Tô", (3, 0))])
    return heat_table("Số hoạt động", "", counts, head="Địa bàn", width=width, nothing="chưa có")


@pytest.mark.parametrize("width", [240, 320, 480, 700])
@pytest.mark.parametrize("build", [stacked, bars, trend, heat])
def test_every_shape_lies_inside_the_picture(build, width):
    assert_inside(build(width))


def assert_inside(chart: Chart) -> None:
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


@pytest.mark.parametrize("build", [stacked, bars, trend, heat])
def test_every_role_has_a_colour(build):
    assert {shape.role for shape in build().shapes} <= set(CHART_FILLS)


@pytest.mark.parametrize("build", [stacked, bars, trend, heat])
def test_every_row_of_the_table_has_a_cell_for_every_head(build):
    chart = build()
    assert len(chart.rows) == 3
    assert {len(row) for row in chart.rows} == {len(chart.columns)}


def test_the_parts_of_a_bar_are_as_long_as_their_shares():
    counts = (1, 1, 2, 2, 4)
    chart = stacked_bars("", "", LEVELS, [StackedRow("A", counts)], heads=("", ""), width=480)
    parts = [s for s in chart.shapes if isinstance(s, Rect) and s.height == 18]
    start, end = parts[0].x, parts[-1].x + parts[-1].width
    ends = [*(part.x for part in parts[1:]), end]
    shares = [(edge - part.x) / (end - start) * 10 for part, edge in zip(parts, ends, strict=True)]
    assert [round(share, 6) for share in shares] == [1, 1, 2, 2, 4]
    assert end == chart.width
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


def test_a_word_wider_than_a_line_is_broken_and_nothing_is_lost():
    lines = wrap("ab " + "x" * 40, 90, 10)
    assert "".join(lines) == "ab" + "x" * 40
    assert all(approximate_width(line, 10) <= 90 for line in lines)


@given(st.lists(st.tuples(WORDS, st.lists(COUNTS, min_size=5, max_size=5)), max_size=5), WIDTHS)
def test_the_parts_of_any_bar_fill_its_length_and_stand_inside(rows, width):
    chart = stacked_bars("", "", LEVELS, [StackedRow(label, tuple(counts), "không có") for label, counts in rows],
                         heads=("", ""), width=width)
    assert_inside(chart)
    bars_by_row: dict[float, list[Rect]] = {}
    for shape in chart.shapes:
        if isinstance(shape, Rect) and shape.height == 18:
            bars_by_row.setdefault(shape.y, []).append(shape)
    told = [counts for _label, counts in rows if sum(counts)]
    assert len(bars_by_row) == len(told)
    for parts, counts in zip(bars_by_row.values(), told, strict=True):
        shown = [(level, count) for level, count in enumerate(counts, 1) if count]
        assert [part.role for part in parts] == [f"level-{level}" for level, _count in shown]
        start, end = parts[0].x, parts[-1].x + parts[-1].width
        assert end == pytest.approx(width)
        edges = [*(part.x for part in parts[1:]), end]
        for part, edge, (_level, count) in zip(parts, edges, shown, strict=True):
            assert edge - part.x == pytest.approx((end - start) * count / sum(counts), abs=1e-6)
            assert edge - 1.000001 <= part.x + part.width <= edge + 1e-6


@given(st.lists(st.tuples(WORDS, COUNTS), min_size=1, max_size=6), WIDTHS)
def test_a_bar_is_as_long_as_its_value_on_the_track(rows, width):
    chart = horizontal_bars("", "", [Bar(label, value, str(value)) for label, value in rows], heads=("", ""),
                            width=width)
    assert_inside(chart)
    most = max(value for _label, value in rows) or 1
    tracks = [shape for shape in chart.shapes if isinstance(shape, Rect) and shape.role == "track"]
    drawn = {shape.y: shape for shape in chart.shapes if isinstance(shape, Rect) and shape.role == "bar"}
    assert len(tracks) == len(rows)
    for track, (_label, value) in zip(tracks, rows, strict=True):
        assert (track.y in drawn) == (value > 0)
        if value:
            assert (drawn[track.y].x, drawn[track.y].width) == (track.x, pytest.approx(track.width * value / most))


@given(st.lists(st.none() | st.floats(0, 100), min_size=1, max_size=30), WIDTHS)
def test_points_stand_as_high_as_their_values_and_never_on_each_other(values, width):
    points = [TrendPoint(f"30/05/{2000 + place}", value, "–" if value is None else f"{value:.1f}%")
              for place, value in enumerate(values)]
    chart = trend_line("", "", points, heads=("", ""), width=width, limit=100)
    assert_inside(chart)
    assert len(chart.rows) == len(points)
    labels = [shape for shape in chart.shapes if isinstance(shape, Text) and shape.role == "legend"]
    assert [label.text for label in labels] == [point.label for point in points[-len(labels):]]
    assert all(right.x - left.x >= approximate_width(left.text, left.size)
               for left, right in itertools.pairwise(labels))
    bottom = next(shape.y1 for shape in chart.shapes if isinstance(shape, Line) and shape.role == "axis")
    top = min(shape.y1 for shape in chart.shapes if isinstance(shape, Line) and shape.role == "grid")
    dots = [shape for shape in chart.shapes if isinstance(shape, Dot)]
    shown = [value for value in values[-len(labels):] if value is not None]
    assert [(bottom - dot.y) / (bottom - top) * 100 for dot in dots] == pytest.approx(shown, abs=1e-6)


@settings(max_examples=30)
@given(st.integers(1, 9).flatmap(lambda columns: st.tuples(
    st.lists(WORDS, min_size=columns, max_size=columns),
    st.lists(st.tuples(WORDS, st.lists(COUNTS, min_size=columns, max_size=columns).map(tuple)), max_size=3))), WIDTHS)
def test_each_count_has_its_cell_in_its_row_and_column(table, width):
    columns, rows = table
    counts = heat_of_counts(columns, rows)
    chart = heat_table("", "", counts, head="", width=width)
    assert_inside(chart)
    cells = sorted((shape for shape in chart.shapes if isinstance(shape, Rect) and shape.role != "heat-frame"),
                   key=lambda cell: (round(cell.y + cell.height / 2), cell.x))
    assert [cell.role for cell in cells] == [f"heat-{step}" for row in counts.rows for step in row.steps]
    figures = [shape for shape in chart.shapes if isinstance(shape, Text) and shape.role in FIGURES]
    assert len(figures) == len(cells)
    for cell in cells:
        inside = [text for text in figures if cell.x <= text.x <= cell.x + cell.width
                  and cell.y < text.y <= cell.y + cell.height]
        assert len(inside) == 1


def test_nothing_at_all_is_framed_for_grey_print_and_said_in_the_table():
    chart = heat()
    assert len([shape for shape in chart.shapes if shape.role == "heat-frame"]) == 2
    assert chart.rows[2] == ("Cô Tô", "3", "chưa có")


def test_narrow_columns_are_numbered_and_the_key_names_them():
    counts = heat_of_counts([f"Nội dung thứ {number}" for number in range(1, 9)], [("Hạ Long", (1,) * 8)])
    texts = [shape.text for shape in heat_table("", "", counts, head="", width=270).shapes if isinstance(shape, Text)]
    assert {"Nội dung thứ 8", "8.", "8"} <= set(texts)


def test_a_name_without_room_ends_in_dots():
    assert clip(["một hai", "ba bốn"], 1, 45, 10) == ["một hai …"[:7].rpartition(" ")[0] + " …"]
    assert clip(["một"], 1, 45, 10) == ["một"]
