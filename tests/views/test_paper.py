"""Paper on the web: typed sheet by sheet with and without scripts, taken back, brought in as a file."""

import io
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from models.draft import DraftField
from models.sheet import SurveySheet
from models.survey import SurveyChannel, SurveyTally
from tests.support.client import PageClient
from tests.support.pages import text_of
from tests.support.province import Province
from tests.views.test_survey import MAIN, place_of
from tests.views.test_tally import TYPED

SHEET = {"S1": "1", "S2": "1", **{f"Q{number}": "4" for number in range(1, 18)}, "X2": "13", "Q18": "90"}


@pytest.fixture
def path(client: PageClient, db_session: Session, province: Province) -> str:
    """The place of the school whose officer is signed in."""
    client.sign_in("school")
    return f"/surveys/places/{place_of(db_session).id}"


def count(session: Session, channel: SurveyChannel = SurveyChannel.PAPER) -> int:
    """Sheets of a channel."""
    return session.scalar(select(func.count()).where(SurveySheet.channel == channel)) or 0


def by_script(client: PageClient, path: str, data: dict[str, Any]) -> TestResponse:
    """Send as the page's script does."""
    return client.post(path, data=data, headers={"Accept": "application/json"})


def test_a_sheet_is_stored_once_without_scripts_and_taken_back(
        client: PageClient, db_session: Session, path: str) -> None:
    before = count(db_session)
    data = client.fields(f"{path}/paper", MAIN) | SHEET | {"_day": "10/05/2023"}
    for _time in range(2):
        assert client.post(f"{path}/paper", data=data).location.endswith("/paper?day=10/05/2023")
    assert count(db_session) == before + 1
    fields = client.fields(f"{path}/paper?day=10/05/2023", MAIN)
    assert fields["_day"] == "10/05/2023" and fields["_sheet_ticket"] != data["_sheet_ticket"]
    client.submit(f"{path}/paper", "/paper/undo")
    assert count(db_session) == before


def test_a_script_gets_counts_and_the_next_ticket(client: PageClient, db_session: Session, path: str) -> None:
    data = client.fields(f"{path}/paper", MAIN) | SHEET | {"_day": "10/05/2023"}
    answer = by_script(client, f"{path}/paper", data).get_json()
    assert answer["ticket"] != data["_sheet_ticket"] and int(answer["on_day"]) >= 1
    undone = by_script(client, f"{path}/paper/undo", data).get_json()
    assert undone["undone"] and int(undone["total"]) == int(answer["total"]) - 1
    assert not by_script(client, f"{path}/paper/undo", data).get_json()["undone"]


def test_errors_stand_beside_their_cells_and_nothing_is_lost(
        client: PageClient, db_session: Session, path: str) -> None:
    before = count(db_session)
    wrong = SHEET | {"Q2": "n", "Q18": "nhiều", "_day": "10/05/2024"}
    data = client.fields(f"{path}/paper", MAIN) | wrong
    answer = by_script(client, f"{path}/paper", data)
    assert answer.status_code == 422 and {"Q2", "_day"} <= answer.get_json()["errors"].keys()
    client.submit(f"{path}/paper", MAIN, 422, **wrong)
    told = {element.attrib["id"] for element in client.opened_page.all("p")
            if element.attrib.get("id", "").startswith("error-") and "hidden" not in element.attrib}
    assert "error-Q2" in told and count(db_session) == before
    kept = {field.attrib["name"]: field.attrib.get("value") for field in client.opened_page.all("input")}
    assert {name: kept[name] for name in SHEET} == {**SHEET, "Q2": "n", "Q18": "nhiều"}


def test_answers_to_questions_not_asked_are_left_out(client: PageClient, db_session: Session, path: str) -> None:
    ids = set(db_session.scalars(select(SurveySheet.id)))
    data = client.fields(f"{path}/paper", MAIN) | SHEET | {"S2": "4", "_day": "10/05/2023"}
    assert client.post(f"{path}/paper", data=data).status_code == 303
    made = db_session.scalars(select(SurveySheet).where(SurveySheet.id.not_in(ids))).one()
    assert made.choices[2] == 255


@pytest.mark.parametrize("ticket", ["", "x", "A" * 64])
def test_a_ticket_that_is_not_of_this_page_stores_nothing(
        client: PageClient, db_session: Session, path: str, ticket: str) -> None:
    before = count(db_session)
    data = client.fields(f"{path}/paper", MAIN) | SHEET | {"_day": "10/05/2023", "_sheet_ticket": ticket}
    assert client.post(f"{path}/paper", data=data).status_code == 422
    assert count(db_session) == before


def test_a_blank_sheet_is_not_stored(client: PageClient, path: str) -> None:
    client.submit(f"{path}/paper", MAIN, 422, _day="10/05/2023")
    assert "Phiếu trắng không nhập" in text_of(client.opened_page.root)


def test_a_file_is_looked_through_stored_whole_and_leaves_nothing_behind(
        client: PageClient, db_session: Session, path: str) -> None:
    table = "_ngay;Q17;X3\n10/05/2023;5;Rất tốt (minh họa)\n11/05/2023;4;\n"
    for stored in (2, 0):
        data = {"csrf_token": client.csrf_token(), "file": (io.BytesIO(table.encode()), "phiếu.csv")}
        assert client.post(f"{path}/upload", data=data, content_type="multipart/form-data").status_code == 303
        shown = text_of(client.page(f"{path}/upload").root)
        assert "2 phiếu hợp lệ" in shown and ("Tệp này đã nạp trước đó" in shown) is (stored == 0)
        client.submit(f"{path}/upload", "/upload/apply", act="apply")
        assert count(db_session, SurveyChannel.UPLOAD) == 2
    assert db_session.scalar(select(func.count()).where(DraftField.name.startswith("part-"))) == 0


def test_a_file_with_faults_stores_nothing_and_names_them(client: PageClient, db_session: Session, path: str) -> None:
    data = {"csrf_token": client.csrf_token(), "file": (io.BytesIO(b"_ngay;Q17\n10/05/2023;7\n"), "a.csv")}
    client.post(f"{path}/upload", data=data, content_type="multipart/form-data")
    page = client.page(f"{path}/upload")
    assert "Dòng 2, cột “Q17”" in text_of(page.root) and "Nạp 0 phiếu" not in text_of(page.root)
    client.submit(f"{path}/upload", "/upload/apply", act="apply")
    assert count(db_session, SurveyChannel.UPLOAD) == 0


def test_a_tally_is_tied_to_the_round_of_its_place(client: PageClient, db_session: Session, path: str) -> None:
    place_id = path.rpartition("/")[2]
    client.submit(f"/tallies/new?place={place_id}", MAIN, **TYPED)
    made = db_session.scalars(select(SurveyTally).order_by(SurveyTally.id.desc()).limit(1)).one()
    assert made.round_id == place_of(db_session).round_id
    assert client.get("/tallies/new?place=999999").status_code == 404
