"""Who may open what: every role at every address, and the short list of addresses without a sign-in."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from models.account import Role
from models.permission import Action, Reach, reach
from tests.support.client import PageClient
from tests.support.province import USERNAMES, Province
from views.access import PUBLIC, registry

OPEN_TO_ALL = {
    "static", "health.healthz", "session.sign_in", "session.choose", "draft.save", "style.show",
    "sheet.show", "sheet.send", "sheet.show_by_code", "sheet.send_by_code", "sheet.thank", "sheet.decline",
    "sheet.worker", "good_model.index", "good_model.show", "good_model.photo",
    "verify.ask", "verify.show", "verify.check",
}
"""Everything that answers without a sign-in; draft.save asks by itself, so that a script gets 401 and no page."""
UNKNOWN_NUMBER, UNKNOWN_TEXT = 999_999_999, "khong-co"
ENDS_A_SESSION = {"session.sign_out"}


def guarded(app: Flask) -> Iterator[tuple[Rule, str, Action]]:
    """Every rule with one of its methods and the action that it requires."""
    required = registry(app)
    for rule in app.url_map.iter_rules():
        action = required[rule.endpoint]
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            if action != PUBLIC and rule.endpoint not in ENDS_A_SESSION:
                yield rule, method, Action(action)


def address(app: Flask, rule: Rule) -> str:
    """An address of the rule, with objects that do not exist where it names some."""
    values: dict[str, Any] = {
        name: UNKNOWN_NUMBER if isinstance(converter, IntegerConverter)
        else min(getattr(converter, "items", [UNKNOWN_TEXT]))
        for name, converter in rule._converters.items()
    }
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values)


def send(client: PageClient, method: str, path: str, token: str) -> int:
    """The status of an answer; a POST carries a token that the portal gave."""
    if method == "GET":
        return client.get(path).status_code
    return client.post(path, data={"csrf_token": token}).status_code


def test_only_the_short_list_answers_without_signing_in(app: Flask) -> None:
    assert {name for name, action in registry(app).items() if action == PUBLIC} == OPEN_TO_ALL


def test_every_action_is_asked_for_somewhere_and_granted_to_somebody(app: Flask) -> None:
    asked = {Action(action) for action in registry(app).values() if action != PUBLIC}
    assert {action for action in asked if all(reach(role, action) is Reach.NONE for role in Role)} == set()


def test_nobody_is_led_to_the_sign_in_from_every_address(client: PageClient, app: Flask) -> None:
    token = client.csrf_token()
    answers = {
        f"{method} {rule}": send(client, method, address(app, rule), token) for rule, method, _action in guarded(app)
    }
    assert answers
    assert {what: status for what, status in answers.items() if status != 303} == {}


@pytest.mark.parametrize(("database", "username"), [
    *(("sqlite", username) for username in USERNAMES),
    *(pytest.param("postgresql", username, marks=pytest.mark.postgresql)
      for username in ("office", "school")),  # whom it refuses, the portal knows without its database
], indirect=["database"])
def test_a_role_is_refused_where_its_reach_ends_and_nowhere_else(
    client: PageClient, app: Flask, province: Province, username: str
) -> None:
    person = client.sign_in(username)
    token = client.csrf_token()
    wrong = {}
    for rule, method, action in guarded(app):
        if not rule.arguments:
            continue  # tests/views/test_permissions.py opens it; sent it would act, as the tests of its noun do
        status = send(client, method, address(app, rule), token)
        if reach(person.role, action) is Reach.NONE:
            expected = {403}
        else:
            names_something = any(not isinstance(kind, AnyConverter) for kind in rule._converters.values())
            expected = {404} if names_something else {200, 302, 303, 404}
        if status not in expected:
            wrong[f"{method} {rule} ({action})"] = f"{status}, not {sorted(expected)}"
    assert wrong == {}
