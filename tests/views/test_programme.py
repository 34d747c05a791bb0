"""The Office makes, changes, compares and publishes a year without a developer; others read what was published."""

import io
import json

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.programme import Outlet, Programme, ProgrammeStatus, Theme
from models.requirement import Requirement
from tests.support.client import PageClient
from tests.support.pages import text_of
from tests.support.province import USERNAMES, Province

FORM = -1
"""The form of a row stands last on its page."""


@pytest.fixture
def office(client: PageClient, province: Province) -> PageClient:
    """The Office, signed in."""
    client.sign_in("office")
    return client


@pytest.fixture
def draft(office: PageClient, db_session: Session) -> Programme:
    """A draft of 2024 made from 2023."""
    assert office.submit("/programme/new", "/programme/2023/clone", year="2024").location == "/programme/2024/edit"
    return db_session.scalars(select(Programme).where(Programme.year == 2024)).one()


def test_a_clone_is_a_draft_that_only_the_office_sees(office: PageClient, draft: Programme) -> None:
    assert draft.status is ProgrammeStatus.DRAFT
    assert "Bản nháp" in text_of(office.page("/programme?year=2024").root)
    assert "<h1>Chương trình năm 2023</h1>" in office.get("/programme").text.replace("\n", "")
    office.sign_in("school")
    assert office.get("/programme?year=2024").status_code == 404
    assert office.get("/programme?year=2023").status_code == 200


def test_a_year_that_is_there_is_not_made_twice(office: PageClient, draft: Programme) -> None:
    answer = office.submit("/programme/new", "/programme/2024/clone", 422, year="2023")
    assert answer.status_code == 422
    assert "Năm 2023 đã có chương trình" in answer.text


def test_the_overview_names_what_still_reads_as_last_year(office: PageClient, draft: Programme) -> None:
    words = text_of(office.page("/programme/2024/edit").root)
    assert "Còn nguyên như năm 2023" in words
    assert "Kỷ niệm 60 năm thành lập tỉnh" in words


def test_a_theme_is_rewritten_and_told_in_the_difference(
        office: PageClient, draft: Programme, db_session: Session) -> None:
    path = "/programme/2024/themes/rows/T3"
    office.submit(path, FORM, label="Chủ đề công tác năm 2024")
    db_session.expire_all()
    label = db_session.scalar(select(Theme.label).where(Theme.programme_id == draft.id, Theme.code == "T3"))
    assert label == "Chủ đề công tác năm 2024"
    assert "Chủ đề công tác năm 2024" in text_of(office.page("/programme/2024/difference").root)


def test_what_does_not_hold_together_stays_in_the_form_with_what_to_do(office: PageClient, draft: Programme) -> None:
    path = "/programme/2024/indicators/new"
    typed = {"unit": "tin", "value_kind": "integer"}
    answer = office.submit(path, FORM, 422, **typed, code="B1", name="Chỉ tiêu trùng mã", aggregate="sum",
                           source="typed")
    assert "Mã này có hai lần" in answer.text
    assert "Chỉ tiêu trùng mã" in answer.text
    answer = office.submit(path, FORM, 422, **typed, code="B99", name="Tổng", aggregate="sum of",
                           operand_codes="B1 B77", source="formula")
    assert "Mã “B77” không có trong chương trình" in answer.text


def test_rows_are_moved_taken_out_and_put_back(office: PageClient, draft: Programme, db_session: Session) -> None:
    def codes() -> list[str]:
        db_session.expire_all()
        return list(db_session.scalars(select(Theme.code).where(Theme.programme_id == draft.id)
                                       .order_by(Theme.position)))

    before = codes()
    office.submit("/programme/2024/themes", "/programme/2024/themes/rows/T2/move", way="up")
    assert codes() == ["T2", "T1", *before[2:]]
    last = db_session.scalars(select(Outlet.code).where(Outlet.programme_id == draft.id)
                              .order_by(Outlet.position.desc())).first()
    answer = office.submit("/programme/2024/outlets", f"/programme/2024/outlets/rows/{last}/remove", way=None)
    assert "Đã bỏ một dòng" in office.get(answer.location).text
    office.submit(answer.location, "/programme/2024/outlets/restore")
    db_session.expire_all()
    assert last in set(db_session.scalars(select(Outlet.code).where(Outlet.programme_id == draft.id)))


