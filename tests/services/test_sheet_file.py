"""A file of sheets is stored whole, once, or every fault of it is named."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import clock
from core.workbook import read_workbook
from exports.sheet_template import build
from models.account import Role
from models.answering import Answering
from models.paper import paper_cells
from models.permission import Viewer
from models.programme import Programme
from models.sheet import SurveySheet
from models.survey import SurveyChannel
from services.sheet_file import SheetFile, read_sheets, store_file, stored_before
from tests.support.factories import make_account, make_unit
from tests.support.survey import default_body, make_place, make_round

CELLS = paper_cells(default_body())
ANSWERING = Answering(default_body())
FIRST, LAST = date(2023, 5, 1), date(2023, 5, 31)


def read(data: bytes) -> SheetFile:
    """What a file holds."""
    return read_sheets(data, CELLS, ANSWERING, FIRST, LAST, LAST)


def filled(rows: list[dict[str, Any]]) -> bytes:
    """The template with rows typed into it."""
    book = load_workbook(io.BytesIO(build(CELLS, "Phiếu (minh họa)")))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    for number, row in enumerate(rows, start=3):
        for name, value in row.items():
            sheet.cell(number, heads.index(name) + 1, value)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_the_template_is_the_same_each_time_and_empty(app: Flask) -> None:
    with app.test_request_context():
        assert build(CELLS, "Phiếu") == build(CELLS, "Phiếu")
        assert [fault.message for fault in read(build(CELLS, "Phiếu")).faults] == ["Tệp chưa có phiếu nào."]


def test_rows_of_the_template_are_sheets_whatever_a_spreadsheet_made_of_their_cells(app: Flask) -> None:
    with app.test_request_context():
        found = read(filled([
            {"_ngay": date(2023, 5, 10), "S1": 1, "Q1": "n", "Q2": 4.0, "X2": 135, "X3": "Gọi 0912345678\nnhé"},
            {"_ngay": "11/5/2023", "Q17": "5"}]))
    assert found.faults == [] and [sheet.number for sheet in found.sheets] == [3, 4]
    first = found.sheets[0]
    assert first.collected_on == date(2023, 5, 10)
    assert first.judged.details is not None and "0912345678" not in str(first.judged.details)


def test_every_fault_has_its_row_and_column_and_then_nothing_is_good(app: Flask) -> None:
    with app.test_request_context():
        found = read(b"_ngay;Q1;Q18;Q17\n10/05/2023;6;x;5\n01/06/2023;1;;\n;1;;\n12/05/2023;;;\n")
        told = [fault.text for fault in found.faults]
    assert not found.is_good
    assert told[0].startswith("Dòng 2, cột “Q1”: Gõ số từ 1 đến 5")
    assert any(text.startswith("Dòng 3, cột “_ngay”: Ngày phải từ") for text in told)
    assert any(text.startswith("Dòng 4, cột “_ngay”: Ghi ngày") for text in told)
    assert any(text.startswith("Dòng 5: Phiếu không có câu trả lời") for text in told)


@pytest.mark.parametrize("data", [
    b"", b"PK\x03\x04 broken", b"\xff\xfe_\x00", b"Q1;Q2\n1;1", b"_ngay;Q99\n1;1", b"\x00\x01\x02"])
def test_what_is_no_table_of_this_questionnaire_is_refused(app: Flask, data: bytes) -> None:
    with app.test_request_context():
        found = read(data)
    assert found.faults and not found.is_good


def test_a_bomb_is_refused_before_it_is_unpacked(app: Flask) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (60 * 1024 * 1024))
    with app.test_request_context():
        assert "quá lớn" in read(target.getvalue()).faults[0].message


def test_formulas_come_in_as_texts(app: Flask) -> None:
    book = build(CELLS, "=1+1")
    with app.test_request_context():
        assert read_workbook(book)[0][0] == "_ngay"


def test_a_file_is_stored_once_however_often_it_is_sent(app: Flask, db_session: Session) -> None:
    programme = Programme(year=2023, title="Chương trình (minh họa)", agency="Sở", parent_agency="UBND tỉnh")
    db_session.add(programme)
    db_session.flush()
    unit = make_unit(db_session)
    place = make_place(db_session, make_round(db_session, programme), unit)
    account = make_account(db_session, Role.OFFICER, unit)
    viewer = Viewer(account.id, account.full_name, account.role, unit.id, unit.id)
    with app.test_request_context():
        found = read(b"_ngay,Q17\n10/05/2023,5\n10/05/2023,5\n")
        assert stored_before(db_session, place.id, found.digest) is None
        assert store_file(db_session, place, found, viewer=viewer, now=clock.now()) == 2
        assert store_file(db_session, place, found, viewer=viewer, now=clock.now()) == 0
    db_session.flush()
    assert stored_before(db_session, place.id, found.digest) is not None
    sheets = db_session.scalars(select(SurveySheet)).all()
    assert {sheet.channel for sheet in sheets} == {SurveyChannel.UPLOAD} and len(sheets) == 2
