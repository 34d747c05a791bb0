"""The consolidated report as a workbook: formulas that give what the paper prints, marks apart, nothing added twice."""

import io
import zipfile
from dataclasses import replace
from math import isclose, isnan
from typing import Any

import pytest
from openpyxl import load_workbook

from exports import consolidation_workbook
from exports.consolidation_workbook.cells import NIL
from exports.consolidation_workbook.tables import PIECE
from models.figure import EMPTY, Aggregate, Figure, figure_of
from queries.document import ConsolidatedDocument, NarrativeSection, UnitFigures
from tests.exports import samples, sizes
from tests.exports.computed_report import RULES, report, with_huge
from tests.support.naughty import NAUGHTY
from tests.support.spreadsheet import Spreadsheet

FIGURES, UNITS, ABOUT = "Tổng hợp", "Theo đơn vị", "Phạm vi và mẫu số"
DOCUMENTS = {
    "empty": sizes.EMPTY_CONSOLIDATION, "ordinary": samples.consolidated(2, 4), "absurd": sizes.ABSURD_CONSOLIDATION,
    "lonely": sizes.LONELY_DISTRICT, "department": report(), "district": report(2, is_district=True),
    "huge": with_huge(report(3)), "many": report(4, schools=30)}
RATES = {Aggregate.RATIO: 100, Aggregate.WEIGHTED_SHARE: 100, Aggregate.WEIGHTED_MEAN: 1}
AGGREGATES = {rule.code: rule.aggregate for rule in RULES}


def book_of(document: ConsolidatedDocument) -> Spreadsheet:
    return Spreadsheet(consolidation_workbook.build(document))


def is_like(value: Any, figure: Figure, aggregate: Aggregate = Aggregate.SUM) -> bool:
    """Whether a cell says what a figure says."""
    if figure.value is None:
        return bool(value == NIL if figure.is_nil else value in (None, ""))
    return isinstance(value, int | float) and isclose(value * RATES.get(aggregate, 1), figure.value, rel_tol=1e-12,
                                                      abs_tol=1e-9)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_formula_gives_the_value_beside_it(name: str) -> None:
    book = book_of(DOCUMENTS[name])
    for sheet, cell, seen in book.formulas():
        found = book.value(sheet, cell)
        if isinstance(found, str):
            assert found == (seen or ""), (sheet, cell, found, seen)
        else:
            assert not isnan(found) and isclose(found, seen, rel_tol=1e-12, abs_tol=1e-12), (sheet, cell, found, seen)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_equal_documents_give_equal_bytes_and_a_sound_file(name: str) -> None:
    content = consolidation_workbook.build(DOCUMENTS[name])
    assert consolidation_workbook.build(replace(DOCUMENTS[name])) == content
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None


@pytest.mark.parametrize("name", ["department", "district", "huge", "many"])
def test_every_total_is_a_formula_that_gives_the_printed_figure(name: str) -> None:
    document = DOCUMENTS[name]
    book = book_of(document)
    totals = {book.value(UNITS, row["Đơn vị"]): row for row in book.rows(UNITS)}
    printed = {f"Cộng {group.label}": group.total for group in document.unit_groups}
    for label, figures in {**printed, "TỔNG CỘNG": document.grand_total}.items():
        for head, cell in totals[label].items():
            code = head.partition(".")[0]
            if code in AGGREGATES and ":" not in head:
                assert is_like(book.value(UNITS, cell), figures.get(code, EMPTY), AGGREGATES[code]), (label, head)
                is_formula = book.book[UNITS][cell].data_type == "f"
                assert is_formula or figures.get(code, EMPTY).value is None, (label, head)
    rows = {book.value(FIGURES, row["Mã"]): row for row in book.rows(FIGURES)}
    for row in document.figures:
        cell = rows[row.code]["Thực hiện kỳ này"]
        assert is_like(book.value(FIGURES, cell), row.current, row.aggregate), row.code
        assert book.book[FIGURES][cell].data_type == "f" or row.current.is_empty, row.code


def test_schools_below_an_office_are_shown_and_never_added() -> None:
    document = report(7)
    groups = tuple(replace(group, units=tuple(replace(unit, children=tuple(
        replace(child, figures=dict.fromkeys(child.figures, figure_of(10**6))) for child in unit.children))
        for unit in group.units)) for group in document.unit_groups)
    book, other = book_of(document), book_of(replace(document, unit_groups=groups))
    last = book.rows(UNITS)[-1]
    assert [book.value(UNITS, cell) for cell in last.values()] == [other.value(UNITS, cell) for cell in last.values()]
    levels = [book.book[UNITS].row_dimensions[number].outlineLevel for number in range(2, 9)]
    assert levels == [0, 1, 1, 1, 1, 1, 0]
    assert not book.book[UNITS].sheet_properties.outlinePr.summaryBelow


