"""Sentences tell figures and nothing else; what does not occur and what is lacking is said in words."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dates import format_document_day
from models.figure import EMPTY, NIL, Figure, figure_of, share_of
from queries.inspection.count import FindingCounts
from queries.inspection.document import Inspected
from services.narrative import GroupCount, NarrativeFacts, draft_section, is_drafted
from services.narrative.table import CLAUSES

NAMES = {"D1": "Hội nghị, hội thảo chuyên đề CCHC", "D2": "Lượt người dự hội nghị, hội thảo", "D7": "Cuộc thi tìm hiểu"}
CODES = sorted({
    code for sentences in CLAUSES.values() for row in sentences for clause in row.clauses for code in clause.codes})


def facts(figures: dict[str, Figure], **others: Any) -> NarrativeFacts:
    return NarrativeFacts(**{
        "subject": "đơn vị", "year": 2023, "since": date(2022, 12, 1), "until": date(2023, 5, 25), "figures": figures,
        "names": NAMES, "units": {"H2": "%", "H3": "điểm", "G6": "%"}, **others})


def test_a_section_tells_its_figures_in_one_sentence() -> None:
    text = draft_section("II.2.d", facts({"D1": figure_of(12), "D2": figure_of(1310), "D7": NIL}))
    assert text.startswith("Tính đến hết ngày 25/5/2023, đơn vị đã tổ chức 12 hội nghị, hội thảo chuyên đề về cải cách "
                           "hành chính với 1.310 lượt người dự.")
    assert "Không phát sinh: cuộc thi tìm hiểu." in text
    assert "Chưa có số liệu: D3; D4; D5; D6; D8." in text


def test_zero_is_told_as_zero() -> None:
    assert "đã tổ chức 0 cuộc kiểm tra" in draft_section("I.3", facts({"A3": figure_of(0)}))


@given(st.dictionaries(st.sampled_from(CODES), st.one_of(
    st.just(NIL), st.just(EMPTY), st.integers(0, 10**6).map(figure_of)), max_size=12))
def test_every_number_in_a_sentence_is_a_figure(figures: dict[str, Figure]) -> None:
    known = {str(int(figure.value)) for figure in figures.values() if figure.value is not None}
    for code in CLAUSES:
        text = draft_section(code, facts(figures, names={}, units={}))
        bare = re.sub(r"ngày 25/5/2023|năm 2023|mức 4 và 5|thang 5|dưới 5 phiếu|\b[A-M]\d+\b", "", text)
        for number in re.findall(r"\d[\d.]*", bare):
            assert number.rstrip(".").replace(".", "") in known, text


def test_rates_over_fewer_than_five_sheets_are_not_told() -> None:
    mean = figure_of(4, Decimal(16), Decimal(4))
    few = facts({"H1": figure_of(4), "H2": share_of(Decimal(3), Decimal(4)), "H3": mean})
    text = draft_section("II.6", few)
    assert "75" not in text and "Có dưới 5 phiếu trả lời nên không nêu tỷ lệ hài lòng." in text
    many = facts({"H1": figure_of(5), "H2": share_of(Decimal(4), Decimal(5))})
    assert "tỷ lệ hài lòng (mức 4 và 5) đạt 80%" in draft_section("II.6", many)


def test_a_consolidated_report_names_whose_reports_are_in_and_who_is_lacking() -> None:
    told = facts({"A2": figure_of(61, Decimal(61), Decimal(63))}, consolidates=True, subject="toàn ngành",
                 groups=(GroupCount("phòng GD&ĐT", 13, 13), GroupCount("trường, trung tâm trực thuộc", 48, 50)),
                 lacking=("Trường A", "Trường B"))
    text = draft_section("I.2", told)
    assert "61/63 đơn vị đã ban hành kế hoạch" in text
    assert ("Tính đến hết ngày 25/5/2023, 13/13 phòng GD&ĐT, 48/50 trường, trung tâm trực thuộc "
            "có báo cáo được duyệt.") in text
    assert text.endswith("Còn 2 đơn vị chưa có báo cáo được duyệt: Trường A; Trường B.")
    assert "Trường A" in draft_section("IV.2", told)


def test_inspections_are_told_apart_from_what_they_found() -> None:
    found = Inspected({1: FindingCounts(open=2, overdue=1)}, {1: {7}, 2: {7, 8}}, 9)
    text = draft_section("I.3", facts({"A3": figure_of(74)}, consolidates=True, inspected=found))
    assert text.endswith("Trong kỳ, Sở tổ chức 2 cuộc kiểm tra tại 2 đơn vị. Qua kiểm tra có 3 kiến nghị đối với 1 đơn "
                         "vị: đang trong hạn khắc phục 2; quá hạn khắc phục 1.")


def test_themes_make_a_dash_paragraph_each() -> None:
    text = draft_section("II.1", facts({}, themes=(("Chính quyền số", 3), ("Nêu gương", 0))))
    assert text.splitlines()[1:] == ["- Chính quyền số: 3 hoạt động.", "- Nêu gương: chưa ghi nhận hoạt động."]
    assert draft_section("II.1", facts({}, themes=(("Chính quyền số", 0),))) == ""


def test_the_plan_is_told_with_its_number() -> None:
    told = facts({"A2": figure_of(1)}, plan_number="12/KH-THPT", plan_on=date(2023, 3, 8))
    assert "Đơn vị đã ban hành kế hoạch số 12/KH-THPT ngày 08/3/2023" in draft_section("I.1", told)
    assert "chưa gửi kế hoạch" in draft_section("I.1", facts({"A2": figure_of(0)}))


@pytest.mark.parametrize("code", ["I.2", "II.7", "IV.1", "IV.3", "V"])
def test_what_figures_cannot_tell_is_left_to_people(code: str) -> None:
    assert draft_section(code, facts({"A1": figure_of(3)})) == ""
    assert not is_drafted(code, consolidates=False)


@pytest.mark.parametrize(("day", "text"), [
    (date(2023, 5, 25), "25/5/2023"), (date(2023, 2, 5), "05/02/2023"), (date(2023, 11, 30), "30/11/2023")])
def test_days_in_running_text_are_written_as_the_decree_does(day: date, text: str) -> None:
    assert format_document_day(day) == text
