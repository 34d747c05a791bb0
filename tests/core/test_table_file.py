"""Reading a spreadsheet's table, and naming every fault by row and column."""

import unicodedata

import pytest

from core.table_file import Column, Fault, TableFileError, read_table

COLUMNS = (
    Column("code", "Mã đơn vị", 10, is_required=True),
    Column("name", "Tên đơn vị", 20, is_required=True),
    Column("note", "Ghi chú", 20),
)


def texts(data: bytes) -> list[dict[str, str]]:
    """The cells of every row of a good file."""
    table = read_table(data, COLUMNS)
    assert table.faults == []
    return [dict(row.cells) for row in table.rows]


def refused(data: bytes) -> list[Fault]:
    """The faults of a file that is no table."""
    with pytest.raises(TableFileError) as error:
        read_table(data, COLUMNS)
    return list(error.value.faults)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_commas_semicolons_line_ends_and_a_byte_order_mark_are_all_the_same(
    mark: bytes, separator: str, end: str
) -> None:
    text = end.join([separator.join(["code", "name"]), separator.join(["A", "Trường Hạ Long"]), ""])
    assert texts(mark + text.encode()) == [{"code": "A", "name": "Trường Hạ Long"}]


def test_what_excel_calls_unicode_text_is_read() -> None:
    assert texts("code\tname\r\nA\tTrường Hạ Long\r\n".encode("utf-16")) == [{"code": "A", "name": "Trường Hạ Long"}]


def test_heads_may_be_vietnamese_in_any_case_and_order() -> None:
    data = "TÊN ĐƠN VỊ;ghi chu;Mã đơn vị\nTrường X;mới;A\n".encode()
    assert texts(data) == [{"code": "A", "name": "Trường X", "note": "mới"}]


def test_text_comes_out_composed_and_trimmed() -> None:
    data = f"code,name\nA,\u00a0 {unicodedata.normalize('NFD', 'Hoành Bồ')} \n".encode()
    assert texts(data)[0]["name"] == "Hoành Bồ"


def test_a_separator_within_quotes_belongs_to_the_cell() -> None:
    assert texts(b'code,name\nA,"Mot, hai"\n')[0]["name"] == "Mot, hai"


def test_blank_rows_are_skipped_but_counted() -> None:
    table = read_table(b"code,name\n\n,\nA,x\n", COLUMNS)
    assert [row.number for row in table.rows] == [4]


@pytest.mark.parametrize(
    ("data", "row", "words"),
    [
        (b"", 0, "trống"),
        (b"  \n", 0, "trống"),
        (b"PK\x03\x04rest", 0, "Excel"),
        (b"\xd0\xcf\x11\xe0rest", 0, ".xls"),
        ("code,name\nA,x\n".encode("utf-16-le"), 0, "UTF-16"),
        ("code,name\nA,x\n".encode("utf-16")[:-1], 2, "cắt"),
        ("code,name\nA,x\nB,Hạ".encode() + b"\xe9\n", 3, "trộn hai bảng mã"),
        (b"code,name\nA,x\nB,Tr\xfd\xf5ng H\xe0 Long\n", 3, "Windows-1258"),
        (b"code,name\nA,Caf\xe9\n", 2, "Windows-1252"),
        ("code,name\nA,H\ufffd Long\n".encode(), 2, "hỏng"),
        (b"code|name\nA|x\n", 1, "|"),
        (b'code,name\nA,x\nB,"never closed\nC,y\n', 3, "ngoặc kép"),
        (b"code,name\n", 0, "tiêu đề"),
    ],
)
def test_what_is_no_such_table_is_refused_with_its_row(data: bytes, row: int, words: str) -> None:
    faults = refused(data)
    assert [fault.row for fault in faults] == [row]
    assert words in faults[0].message


def test_wrong_heads_are_all_named() -> None:
    assert [(fault.row, fault.column) for fault in refused(b"code,symbl,note,note\nA,1,2,3\n")] == [
        (1, "symbl"), (1, "note"), (1, "name")]


def test_every_fault_of_a_row_is_collected_under_the_files_own_head() -> None:
    table = read_table("Mã đơn vị,name\nA,x,y\nB,{}\n12345678901,x\nC,\"a\nb\"\n".format("x" * 21).encode(), COLUMNS)
    assert [(fault.row, fault.column) for fault in table.faults] == [
        (2, ""), (3, "name"), (4, "Mã đơn vị"), (5, "name")]


def test_a_fault_says_its_place_in_words() -> None:
    assert Fault(5, "code", "Trùng.").text == "Dòng 5, cột “code”: Trùng."
    assert Fault(5, "", "Thiếu ô.").text == "Dòng 5: Thiếu ô."
    assert Fault(0, "", "Tệp trống.").text == "Tệp trống."