def test_empty_nil_and_zero_are_three_things() -> None:
    document = report(5)
    book = book_of(document)
    figures = {unit.code: unit.figures for group in document.unit_groups for unit in group.units}
    said = set()
    for row in book.rows(UNITS):
        for code in ("A1", "C5", "K2") if book.value(UNITS, row["Mã đơn vị"]) in figures else ():
            figure = figures[book.value(UNITS, row["Mã đơn vị"])].get(code, EMPTY)
            value = book.value(UNITS, next(cell for head, cell in row.items() if head.startswith(f"{code}.")))
            assert is_like(value, figure)
            said.add("empty" if value is None else "nil" if value == NIL else "zero" if value == 0 else "number")
    assert said == {"empty", "nil", "zero", "number"}


def test_a_frozen_total_stands_as_a_number_where_the_rows_do_not_make_it() -> None:
    document = report(6)
    changed = {**document.grand_total, "A1": figure_of(999_999)}
    book = book_of(replace(document, grand_total=changed))
    cell = next(cell for head, cell in book.rows(UNITS)[-1].items() if head.startswith("A1."))
    assert book.book[UNITS][cell].value == 999_999
    about = {book.value(ABOUT, row["Mục"]): book.value(ABOUT, row["Nội dung"]) for row in book.rows(ABOUT)}
    assert about["Tổng ghi bằng số"].startswith("1 ô tổng")


def test_a_figure_of_fifteen_zeros_is_whole() -> None:
    book = book_of(DOCUMENTS["huge"])
    values = {book.value(UNITS, cell) for row in book.rows(UNITS) for cell in row.values()}
    assert 10**15 in values and max(value for value in values if isinstance(value, int)) > 10**15
    assert "Số rất lớn" in {book.value(ABOUT, row["Mục"]) for row in book.rows(ABOUT)}


def test_what_people_wrote_stays_a_text() -> None:
    texts = [text for text in NAUGHTY if text.strip() and "\x00" not in text and "\ud800" not in text]
    texts += ["<r><t>x</t></r>", "<r>&</r>", "{=1}", "https://example.vn", "_x0041_", "mailto:a@b.vn"]
    sections = tuple(NarrativeSection(f"{place}", 1, text[:9], text, text) for place, text in enumerate(texts))
    units = tuple(UnitFigures(text, text, {"A1": figure_of(1)}) for text in texts)
    group = replace(report().unit_groups[0], label="=HYPERLINK(1)", units=units, total={"A1": figure_of(len(texts))})
    document = replace(report(), sections=sections, unit_groups=(group,), grand_total=group.total, coverage="@x")
    book = load_workbook(io.BytesIO(consolidation_workbook.build(document)), rich_text=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                assert cell.hyperlink is None
                assert cell.data_type != "f" or cell.value.startswith(("=IF(", "=SUM(", "='Theo đơn vị'!", "=G")), cell
    names = [row[1].value for row in book[UNITS].iter_rows(min_row=2, max_row=len(texts) + 1)]
    assert all(isinstance(name, str) for name in names)
    plain = [place for place, text in enumerate(texts) if text.isprintable() and "_x" not in text]
    assert [names[place] for place in plain] == [texts[place] for place in plain]


def test_a_text_longer_than_a_cell_goes_on_below_and_none_is_lost() -> None:
    long = "".join(chr(ord("a") + place % 26) for place in range(PIECE * 2 + 5))
    document = replace(report(), sections=(NarrativeSection("I", 1, "I.", "Mục", long),
                                           NarrativeSection("II", 1, "II.", "Sau", "x")))
    rows = list(book_of(document).book["Nội dung"].iter_rows(min_row=2, values_only=True))
    assert "".join(row[3] for row in rows[:3]) == long and rows[1][0] is None and rows[3][:3] == ("II", "II.", "Sau")


def test_heads_stay_rows_can_be_filtered_and_paper_is_laid_across() -> None:
    for sheet in book_of(report()).book.worksheets:
        assert sheet.freeze_panes and sheet.freeze_panes[1:] == "2"
        assert sheet.auto_filter.ref and sheet.auto_filter.ref.startswith("A1:")
        assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToHeight == 0 and sheet.print_title_rows == "$1:$1"


def test_the_sheets_are_those_of_the_report() -> None:
    names = book_of(report()).book.sheetnames
    assert names == [FIGURES, UNITS, "Tình hình nộp", "Nội dung kế hoạch", "Điển hình, mô hình hay", "Kiểm tra",
                     "Kiến nghị còn lại", "Mức độ hài lòng", "Số hoạt động", "Nội dung", ABOUT]
    assert book_of(sizes.EMPTY_CONSOLIDATION).book.sheetnames == [FIGURES, UNITS, "Tình hình nộp", "Nội dung", ABOUT]


def test_it_says_of_what_over_what_and_what_the_marks_mean() -> None:
    rows = list(book_of(report()).book[ABOUT].iter_rows(min_row=2, values_only=True))
    about = {str(head): text for head, text in rows}
    assert about["Yêu cầu báo cáo"] == "Báo cáo 6 tháng đầu năm 2023 (mã 2023-half-year)"
    assert "29/5/2023" in about["Kỳ số liệu"] and about["Đơn vị cấp 1 có số liệu"] == "8/9 đơn vị"
    assert about["Đơn vị cấp 2 có số liệu"] == "12/15 đơn vị"
    assert about["Chưa có số liệu của"] == "Trung tâm số 1 (minh họa)"
    assert "không phát sinh" in about[NIL] and about["Ô trống"] and about["0"]
