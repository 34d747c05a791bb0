"""Tables on paper: heads on every page, rows that break, groups and totals that keep company, figures at the right."""

import pytest

from exports import consolidation
from exports.layout.rows import Column, Row, RowKind
from exports.layout.sheet import PORTRAIT, OfficialTemplate, StartPart
from exports.layout.table import RowTable
from tests.exports import samples
from tests.exports.reading import find, level_rules, lines
from tests.exports.sizes import ABSURD_CONSOLIDATION
from tests.support.paper import POINTS_PER_MM, Paper

COLUMNS = (
    Column("TT", 15, "centre"),
    Column("Đơn vị", 110),
    Column("Số lượng", 40, "right", unit="tin, bài"),
)


def printed(rows: list[Row], columns: tuple[Column, ...] = COLUMNS) -> Paper:
    template = OfficialTemplate("Bảng", "Sở", "Bảng", is_draft=False)
    return Paper(template.print([StartPart(PORTRAIT), RowTable(columns, rows)]))


def plain(count: int) -> list[Row]:
    return [Row((str(number), f"Trường số {number}", f"{number}.000")) for number in range(1, count + 1)]


def test_the_head_is_repeated_on_every_page_and_every_row_is_printed_once() -> None:
    paper = printed(plain(200))
    assert len(paper) > 3
    for page in range(len(paper)):
        heads = [line.text for line in lines(paper, page) if "Bold" in line.font]
        assert sorted(heads) == ["Số lượng", "TT Đơn vị"]
    text = paper.text()
    assert [text.count(f"Trường số {number} ") for number in range(1, 201)] == [1] * 200


def test_a_unit_stands_in_the_head_below_its_column() -> None:
    found = lines(printed(plain(3)), 0, left_mm=155)
    assert [line.text for line in found[:2]] == ["Số lượng", "(tin, bài)"]
    assert "Italic" in found[1].font


def test_figures_stand_at_the_right_and_names_at_the_left_of_their_columns() -> None:
    paper = printed([Row(("1", "Ngắn", "5")), Row(("2", "Một tên dài hơn nhiều", "1.234.567"))])
    figures = [line for line in lines(paper, 0, left_mm=155) if line.text[0].isdigit()]
    assert figures[0].right == pytest.approx(figures[1].right, abs=0.05)
    assert figures[0].left > figures[1].left
    names = [line for line in lines(paper, 0, 44, 155) if line.text.startswith(("Ngắn", "Một tên"))]
    assert names[0].left == pytest.approx(names[1].left, abs=0.05)


def test_neighbours_share_a_head_above_theirs() -> None:
    columns = (Column("Đơn vị", 60), Column("Số", 40, over="Báo cáo"), Column("Ngày", 40, over="Báo cáo"))
    found = lines(printed([Row(("A", "1", "2"))], columns), 0)
    shared, number = find(found, "Báo cáo"), next(line for line in found if "Số" in line.text)
    assert shared.top < number.top
    assert shared.middle == pytest.approx(30 + 165 * 100 / 140, abs=0.5)


def test_a_cell_of_forty_lines_in_a_full_page_is_broken_and_nothing_of_it_is_lost() -> None:
    story = " ".join(f"từ{number}" for number in range(900))
    paper = printed([*plain(30), Row(("31", story, "1.000")), *plain(3)])
    words = paper.text().split()
    assert [words.count(f"từ{number}") for number in range(900)] == [1] * 900
    for page in range(len(paper)):
        bottom = max(word.bottom for word in paper.words(page)) / POINTS_PER_MM
        assert bottom <= 297 - 20


def test_a_row_of_a_few_lines_moves_whole_to_the_next_page() -> None:
    rows = [Row((str(number), "một hai ba bốn năm sáu bảy tám " * 4, "1")) for number in range(60)]
    paper = printed(rows)
    for page in range(len(paper)):
        told = [
            line for line in lines(paper, page, 44, 155) if line.text.startswith(("một", "hai", "ba", "bốn"))
        ]
        assert len(told) % 2 == 0
        assert told[0].text.startswith("một")


