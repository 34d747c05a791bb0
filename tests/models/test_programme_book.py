"""A programme's book: what is wrong with it, what differs, what it becomes for another year."""

import copy
import json
from typing import Any

import pytest

from models.programme_book import TABLES, Book
from models.programme_change import RowChange, compare, move_to_year
from models.programme_check import check_book


def small_book() -> Book:
    """A sound book with a row or two in every list."""
    day = {"coverage_from": "2022-12-01", "coverage_to": "2023-05-29", "cut_off_on": "2023-05-29",
           "opens_on": "2023-05-15", "due_on": "2023-05-30"}
    return {
        "format": "chuong-trinh-1",
        "programme": {"year": 2023, "title": "Tuyên truyền năm 2023", "agency": "SỞ", "symbol": "SGDĐT", "number": "12",
                      "issued_on": "2023-02-28", "recipients": ["Như trên"], "report_addressees": []},
        "legal_bases": [{"code": "NQ76", "label": "Nghị quyết 76", "full_text": "Nghị quyết số 76/NQ-CP"}],
        "themes": [{"code": "TH1", "label": "Một", "full_text": "Nội dung một", "is_year_bound": True,
                    "legal_basis_codes": ["NQ76"]},
                   {"code": "TH2", "label": "Hai", "full_text": "Nội dung hai"}],
        "channels": [{"code": "K1", "label": "Báo", "full_text": "Báo, đài"}],
        "outlets": [{"code": "O1", "channel": "K1", "name": "Báo tỉnh"}],
        "media": [{"code": "BAO", "channel": "K1", "label": "Bài báo", "unit": "bài", "asks_outlet": True}],
        "audiences": [{"code": "A1", "label": "Người học"}], "funding_sources": [{"code": "F1", "label": "Ngân sách"}],
        "passages": [{"code": "P1", "kind": "purpose", "heading": "Mục đích", "full_text": "Nâng cao nhận thức"}],
        "appendix": [{"code": "R1", "label": "Dòng", "content": "Việc", "theme_codes": ["TH1"]}],
        "indicators": [
            {"code": "B1", "name": "Tin, bài", "unit": "tin, bài", "value_kind": "integer", "aggregate": "sum",
             "source": "activity_quantity", "filters": {"media": ["BAO"]}},
            {"code": "B2", "name": "Tổng", "unit": "tin, bài", "value_kind": "integer", "aggregate": "sum of",
             "operand_codes": ["B1"], "source": "formula"}],
        "outline": [{"code": "I", "kind": "report", "level": 1, "mark": "I.", "heading": "Kết quả",
                     "indicator_codes": ["B1"]},
                    {"code": "I", "kind": "plan", "level": 1, "mark": "I.", "heading": "Mục đích"}],
        "requirements": [{"code": "2023-half-year", "kind": "half_year", "title": "Báo cáo 6 tháng đầu năm 2023", **day,
                          "consolidation_due_on": "2023-06-14", "source_quote": "trước ngày 30/5"}],
        "emulation_rules": [{"code": "BC", "label": "Đúng hạn", "kind": "report_timely", "points": 25,
                             "method": "bands", "bands": ["0: 25", "1–: 0"]}],
    }


def changed(path: list[Any], value: Any) -> Book:
    """The small book with one value replaced."""
    book: Any = small_book()
    place = book
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return dict(book)


def test_a_sound_book_has_no_problems() -> None:
    assert check_book(small_book()) == []
    assert set(TABLES) < set(small_book())


