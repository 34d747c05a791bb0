"""A filled-in table, workbook or CSV: read alike, faults by cell, the template's own rows left out."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook

from core.table_file import Column, TableFileError
from core.table_upload import plain_cell, read_upload

COLUMNS = (Column("code", "Mã", 20, is_required=True), Column("name", "Tên", 20))


def workbook(*rows: tuple[object, ...]) -> bytes:
    """A workbook whose formulas nobody has worked out."""
    book, target = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(target)
    return target.getvalue()


def faults(data: bytes) -> list[tuple[int, str]]:
    """Where faults are."""
    return [(fault.row, fault.column) for fault in read_upload(data, COLUMNS).faults]


def test_a_workbook_and_csv_give_the_same_rows_without_those_of_the_template() -> None:
    rows = [("Mã", "Tên"), ("Ghi chú: chữ và số (bắt buộc)", "x" * 90), ("Ví dụ: A", "B"), (4.0, " Hạ Long ")]
    text = "\n".join(f"{code};{name}" for code, name in [*rows[:3], ("4", "Hạ Long")]).encode()
    for data in (workbook(*rows), text):
        table = read_upload(data, COLUMNS)
        assert [(row.number, dict(row.cells)) for row in table.rows] == [(4, {"code": "4", "name": "Hạ Long"})]
        assert table.faults == []


def test_formulas_without_a_value_and_error_cells_are_faults_of_their_cells() -> None:
    data = workbook(("Mã", "Tên"), ("A", "=1+1"), ("B", "#N/A"), ("C", "=B2"), ("D", "tốt"))
    assert faults(data) == [(2, "Tên"), (4, "Tên"), (3, "Tên")]


@pytest.mark.parametrize("text", ["=1+1", '=LINK("http://x")'])
def test_a_formula_in_csv_is_a_fault_and_one_made_safe_by_us_is_text(text: str) -> None:
    quoted = '"' + text.replace('"', '""') + '"'
    assert faults(f"code;name\nA;{quoted}\n".encode()) == [(2, "name")]
    safe = plain_cell("=1+1")
    assert read_upload(f"code;name\nA;{safe}\n".encode(), COLUMNS).rows[0]["name"] == "=1+1"


@pytest.mark.parametrize("text", ["=1", "+84", "-x", "@x"])
def test_texts_that_a_spreadsheet_would_work_out_are_marked(text: str) -> None:
    assert plain_cell(text) == f"'{text}" and plain_cell(f"a{text}") == f"a{text}" and plain_cell("") == ""


def test_a_file_with_the_templates_rows_alone_is_empty() -> None:
    with pytest.raises(TableFileError, match="chưa có dòng dữ liệu"):
        read_upload("code;name\nVí dụ: A;B\n".encode(), COLUMNS)


def repacked(sheet: bytes) -> bytes:
    """A workbook with another first sheet."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(("Mã",), ("A",)))) as old, zipfile.ZipFile(
            target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return target.getvalue()


@pytest.mark.parametrize("sheet", [
    b" " * (50 << 20), b"<worksheet><row>" + b"<c/>" * 20_001, b"<x:worksheet><x:row>" + b"<x:c />" * 20_001,
    (b"<row>" + b"<c/>" * 300) * 2001, "<worksheet><row><c/></row></worksheet>".encode("utf-16"),
], ids=["50 MB", "one row", "with a prefix", "many rows", "hidden in UTF-16"])
def test_a_small_file_that_would_unpack_to_much_is_refused_before_it_is_read(sheet: bytes) -> None:
    data = repacked(sheet)
    assert len(data) < 200_000
    with pytest.raises(TableFileError, match=r"quá lớn|Không đọc được"):
        read_upload(data, COLUMNS)


def with_part(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A sound workbook with one part changed."""
    stored = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(("Mã", "Tên"), ("A1", "Trường (minh họa)")))) as old, \
            zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part == name else data)
    return stored.getvalue()


def said(data: bytes) -> list[str]:
    """The words of every fault, whether of cells or of the file as a whole."""
    try:
        return [fault.text for fault in read_upload(data, COLUMNS).faults]
    except TableFileError as error:
        return [fault.text for fault in error.faults]


def corrupted(name: str) -> bytes:
    """A workbook whose packed bytes of one part are damaged."""
    data = bytearray(with_part(name, lambda part: part))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        info = archive.getinfo(name)
    start = info.header_offset + 30 + len(name.encode()) + 4
    data[start:start + 12] = b"\xff" * 12
    return bytes(data)


@pytest.mark.parametrize("name", ["xl/styles.xml", "xl/workbook.xml", "xl/theme/theme1.xml", "docProps/core.xml",
                                  "xl/worksheets/sheet1.xml"])
def test_a_workbook_with_a_damaged_part_is_read_or_said_to_be_broken(name: str) -> None:
    assert all("đọc được" in text or "hỏng" in text for text in said(corrupted(name)))


@pytest.mark.parametrize("formula", ["'abc", "[", ")"])
def test_a_shared_formula_that_nobody_can_read_is_a_fault(formula: str) -> None:
    cells = f'<c r="A2"><f t="shared" ref="A2:A3" si="0">{formula}</f></c></row><row r="3"><c r="A3">' \
            '<f t="shared" si="0"/></c>'
    data = with_part("xl/worksheets/sheet1.xml", lambda part: re.sub(
        rb'<c r="A2".*?</c>', cells.encode(), part, count=1, flags=re.S))
    assert said(data)