def test_a_group_heading_is_never_the_last_row_of_a_page() -> None:
    for count in range(30, 50):
        paper = printed([*plain(count), Row(("II", "Nhóm sau"), RowKind.GROUP), *plain(20)])
        for page in range(len(paper)):
            found = [line.text for line in lines(paper, page)]
            if any("Nhóm sau" in text for text in found):
                assert "Nhóm sau" not in found[-1]


def test_a_total_takes_a_row_along_to_the_next_page() -> None:
    for count in range(30, 50):
        paper = printed([*plain(count), Row(("", "Tổng cộng", "9"), RowKind.TOTAL)])
        found = [line.text for line in lines(paper, len(paper) - 1)]
        assert any("Trường số" in text for text in found)
        assert "Tổng cộng" in found[-1]


def test_no_row_stands_alone_on_the_last_page() -> None:
    pages = set()
    for count in range(34, 42):
        paper = printed(plain(count))
        pages.add(len(paper))
        assert len([line for line in lines(paper, len(paper) - 1) if "Trường số" in line.text]) > 1
    assert pages == {1, 2}


def test_rows_that_move_on_together_do_not_begin_again_on_the_same_page() -> None:
    """A head and a row fit where two tall rows do not."""
    tall = "một hai ba bốn năm sáu bảy tám " * 8
    for count in range(18, 26):
        paper = printed([*plain(count), *(Row((str(number), f"{tall}hết", "1")) for number in range(5))])
        heads = [paper.text(page).count("Đơn vị") for page in range(len(paper))]
        assert heads == [1] * len(paper)
        ends = [paper.text(page).count("hết") for page in range(len(paper))]
        assert ends[-1] != 1


def test_a_unit_keeps_the_first_of_those_below_it() -> None:
    child = Row(("1.1", "Trường nhỏ", "1"), RowKind.CHILD)
    for count in range(34, 42):
        paper = printed([*plain(count), Row(("9", "Phòng lớn", "2")), child, *plain(3)])
        page = next(page for page in range(len(paper)) if "Phòng lớn" in paper.text(page))
        assert "Trường nhỏ" in paper.text(page)


def test_a_table_without_rows_says_so() -> None:
    assert "Không có dòng nào." in printed([]).text()


def test_the_grid_closes_around_every_row() -> None:
    rules = [rule for rule in level_rules(printed(plain(10)), 0) if rule.length > 160]
    assert len(rules) == 10
    assert {(round(rule.left), round(rule.right)) for rule in rules} == {(30, 195)}


def test_figures_of_ten_to_the_fifteenth_break_after_a_dot_inside_their_column() -> None:
    paper = printed(
        [Row(("1", "Kinh phí", "1.000.000.000.000.000"))], (*COLUMNS[:2], Column("Đồng", 14, "right"))
    )
    digits = [word for word in paper.words(0) if word.text.replace(".", "").isdigit() and len(word.text) > 2]
    assert "".join(word.text for word in digits) == "1.000.000.000.000.000"
    assert all(word.right / POINTS_PER_MM <= 195 for word in digits)
    assert all(word.text.endswith(".") for word in digits[:-1])


def test_figures_too_wide_for_the_page_leave_numbers_and_names_their_room() -> None:
    paper = Paper(consolidation.build(ABSURD_CONSOLIDATION))
    page = next(page for page in range(len(paper)) if "KẾT QUẢ THEO ĐƠN VỊ" in paper.text(page))
    heads = lines(paper, page)
    words = {word.text for word in paper.words(page)}
    assert {"TT", "1.1", "1.000.", "000.000.", "000.000"} <= words
    name = find([line for line in heads if line.left > 41], "Trường Phổ thông dân")
    assert name.left == pytest.approx(30 + 12 + 1.06, abs=0.2)


def test_the_unit_of_a_narrow_column_is_never_torn() -> None:
    paper = Paper(consolidation.build(samples.consolidated(1, 0)))
    page = next(page for page in range(len(paper)) if "KẾT QUẢ THEO ĐƠN VỊ" in paper.text(page))
    slanted = {word.text for word in paper.words(page) if word.size == 9}
    assert {"(cuộc)", "(lượt)", "(bài)", "nghị)", "hình)"} <= slanted
    assert ")" not in slanted
