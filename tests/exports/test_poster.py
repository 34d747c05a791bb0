"""The poster at every size: one page, a code that is what it says, readable from two metres, nothing outside."""

import io
from collections.abc import Callable

import pdfplumber
import pytest
import segno

from exports import poster
from exports.fonts import MissingGlyphError, require
from exports.layout.qr import QUIET, modules
from queries.survey.document import PosterDocument, minutes_to_answer
from tests.exports.reading import ink_boxes
from tests.exports.survey_samples import ABSURD_POSTER, POSTERS
from tests.exports.survey_samples import poster as sample
from tests.support.paper import POINTS_PER_MM, Paper
from tests.support.survey import default_body

BUILDS: dict[str, Callable[[PosterDocument], bytes]] = {
    "a4": poster.build_a4, "a5": poster.build_a5, "two": poster.build_two}
SHEETS = {"a4": (210, 297), "a5": (148, 210), "two": (297, 210)}
LEAST_EDGE = {"a4": 80, "a5": 55, "two": 55}
ALL = [(kind, size) for kind in BUILDS for size in POSTERS]


def code_boxes(paper: Paper, copies: int) -> list[list[tuple[float, float, float, float]]]:
    """The black rectangles of each code on the page (left, top, right, bottom), codes from left to right."""
    with pdfplumber.open(io.BytesIO(paper.content)) as document:
        page = document.pages[0]
        boxes = [(box["x0"], box["top"], box["x1"], box["bottom"]) for box in page.rects if box["fill"]]
        width = float(page.width) / copies
    return [[box for box in boxes if number * width <= box[0] < (number + 1) * width] for number in range(copies)]


def edges(boxes: list[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


@pytest.mark.parametrize(("kind", "size"), ALL)
def test_a_poster_is_one_page_of_its_paper_and_the_same_each_time(kind: str, size: str) -> None:
    content = BUILDS[kind](POSTERS[size])
    paper = Paper(content)
    assert len(paper) == 1
    assert paper.sizes()[0] == pytest.approx([edge * POINTS_PER_MM for edge in SHEETS[kind]], abs=0.02)
    assert BUILDS[kind](POSTERS[size]) == content
    fonts = paper.fonts()
    assert fonts and all(name.startswith("Tinos") and embedded for name, embedded in fonts.items())
    for width, height, left, top, right, bottom in ink_boxes(paper):
        assert left > 8 and top > 8 and right < width - 8 and bottom < height - 8


@pytest.mark.parametrize(("kind", "size"), ALL)
def test_the_drawn_modules_are_those_of_the_code_and_large_enough_for_two_metres(kind: str, size: str) -> None:
    document = POSTERS[size]
    paper = Paper(BUILDS[kind](document))
    expected = [[bool(module) for module in row]
                for row in segno.make(document.qr_address, error="m", micro=False).matrix]
    copies = 2 if kind == "two" else 1
    for boxes in code_boxes(paper, copies):
        left, top, right, bottom = edges(boxes)
        assert right - left == pytest.approx(bottom - top, abs=0.05)
        assert (right - left) / POINTS_PER_MM >= LEAST_EDGE[kind]
        step = (right - left) / len(expected)
        found = [[any(x0 - 0.01 <= left + (column + 0.5) * step <= x1 + 0.01
                      and y0 - 0.01 <= top + (row + 0.5) * step <= y1 + 0.01 for x0, y0, x1, y1 in boxes)
                  for column in range(len(expected))] for row in range(len(expected))]
        assert found == expected


@pytest.mark.parametrize(("kind", "size"), ALL)
def test_nothing_stands_in_the_quiet_zone(kind: str, size: str) -> None:
    document = POSTERS[size]
    paper = Paper(BUILDS[kind](document))
    for boxes in code_boxes(paper, 2 if kind == "two" else 1):
        left, top, right, bottom = edges(boxes)
        quiet = QUIET * (right - left) / len(modules(document.qr_address)) - 0.1
        inside = [word for word in paper.words(0) if word.right > left - quiet and word.left < right + quiet
                  and word.bottom > top - quiet + 4 and word.top < bottom + quiet - 4]
        assert inside == []


def test_the_modules_are_sharp_on_the_rendered_page() -> None:
    document = sample()
    paper = Paper(poster.build_a4(document))
    (boxes,) = code_boxes(paper, 1)
    left, top, right, _bottom = edges(boxes)
    picture, scale = paper.picture(0, 150).convert("L"), 150 / 72
    rows = modules(document.qr_address)
    step = (right - left) / len(rows)
    for number, row in enumerate(rows):
        for place, is_black in enumerate(row):
            shade = picture.getpixel((round((left + (place + 0.5) * step) * scale),
                                      round((top + (number + 0.5) * step) * scale)))
            assert isinstance(shade, int) and (shade < 40) == is_black


def test_a_poster_says_who_what_for_how_long_until_when_and_where() -> None:
    text = Paper(poster.build_a4(sample())).text()
    for words in ("SỞ GIÁO DỤC VÀ ĐÀO TẠO QUẢNG NINH", "TRƯỜNG THPT CHUYÊN HẠ LONG", "Xin Ông/Bà cho biết ý kiến",
                  "tại Trường THPT Chuyên Hạ Long", "Khoảng 2 phút", "Không cần tài khoản", "Không hỏi tên",
                  "Nhận ý kiến đến hết ngày 31/5/2023", "cchc.example.vn/s/abcd2345", "Văn phòng nhà trường"):
        assert words in text
    assert "https://" not in text and "SIPAS" not in text


def test_the_short_address_is_in_readable_type_on_a5() -> None:
    words = Paper(poster.build_a5(sample())).words(0)
    address = next(word for word in words if "abcd2345" in word.text)
    assert address.size >= 14
    assert min(word.size for word in words) >= 8


def test_a_sign_without_glyph_is_named_and_the_unit_is_not_cut() -> None:
    text = Paper(poster.build_a4(ABSURD_POSTER)).text()
    assert "[U+1F600]" in text and "<script>" in text
    with pytest.raises(MissingGlyphError):
        require("áp phích 😀")


def test_staff_are_told_of_their_code_and_two_posters_have_a_line_to_cut_along() -> None:
    text = Paper(poster.build_two(sample(for_staff=True))).text()
    assert text.count("Mã dùng một lần") == 2 and "Xin Ông/Bà cho biết ý kiến" not in text
    with pdfplumber.open(io.BytesIO(poster.build_two(sample()))) as document:
        page = document.pages[0]
        middle = float(page.width) / 2
        cuts = [line for line in page.lines if abs(line["x0"] - middle) < 0.5 and line["x0"] == line["x1"]]
    assert cuts and cuts[0]["bottom"] - cuts[0]["top"] > 500


def test_the_minutes_follow_from_the_questions() -> None:
    assert minutes_to_answer(default_body()) == 2
