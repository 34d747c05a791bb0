"""A table to fill in: lists to choose from, nothing becomes a formula, the same bytes twice."""

import csv
import io

from openpyxl import load_workbook

from exports.table_template import TableTemplate, TemplateColumn, build_csv, build_workbook

TEMPLATE = TableTemplate("Người", (
    TemplateColumn("Tên", "Họ tên", "A", is_required=True),
    TemplateColumn("Vai trò", "Chọn", "Cán bộ", list_name="Vai trò"),
), (("=1+1", "+84"), ("-x", "@y")), {"Vai trò": [("Cán bộ", ""), ("Thủ trưởng", "")]}, ("Điền từ dòng 4.",))


def test_the_workbook_holds_texts_a_list_and_an_explanation() -> None:
    data = build_workbook(TEMPLATE)
    assert build_workbook(TEMPLATE) == data
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Người", "Hướng dẫn", "Vai trò"]
    sheet = book["Người"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["Tên", "Vai trò"] and rows[1][0] == "Ghi chú: Họ tên (bắt buộc)" and rows[2][0] == "Ví dụ: A"
    assert rows[3:] == [["=1+1", "+84"], ["-x", "@y"]]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.formula1, str(rule.sqref)) == ("'Vai trò'!$A$2:$A$3", "B4:B3000")
    explained = {row[0].value: row[1].value for row in book["Hướng dẫn"].iter_rows()}
    assert "Ví dụ: Cán bộ" in explained["Vai trò"] and "Điền từ dòng 4." in explained


def test_csv_marks_what_a_spreadsheet_would_work_out() -> None:
    data = build_csv(TEMPLATE)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[3:] == [["'=1+1", "'+84"], ["'-x", "'@y"]]
