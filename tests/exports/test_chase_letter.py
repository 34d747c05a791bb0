"""The chase letter on paper: cell 5b under the number, no kind, an annex that breaks over pages, equal bytes."""

from datetime import date

import pytest

from exports.chase_letter import build
from queries.chase_letter import ChaseDocument, LateUnit
from queries.document import DocumentHead
from tests.exports.reading import find, ink_boxes, lines
from tests.support.paper import Paper

LEFT_EDGE, RIGHT_EDGE, MIDDLE = 30.0, 195.0, 97.0


def letter(count: int, number: str = "5", name: str = "Trường Tiểu học số {} (minh họa)") -> ChaseDocument:
    """A letter to so many units."""
    units = tuple(LateUnit(key, key, name.format(key), "Phòng Giáo dục A (minh họa)", date(2023, 5, 30), 7, 3,
                           "Chưa bắt đầu") for key in range(1, count + 1))
    head = DocumentHead(
        parent_agency="UBND TỈNH QUẢNG NINH", agency="SỞ GIÁO DỤC VÀ ĐÀO TẠO", number=number, symbol="SGDĐT-VP",
        place="Quảng Ninh", issued_on=date(2023, 6, 6), year=2023, type_name="CÔNG VĂN",
        subject="đôn đốc gửi báo cáo 6 tháng đầu năm về công tác tuyên truyền cải cách hành chính",
        addressees=("Các đơn vị có tên tại Phụ lục kèm theo",), recipients=("Như trên", "Lưu: VT, VP"),
        authority="TL. GIÁM ĐỐC", signer_position="CHÁNH VĂN PHÒNG", signer_name="Người ký (minh họa)")
    return ChaseDocument(head, ("Đoạn thứ nhất.", "Đoạn thứ hai."), "Đề nghị các đơn vị thực hiện", units)


def test_the_subject_stands_centred_under_the_number() -> None:
    paper = Paper(build(letter(3)))
    left = lines(paper, 0, LEFT_EDGE - 1, MIDDLE)
    number, about = find(left, "Số: 05/SGDĐT-VP"), find(left, "V/v đôn đốc")
    agency = find(left, "SỞ GIÁO DỤC")
    assert about.size == pytest.approx(12) and "Bold" not in about.font and "Italic" not in about.font
    assert number.top < about.top < number.top + 12
    assert about.middle == pytest.approx(agency.middle, abs=1)
    assert find(lines(paper, 0), "Kính gửi:").top > about.top


def test_it_has_no_kind_and_room_for_a_number_that_is_not_given() -> None:
    text = Paper(build(letter(3, number=""))).text(0)
    assert "CÔNG VĂN" not in text and "Số:" in text and "/SGDĐT-VP" in text


@pytest.mark.parametrize("count", [1, 60, 700])
def test_the_annex_holds_every_unit_within_the_margins(count: int) -> None:
    paper = Paper(build(letter(count)))
    text = paper.text()
    assert f"số {count} (minh họa)" in text.replace("\n", " ")
    assert all(size == paper.sizes()[0] for size in paper.sizes())
    for _, _, left, _, right, _ in ink_boxes(paper):
        assert left >= 29.9 / 25.4 * 72 and right <= 195.1 / 25.4 * 72


def test_a_name_without_end_breaks_and_loses_nothing() -> None:
    text = Paper(build(letter(2, name="Trường" + "A" * 300 + "Z{}"))).text()
    assert text.count("A") > 600 and "Z2" in text


def test_equal_letters_are_equal_files() -> None:
    assert build(letter(20)) == build(letter(20))
