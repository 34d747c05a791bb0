"""The report on results: the official layout, every number in its words, what is hidden said and never printed."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from exports import survey_result, survey_tables
from exports.layout.table import RowTable
from exports.survey_words import HIDDEN, margin, mean, points, reason, share
from models.satisfaction import FORMULA_NAME
from tests.exports.reading import ink_boxes
from tests.exports.survey_samples import REPORTS, empty_result, report, result
from tests.support.paper import Paper


@pytest.fixture(scope="module")
def papers() -> dict[str, Paper]:
    return {size: Paper(survey_result.build(document)) for size, document in REPORTS.items()}


@pytest.mark.parametrize("size", REPORTS)
def test_a_report_is_the_same_each_time_with_embedded_faces_inside_the_page(
        papers: dict[str, Paper], size: str) -> None:
    paper = papers[size]
    assert survey_result.build(REPORTS[size]) == paper.content
    assert all(name.startswith("Tinos") and embedded for name, embedded in paper.fonts().items())
    for width, height, left, top, right, bottom in ink_boxes(paper):
        assert left > 0 and right < width - 28 and top > 0 and bottom < height


def test_the_report_has_the_parts_of_an_official_document(papers: dict[str, Paper]) -> None:
    text = papers["ordinary"].text()
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BÁO CÁO", "Kính gửi:", "I. THÔNG TIN CHUNG", "II. KẾT QUẢ",
                  "III. CÁCH TÍNH VÀ GHI CHÚ", "Biểu đồ 1. Kết quả theo yếu tố", "Biểu đồ 2. Kết quả theo câu hỏi",
                  "Phụ lục I", "Phụ lục II", "Phụ lục III", "Nơi nhận:", "./."):
        assert words in text
    assert "SIPAS" not in text


def test_the_formula_the_channels_and_the_denominators_are_named(papers: dict[str, Paper]) -> None:
    text = papers["ordinary"].text()
    assert FORMULA_NAME in text
    assert "Phiếu hợp lệ: 1.200 (Đường liên kết 300, Mã QR 300, Phiếu giấy 300, Phiếu giấy đếm sẵn 300)" in text
    assert "N = 6.000 người" in text and "Đã loại 6 phiếu" in text
    head = report().result.headline
    assert head is not None and head.levels is not None and head.n is not None
    assert f"{head.levels.satisfied}/{head.n} lượt trả lời ở mức 4 và 5" in text


def test_a_round_without_an_overall_question_has_no_columns_for_it() -> None:
    """A questionnaire of knowledge: nine pages of dashes by unit told nothing."""
    document = report()
    known = replace(document.result, round=replace(document.result.round, headline=""))
    with_it, without = (survey_tables.unit_table(one)[0] for one in (document, replace(document, result=known)))
    assert isinstance(with_it, RowTable) and isinstance(without, RowTable)
    assert [column.heading for column in without.columns] == ["TT", "Đơn vị", "Số phiếu", "Số người (N)"]
    rows, full = list(without.source.rows()), list(with_it.source.rows())
    assert [row.cells for row in rows] == [row.cells[:4] for row in full]
    channels = survey_tables.channel_table(known)[0]
    assert isinstance(channels, RowTable)
    assert {len(row.cells) for row in channels.source.rows()} == {len(channels.columns)} == {4}


def test_what_is_hidden_is_said_and_its_numbers_stand_nowhere(papers: dict[str, Paper]) -> None:
    document = report()
    hidden = [question for question in document.result.questions if not question.is_shown]
    assert len(hidden) == 1
    text = papers["ordinary"].text()
    assert text.count(HIDDEN) >= 5  # a question, a factor, a channel, a unit, an earlier round
    row = text.split("rõ ràng, dễ thấy. (giữ kín)")[1][:40]
    assert row.split()[:11] == ["–"] * 11


def test_a_group_that_may_not_be_shown_gets_one_sentence() -> None:
    hidden = report(replace(empty_result(), sheets=3, is_shown=False))
    assert "Kết quả được giữ kín." in Paper(survey_result.build(hidden)).text()


def test_a_round_without_sheets_says_so(papers: dict[str, Paper]) -> None:
    assert "Chưa có phiếu nào." in papers["empty"].text()


def test_units_below_a_unit_stand_beneath_it() -> None:
    paper = Paper(survey_result.build(report(result(units=2), deep=2)))
    words = paper.words(len(paper) - 1)
    marks = [(after.top, after.text) for before, after in pairwise(words) if before.text == "số"]
    assert [text for _top, text in sorted(marks) if text.isdigit()] == ["1", "100", "101", "2", "200", "201"]


def test_absurd_names_are_printed_whole_and_signs_without_glyph_named(papers: dict[str, Paper]) -> None:
    text = papers["absurd"].text()
    assert "[U+1F600]" in text and "<script>alert('x')</script>" in text and "Ghi chú: có 1 ký tự" in text


@pytest.mark.parametrize(("sheets", "n", "words"), [
    (0, 0, "chưa có phiếu"), (3, None, HIDDEN), (20, 20, "mẫu nhỏ"), (40, 40, ""), (9, 0, ""), (None, None, HIDDEN)])
def test_a_line_says_why_it_tells_nothing(sheets: int | None, n: int | None, words: str) -> None:
    assert reason(sheets, n) == words


def test_what_is_not_known_is_a_dash_and_never_a_nought() -> None:
    assert (share(None), mean(None), margin(None)) == ("–", "–", "")


def test_earlier_rounds_are_drawn_as_a_line_that_leaves_out_what_may_not_be_told(papers: dict[str, Paper]) -> None:
    text = papers["ordinary"].text()
    assert "Biểu đồ 4. Tỷ lệ hài lòng chung qua các đợt" in text
    drawn = text.split("chung qua các đợt")[1][:120]
    assert "81,25%" in drawn and HIDDEN in drawn and "31/5/2021" in drawn
    alone = replace(report(), result=result(trend=()))
    assert "qua các đợt" not in Paper(survey_result.build(alone)).text()


def test_an_interval_of_nothing_is_not_printed_as_certainty() -> None:
    assert margin(Decimal(0)) == points(Decimal(0)) == ""
    assert (margin(Decimal("0.0324")), points(Decimal("0.0324"))) == ("±3,2 điểm %", "±3,2")