def test_a_row_that_was_not_taken_out_here_is_not_put_back(office: PageClient, draft: Programme) -> None:
    token = office.csrf_token()
    for row in ("", "x.y", "eyJ9.abc"):
        answer = office.post("/programme/2024/themes/restore", data={"csrf_token": token, "row": row})
        assert answer.status_code == 400


def test_a_draft_opens_nothing_and_a_published_one_does(
        office: PageClient, draft: Programme, db_session: Session) -> None:
    office.submit("/requirements/2024-plan", "/requirements/2024-plan/open")
    db_session.expire_all()
    assert db_session.scalar(select(Requirement.opened_at).where(Requirement.code == "2024-plan")) is None
    answer = office.submit("/programme/2024/edit", "/programme/2024/publish")
    assert answer.location == "/programme?year=2024"
    office.submit("/requirements/2024-plan", "/requirements/2024-plan/open")
    db_session.expire_all()
    assert db_session.scalar(select(Requirement.opened_at).where(Requirement.code == "2024-plan")) is not None


def test_what_changes_after_publishing_is_shown_to_the_units(office: PageClient) -> None:
    path = "/programme/2023/themes/rows/T7"
    office.submit(path, FORM, label="Điều cần biết khi làm thủ tục, viết lại")
    office.sign_in("school")
    words = text_of(office.page("/programme?year=2023").root)
    assert "Thay đổi sau khi ban hành" in words
    assert "viết lại" in words


def test_an_exported_file_comes_in_again_for_another_year(office: PageClient, db_session: Session) -> None:
    answer = office.get("/programme/2023/export")
    assert "chuong-trinh-2023.json" in answer.headers["Content-Disposition"]
    book = json.loads(answer.text)
    book["programme"]["year"] = 2031
    for row in book["requirements"]:
        row["code"] = row["code"].replace("2023", "2031")
    sent = office.post("/programme/import", data={
        "csrf_token": office.csrf_token(), "file": (io.BytesIO(json.dumps(book).encode()), "tinh-khac.json")})
    assert sent.location == "/programme/2031/edit"


@pytest.mark.parametrize(("content", "told"), [
    (b"", "Chọn tệp JSON"), (b"\xff\xfe{", "UTF-8"), (b"[1, 2", "JSON"), (b"[]", "không phải chương trình"),
    (b'{"format": "khac"}', "không phải chương trình"), (b'{"format": "chuong-trinh-1"}', "chỗ cần sửa"),
    (b'{"format": "chuong-trinh-1", "programme": {"year": 2040, "title": 5}, "themes": 7}', "đúng loại"),
    (b"[" * 100_000, "JSON"),
])
def test_a_file_that_cannot_be_used_says_why_and_loads_nothing(
        office: PageClient, db_session: Session, content: bytes, told: str) -> None:
    answer = office.post("/programme/import", data={
        "csrf_token": office.csrf_token(), "file": (io.BytesIO(content), "tep.json")})
    assert answer.status_code == 422
    assert told in answer.text
    assert list(db_session.scalars(select(Programme.year))) == [2023]


@pytest.mark.parametrize("username", [name for name in USERNAMES if name != "office"])
def test_only_the_office_writes_a_programme(
        client: PageClient, province: Province, app: Flask, username: str) -> None:
    client.sign_in(username)
    token = client.csrf_token()
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("programme.") and rule.endpoint != "programme.show":
            values = {"year": 2023, "table": "themes", "key": "T1"}
            path = app.url_map.bind("localhost").build(
                rule.endpoint, {name: values[name] for name in rule.arguments})
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                answer = client.get(path) if method == "GET" else client.post(path, data={"csrf_token": token})
                assert answer.status_code == 403, f"{method} {path}"


@pytest.mark.parametrize("path", [
    "/programme/1990/edit", "/programme/2023/weather", "/programme/2023/themes/rows/KHONG-CO",
    "/programme/2023/difference", "/programme/2023/weather/new",
])
def test_what_is_not_there_is_not_found(office: PageClient, path: str) -> None:
    assert office.get(path).status_code == 404