@pytest.mark.parametrize(("path", "value", "table", "field"), [
    (["programme"], None, "programme", ""),
    (["programme", "title"], "", "programme", "title"),
    (["programme", "year"], 1999, "programme", "year"),
    (["programme", "issued_on"], "28/02/2023", "programme", "issued_on"),
    (["themes"], {"TH1": 1}, "themes", ""),
    (["themes", 1, "code"], "TH1", "themes", "code"),
    (["themes", 0, "code"], "có dấu", "themes", "code"),
    (["themes", 0, "legal_basis_codes"], ["NQ77"], "themes", "legal_basis_codes"),
    (["themes", 0, "is_year_bound"], "có", "themes", "is_year_bound"),
    (["themes", 0, "colour"], "red", "themes", "colour"),
    (["media", 0, "channel"], "K9", "media", "channel"),
    (["media", 0, "channel"], {"a": 1}, "media", "channel"),
    (["passages", 0, "kind"], ["purpose"], "passages", "kind"),
    (["indicators", 0, "aggregate"], "average", "indicators", "aggregate"),
    (["indicators", 0, "filters"], {"media": ["TV"]}, "indicators", "filters"),
    (["indicators", 0, "filters"], {"weather": 1}, "indicators", "filters"),
    (["indicators", 1, "operand_codes"], ["B9"], "indicators", "operand_codes"),
    (["indicators", 1, "operand_codes"], [], "indicators", "operand_codes"),
    (["indicators", 1, "operand_codes"], ["B2"], "indicators", "operand_codes"),
    (["outline", 0, "level"], "một", "outline", "level"),
    (["requirements", 0, "due_on"], "2023-05-01", "requirements", "due_on"),
    (["requirements", 0, "coverage_to"], "2022-01-01", "requirements", "coverage_to"),
    (["requirements", 0, "reporter_kinds"], ["so"], "requirements", "reporter_kinds"),
    (["emulation_rules", 0, "kind"], "weather", "emulation_rules", "kind"),
    (["emulation_rules", 0, "points"], -25, "emulation_rules", "points"),
    (["emulation_rules", 0, "bands"], ["0: 25", "2–: 0"], "emulation_rules", "bands"),
    (["emulation_rules"], {"BC": 1}, "emulation_rules", ""),
    (["weather"], [], "weather", ""),
])
def test_what_is_wrong_is_named_with_its_place(path: list[Any], value: Any, table: str, field: str) -> None:
    assert (table, field) in {(problem.table, problem.field) for problem in check_book(changed(path, value))}


def test_a_formula_that_goes_round_is_told_once_with_its_way() -> None:
    book = small_book()
    book["indicators"] += [
        {"code": "B3", "name": "Ba", "unit": "bài", "value_kind": "integer", "aggregate": "sum of",
         "operand_codes": ["B4"], "source": "formula"},
        {"code": "B4", "name": "Bốn", "unit": "bài", "value_kind": "integer", "aggregate": "sum of",
         "operand_codes": ["B3", "B1"], "source": "formula"}]
    problems = check_book(book)
    assert [dict(problem.values)["path"] for problem in problems] == ["B3 → B4 → B3"]


def test_equal_books_do_not_differ_and_saying_nothing_is_said_in_many_ways() -> None:
    other = changed(["themes", 1, "legal_basis_codes"], [])
    assert compare(small_book(), json.loads(json.dumps(other))) == []


def test_rows_are_added_removed_changed_and_moved() -> None:
    after = copy.deepcopy(small_book())
    after["themes"][0]["label"] = "Một, viết lại"
    after["themes"].append({"code": "TH3", "label": "Ba", "full_text": "Nội dung ba"})
    after["audiences"] = []
    after["indicators"].reverse()
    found = [(change.table.name if change.table else "", change.key, change.change) for change in
             compare(small_book(), after)]
    assert found[:3] == [("themes", "TH1", RowChange.CHANGED), ("themes", "TH3", RowChange.ADDED),
                         ("audiences", "A1", RowChange.REMOVED)]
    assert [change for _, _, change in found[3:]] == [RowChange.MOVED], "one of two rows that change places has moved"


def test_a_book_moves_to_another_year_with_its_days_and_its_names() -> None:
    moved = move_to_year(small_book(), 2024)
    assert check_book(moved) == []
    assert (moved["programme"]["year"], moved["programme"]["title"]) == (2024, "Tuyên truyền năm 2024")
    assert (moved["programme"]["number"], moved["programme"]["issued_on"]) == ("", None)
    row = moved["requirements"][0]
    assert (row["code"], row["title"], row["due_on"], row["coverage_from"]) == (
        "2024-half-year", "Báo cáo 6 tháng đầu năm 2024", "2024-05-30", "2023-12-01")
    assert moved["themes"] == small_book()["themes"], "the plan's own text is for the Office to write anew"


def test_the_last_day_of_february_stays_the_last_but_one_in_a_common_year() -> None:
    leap = changed(["requirements", 0, "consolidation_due_on"], "2024-02-29")
    assert move_to_year(leap, 2024)["requirements"][0]["consolidation_due_on"] == "2025-02-28"


