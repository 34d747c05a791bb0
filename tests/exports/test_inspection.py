"""The notice of a visit and the tables of findings on paper: nothing, the ordinary, the absurd; equal bytes."""

from datetime import date

import pytest

from exports.finding_table import head_words
from exports.inspection import build
from queries.document import DocumentHead, NarrativeSection
from queries.inspection.notice import NoticeDocument
from queries.inspection_annex import FindingRow, FindingTally, InspectionAnnex
from tests.support.paper import Paper

ABSURD = "Niêm-yết-không-có-chỗ-ngắt" * 40


def notice(count: int, what: str = "Chưa niêm yết thủ tục (minh họa)") -> NoticeDocument:
    """A notice with so many findings."""
    head = DocumentHead(
        parent_agency="SỞ GIÁO DỤC VÀ ĐÀO TẠO", agency="THANH TRA SỞ", number="", symbol="TB", place="Quảng Ninh",
        issued_on=None, year=2023, type_name="THÔNG BÁO", subject="Kết quả kiểm tra (minh họa)",
        addressees=("Trường A (minh họa)",), recipients=("Như trên", "Lưu: VT"), signer_position="CHÁNH THANH TRA")
    row = FindingRow("Trường A (minh họa)", "Kiểm tra chuyên đề, ngày 12/04/2023", what, "Cần khắc phục",
                     date(2023, 4, 12), date(2023, 5, 15), what, "Quá hạn 3 ngày", True)
    return NoticeDocument(head, "Kết quả như sau:", (NarrativeSection("I", 1, "I.", "Kiến nghị", what),),
                          (row,) * count, "Trên đây là thông báo")


@pytest.mark.parametrize(("count", "what", "pages"), [(0, "Không có.", 1), (3, "Chưa niêm yết", 2), (60, ABSURD, 20)])
def test_a_notice_prints_nothing_the_ordinary_and_the_absurd(count: int, what: str, pages: int) -> None:
    content = build(notice(count, what))
    paper = Paper(content)
    assert len(paper) == pages if pages < 3 else len(paper) >= pages
    assert ("Hạn khắc phục" in " ".join(paper.text().split())) == bool(count)
    assert content == build(notice(count, what))


def test_counts_are_told_with_their_denominators() -> None:
    total = FindingTally("Tổng cộng", 5, 3, 7, 2, 1, 1, 1, 2)
    words = head_words(InspectionAnnex(date(2023, 5, 25), 2, 183, (total,), total, ()))
    assert "tại 5/183 đơn vị" in words and "đã khắc phục 2/7" in words and "quá hạn 2/7" in words
