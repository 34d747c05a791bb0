"""The papers and files of surveys over the web: what each holds, who gets it, under which name."""

import csv
import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from models.account import Role
from models.sheet import SurveySheet
from models.survey import SurveyAudience, SurveyChannel
from tests.queries.test_survey_result import Field
from tests.support.client import PageClient
from tests.support.factories import make_account
from tests.support.paper import Paper


@pytest.fixture
def field(db_session: Session) -> Field:
    found = Field(db_session)
    for unit, count in zip(found.schools, (3, 20, 20, 30, 40), strict=True):
        found.fill(unit, count, channel=SurveyChannel.QR)
    make_account(db_session, Role.OFFICE, found.department, username="van-phong")
    make_account(db_session, Role.OFFICER, found.schools[4], username="truong")
    make_account(db_session, Role.LEADER, found.department, username="lanh-dao")
    db_session.commit()
    return found


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize(("file", "kind"), [
    ("poster-a4.pdf", "ap-phich-khao-sat-a4"), ("poster-a5.pdf", "ap-phich-khao-sat-a5"),
    ("poster-a5x2.pdf", "ap-phich-khao-sat-a5-hai-to"), ("paper-form.pdf", "phieu-giay")])
def test_a_unit_prints_its_papers_under_names_that_can_be_read(
        client: PageClient, field: Field, file: str, kind: str) -> None:
    client.sign_in("truong")
    place = field.places[field.schools[4].id]
    answer = client.get(f"/surveys/places/{place.id}/{file}")
    assert answer.status_code == 200 and answer.mimetype == "application/pdf"
    assert f'filename="{kind}-' in answer.headers["Content-Disposition"]
    assert place.code in Paper(answer.data).text()


def test_papers_name_the_public_address_of_the_settings(client: PageClient, field: Field) -> None:
    client.sign_in("truong")
    place = field.places[field.schools[4].id]
    assert f"localhost/s/{place.code}" in Paper(client.get(f"/surveys/places/{place.id}/poster-a4.pdf").data).text()
    config = client.application.config
    config["SETTINGS"] = replace(config["SETTINGS"], public_url="https://khaosat.example")
    found = Paper(client.get(f"/surveys/places/{place.id}/poster-a4.pdf").data).text()
    assert f"khaosat.example/s/{place.code}" in found


def test_papers_of_other_units_are_not_found(client: PageClient, field: Field) -> None:
    client.sign_in("truong")
    other = field.places[field.schools[0].id]
    for file in ("poster-a4.pdf", "poster-a5.pdf", "poster-a5x2.pdf", "paper-form.pdf"):
        assert client.get(f"/surveys/places/{other.id}/{file}").status_code == 404
        assert client.get(f"/surveys/places/999999/{file}").status_code == 404


def test_staff_are_not_sent_from_paper_to_a_page_that_wants_a_code(
        client: PageClient, field: Field, db_session: Session) -> None:
    field.round.audience = SurveyAudience.STAFF
    db_session.commit()
    client.sign_in("truong")
    place = field.places[field.schools[4].id]
    assert "Mã dùng một lần" in Paper(client.get(f"/surveys/places/{place.id}/poster-a4.pdf").data).text()
    assert "Có thể trả lời bằng điện thoại" not in Paper(
        client.get(f"/surveys/places/{place.id}/paper-form.pdf").data).text()


def test_the_report_says_what_the_page_says_and_hides_what_it_hides(client: PageClient, field: Field) -> None:
    client.sign_in("lanh-dao")
    answer = client.get(f"/surveys/{field.round.id}/results.pdf")
    assert answer.mimetype == "application/pdf"
    text = Paper(answer.data).text()
    assert "BÁO CÁO" in text and "Phiếu hợp lệ: 113" in text and "giữ kín" in text
    assert "Tỷ lệ hài lòng: số trả lời mức 4 và 5" in text and "SIPAS" not in text
    small = Paper(client.get(f"/surveys/{field.round.id}/results.pdf?unit={field.schools[0].id}").data).text()
    assert "Kết quả được giữ kín." in small


