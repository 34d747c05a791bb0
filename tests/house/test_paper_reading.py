"""The readers of PDF that the document tests stand on read a known sheet rightly."""

import io
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from tests.support.paper import POINTS_PER_MM, Paper


@pytest.fixture
def paper() -> Paper:
    """An upright page with two words, then one that lies, with one."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.setFont("Helvetica", 14)
    canvas.drawString(30 * POINTS_PER_MM, A4[1] - 20 * POINTS_PER_MM, "Ha Long")
    canvas.showPage()
    canvas.setPageSize(landscape(A4))
    canvas.setFont("Times-Roman", 12)
    canvas.drawString(100, 100, "Cat Ba")
    canvas.showPage()
    canvas.save()
    return Paper(buffer.getvalue())


def test_pages_sizes_and_words_are_read(paper: Paper) -> None:
    assert len(paper) == 2
    assert paper.sizes() == [(595.28, 841.89), (841.89, 595.28)]
    assert paper.text() == "Ha Long Cat Ba"
    assert paper.text(1) == "Cat Ba"
    assert [(word.text, word.font, word.size) for word in paper.words(0)] == [
        ("Ha", "Helvetica", 14),
        ("Long", "Helvetica", 14),
    ]


def test_margins_are_measured_in_millimetres(paper: Paper) -> None:
    left, top, right, bottom = paper.margins_mm(0)
    assert left == pytest.approx(30, abs=0.5)
    assert top == pytest.approx(20 - 14 / POINTS_PER_MM, abs=2)
    width = pdfmetrics.stringWidth("Ha Long", "Helvetica", 14)
    assert right == pytest.approx((A4[0] - width) / POINTS_PER_MM - 30, abs=0.5)
    assert bottom > 250


def test_a_font_that_is_not_embedded_is_told(paper: Paper) -> None:
    assert paper.fonts() == {"Helvetica": False, "Times-Roman": False}


def test_a_page_becomes_a_picture(paper: Paper) -> None:
    picture = paper.picture(1, dots_per_inch=72)
    assert picture.size == (842, 596)
    assert picture.convert("1").getextrema() == (0, 255)


@pytest.mark.pdf
def test_soundness_is_judged_by_a_tool_of_its_own(paper: Paper, tmp_path: Path) -> None:
    assert paper.complaints(tmp_path) == ""
    broken = Paper(paper.content)
    broken.content = paper.content[: len(paper.content) // 2]
    assert broken.complaints(tmp_path) != ""


@pytest.mark.pdf
def test_poppler_reads_the_same_words(paper: Paper, tmp_path: Path) -> None:
    assert paper.text_by_poppler(tmp_path).split() == ["Ha", "Long", "Cat", "Ba"]
