"""One geometry: the page's picture, the paper's and the DOCX's show the same rectangles at the same places."""

import io
import struct
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

import pdfplumber
import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from core.chart import (
    Bar,
    Chart,
    Rect,
    StackedRow,
    Text,
    TrendPoint,
    heat_table,
    horizontal_bars,
    stacked_bars,
    trend_line,
)
from core.heat import heat_of_counts
from core.tokens import chart_colour
from exports.layout.painter import measure
from exports.layout.picture import Picture
from exports.layout.sheet import OfficialTemplate
from exports.word import metafile
from exports.word.metafile import RECTANGLE

Box = tuple[float, float, float, float]
WIDTH = 440.0
LEVELS = ("Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng")


def stacked(width: float) -> Chart:
    rows = [StackedRow("Tiếp cận dịch vụ công trực tuyến của đơn vị (200 lượt trả lời)", (2, 5, 30, 80, 83)),
            StackedRow("Kết quả", None, "chưa đủ 5 phiếu"), StackedRow("Thủ tục", (0, 0, 1, 0, 100_000))]
    return stacked_bars("Hài lòng", "", LEVELS, rows, heads=("", ""), width=width, measure=measure)


def bars(width: float) -> Chart:
    rows = [Bar("Hạ Long", 46, "46"), Bar("Cô Tô", 0, "0", "bar-late"), Bar("Vân Đồn", None, "chưa có"),
            Bar("Bình Liêu", 7.5, "7,5")]
    return horizontal_bars("Số hoạt động", "", rows, heads=("", ""), width=width, measure=measure)


def trend(width: float) -> Chart:
    rows = [TrendPoint(f"Năm {year}", share, "–" if share is None else f"{share}%")
            for year, share in ((2020, 78.2), (2021, 84.0), (2022, None), (2023, 91.3), (2024, 92.0))]
    return trend_line("Hài lòng", "", rows, heads=("", ""), width=width, limit=100, measure=measure)


def heat(width: float) -> Chart:
    counts = heat_of_counts(("Hội nghị", "Tập huấn", "Mạng xã hội và hình thức khác"), [
        ("Hạ Long", (46, 12, 120)), ("Trường phổ thông dân tộc nội trú tỉnh", (0, 3, 9)), ("Vân Đồn", (20, 0, 64))])
    return heat_table("Số hoạt động", "", counts, head="Địa bàn", width=width, measure=measure)


KINDS = pytest.mark.parametrize("build", [stacked, bars, trend, heat])


def drawn(chart: Chart) -> list[Box]:
    return [(shape.x, shape.y, shape.width, shape.height) for shape in chart.shapes if isinstance(shape, Rect)]


def svg_of(chart: Chart) -> ElementTree.Element:
    web = Environment(loader=FileSystemLoader("templates"), undefined=StrictUndefined, autoescape=True)
    web.globals["_"] = lambda text: text
    picture = web.get_template("components/chart.html").module.picture  # type: ignore[attr-defined]
    return ElementTree.fromstring(str(picture(chart, "chart", "wide")))


def web_boxes(chart: Chart) -> list[Box]:
    return [tuple(float(rect.attrib[name]) for name in ("x", "y", "width", "height"))  # type: ignore[misc]
            for rect in svg_of(chart).iter("rect")]


def paper_page(chart: Chart) -> pdfplumber.page.Page:
    content = OfficialTemplate("Thử", "Thử", "Thử", is_draft=False).print([Picture(chart)])
    assert content == OfficialTemplate("Thử", "Thử", "Thử", is_draft=False).print([Picture(chart)])
    return pdfplumber.open(io.BytesIO(content)).pages[0]


def paper_boxes(chart: Chart) -> list[Box]:
    return [(rect["x0"], rect["top"], rect["width"], rect["height"]) for rect in paper_page(chart).rects]


def word_boxes(chart: Chart) -> list[Box]:
    content = metafile.draw(chart, lambda text, size, bold: measure(text, size), str)
    boxes, start = [], 0
    while start < len(content):
        kind, length = struct.unpack_from("<II", content, start)
        if kind == RECTANGLE:
            left, top, right, bottom = struct.unpack_from("<iiii", content, start + 8)
            boxes.append((left / 100, top / 100, (right - left) / 100, (bottom - top) / 100))
        start += length
    return boxes


@KINDS
@pytest.mark.parametrize("boxes", [web_boxes, paper_boxes, word_boxes])
def test_page_paper_and_docx_show_the_same_rectangles(build: Callable[[float], Chart],
                                                     boxes: Callable[[Chart], list[Box]]) -> None:
    chart = build(WIDTH)
    wanted, found = drawn(chart), boxes(chart)
    assert len(found) == len(wanted)
    if wanted:
        across, down = found[0][0] - wanted[0][0], found[0][1] - wanted[0][1]
        for box, (x, y, width, height) in zip(found, wanted, strict=True):
            assert box == pytest.approx((x + across, y + down, width, height), abs=0.02)


@KINDS
def test_page_and_paper_colour_the_same_shapes_in_the_same_order(build: Callable[[float], Chart]) -> None:
    chart = build(WIDTH)
    roles = [rect.attrib["class"].removeprefix("c-") for rect in svg_of(chart).iter("rect")]
    fills = ["#" + "".join(f"{round(part * 255):02x}" for part in rect["non_stroking_color"])
             for rect in paper_page(chart).rects]
    assert [chart_colour(role) for role in roles] == fills


@KINDS
def test_page_and_paper_write_the_same_words_at_the_same_places(build: Callable[[float], Chart]) -> None:
    chart = build(WIDTH)
    wanted = [shape for shape in chart.shapes if isinstance(shape, Text)]
    web = [(text.text, float(text.attrib["y"])) for text in svg_of(chart).iter("text")]
    assert web == [(shape.text, round(shape.y, 2)) for shape in wanted]
    page = paper_page(chart)
    printed = "".join(char["text"] for char in page.chars)
    assert all(shape.text in printed for shape in wanted)
