"""What an ad hoc report may ask: every fault is told at its field."""

import pytest

from models.ad_hoc import (
    MOST_INDICATORS,
    Brief,
    OwnIndicator,
    RoundBrief,
    asked_codes,
    find_faults,
    free_code,
    number_of,
)
from models.figure import Aggregate

PROGRAMME = {"A1": (), "B1": (), "B2": (), "G3": ("B1", "B2")}
GOOD = OwnIndicator("X1", "Số trường đã rà soát", "trường")


def own(code: str, aggregate: Aggregate = Aggregate.SUM, *operands: str, row: int = 0) -> OwnIndicator:
    """An own indicator of the form's row."""
    return OwnIndicator(code, "Tên", "lượt", aggregate, operands, row=row)


def places(*rows: OwnIndicator, **others: object) -> dict[str, str]:
    """Where something is wrong, with the message filled in."""
    brief = Brief(**{"unit_ids": (1,), "own": rows, **others})  # type: ignore[arg-type]  # a test's shorthand
    return {fault.place: fault.message % dict(fault.values) for fault in find_faults(brief, PROGRAMME, {"X9"})}


def test_a_report_with_a_unit_and_one_own_indicator_is_good() -> None:
    assert places(GOOD) == {}


def test_a_heading_or_a_survey_alone_is_enough() -> None:
    survey = RoundBrief(1, "people", "Sở", "", "2023-05-25", "2023-05-30")
    assert places(headings=("Kết quả",)) == places(survey=survey) == {}


def test_a_report_needs_a_unit_and_something_to_ask() -> None:
    assert set(places(unit_ids=())) == {"kinds", "headings"}


@pytest.mark.parametrize(("code", "said"), [
    ("A1", "Mã A1 đã có trong chương trình năm"), ("X9", "Mã X9 đã dùng ở báo cáo đột xuất khác"),
    ("x1", "Mã gồm chữ hoa"), ("Đ1", "Mã gồm chữ hoa"), ("1X", "Mã gồm chữ hoa"), ("X12345678", "Mã gồm chữ hoa")])
def test_a_code_that_is_taken_or_cannot_be_read_is_told_in_its_row(code: str, said: str) -> None:
    assert places(own(code, row=2))["own_2_code"].startswith(said)


def test_a_code_used_twice_is_told_at_the_second() -> None:
    assert places(GOOD, own("X1", row=1)) == {"own_1_code": "Mã X1 dùng hai lần"}


@pytest.mark.parametrize(("row", "said"), [
    (own("X2", Aggregate.RATIO, "X1"), "Tỷ lệ cần hai mã"), (own("X2", Aggregate.SUM_OF), "Tổng cần mã"),
    (own("X2", Aggregate.SUM, "X1"), "Bỏ trống ô này"),
    (own("X2", Aggregate.RATIO, "X1", "Z7"), "Không có chỉ tiêu mang mã Z7"),
    (own("X2", Aggregate.RATIO, "X1", "X2"), "Công thức đi vòng: X2 → X2."),
    (own("X2", Aggregate.RATIO, "X1", "G3"), "G3 cũng là công thức")])
def test_a_formula_that_cannot_be_computed_is_told_at_its_parts(row: OwnIndicator, said: str) -> None:
    assert places(GOOD, row)["own_0_operands"].startswith(said)


def test_formulas_that_lead_to_each_other_are_both_told() -> None:
    found = places(own("X1", Aggregate.SUM_OF, "X2"), own("X2", Aggregate.SUM_OF, "X1", row=1))
    assert {place: said.partition(":")[0] for place, said in found.items()} == {
        "own_0_operands": "Công thức đi vòng", "own_1_operands": "Công thức đi vòng"}


def test_a_formula_over_the_programme_brings_what_it_needs() -> None:
    assert places(GOOD, own("X2", Aggregate.RATIO, "X1", "A1", row=1)) == {}
    assert asked_codes(("G3",), (own("X2", Aggregate.RATIO, "X1", "A1"),), PROGRAMME) == ("A1", "B1", "B2", "G3")


def test_more_indicators_than_a_report_can_show_are_told() -> None:
    rows = [own(f"Y{place}", row=place) for place in range(MOST_INDICATORS + 1)]
    assert "indicators" in places(*rows)


def test_headings_that_repeat_are_told() -> None:
    assert set(places(headings=("Kết quả", "kết quả"))) == {"headings"}


def test_a_brief_comes_back_from_json_as_it_was() -> None:
    brief = Brief((3, 5), ("A1",), (GOOD, own("X2", Aggregate.RATIO, "X1", "A1", row=1)), ("Kết quả",),
                  RoundBrief(1, "staff", "Sở", "", "2023-05-25", "2023-05-30"), {"kinds": ["thcs"]})
    assert Brief.load(brief.dump()) == brief


def test_codes_that_the_portal_gives_are_free_and_of_the_report() -> None:
    assert free_code(number_of("2023-ad-hoc-3"), {"X3.1", "X3.2"}) == "X3.3"
