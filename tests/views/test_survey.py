"""Rounds on the web: made once, closed with a reason, seen by those who take part; codes and odd sheets."""

from typing import Any

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models.sheet import SurveyCode, SurveySheet
from models.survey import SurveyAudience, SurveyChannel, SurveyPlace, SurveyRound
from models.unit import Unit
from tests.support.client import PageClient
from tests.support.pages import text_of
from tests.support.province import Province
from tests.support.survey import make_questionnaire, make_sheet

PEOPLE, STAFF = "2023-HL-2", "2023-NT-1"
MAIN = 2
"""The place of a page's own form after those of the account menu."""


def place_of(session: Session, unit_code: str = "TH-193-02", code: str = PEOPLE) -> SurveyPlace:
    """A unit's place in a round."""
    return session.scalars(
        select(SurveyPlace).join(Unit, Unit.id == SurveyPlace.unit_id)
        .join(SurveyRound, SurveyRound.id == SurveyPlace.round_id)
        .where(Unit.code == unit_code, SurveyRound.code == code)).one()


def typed(session: Session) -> dict[str, Any]:
    """What the Office types for a round."""
    return {"questionnaire": str(make_questionnaire(session).id), "title": "Đợt mới (minh họa)", "audience": "people",
            "host": "Sở", "opens_on": "20/05/2023", "closes_on": "30/06/2023", "selection": "codes",
            "codes": "TH-193-02\nPGD-193", "populations": "TH-193-02;520"}


def test_a_double_click_makes_one_round_with_its_units(
        client: PageClient, db_session: Session, province: Province) -> None:
    client.sign_in("office")
    data = client.fields("/surveys/new", MAIN) | typed(db_session) | {"kinds": [], "districts": []}
    first, second = client.post("/surveys/new", data=data), client.post("/surveys/new", data=data)
    assert first.status_code == 303 and first.location == second.location
    row = db_session.scalars(select(SurveyRound).order_by(SurveyRound.id.desc()).limit(1)).one()
    assert row.code in first.location and row.title == "Đợt mới (minh họa)"
    places = db_session.scalars(select(SurveyPlace).where(SurveyPlace.round_id == row.id)).all()
    assert sorted(place.population or 0 for place in places) == [0, 520]
    assert "TH-193-02" not in text_of(client.page(first.location).root)


def test_what_was_typed_wrong_is_told_and_kept(client: PageClient, db_session: Session, province: Province) -> None:
    client.sign_in("office")
    wrong = typed(db_session) | {"codes": "KHONG-CO", "closes_on": "01/01/2023"}
    client.submit("/surveys/new", MAIN, 422, **wrong)
    told = text_of(client.opened_page.root)
    assert "Không có đơn vị mang mã: KHONG-CO" in told and "không trước ngày mở" in told
    assert client.fields("/surveys/new", MAIN)["codes"].strip() == "KHONG-CO"


def test_a_round_with_sheets_keeps_what_it_asks(client: PageClient, db_session: Session, province: Province) -> None:
    make_sheet(db_session, place_of(db_session))
    client.sign_in("office")
    page = client.page(f"/surveys/{PEOPLE}/edit")
    assert "không đổi được nữa" in text_of(page.root)
    client.submit(f"/surveys/{PEOPLE}/edit", MAIN, closes_on="30/06/2023", questionnaire="999")
    row = db_session.scalars(select(SurveyRound).where(SurveyRound.code == PEOPLE)).one()
    assert row.closes_on.isoformat() == "2023-06-30"


def test_a_round_is_closed_with_a_reason_and_opened_again(
        client: PageClient, db_session: Session, province: Province) -> None:
    client.sign_in("office")
    assert client.submit(f"/surveys/{PEOPLE}/close", MAIN, 422).status_code == 422
    client.submit(f"/surveys/{PEOPLE}/close", MAIN, reason="Đủ phiếu (minh họa)")
    assert "Đủ phiếu (minh họa)" in text_of(client.page(f"/surveys/{PEOPLE}").root)
    place = place_of(db_session)
    client.sign_in("school")
    assert client.get(f"/surveys/places/{place.id}/paper").status_code == 303
    client.sign_in("office")
    client.submit(f"/surveys/{PEOPLE}/reopen", MAIN, reason="Thu thêm (minh họa)")
    assert db_session.scalars(select(SurveyRound).where(SurveyRound.code == PEOPLE)).one().closed_at is None


@pytest.mark.parametrize("tail", ["edit", "close", "reopen", "units", "suspects"])
@pytest.mark.parametrize("username", ["admin", "leader", "division", "district", "school", "head"])
def test_only_the_office_runs_rounds(client: PageClient, province: Province, username: str, tail: str) -> None:
    client.sign_in(username)
    assert client.get(f"/surveys/{PEOPLE}/{tail}").status_code == 403


