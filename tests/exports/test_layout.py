"""The official layout on the page, measured against data/layout/nd30.json."""

import json
from datetime import date
from typing import Any

import pytest

from exports import consolidation, plan, report, survey_result
from exports.layout.preset import FILE
from queries.document import NarrativeSection
from tests.exports import samples
from tests.exports.reading import TextLine, find, level_rules, lines
from tests.exports.survey_samples import report as report_of_survey
from tests.support.paper import POINTS_PER_MM, Paper

LAYOUT: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
PARTS = {part["id"]: part for part in LAYOUT["components"]}
LEFT_COLUMN, RIGHT_COLUMN = 30 + 74, 195 - 98


@pytest.fixture(scope="module")
def paper() -> Paper:
    return Paper(consolidation.build(samples.consolidated()))


def assert_set_as(line: TextLine, part: str) -> None:
    """The size, boldness and slant of a line are those of the decree."""
    wanted = PARTS[part]
    size = wanted["size"]
    least, most = (size["min"], size["max"]) if isinstance(size, dict) else (size, size)
    assert least <= line.size <= most, (part, line)
    assert ("Bold" in line.font) == wanted["bold"], (part, line)
    assert ("Italic" in line.font) == wanted["italic"], (part, line)


def test_pages_are_a4_upright_for_the_text_and_landscape_for_the_appendices(paper: Paper) -> None:
    upright, landscape = (595.28, 841.89), (841.89, 595.28)
    assert set(paper.sizes()) == {upright, landscape}
    assert paper.sizes()[0] == upright
    turned = [size == landscape for size in paper.sizes()]
    assert turned == sorted(turned)


def test_no_word_stands_in_the_margins_but_the_page_number(paper: Paper) -> None:
    margins = {side: range_["use"] for side, range_ in LAYOUT["page"]["margins"].items()}
    assert (margins["left"], margins["right"], margins["top"], margins["bottom"]) == (30, 15, 20, 20)
    for page, (width, height) in enumerate(paper.sizes()):
        for word in paper.words(page):
            if word.bottom / POINTS_PER_MM < margins["top"]:
                assert word.text.isdigit()
                continue
            assert word.left / POINTS_PER_MM >= margins["left"] - 0.05, word
            assert (width - word.right) / POINTS_PER_MM >= margins["right"] - 0.05, word
            assert (height - word.bottom) / POINTS_PER_MM >= margins["bottom"] - 0.05, word


def test_justified_lines_fill_the_text_width(paper: Paper) -> None:
    full = [line for line in lines(paper, 0) if line.size == 14 and abs(line.left - 30) < 0.05]
    filled = [line for line in full if abs(line.right - 195) < 0.1]
    assert len(filled) >= 5


def test_paragraphs_start_ten_millimetres_in_and_stand_eighteen_points_apart(paper: Paper) -> None:
    found = lines(paper, 0)
    opening = find(found, "Thực hiện Kế hoạch số 45/KH-UBND")
    assert opening.left == pytest.approx(30 + LAYOUT["body"]["first_line_indent_use"], abs=0.1)
    second = found[found.index(opening) + 1]
    assert (second.top - opening.top) * POINTS_PER_MM == pytest.approx(18, abs=0.1)
    assert second.left == pytest.approx(30, abs=0.1)
    heading = find(found, "I. CÔNG TÁC CHỈ ĐẠO")
    after = found[found.index(heading) + 1]
    assert (after.top - heading.top) * POINTS_PER_MM == pytest.approx(18 + 6, abs=0.1)


def test_page_numbers_start_on_the_second_page_of_each_part_in_the_middle_of_the_top_margin(
    paper: Paper,
) -> None:
    numbers: list[str] = []
    for page, (width, _) in enumerate(paper.sizes()):
        above = [word for word in paper.words(page) if word.bottom / POINTS_PER_MM < 20]
        assert len(above) <= 1
        numbers.append(above[0].text if above else "")
        for word in above:
            assert word.size == LAYOUT["page_number"]["size"]["use"]
            assert (word.left + word.right) / 2 == pytest.approx(width / 2, abs=0.5)
            assert "Bold" not in word.font
            assert "Italic" not in word.font
    starts = [page for page in range(len(paper)) if page == 0 or "(Kèm theo Báo cáo" in paper.text(page)]
    assert len(starts) == 5
    expected = []
    for start, end in zip(starts, [*starts[1:], len(paper)], strict=True):
        expected += ["", *(str(number) for number in range(2, end - start + 1))]
    assert numbers == expected


