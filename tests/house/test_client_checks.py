"""The checking client notices what it is there for."""

import pytest
from flask import Flask, redirect
from sqlalchemy import delete
from sqlalchemy.orm import Session

from core.extensions import csrf, db
from models.account import Role
from models.unit import Unit, UnitKind
from tests.support.client import PageClient, form_fields
from tests.support.database import Database
from tests.support.factories import make_account, make_department, make_unit
from tests.support.pages import Page
from tests.support.queries import QueryGuard
from tests.support.statements import watched


def write(*, is_committed: bool) -> str:
    """Add a unit in a request."""
    db.session.add(Unit(code="X", kind=UnitKind.PRIMARY))
    db.session.flush()
    if is_committed:
        db.session.commit()
    return ""


def erase() -> str:
    """Write by a statement of one's own, without a commit."""
    db.session.execute(delete(Unit))
    return ""


@pytest.fixture
def faulty(database: Database) -> PageClient:
    """A client of a portal with views that break the rules."""
    app = database.make_app(database.copy())
    views = {
        "/writes": lambda: write(is_committed=True),
        "/forgets": lambda: write(is_committed=False) or redirect("/login", 303),
        "/erases": lambda: erase() or redirect("/login", 303),
        "/keeps": lambda: write(is_committed=True) or redirect("/login", 303),
        "/answers": lambda: "<p>done",
        "/leads": lambda: redirect("/login", 302),
        "/broken": lambda: "<h1>One<h1>",
        "/crashes": lambda: 1 // 0,
    }
    for path, view in views.items():
        app.add_url_rule(path, path.strip("/"), csrf.exempt(view), methods=["GET", "POST"])
    return PageClient(app, app.response_class)


@pytest.mark.parametrize(
    ("method", "path", "fault"),
    [
        ("GET", "/writes", "GET /writes → 200 writes"),
        ("POST", "/forgets", "leaves uncommitted: .*statements that write"),
        ("POST", "/erases", "leaves uncommitted: .*statements that write"),
        ("POST", "/answers", "POST /answers → 200"),
        ("POST", "/leads", "POST /leads → 302"),
        ("GET", "/broken", "html has no lang"),
    ],
)
def test_a_view_that_breaks_a_rule_fails_its_test(faulty: PageClient, method: str, path: str, fault: str) -> None:
    with pytest.raises(AssertionError, match=fault):
        faulty.open(path, method=method)


def test_a_view_that_keeps_the_rules_passes(faulty: PageClient) -> None:
    assert faulty.post("/keeps").status_code == 303


def test_a_crash_of_a_view_is_the_crash_of_its_test(faulty: PageClient) -> None:
    with pytest.raises(ZeroDivisionError):
        faulty.get("/crashes")


def test_what_one_test_commits_the_next_does_not_see(database: Database, app: Flask, db_session: Session) -> None:
    make_unit(db_session, code="once")
    db_session.commit()


test_and_the_other_way_round = test_what_one_test_commits_the_next_does_not_see


def test_signing_in_and_out_by_hand_is_what_the_portal_understands(client: PageClient, db_session: Session) -> None:
    person = make_account(db_session, Role.OFFICE, make_department(db_session))
    assert client.get("/login").status_code == 200
    client.sign_in(person)
    assert client.get("/login").status_code == 302
    client.sign_out()
    assert client.get("/login").status_code == 200


def test_statements_are_counted(app: Flask, db_session: Session, assert_queries: QueryGuard) -> None:
    with assert_queries(1):
        db_session.query(Unit).all()
    with pytest.raises(AssertionError, match="1 statements, 0 allowed"), assert_queries(0):
        db_session.query(Unit).all()


def test_writing_statements_are_told_apart(app: Flask, db_session: Session) -> None:
    with app.app_context():
        engine = db.engine
    with watched(engine) as statements:
        make_unit(db_session)
        db_session.query(Unit).all()
    assert 0 < len(statements.writing) < len(statements)


def test_a_form_is_read_as_a_browser_would_send_it() -> None:
    page = Page("""<form method="get"><input name="q"></form><form method="post" action="/x">
        <input name="a" value="1"><input name="off" disabled value="2"><input type="checkbox" name="b" value="3">
        <input type="checkbox" name="c" value="4" checked><input type="checkbox" name="c" value="5" checked>
        <textarea name="d">\n\nhai</textarea><select name="e"><option value="6">sáu</option></select>
        <select name="f" multiple><option value="7">bảy</option></select><button name="g">Gửi</button></form>""")
    assert form_fields(page) == {"a": "1", "c": ["4", "5"], "d": "\nhai", "e": "6"}
    assert form_fields(page, "/x") == form_fields(page, 0)
