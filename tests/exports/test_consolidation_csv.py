"""The consolidated report as CSV: one row per unit and indicator, three kinds of answer, never a formula."""

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest

from exports import consolidation_csv
from models.figure import figure_of
from queries.document import ConsolidatedDocument, UnitFigures
from tests.exports import sizes
from tests.exports.computed_report import report
from tests.support.naughty import NAUGHTY

DOCUMENTS = {"department": report(), "empty": sizes.EMPTY_CONSOLIDATION, "absurd": sizes.ABSURD_CONSOLIDATION}


def rows_of(document: ConsolidatedDocument) -> list[dict[str, str]]:
    content = consolidation_csv.build(document)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_equal_documents_give_equal_bytes_and_full_rows(name: str) -> None:
    document = DOCUMENTS[name]
    assert consolidation_csv.build(document) == consolidation_csv.build(replace(document))
    assert all(None not in row and None not in row.values() for row in rows_of(document))


def test_rows_of_the_first_level_add_up_to_the_total_and_say_what_was_answered() -> None:
    document = report(8)
    rows = [row for row in rows_of(document) if row["Mã chỉ tiêu"] == "M1"]
    found = sum(Decimal(row["Giá trị"].replace(",", ".") or 0) for row in rows if row["Cấp"] == "1")
    assert found == document.grand_total["M1"].value and any("," in row["Giá trị"] for row in rows)
    told = {row["Trả lời"] for row in rows_of(document)}
    assert told == {"có số liệu", "không phát sinh", "chưa có số liệu"}
    assert all(bool(row["Giá trị"]) == (row["Trả lời"] == "có số liệu") for row in rows_of(document))


def test_a_school_stands_below_its_office_and_whoever_is_not_in_has_one_row() -> None:
    rows = rows_of(report(8))
    offices = {f"Phòng số {number} (minh họa)" for number in (1, 2, 3)}
    assert {row["Thuộc"] for row in rows if row["Cấp"] == "2"} == offices
    lacking = [row for row in rows if row["Tình trạng"] == "Chưa nộp"]
    assert len(lacking) == 4 and not any(row["Mã chỉ tiêu"] or row["Giá trị"] for row in lacking)


def test_no_cell_begins_like_a_formula() -> None:
    units = tuple(UnitFigures(text, text, {"A1": figure_of(1)}) for text in NAUGHTY if "\ud800" not in text)
    group = replace(report().unit_groups[0], label="@x", units=units)
    rows = rows_of(replace(report(), unit_groups=(group,)))
    assert len(rows) >= len(units)
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