def test_the_head_has_the_sizes_of_the_decree_and_is_centred_in_two_columns(paper: Paper) -> None:
    left, right = lines(paper, 0, right_mm=LEFT_COLUMN), lines(paper, 0, left_mm=RIGHT_COLUMN)
    parent, agency = find(left, "UBND TỈNH"), find(left, "SỞ GIÁO DỤC")
    nation, motto = find(right, "CỘNG HÒA"), find(right, "Độc lập")
    number, day = find(left, "Số:"), find(right, "Quảng Ninh, ngày")
    for line, part in (
        (parent, "co_quan_chu_quan"), (agency, "co_quan_ban_hanh"), (nation, "quoc_hieu"), (motto, "tieu_ngu"),
        (number, "so_ky_hieu"), (day, "dia_danh_thoi_gian"),
    ):  # fmt: skip
        assert_set_as(line, part)
    assert parent.middle == pytest.approx(agency.middle, abs=0.2)
    assert number.middle == pytest.approx(agency.middle, abs=0.2)
    assert motto.middle == pytest.approx(nation.middle, abs=0.2)
    assert day.middle == pytest.approx(nation.middle, abs=0.2)
    assert agency.right < nation.left
    assert number.top == pytest.approx(day.top, abs=0.6)


def test_widths_are_those_of_times_new_roman(paper: Paper) -> None:
    measured = LAYOUT["measured_text_widths_mm"]
    nation = find(lines(paper, 0, left_mm=RIGHT_COLUMN), "CỘNG HÒA")
    assert nation.width == pytest.approx(measured["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM bold"]["13"], abs=0.3)


def test_three_rules_are_drawn_with_the_lengths_of_the_decree_and_nothing_is_underlined(paper: Paper) -> None:
    left, right = lines(paper, 0, right_mm=LEFT_COLUMN), lines(paper, 0, left_mm=RIGHT_COLUMN)
    agency, motto = find(left, "SỞ GIÁO DỤC"), find(right, "Độc lập")
    subject = [
        line for line in lines(paper, 0) if line.text.startswith(("Kết quả công tác", "cải cách hành chính 6 tháng"))
    ]
    rules = level_rules(paper, 0)
    assert len(rules) == 3
    under_agency, under_motto = sorted(rules[:2], key=lambda rule: rule.left)
    assert 1 / 3 <= under_agency.length / agency.width <= 1 / 2
    assert under_agency.middle == pytest.approx(agency.middle, abs=0.2)
    assert under_motto.length == pytest.approx(motto.width, abs=0.2)
    assert under_motto.middle == pytest.approx(motto.middle, abs=0.2)
    under_subject = rules[2]
    assert 1 / 3 <= under_subject.length / max(line.width for line in subject) <= 1 / 2
    assert under_subject.middle == pytest.approx(30 + 165 / 2, abs=0.2)
    assert under_subject.top > subject[-1].top + 4


@pytest.mark.parametrize(
    ("agency", "size", "count"),
    [
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", 13, 1),
        ("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", 12, 1),
        ("TRƯỜNG THPT CHUYÊN HẠ LONG", 12, 1),
        ("TRƯỜNG PHỔ THÔNG DÂN TỘC NỘI TRÚ TRUNG HỌC CƠ SỞ VÀ TRUNG HỌC PHỔ THÔNG", 12, 3),
    ],
)
def test_a_long_agency_makes_the_head_smaller_and_then_breaks_into_even_lines(
    agency: str, size: float, count: int
) -> None:
    paper = Paper(plan.build(samples.plan(head=samples.head(agency=agency))))
    left = lines(paper, 0, right_mm=LEFT_COLUMN)
    named = [line for line in left if "Bold" in line.font and line.size == size and line.top < 40]
    assert " ".join(line.text for line in named) == agency
    assert len(named) == count
    assert max(line.width for line in named) <= 74
    nation = find(lines(paper, 0, left_mm=RIGHT_COLUMN - 1), "CỘNG HÒA")
    assert max(line.right for line in named) < nation.left


