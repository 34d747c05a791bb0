"""The code at the foot: on every page of a frozen document, outside the decree's fields, on no draft."""

from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest

from exports import report
from exports.layout import preset
from exports.layout.qr import modules
from tests.exports import samples

CODE = "K7PM-4TQX-92HD"
URL = f"https://baocao.example/verify/{CODE}"
MM = 72 / 25.4


def build(*, is_draft: bool = False, code: str = CODE, url: str = URL) -> bytes:
    """A unit's report, in portrait and landscape."""
    document = samples.unit_report()
    return report.build(replace(document, head=replace(
        document.head, is_draft=is_draft, code=code, verify_url=url)))


def test_the_code_and_its_qr_code_stand_in_the_bottom_margin_of_every_page() -> None:
    with pdfplumber.open(BytesIO(build())) as file:
        assert {page.width > page.height for page in file.pages} == {True, False}
        for page in file.pages:
            foot = page.crop((0, page.height - preset.BOTTOM, page.width, page.height))
            words = foot.extract_text()
            assert CODE in words and "baocao.example/verify" in words
            for thing in (*foot.chars, *foot.rects, *foot.curves):
                assert page.height - 16.1 * MM <= thing["top"] and thing["bottom"] <= page.height - 4 * MM
                assert thing["x1"] <= page.width - preset.RIGHT + 0.1
            body = page.crop((0, 0, page.width, page.height - preset.BOTTOM))
            assert CODE not in (body.extract_text() or "")


def test_a_draft_bears_no_code_and_a_document_of_before_there_were_codes_keeps_its_bytes() -> None:
    with pdfplumber.open(BytesIO(build(is_draft=True))) as file:
        assert all(CODE not in page.extract_text() and "DỰ THẢO" in page.extract_text() for page in file.pages)
    document = samples.unit_report()
    before = report.build(replace(document, head=replace(document.head, is_draft=False)))
    assert build(code="", url="") == before != build()
    assert build() == build()


@pytest.mark.parametrize("content", [URL, CODE, "https://mot-ten-mien-rat-dai.baocao.giaoduc.gov.vn/verify/" + CODE])
def test_each_module_of_the_code_is_wide_enough_for_an_old_phone(content: str) -> None:
    sides = len(modules(content))
    assert 12 / (sides + 8) >= 0.25, "a module in millimetres"


def test_without_an_address_the_paper_names_the_page_alone() -> None:
    with pdfplumber.open(BytesIO(build(url=""))) as file:
        assert "trang /verify của cổng" in file.pages[0].extract_text()
