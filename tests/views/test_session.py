"""Signing in and out, sessions that run out, and forms that arrive after that."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from models.account import Account, Role, SignInFailure
from models.draft import Draft, DraftField
from models.unit import Unit, UnitKind, UnitName
from tests.support.client import PageClient, form_fields, posting_forms
from tests.support.clock import FrozenClock
from tests.support.factories import PASSWORD, make_account, make_department, make_unit
from tests.support.pages import Page, text_of


@pytest.fixture
def department(db_session: Session) -> Unit:
    """The Department."""
    return make_department(db_session)


@pytest.fixture
def office(db_session: Session, department: Unit) -> Account:
    """Somebody of the Office, who may change units."""
    return make_account(db_session, Role.OFFICE, department, username="van.phong")


@pytest.fixture
def school(db_session: Session, department: Unit) -> Unit:
    """A school."""
    return make_unit(db_session, UnitKind.UPPER_SECONDARY, code="A", name="Trường A (minh họa)", parent=department)


def typed(session: Session) -> dict[str, str]:
    """What is kept in drafts, by field."""
    return dict(session.execute(select(DraftField.name, DraftField.value)).all())


def place(page: Page, mark: str) -> int:
    """The place, among the posting forms of a page, of the one that has an attribute or a field of this name."""
    for number, form in enumerate(posting_forms(page)):
        if mark in form.attrib or mark in {field.attrib.get("name") for field in form.iter("input")}:
            return number
    raise AssertionError(f"no form with {mark}")


def login_form(client: PageClient, path: str = "/login") -> int:
    """The place of the sign-in form."""
    return place(client.page(path), "password")


def form_of(client: PageClient, path: str) -> int:
    """The place of the page's form that keeps a draft."""
    return place(client.page(path), "data-draft-url")


def enter(client: PageClient, path: str = "/login", status: int = 303, **values: str) -> str:
    """Sign in by typing into the page; where it leads."""
    answer = client.submit(path, login_form(client, path), status=status,
                           **{"username": "van.phong", "password": PASSWORD, **values})
    return answer.location or ""


def test_the_right_pair_leads_home(client: PageClient, office: Account) -> None:
    assert enter(client) == "/"
    assert office.full_name in text_of(client.page("/account").all("main")[0])
    assert client.get("/login").status_code == 302


@pytest.mark.parametrize("values", [{"password": "sai"}, {"username": "khong.co"}, {"password": ""},
                                    {"username": ""}, {"username": "x" * 61}, {"password": "x" * 201}])
def test_a_wrong_pair_says_what_to_do_and_keeps_the_name(
    client: PageClient, office: Account, values: dict[str, str]
) -> None:
    answer = client.submit("/login", login_form(client), status=422,
                           **{"username": "van.phong", "password": PASSWORD, **values})
    assert f'value="{values.get("username", "van.phong")}"' in answer.text
    assert PASSWORD not in answer.text
    assert client.get("/account").status_code == 303


def test_failures_are_kept_though_the_answer_is_a_refusal_and_stop_the_ninth_try(
    client: PageClient, office: Account, db_session: Session, clock: FrozenClock
) -> None:
    for _number in range(8):
        enter(client, status=422, password="sai")
    assert db_session.scalar(select(func.count()).select_from(SignInFailure)) == 16
    enter(client, status=429)
    clock.move(minutes=15)
    assert enter(client) == "/"