def test_a_unit_is_withdrawn_and_taken_in_again(client: PageClient, db_session: Session, province: Province) -> None:
    place = place_of(db_session)
    client.sign_in("office")
    client.submit(f"/surveys/places/{place.id}/withdraw", MAIN, reason="Trường sáp nhập (minh họa)")
    shown = text_of(client.page(f"/surveys/places/{place.id}").root)
    assert "Đơn vị đã được rút khỏi đợt này" in shown and "Trường sáp nhập (minh họa)" in shown
    client.submit(f"/surveys/places/{place.id}/restore", MAIN, reason="Nhầm (minh họa)")
    db_session.refresh(place)
    assert place.withdrawn_at is None


def test_codes_are_shown_once_and_withdrawn_by_batch(
        client: PageClient, db_session: Session, province: Province) -> None:
    place = place_of(db_session, code=STAFF)
    path = f"/surveys/places/{place.id}"
    client.sign_in("school")
    data = client.fields(path, "/codes") | {"count": "12"}
    if "batch" not in data:  # the first form may be that which withdraws an earlier batch
        data = client.fields(path, f"{path}/codes") | {"count": "12"}
    before = db_session.scalar(select(func.count()).select_from(SurveyCode)) or 0
    batch = int(str(client.opened_page.root.find(".//input[@name='batch']").attrib["value"]))  # type: ignore[union-attr]
    data["batch"] = str(batch)
    answer = client.post(f"{path}/codes", data=data)
    assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF")
    assert client.post(f"{path}/codes", data=data).status_code == 303
    assert db_session.scalar(select(func.count()).select_from(SurveyCode)) == before + 12
    assert client.post(f"{path}/codes/{batch}/withdraw", data=data).status_code == 303
    left = db_session.scalar(select(func.count()).where(SurveyCode.batch == batch, SurveyCode.place_id == place.id,
                                                        SurveyCode.is_withdrawn.is_(False)))
    assert left == 0


@pytest.mark.parametrize(("username", "status"), [
    ("admin", 404), ("office", 422), ("leader", 404), ("division", 404), ("district", 404), ("school", 422),
    ("head", 404)])
def test_codes_are_made_by_the_units_writers_and_the_office(
        client: PageClient, db_session: Session, province: Province, username: str, status: int) -> None:
    place = place_of(db_session, code=STAFF)
    client.sign_in(username)
    data = {"csrf_token": client.csrf_token(), "count": "501", "batch": "1"}
    assert client.post(f"/surveys/places/{place.id}/codes", data=data).status_code == status


def test_an_odd_sheet_is_left_out_with_a_reason_and_counted_again(
        client: PageClient, db_session: Session, province: Province) -> None:
    sheet = make_sheet(db_session, place_of(db_session), {"Q17": 5}, suspicion="speed")
    client.sign_in("office")
    path = f"/surveys/{PEOPLE}/suspects"
    assert "trả lời nhanh bất thường" in text_of(client.page(path).root)
    client.submit(f"{path}/{sheet.id}/exclude", MAIN, reason="Thử máy (minh họa)")
    db_session.refresh(sheet)
    assert sheet.excluded_reason == "Thử máy (minh họa)"
    assert "Không tính: Thử máy (minh họa)" in text_of(client.page(f"{path}?state=excluded").root)
    client.submit(f"{path}/{sheet.id}/include", MAIN, reason="Phiếu thật (minh họa)")
    assert db_session.scalars(select(SurveySheet.excluded_reason).where(SurveySheet.id == sheet.id)).one() == ""
    assert client.get(f"{path}/{2**63}/exclude").status_code == 404
    assert client.submit(path, "/suspects/find").status_code == 303


def test_texts_are_released_from_five_sheets_on(client: PageClient, db_session: Session, province: Province) -> None:
    row = db_session.scalars(select(SurveyRound).where(SurveyRound.code == PEOPLE)).one()
    unit = db_session.scalars(select(Unit).where(Unit.code == "TH-193-02")).one()
    own = place_of(db_session)
    db_session.execute(delete(SurveySheet).where(SurveySheet.place_id == own.id))
    for number in range(4):
        make_sheet(db_session, own, details={"X3": f"Góp ý {number} (minh họa)"})
    assert (row.audience, unit.id) == (SurveyAudience.PEOPLE, own.unit_id)
    client.sign_in("head")
    assert "Góp ý" not in text_of(client.page(f"/surveys/places/{own.id}/texts").root)
    make_sheet(db_session, own, channel=SurveyChannel.PAPER)
    shown = text_of(client.page(f"/surveys/places/{own.id}/texts").root)
    assert all(f"Góp ý {number} (minh họa)" in shown for number in range(4))


def test_lists_and_places_ask_little(client: PageClient, db_session: Session, province: Province) -> None:
    place = place_of(db_session)
    for username in ("office", "district", "school"):
        client.sign_in(username)
        for path in ("/surveys", f"/surveys/{PEOPLE}", f"/surveys/places/{place.id}"):
            client.page(path)
            assert len(client.statements) <= 20, (path, str(client.statements))