@pytest.mark.parametrize(
    ("number", "issued_on", "printed_number", "printed_day"),
    [
        ("5", date(2023, 2, 5), "Số: 05/BC-SGDĐT", "Quảng Ninh, ngày 05 tháng 02 năm 2023"),
        ("123", date(2023, 6, 30), "Số: 123/BC-SGDĐT", "Quảng Ninh, ngày 30 tháng 6 năm 2023"),
        ("", None, "Số: /BC-SGDĐT", "Quảng Ninh, ngày tháng năm 2023"),
    ],
)
def test_number_and_day_are_written_as_the_decree_says_or_leave_room_to_write(
    number: str, issued_on: date | None, printed_number: str, printed_day: str
) -> None:
    head = samples.head(number=number, issued_on=issued_on)
    paper = Paper(consolidation.build(samples.consolidated(head=head)))
    left, right = lines(paper, 0, right_mm=LEFT_COLUMN), lines(paper, 0, left_mm=RIGHT_COLUMN)
    assert find(left, "Số:").text == printed_number
    assert find(right, "Quảng Ninh,").text == printed_day
    if not number:
        words = [word for word in paper.words(0) if word.text in ("Số:", "/BC-SGDĐT")]
        assert (words[1].left - words[0].right) / POINTS_PER_MM > 8


def test_kind_and_subject_are_centred_bold_and_addressees_stand_below_each_other(paper: Paper) -> None:
    found = lines(paper, 0)
    kind, subject = find(found, "BÁO CÁO"), find(found, "Kết quả công tác")
    assert_set_as(kind, "ten_loai")
    assert_set_as(subject, "trich_yeu")
    assert kind.middle == pytest.approx(112.5, abs=0.2)
    dear = find(found, "Kính gửi:")
    first, second = find(found, "- Ủy ban"), find(found, "- Sở Nội vụ")
    assert_set_as(dear, "kinh_gui")
    assert (first.text, second.text) == ("- Ủy ban nhân dân tỉnh;", "- Sở Nội vụ.")
    assert first.left == pytest.approx(second.left, abs=0.05)
    assert dear.right - 2 < first.left <= dear.right


def test_one_addressee_stands_on_the_line_of_kinh_gui_and_a_plan_has_none() -> None:
    single = lines(Paper(report.build(samples.unit_report())), 0)
    assert find(single, "Kính gửi:").text == "Kính gửi: Sở Giáo dục và Đào tạo tỉnh Quảng Ninh"
    assert "Kính gửi" not in Paper(plan.build(samples.plan())).text()


def test_sections_are_numbered_and_set_as_layout_b(paper: Paper) -> None:
    found = [line for page in range(4) for line in lines(paper, page)]
    assert_set_as(find(found, "II. KẾT QUẢ THỰC HIỆN"), "muc")
    for text, bold in (("1. Kết quả theo nội dung tuyên truyền", True), ("a) Báo chí, phát thanh", False)):
        line = find(found, text)
        assert ("Bold" in line.font) == bold
        assert line.left == pytest.approx(40, abs=0.1)


def test_legal_bases_are_slanted_lines_ended_by_semicolons_and_a_full_stop() -> None:
    bases = ("Căn cứ Nghị định số 30/2020/NĐ-CP", "Căn cứ Kế hoạch số 45/KH-UBND;")
    found = lines(Paper(plan.build(samples.plan(legal_bases=bases))), 0)
    first, second = find(found, "Căn cứ Nghị định"), find(found, "Căn cứ Kế hoạch")
    assert first.text.endswith("30/2020/NĐ-CP;")
    assert second.text.endswith("45/KH-UBND.")
    assert "Italic" in first.font
    assert second.left == pytest.approx(40, abs=0.1)


def last_page_of_text(paper: Paper) -> int:
    return next(page for page in range(len(paper)) if "Nơi nhận:" in paper.text(page))


def test_recipients_stand_left_and_the_signature_right_at_one_level_with_room_to_sign(paper: Paper) -> None:
    page = last_page_of_text(paper)
    left, right = lines(paper, page, right_mm=112), lines(paper, page, left_mm=112)
    label, first, archive = find(left, "Nơi nhận:"), find(left, "- Như trên;"), find(left, "- Lưu: VT, VP.")
    authority, position = find(right, "KT. GIÁM ĐỐC"), find(right, "PHÓ GIÁM ĐỐC")
    name = find(right, "Châu Hoài Thu")
    assert_set_as(label, "noi_nhan_label")
    assert first.size == archive.size == PARTS["noi_nhan_list"]["size"]
    assert label.left == first.left == pytest.approx(30, abs=0.05)
    assert_set_as(authority, "quyen_han_chuc_vu")
    assert_set_as(name, "ho_ten")
    assert authority.top == pytest.approx(label.top, abs=1)
    assert authority.middle == pytest.approx(name.middle, abs=0.2)
    assert authority.middle > 112.5
    assert name.top - position.top >= 35


