"""A client that checks every page it opens, so that no test of a view has to.

Each answer: no server error, the safety headers. Each HTML page: no fault of ``tests/support/pages.py``. Each
GET: nothing written, nothing left uncommitted. Each POST: 303, or 4xx with a page, or JSON for a script.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, g
from flask import session as request_session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from sqlalchemy import event, select
from sqlalchemy.orm import ORMExecuteState, Session
from werkzeug.test import TestResponse

from core.extensions import db
from models.account import Account
from tests.support.judged import Judged
from tests.support.pages import Page, faults_of, text_of
from tests.support.statements import Statements, watched

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
PROMISED_HEADERS = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy")


class PageClient(FlaskClient):
    """The checking client.

    ``statements`` holds what the last request told the database, ``opened_page`` the last HTML page, parsed.
    """

    opened_page = Page("")
    statements = Statements()
    test_session: Session | None = None

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request, check its answer, follow its redirects if asked to (each is checked, too)."""
        follow = kwargs.pop("follow_redirects", False)
        if self.test_session is not None:
            self.test_session.commit()
        with self.application.app_context():
            engine = db.engine
        with watched(engine) as self.statements:
            response = super().open(*args, **kwargs)
        if self.test_session is not None:
            self.test_session.expire_all()
        self.check(response)
        if follow and 300 <= response.status_code < 400:
            response = self.get(response.location, follow_redirects=True)
        return response

    def check(self, response: TestResponse) -> None:
        """Assert what must hold for every answer."""
        asked = f"{response.request.method} {response.request.path} → {response.status_code}"
        assert response.status_code < 500, asked
        for header in PROMISED_HEADERS:
            assert response.headers.get(header), f"{asked}: no {header}"
        assert "unsafe" not in response.headers["Content-Security-Policy"], asked
        if response.request.method in SAFE_METHODS:
            assert not self.statements.writing, f"{asked} writes:\n{self.statements}"
        else:
            self.check_posted(response, asked)
        if response.status_code < 400:
            unsaved = self.application.extensions["unsaved"]
            assert not unsaved, f"{asked} leaves uncommitted: {unsaved}"
        if response.mimetype == "text/html" and not 300 <= response.status_code < 400:
            self.opened_page = Page(response.text)
            judged: Judged = self.application.extensions["judged"]
            shape = self.opened_page.shape
            if not judged.knows(shape):
                faults = faults_of(self.opened_page)
                assert not faults, f"{asked}:\n" + "\n".join(faults)
                judged.add(shape)

    def check_posted(self, response: TestResponse, asked: str) -> None:
        """A form is answered by 303, or by 4xx and a page that says what to do; a script by JSON."""
        if response.mimetype != "application/json":
            is_file = "attachment" in response.headers.get("Content-Disposition", "")  # shown this once, as codes are
            assert response.status_code == 303 or 400 <= response.status_code < 500 or is_file, asked
            assert response.status_code == 303 or response.mimetype == "text/html" or is_file, asked

    def page(self, path: str, status: int = 200, **kwargs: Any) -> Page:
        """Open a page, expecting ``status``, and give it back parsed."""
        response = self.get(path, **kwargs)
        assert response.status_code == status, f"{path} → {response.status_code}"
        return self.opened_page

    def fields(self, path: str, form: int | str = 0) -> dict[str, Any]:
        """What a browser would send for a form of the page if nothing in it were touched.

        ``form`` is its place among the page's posting forms, or a part of its action. One value or a list for
        each field.
        """
        return form_fields(self.page(path), form)

    def submit(self, path: str, form: Any = 0, status: Any = 303, **typed: Any) -> TestResponse:
        """Open a page, type over some fields of a form (None leaves one out), send it; expect ``status``.

        Fields whose names are no Python names are given as ``**{"reach-0": "120"}``.
        """
        page = self.page(path)
        action = posting_forms(page)[form_place(page, form)].attrib.get("action") or path
        data = {**form_fields(page, form), **typed}
        response = self.post(action, data={name: value for name, value in data.items() if value is not None})
        said = f"POST {action} → {response.status_code}"
        assert response.status_code == status, f"{said}: {errors_shown(response)}"
        return response

    def sign_in(self, who: Account | str) -> Account:
        """Be this person (an account or its user name) from here on, as if the password had been typed."""
        account = who if isinstance(who, Account) else self.find_account(who)
        with self.session_transaction() as session:
            session["_user_id"] = str(account.id)
            session["_fresh"] = True
            session["session_version"] = account.session_version
        return account

    def find_account(self, username: str) -> Account:
        """The account of a user name, as "school" in the province."""
        assert self.test_session is not None
        return self.test_session.scalars(select(Account).where(Account.username == username)).one()

    def csrf_token(self) -> str:
        """A token against forged requests, for a POST that comes from no page."""
        with self.application.test_request_context():
            token = generate_csrf()
            secret = request_session["csrf_token"]
        with self.session_transaction() as session:
            session["csrf_token"] = secret
        return str(token)

    def sign_out(self) -> None:
        """Be nobody."""
        with self.session_transaction() as session:
            session.clear()