@pytest.mark.parametrize("wanted", [
    "//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "\\\\evil.example", "javascript:x",
    "/%09//evil.example", "/logout", "/login", "/khong-co-trang-nay", "/account/theme", "",
])
def test_signing_in_never_leads_out_of_the_portal_or_to_no_page(
    client: PageClient, office: Account, wanted: str
) -> None:
    token = client.fields("/login", login_form(client))["csrf_token"]
    answer = client.post("/login", query_string={"next": wanted},
                         data={"csrf_token": token, "username": "van.phong", "password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/")


def test_signing_in_leads_back_to_the_page_that_asked_for_it(client: PageClient, office: Account) -> None:
    asked = client.get("/units?q=hạ long")
    assert asked.status_code == 303
    assert enter(client, asked.location) == "/units?q=h%E1%BA%A1%20long"


def test_signing_in_begins_a_new_session(client: PageClient, office: Account) -> None:
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    before = client.fields("/login", login_form(client))["csrf_token"]
    enter(client)
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session["session_version"] == office.session_version
    assert client.post("/language", data={"csrf_token": before, "language": "en"}).status_code == 400


def test_signing_out_ends_the_session(client: PageClient, office: Account) -> None:
    enter(client)
    client.submit("/account", "/logout")
    assert client.get("/account").status_code == 303


def test_signing_out_twice_is_no_error(client: PageClient, office: Account) -> None:
    enter(client)
    fields = client.fields("/account", "/logout")
    client.sign_out()
    answer = client.post("/logout", data=fields)
    assert (answer.status_code, answer.location) == (303, "/login")


def test_a_session_goes_on_while_it_is_used_and_ends_when_it_stands_idle(
    client: PageClient, office: Account, clock: FrozenClock
) -> None:
    enter(client)
    for _number in range(3):
        clock.move(minutes=50)
        client.page("/account")
    clock.move(minutes=61)
    assert client.get("/account").location == "/login?next=/account"
    assert "hết vì lâu không thao tác" in client.get("/login").text


def test_a_form_sent_after_the_session_ran_out_is_kept_and_shown_after_signing_in(
    client: PageClient, office: Account, school: Unit, db_session: Session, clock: FrozenClock
) -> None:
    enter(client)
    fields = client.fields("/units/A/edit", form_of(client, "/units/A/edit"))
    clock.move(hours=2)
    answer = client.post("/units/A/edit", data={**fields, "head_name": "Người Mới (minh họa)"})
    assert (answer.status_code, answer.location) == (303, "/login?next=/units/A/edit")
    assert typed(db_session)["head_name"] == "Người Mới (minh họa)"
    assert "được giữ lại" in client.get(answer.location).text
    assert enter(client, answer.location) == "/units/A/edit"
    page = client.get("/units/A/edit").text
    assert 'value="Người Mới (minh họa)"' in page and "Đã lưu nháp" in page


def test_a_page_left_open_elsewhere_goes_on_after_the_same_person_signs_in_again(
    client: PageClient, office: Account, school: Unit, clock: FrozenClock
) -> None:
    enter(client)
    fields = client.fields("/units/A/edit", form_of(client, "/units/A/edit"))
    clock.move(hours=2)
    client.get("/account")
    enter(client)
    answer = client.post("/units/A/edit", data={**fields, "head_name": "Người Mới (minh họa)", "symbol": "THPT"})
    assert (answer.status_code, answer.location) == (303, "/units/A")


def test_what_an_expired_session_sends_for_a_foreign_unit_is_not_kept(
    client: PageClient, office: Account, school: Unit, db_session: Session, clock: FrozenClock
) -> None:
    enter(client)
    fields = client.fields("/units/A/edit", form_of(client, "/units/A/edit"))
    office.role = Role.DIVISION
    db_session.commit()
    clock.move(hours=2)
    answer = client.post("/units/A/edit", data={**fields, "head_name": "Người Mới (minh họa)"})
    assert answer.status_code == 401
    assert db_session.scalars(select(Draft)).all() == []


@pytest.mark.parametrize("change", ["sessions", "off", "one-time"])
def test_an_account_that_was_stopped_meanwhile_keeps_nothing(
    client: PageClient, office: Account, school: Unit, db_session: Session, clock: FrozenClock, change: str
) -> None:
    enter(client)
    fields = client.fields("/units/A/edit", form_of(client, "/units/A/edit"))
    if change == "sessions":
        office.session_version += 1
    elif change == "off":
        office.is_active = False
    else:
        office.must_change_password = True
    db_session.commit()
    clock.move(hours=2)
    assert client.post("/units/A/edit", data=fields).status_code == 401
    assert db_session.scalars(select(Draft)).all() == []


def test_a_tampered_handle_keeps_nothing(
    client: PageClient, office: Account, school: Unit, db_session: Session, clock: FrozenClock
) -> None:
    enter(client)
    fields = client.fields("/units/A/edit", form_of(client, "/units/A/edit"))
    clock.move(hours=2)
    answer = client.post("/units/A/edit", data={**fields, "draft_handle": fields["draft_handle"] + "x"})
    assert (answer.status_code, answer.location) == (303, "/login?next=/units/A/edit")
    assert db_session.scalars(select(Draft)).all() == []


def test_a_form_without_a_draft_says_that_nothing_was_done(
    client: PageClient, office: Account, clock: FrozenClock
) -> None:
    enter(client)
    fields = client.fields("/account", "/theme")
    clock.move(hours=2)
    answer = client.post("/account/theme", data={**fields, "theme": "dark"}, headers={
        "Referer": "http://localhost/account"})
    assert (answer.status_code, answer.location) == (303, "/login?next=/account")
    assert "chưa được thực hiện" in client.get(answer.location).text


def test_after_signing_out_elsewhere_the_text_is_handed_back_and_can_be_kept_once_signed_in(
    client: PageClient, office: Account, school: Unit, db_session: Session
) -> None:
    enter(client)
    fields = client.fields("/units/A/edit", form_of(client, "/units/A/edit"))
    client.submit("/account", "/logout")
    answer = client.post("/units/A/edit", data={**fields, "head_name": "Người <Mới> (minh họa)"})
    assert answer.status_code == 401
    assert answer.headers["Cache-Control"] == "no-store"
    assert "chưa lưu gì" in answer.text
    assert db_session.scalars(select(Draft)).all() == []
    page = Page(answer.text)
    handed = form_fields(page, place(page, "draft_handle"))
    enter(client)
    again = client.post("/units/A/edit", data=handed)
    assert (again.status_code, again.location) == (303, "/units/A/edit")
    assert 'value="Người &lt;Mới&gt; (minh họa)"' in client.get("/units/A/edit").text


def test_a_stale_token_of_somebody_signed_in_keeps_the_text_and_acts_on_nothing(
    client: PageClient, office: Account, school: Unit, db_session: Session
) -> None:
    enter(client)
    fields = client.fields("/units/A/edit", form_of(client, "/units/A/edit"))
    client.submit("/account", "/logout")
    enter(client)
    answer = client.post("/units/A/edit", data={**fields, "head_name": "Người Mới (minh họa)"})
    assert (answer.status_code, answer.location) == (303, "/units/A/edit")
    assert typed(db_session)["head_name"] == "Người Mới (minh họa)"
    assert "Người Mới" not in client.get("/units/A").text


def test_what_somebody_else_changed_meanwhile_is_shown_to_be_copied(
    client: PageClient, office: Account, school: Unit, db_session: Session, clock: FrozenClock
) -> None:
    enter(client)
    fields = client.fields("/units/A/edit", form_of(client, "/units/A/edit"))
    other = make_account(db_session, Role.OFFICE, school)
    draft = Draft(key=f"unit:{school.id}", unit_id=school.id, revision=1, saved_at=clock.moment, fields=[
        DraftField(name="head_name", value="Người Khác (minh họa)", revision=1, tab="another", saved_at=clock.moment,
                   saved_by_id=other.id)])
    db_session.add(draft)
    clock.move(hours=2)
    answer = client.post("/units/A/edit", data={**fields, "head_name": "Người Mới (minh họa)", "symbol": "MỚI"})
    assert answer.status_code == 409
    assert "Người Mới (minh họa)" in answer.text
    kept = typed(db_session)
    assert (kept["head_name"], kept["symbol"]) == ("Người Khác (minh họa)", "MỚI")


def test_a_one_time_password_leads_every_page_to_the_change_but_lets_one_out(
    client: PageClient, office: Account, db_session: Session
) -> None:
    office.must_change_password = True
    assert enter(client) == "/"
    for path in ("/", "/account", "/units", "/units/A"):
        answer = client.get(path)
        assert (answer.status_code, answer.location) == (303, "/account/password"), path
    client.submit("/account/password", "/logout")
    assert client.get("/account/password").status_code == 303


def test_the_moment_of_a_session_is_the_portals_clock(client: PageClient, office: Account, app: Flask) -> None:
    enter(client)
    with client.session_transaction() as session:
        seen = datetime.fromtimestamp(session["seen_at"], UTC)
    assert seen.year == 2023


def test_the_language_is_kept_for_the_person_and_leads_back(
    client: PageClient, office: Account, db_session: Session
) -> None:
    enter(client)
    answer = client.submit("/account", "/language", language="en")
    assert answer.location == "/account"
    assert office.language == "en"
    assert client.page("/account").root.attrib["lang"] == "en"


def test_every_page_bears_the_name_of_the_portals_own_department(
        client: PageClient, db_session: Session, department: Unit, office: Account) -> None:
    name = "Sở Giáo dục và Đào tạo tỉnh Mẫu (minh họa)"
    db_session.execute(update(UnitName).where(UnitName.unit_id == department.id).values(name=name))
    for path in ("/login", "/models", "/khong-co"):
        assert name in client.get(path).text, path
    client.sign_in(office)
    assert name in client.get("/").text
    db_session.execute(delete(UnitName))
    assert "<p>Sở Giáo dục và Đào tạo</p>" in client.get("/").text
