"""The page of results and its JSON: what may be shown to whom."""

import pytest
from sqlalchemy.orm import Session

from models.account import Role
from models.survey import SurveyChannel
from models.unit import UnitKind
from tests.queries.test_survey_result import Field
from tests.support.client import PageClient
from tests.support.factories import make_account
from tests.support.pages import text_of


@pytest.fixture
def field(db_session: Session) -> Field:
    found = Field(db_session)
    for unit, count in zip(found.schools, (3, 20, 20, 30, 40), strict=True):
        found.fill(unit, count, channel=SurveyChannel.QR)
    make_account(db_session, Role.OFFICE, found.department, username="van-phong")
    make_account(db_session, Role.OFFICER, found.schools[4], username="truong")
    db_session.commit()
    return found


def test_the_office_reads_the_province_and_follows_a_district(client: PageClient, field: Field) -> None:
    client.sign_in("van-phong")
    page = client.page(f"/surveys/{field.round.id}/results")
    assert "113" in text_of(page.root) and "SIPAS" not in text_of(page.root)
    assert len(client.statements) <= 20
    district = client.page(f"/surveys/{field.round.id}/results?unit={field.districts[0].id}")
    assert "giữ kín" in text_of(district.root) and "chưa đủ 5 phiếu" not in text_of(district.root)
    small = client.page(f"/surveys/{field.round.id}/results?unit={field.schools[0].id}")
    assert "Kết quả được giữ kín" in text_of(small.root)


def test_a_school_reads_its_own_and_nobody_elses(client: PageClient, field: Field) -> None:
    client.sign_in("truong")
    assert field.schools[4].kind is UnitKind.UPPER_SECONDARY
    assert "40" in text_of(client.page(f"/surveys/{field.round.id}/results").root)
    client.page(f"/surveys/{field.round.id}/results?unit={field.schools[1].id}", status=404)
    client.page(f"/surveys/{field.round.id}/results?unit=x", status=404)
    client.page("/surveys/999999/results", status=404)


def test_json_tells_what_the_page_tells(client: PageClient, field: Field) -> None:
    client.sign_in("van-phong")
    found = client.get(f"/surveys/{field.round.id}/results.json").get_json()
    assert found["sheets"] == 113 and found["is_shown"] and found["formula"]
    hidden = client.get(f"/surveys/{field.round.id}/results.json?unit={field.schools[0].id}").get_json()
    assert hidden["sheets"] == 3 and all(question["n"] is None for question in hidden["questions"])