def posting_forms(page: Page) -> list[Any]:
    """The forms of a page that post, in order."""
    return [form for form in page.all("form") if form.attrib.get("method", "").lower() == "post"]


def form_place(page: Page, form: int | str) -> int:
    """The place of a form among the posting ones, found by number or by a part of its action."""
    if isinstance(form, int):
        return form
    actions = [element.attrib.get("action", "") for element in posting_forms(page)]
    places = [place for place, action in enumerate(actions) if form in action]
    assert places, f"no form posts to {form!r}: {actions}"
    return places[0]


def form_fields(page: Page, form: int | str = 0) -> dict[str, Any]:
    """The values of a form's fields as they stand; buttons and unticked boxes are left out."""
    values: dict[str, list[str]] = {}
    for field in posting_forms(page)[form_place(page, form)].iter():
        name, kind = field.attrib.get("name"), field.attrib.get("type", "text")
        if not name or "disabled" in field.attrib:
            continue
        if field.tag == "select":
            values.setdefault(name, []).extend(chosen(field))
        elif field.tag == "textarea":
            values.setdefault(name, []).append(field.text or "")
        elif field.tag == "input" and kind not in {"submit", "button", "image", "reset", "file"}:
            is_sent = kind not in {"checkbox", "radio"} or "checked" in field.attrib
            values.setdefault(name, []).extend([field.attrib.get("value", "on")] * is_sent)
    return {name: value[0] if len(value) == 1 else value for name, value in values.items() if value}


def chosen(select: Any) -> list[str]:
    """The chosen values of a select; a single one without a choice sends its first option."""
    options = [option for option in select.iter("option") if "disabled" not in option.attrib]
    picked = [option for option in options if "selected" in option.attrib]
    if not picked and "multiple" not in select.attrib:
        picked = options[:1]
    return [option.attrib.get("value", text_of(option)) for option in picked]


def errors_shown(response: TestResponse) -> list[str]:
    """The words of everything on a page that is marked as an error, for a failing test to show."""
    page = Page(response.text)
    return [text_of(element) for element in page.root.iter() if "error" in element.attrib.get("class", "")]


def watch_sessions(app: Flask) -> None:
    """Note, at the end of each request, what its database session would lose by closing now."""
    with app.app_context():
        maker = db.sessionmaker
    event.listen(maker, "after_flush", lambda session, _context: mark_written(session, True))
    event.listen(maker, "after_soft_rollback", lambda session, _previous: mark_written(session, False))
    event.listen(maker, "after_commit", mark_committed)
    event.listen(maker, "do_orm_execute", mark_executed)

    @app.teardown_request
    def note(_error: BaseException | None) -> None:
        sessions = g.get("_sqlalchemy_sessions", {}).values()
        app.extensions["unsaved"] = [fact for session in sessions for fact in unsaved(session)]


def unsaved(session: Session) -> list[str]:
    """What a session holds that no commit has taken."""
    changed = [item for item in session.dirty if session.is_modified(item)]
    facts = [repr(item) for item in (*session.new, *changed, *session.deleted)]
    return [*facts, "statements that write"] if session.info.get("written") else facts


def mark_written(session: Session, is_written: bool) -> None:
    """Remember whether the session has told the database something that is not committed."""
    session.info["written"] = is_written


def mark_committed(session: Session) -> None:
    """Forget what was written when the session commits; the end of a savepoint is no commit."""
    if session.get_nested_transaction() is None:
        mark_written(session, False)


def mark_executed(state: ORMExecuteState) -> None:
    """A statement that was executed by hand counts, too."""
    if state.is_insert or state.is_update or state.is_delete:
        mark_written(state.session, True)


@pytest.fixture
def db_session(app: Flask) -> Iterator[Session]:
    """A session to arrange and assert; the client commits it before a request and refreshes it after."""
    with app.app_context():
        maker = db.sessionmaker
    with maker() as session:
        yield session


@pytest.fixture
def client(app: Flask, db_session: Session) -> PageClient:
    """A client that is signed in as nobody."""
    made = PageClient(app, app.response_class)
    made.test_session = db_session
    return made