def test_the_text_ends_with_the_end_mark(paper: Paper) -> None:
    page = last_page_of_text(paper)
    found = lines(paper, page)
    last = found[found.index(find(found, "Nơi nhận:")) - 1]
    assert last.text.endswith("./.")
    assert paper.text().count("./.") == 1


@pytest.mark.parametrize("filler", range(0, 46, 3))
def test_the_signature_never_stands_on_a_page_without_two_lines_of_text(filler: int) -> None:
    sections = samples.outline()[:1] + tuple(
        NarrativeSection(f"II.{number}", 1, "-", "", f"Dòng {number}.") for number in range(filler)
    )
    paper = Paper(
        plan.build(samples.plan(sections=sections, indicator_targets=(), closing="Đề nghị thực hiện"))
    )
    page = last_page_of_text(paper)
    found = lines(paper, page)
    signature = find(found, "Nơi nhận:")
    above = [line for line in found if 20 <= line.top < signature.top - 1]
    assert len(above) >= 2
    assert "TRƯỞNG PHÒNG" in paper.text(page)


def test_appendices_have_roman_numbers_titles_in_capitals_and_an_unfilled_reference(paper: Paper) -> None:
    starts = [page for page in range(len(paper)) if "(Kèm theo Báo cáo" in paper.text(page)]
    for page, numeral in zip(starts, ("I", "II", "III", "IV"), strict=True):
        label, title, reference = lines(paper, page)[:3]
        assert label.text == f"Phụ lục {numeral}"
        assert_set_as(label, "phu_luc_label")
        assert_set_as(title, "phu_luc_title")
        assert title.text == title.text.upper()
        assert_set_as(reference, "phu_luc_reference")
        assert reference.text == "(Kèm theo Báo cáo số …/…-… ngày … tháng … năm … của …)"
        assert label.middle == pytest.approx(30 + 252 / 2, abs=0.3)


def test_a_single_appendix_has_no_number() -> None:
    paper = Paper(plan.build(samples.plan()))
    start = next(page for page in range(len(paper)) if "(Kèm theo Kế hoạch" in paper.text(page))
    assert lines(paper, start)[0].text == "Phụ lục"


def test_a_draft_is_marked_at_the_foot_of_every_page_and_an_issued_document_nowhere(paper: Paper) -> None:
    draft = Paper(report.build(samples.unit_report()))
    for page, (_, height) in enumerate(draft.sizes()):
        marks = [line for line in lines(draft, page) if line.text == "DỰ THẢO"]
        assert len(marks) == 1
        assert marks[0].top > height / POINTS_PER_MM - 20
    assert "DỰ THẢO" not in paper.text()


def test_text_goes_on_below_a_picture_that_waits_for_the_next_page_but_never_leaves_its_part() -> None:
    def section(code: str, level: int, count: int) -> NarrativeSection:
        mark = f"{code.rpartition('.')[2]}."
        return NarrativeSection(code, level, mark, f"Mục {code}", "\n".join(f"Đoạn {code}-{n}." for n in range(count)))

    sections = (section("II", 1, 4), section("II.3", 2, 1), section("II.4", 2, 9), section("III", 1, 2))
    paper = Paper(consolidation.build(samples.consolidated(sections=sections)))
    first, second = paper.text(0), paper.text(1)
    assert "Biểu đồ" not in first and "Đoạn II.4-0." in first
    assert second.index("Biểu đồ 1") < second.index("III. MỤC III")
    assert 841.89 - max(word.bottom for word in paper.words(0)) < 100
    text = paper.text()
    assert [text.count(f"Biểu đồ {number}.") for number in (1, 2, 3)] == [1, 1, 1]


def test_text_that_leads_to_a_table_stays_with_it_behind_a_waiting_picture() -> None:
    paper = Paper(survey_result.build(report_of_survey()))
    text = paper.text()
    lead = text.index("Phiếu của mỗi kênh được đếm riêng.")
    assert text.index("Biểu đồ 3") < lead < text.index("Kênh trả lời Số phiếu")
    assert "Biểu đồ" not in text[lead:text.index("Kênh trả lời Số phiếu")]


def test_twenty_addressees_begin_on_the_first_page() -> None:
    names = tuple(f"Cơ quan số {number}" for number in range(1, 30))
    first = Paper(consolidation.build(samples.consolidated(head=samples.head(addressees=names)))).text(0)
    assert "- Cơ quan số 12;" in first
