"""Slips with codes: ten a page, each with its own QR code and words, whole within its cut lines."""

import io

import pdfplumber
import pytest

from exports import slip
from tests.exports.survey_samples import SLIPS, slips
from tests.support.paper import Paper


@pytest.mark.parametrize("size", SLIPS)
def test_equal_codes_give_equal_bytes_and_embedded_faces(size: str) -> None:
    content = slip.build(SLIPS[size])
    assert slip.build(SLIPS[size]) == content
    assert all(name.startswith("Tinos") and embedded for name, embedded in Paper(content).fonts().items())


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (10, 1), (11, 2), (41, 5)])
def test_ten_slips_stand_on_a_page(count: int, pages: int) -> None:
    paper = Paper(slip.build(slips(count)))
    assert len(paper) == pages
    text = paper.text()
    assert [text.count(f"K7PM-{number:04d}") for number in range(count)] == [1] * count
    assert text.count("Mã của Ông/Bà:") == count
    assert ("Không có mã nào." in text) == (count == 0)


@pytest.mark.parametrize("size", ["ordinary", "absurd"])
def test_every_word_and_code_stands_within_its_slip(size: str) -> None:
    with pdfplumber.open(io.BytesIO(slip.build(SLIPS[size]))) as document:
        page = document.pages[0]
        width, height = float(page.width) / 2, float(page.height) / 5
        things = [(word["x0"], word["top"], word["x1"], word["bottom"]) for word in page.extract_words()]
        things += [(box["x0"], box["top"], box["x1"], box["bottom"]) for box in page.rects]
        for x0, top, x1, bottom in things:
            assert int(x0 // width) == int(x1 // width), (x0, x1)
            assert int(top // height) == int(bottom // height), (top, bottom)
        assert len({round(line["x0"]) for line in page.lines if line["x0"] == line["x1"]}) == 1
        assert len({round(line["top"]) for line in page.lines if line["top"] == line["bottom"]}) == 4


def test_the_codes_are_drawn_at_thirty_millimetres_with_room_around() -> None:
    with pdfplumber.open(io.BytesIO(slip.build(slips(1)))) as document:
        boxes = [box for box in document.pages[0].rects if box["fill"]]
    width = max(box["x1"] for box in boxes) - min(box["x0"] for box in boxes)
    assert width == pytest.approx(30 * 72 / 25.4, abs=0.1)


def test_a_slip_says_how_and_until_when() -> None:
    text = Paper(slip.build(slips(1))).text()
    for words in ("cchc.example.vn/s/abcd2345", "Dùng được một lần, đến hết ngày 31/5/2023",
                  "không ai biết mã nào của ai"):
        assert words in text
