"""Slips with one-time passwords: eight a page, each whole within its cut lines, the same bytes twice."""

import io

import pdfplumber
import pytest

from exports import account_slip
from queries.account import AccountSlip, AccountSlipDocument
from tests.support.paper import Paper


def document(count: int, stretch: int = 1) -> AccountSlipDocument:
    """So many slips; ``stretch`` makes what people typed longer."""
    return AccountSlipDocument("https://baocao.example/login", tuple(
        AccountSlip("Nguyễn Văn Được (minh họa) " * stretch, "Trường Tiểu học Ước Mơ (minh họa) " * stretch,
                    ("th.uocmo" * stretch)[:60], f"aB3k9Q{number:06d}") for number in range(count)))


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (8, 1), (9, 2)])
def test_eight_slips_stand_on_a_page(count: int, pages: int) -> None:
    content = account_slip.build(document(count))
    paper = Paper(content)
    assert len(paper) == pages and account_slip.build(document(count)) == content
    assert [paper.text().count(f"aB3k9Q{number:06d}") for number in range(count)] == [1] * count
    assert ("Không có phiếu nào." in paper.text()) == (count == 0)
    assert all(name.startswith("Tinos") and embedded for name, embedded in paper.fonts().items())


@pytest.mark.parametrize("stretch", [1, 7])
def test_every_word_stands_within_its_slip(stretch: int) -> None:
    with pdfplumber.open(io.BytesIO(account_slip.build(document(8, stretch)))) as opened:
        page = opened.pages[0]
        width, height = float(page.width) / 2, float(page.height) / 4
        for word in page.extract_words():
            assert int(word["x0"] // width) == int(word["x1"] // width), word["text"]
            assert int(word["top"] // height) == int(word["bottom"] // height), word["text"]
