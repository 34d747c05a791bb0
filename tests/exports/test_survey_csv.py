"""Single sheets as CSV: read back as they were, streamed, and no formula for a spreadsheet to work out."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

import pytest

from exports import survey_csv
from queries.survey.raw import RawRow, RawSheets
from tests.exports.survey_samples import raw


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def cells(sheets: RawSheets) -> list[list[str]]:
    return [[cell for read_key, key in zip(sheets.runs, row, strict=True) for cell in read_key(key)]
            for row in sheets.rows]


def test_what_goes_in_comes_out_in_the_same_order() -> None:
    content = b"".join(survey_csv.build(raw(2_500)))
    assert content.startswith(b"\xef\xbb\xbf") and b"\r\n" in content
    sheets = raw(2_500)
    assert read(content) == [list(sheets.heads), *cells(sheets)]
    assert b"".join(survey_csv.build(raw(2_500))) == content


def test_no_sheets_give_the_heads_alone() -> None:
    assert len(read(b"".join(survey_csv.build(raw(0))))) == 1


@pytest.mark.parametrize("text", [
    "=1+1", "+84 tốt", "-tốt", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1+1", "＝1+1", "\u00a0=1", "=cmd|'/c calc'!A0"])
def test_a_cell_that_begins_like_a_formula_is_made_a_text(text: str) -> None:
    row = read(b"".join(survey_csv.build(raw(1, text=text))))[1]
    assert row[-1] == f"'{text}"


@pytest.mark.parametrize("text", ["", "Tốt", "a=b", "5 - 3", "“trích”", "dòng 1\ndòng 2; và \"nháy\"", "😀"])
def test_an_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert read(b"".join(survey_csv.build(raw(1, text=text))))[1][-1] == text


def test_numbers_have_a_comma_and_a_minus_is_no_formula() -> None:
    sheets = replace(raw(0), rows=iter([[("Đơn vị", "Mã QR"), ("-12.5",) * 3 + ("4",) * 17, ("",)]]))
    assert read(b"".join(survey_csv.build(sheets)))[1][2:-1] == ["-12,5"] * 3 + ["4"] * 17


def test_rows_are_taken_as_the_file_is_sent() -> None:
    taken = 0

    def rows() -> Iterator[RawRow]:
        nonlocal taken
        for row in raw(5_000).rows:
            taken += 1
            yield row

    pieces = survey_csv.build(replace(raw(0), rows=rows()))
    next(pieces)
    assert taken == 0
    next(pieces)
    assert 0 < taken <= survey_csv.BATCH