def test_a_school_gets_its_own_results_and_no_single_sheets(client: PageClient, field: Field) -> None:
    client.sign_in("truong")
    book = load_workbook(io.BytesIO(client.get(f"/surveys/{field.round.id}/results.xlsx").data))
    assert book.sheetnames == ["Tổng hợp", "Theo câu", "Theo đơn vị", "Theo kênh", "Ghi chú"]
    assert client.get(f"/surveys/{field.round.id}/results.csv").status_code == 403
    for file in ("results.pdf", "results.xlsx"):
        assert client.get(f"/surveys/{field.round.id}/{file}?unit={field.schools[1].id}").status_code == 404
        assert client.get(f"/surveys/999999/{file}").status_code == 404


def test_the_office_gets_single_sheets_but_none_of_a_small_group(client: PageClient, field: Field) -> None:
    client.sign_in("van-phong")
    book = load_workbook(io.BytesIO(client.get(f"/surveys/{field.round.id}/results.xlsx").data))
    named = {row[0] for row in book["Phiếu"].iter_rows(min_row=2, values_only=True)}
    rows = rows_of(client.get(f"/surveys/{field.round.id}/results.csv").data)
    assert rows[0][:3] == ["Đơn vị", "Kênh", "S1"]
    assert {row[0] for row in rows[1:]} == named
    assert len(rows) - 1 == 90  # the group of three and the sheets that would tell of it stay out
    assert client.get(f"/surveys/{field.round.id}/results.csv?unit={field.schools[0].id}").data.count(b"\n") == 1


def test_single_sheets_stand_in_the_order_of_their_random_keys(
        client: PageClient, field: Field, db_session: Session) -> None:
    unit = field.schools[4]
    sheets = db_session.query(SurveySheet).filter_by(place_id=field.places[unit.id].id).order_by(SurveySheet.id).all()
    client.sign_in("van-phong")
    rows = rows_of(client.get(f"/surveys/{field.round.id}/results.csv?unit={unit.id}").data)
    assert [row[2] for row in rows[1:]] == ["" if sheet.choices[0] == 0 else str(sheet.choices[0]) for sheet in sheets]


def test_excluded_sheets_are_in_no_file(client: PageClient, field: Field, db_session: Session) -> None:
    unit = field.schools[4]
    for sheet in db_session.query(SurveySheet).filter_by(place_id=field.places[unit.id].id).limit(4):
        sheet.excluded_reason = "gửi trùng"
    db_session.commit()
    client.sign_in("van-phong")
    assert len(rows_of(client.get(f"/surveys/{field.round.id}/results.csv?unit={unit.id}").data)) - 1 == 36


def test_a_text_that_looks_like_a_formula_stays_a_text_in_every_file(
        client: PageClient, field: Field, db_session: Session) -> None:
    unit = field.schools[4]
    for sheet in db_session.query(SurveySheet).filter_by(place_id=field.places[unit.id].id):
        sheet.choices = sheet.choices[:-1] + b"\x01"
        sheet.details = {"X3": "=HYPERLINK(\"http://x\")"}
    db_session.commit()
    client.sign_in("van-phong")
    rows = rows_of(client.get(f"/surveys/{field.round.id}/results.csv?unit={unit.id}").data)
    place = rows[0].index("X3")
    assert {row[place] for row in rows[1:]} == {"'=HYPERLINK(\"http://x\")"}
    book = load_workbook(io.BytesIO(client.get(f"/surveys/{field.round.id}/results.xlsx?unit={unit.id}").data))
    cells = [row[place] for row in book["Phiếu"].iter_rows(min_row=2)]
    assert {(cell.value, cell.data_type) for cell in cells} == {("=HYPERLINK(\"http://x\")", "s")}


def test_the_pages_lead_to_the_files(client: PageClient, field: Field) -> None:
    client.sign_in("van-phong")
    page = client.get(f"/surveys/{field.round.id}/results").text
    assert all(f"results.{kind}" in page for kind in ("pdf", "xlsx", "csv"))
    place = client.get(f"/surveys/places/{field.places[field.schools[4].id].id}").text
    assert all(file in place for file in ("poster-a4.pdf", "poster-a5.pdf", "poster-a5x2.pdf", "paper-form.pdf"))
