"""The workbook: numbers as numbers, texts as texts, six sheets in order, the same bytes each time."""

import io
import tempfile
import tracemalloc
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from openpyxl import load_workbook

from exports import survey_workbook
from exports.survey_words import FORMULA, HIDDEN
from exports.workbook import LONGEST_CELL, Book, Head
from queries.survey.raw import RawRow, RawSheets
from tests.exports.survey_samples import REPORTS, raw, report

SHEETS = ["Tổng hợp", "Theo câu", "Theo đơn vị", "Theo kênh", "Phiếu", "Ghi chú"]


def read(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("size", REPORTS)
def test_equal_results_give_equal_bytes_and_a_sound_workbook(size: str) -> None:
    content = survey_workbook.build(REPORTS[size], raw())
    assert survey_workbook.build(REPORTS[size], raw()) == content
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    assert read(content).sheetnames == SHEETS


def test_without_single_sheets_there_is_no_such_sheet() -> None:
    assert read(survey_workbook.build(report())).sheetnames == [name for name in SHEETS if name != "Phiếu"]


def test_heads_stay_and_rows_can_be_filtered() -> None:
    for sheet in read(survey_workbook.build(report(), raw())).worksheets:
        assert sheet.freeze_panes and sheet.freeze_panes[1:] == "2"
        assert sheet.auto_filter.ref and sheet.auto_filter.ref.startswith("A1:")
        assert sheet["A1"].font.b


def test_shares_and_means_are_numbers_with_a_format() -> None:
    document = report()
    sheet = read(survey_workbook.build(document))["Theo câu"]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    question = document.result.by_code["Q17"]
    row = rows["Q17"]
    assert row[3].value == question.n and row[6].value == pytest.approx(float(question.mean or 0))
    assert row[7].value == pytest.approx(float(question.satisfied or 0)) and row[7].number_format == "0.00%"
    distribution = [row[place].value for place in range(11, 26, 3)]
    assert tuple(distribution) == question.distribution


def test_a_hidden_number_is_an_empty_cell_with_its_reason() -> None:
    book = read(survey_workbook.build(report()))
    rows = {row[0].value: row for row in book["Theo câu"].iter_rows(min_row=2)}
    assert [cell.value for cell in rows["Q2"][3:10]] == [None] * 7 and rows["Q2"][-1].value == HIDDEN
    assert any(row[-1].value == HIDDEN for row in book["Theo đơn vị"].iter_rows(min_row=2))


def test_what_begins_like_a_formula_or_a_link_stays_a_text() -> None:
    for text in ("=1+1", "+CMD|'/c calc'!A0", "@SUM(A1)", "-2", "https://example.vn", "{=1}", "😀 <b>&"):
        book = read(survey_workbook.build(report(), raw(3, text=text)))
        cells = [row[-1] for row in book["Phiếu"].iter_rows(min_row=2)]
        assert {cell.value for cell in cells} == {text}
        assert {cell.data_type for cell in cells} == {"s"} and not any(cell.hyperlink for cell in cells)


def test_a_text_longer_than_a_cell_does_not_break_the_file() -> None:
    book = read(survey_workbook.build(report(), raw(1, text="ắ" * 40_000)))
    assert len(book["Phiếu"].cell(2, book["Phiếu"].max_column).value) == LONGEST_CELL


def test_levels_are_numbers_and_signs_are_texts() -> None:
    book = read(survey_workbook.build(report(), raw(200)))
    values = {(type(cell.value), cell.value) for row in book["Phiếu"].iter_rows(min_row=2) for cell in row[2:-1]}
    assert values == {(int, number) for number in range(1, 6)} | {(str, "n"), (str, "x"), (type(None), None)}


def test_the_notes_name_filters_day_denominators_and_formula() -> None:
    found = [(row[0].value, row[1].value) for row in read(
        survey_workbook.build(report(), raw()))["Ghi chú"].iter_rows(min_row=2)]
    notes = dict(found)
    assert notes["Ngày của số liệu"] == "02/6/2023" and notes["Số người có thể trả lời (N)"] == "6.000"
    assert ("Cách tính", FORMULA) in found and "7 phiếu" in notes["Phiếu không đưa ra"]
    assert "SIPAS" not in str(found)


def test_more_sheets_than_were_asked_for_are_said_to_be_in_the_csv() -> None:
    target = io.BytesIO()
    survey_workbook.write(target, report(), raw(9), most=5)
    book = read(target.getvalue())
    assert book["Phiếu"].max_row == 6
    assert any("tệp CSV có đủ 9 phiếu" in str(row[1].value) for row in book["Ghi chú"].iter_rows())


def test_more_sheets_than_a_page_takes_go_on_on_the_next_and_none_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = list(read(survey_workbook.build(report(), raw(11)))["Phiếu"].iter_rows(min_row=2, values_only=True))
    monkeypatch.setattr(survey_workbook, "MOST_ROWS", 5)
    book = read(survey_workbook.build(report(), raw(11)))
    names = ["Phiếu", "Phiếu 2", "Phiếu 3"]
    assert book.sheetnames[4:7] == names
    pages = [list(book[name].iter_rows(values_only=True)) for name in names]
    assert [row for page in pages for row in page[1:]] == whole and [len(page) for page in pages] == [6, 6, 2]
    assert pages[0][0] == pages[2][0]
    assert any("bảng sau nối tiếp" in str(row[1].value) for row in book["Ghi chú"].iter_rows())


def test_streamed_rows_are_those_that_the_library_would_write() -> None:
    odd = ["=1+1", " x ", "a\x01b", "_x0041_", "<r><t>1</t></r>", "\ufffe", "a\nb", "nan", "1e999", "82.5", "n", "",
           "1_000", " 4", "٤", "x" * 300]
    rows = [[text, other] for text in odd for other in odd]
    keys: Iterator[RawRow] = ([(text,), (other,)] for text, other in rows)
    sheets = RawSheets(("A", "B"), keys, (tuple,) * 2, len(rows), 0, frozenset({1}))
    cells = list(read(survey_workbook.build(report(), sheets))["Phiếu"].iter_rows(min_row=2, values_only=True))
    book = Book("", "")
    book.table("Phiếu", (Head("A", 9), Head("B", 9)), (
        (text, float(other) if other == "82.5" else other) for text, other in rows))
    assert cells == list(read(book.close())["Phiếu"].iter_rows(min_row=2, values_only=True))


def peak(count: int) -> int:
    """The bytes held at most while so many sheets with five free texts each are streamed into a file."""
    def rows() -> Iterator[RawRow]:
        for number in range(count):
            yield [("Trường A (minh họa)", str(number % 5)),
                   *((f"ý kiến {number} về câu {place}",) for place in range(5))]

    sheets = RawSheets(tuple("ABCDEFG"), rows(), (tuple,) * 6, count, 0, frozenset({1}))
    with tempfile.TemporaryFile() as target:
        tracemalloc.start()
        survey_workbook.write(target, report(), sheets)
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return held


def test_four_times_the_sheets_take_no_more_memory() -> None:
    peak(100)  # what is read once for all
    assert peak(10_000) < 1.2 * peak(2_500)
