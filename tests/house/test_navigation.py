"""Every page can be found by following links; what the pages say and ask is tried in tests/views/test_every_page."""

from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.support.client import PageClient
from tests.support.pages import Page
from tests.support.province import USERNAMES, Province

SAMPLES = 2
"""How many addresses of one rule are opened: pages of the same kind differ little."""
ONLY_BY_OTHER_WAYS = {
    "static", "health.healthz", "account.slips", "style.show", "attachment.show", "attachment.preview",
    "sheet.show", "sheet.worker", "sheet.show_by_code", "sheet.decline", "sheet.thank",  # from a QR code or a link
    "programme.difference", "survey.reopen", "survey.exclude", "survey.include", "survey.restore",
    # no second year, no round closed by hand, no odd sheet, no unit withdrawn here
    "chase_letter.show", "chase_letter.download",
    "questionnaire.about", "questionnaire.new_section", "questionnaire.edit_section", "questionnaire.choose_kind",
    "questionnaire.new_question", "questionnaire.edit_question",
    "reorganisation.show", "reorganisation.edit", "reorganisation.preview", "reorganisation.add", "reorganisation.file",
    "reorganisation.download", "reorganisation.sample",  # the demonstration has no decision; see tests/browser
}
"""Addresses that no link leads to here: they are for machines or developers, follow on a form that was sent, or show
a file that the demonstration does not have (the browser journeys send one), or are the forms of a questionnaire's
draft, of which the demonstration has none."""


def endpoint_of(app: Flask, path: str) -> str | None:
    """The endpoint that a path leads to, or None."""
    try:
        endpoint, _values = app.url_map.bind("localhost").match(urlsplit(path).path)
    except HTTPException:
        return None
    return str(endpoint)


def links(page: Page) -> list[str]:
    """The addresses within the portal that a page leads to, by link or by a form that only asks."""
    hrefs = [link.attrib.get("href", "") for link in page.all("a")]
    asked = [form.attrib.get("action", "") for form in page.all("form") if form.attrib.get("method", "get") == "get"]
    return [path.partition("#")[0] for path in [*hrefs, *asked] if path.startswith("/") and not path.startswith("//")]


def crawl(client: PageClient, app: Flask, samples: int) -> set[str]:
    """The addresses that can be reached from home, a few of each kind."""
    opened: set[str] = set()
    count: dict[str | None, int] = {}
    waiting = ["/"]
    while waiting:
        path = waiting.pop(0)
        endpoint = endpoint_of(app, path)
        if path in opened or count.get(endpoint, 0) >= samples or endpoint == "static":
            continue
        count[endpoint] = count.get(endpoint, 0) + 1
        response = client.get(path)
        opened.add(path)
        if 300 <= response.status_code < 400:
            waiting.append(response.location)
        elif response.mimetype == "text/html":
            waiting += links(client.opened_page)
    return opened


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # links are the same on either
def test_every_page_can_be_found_by_somebody(client: PageClient, app: Flask, province: Province) -> None:
    found = {endpoint_of(app, "/login"), endpoint_of(app, "/")}
    for username in USERNAMES:
        client.sign_in(username)
        found |= {endpoint_of(app, path) for path in crawl(client, app, SAMPLES)}
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())}
    assert pages - found - ONLY_BY_OTHER_WAYS == set()
