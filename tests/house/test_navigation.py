"""Every link leads somewhere, every page can be found, and no page asks the database more than it may."""

from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.support.client import PageClient
from tests.support.pages import Page
from tests.support.province import USERNAMES, Province

PAGE, DOCUMENT = 20, 50
"""The most statements that a page may send, and a document, which gathers from many tables."""
SAMPLES = 2
"""How many addresses of one rule are opened: pages of the same kind differ little."""
ONLY_BY_OTHER_WAYS = {
    "static", "health.healthz", "account.slips", "style.show", "attachment.show", "attachment.preview",
}
"""Addresses that no link leads to here: they are for machines or developers, follow on a form that was sent, or show
a file that the demonstration does not have (the browser journeys send one)."""


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


def crawl(client: PageClient, app: Flask, samples: int) -> dict[str, tuple[int, int, bool]]:
    """Open what can be reached from home: status, number of statements, whether it is a page, by address."""
    opened: dict[str, tuple[int, int, bool]] = {}
    count: dict[str | None, int] = {}
    waiting = ["/"]
    while waiting:
        path = waiting.pop(0)
        endpoint = endpoint_of(app, path)
        if path in opened or count.get(endpoint, 0) >= samples or endpoint == "static":
            continue
        count[endpoint] = count.get(endpoint, 0) + 1
        response = client.get(path)
        opened[path] = (response.status_code, len(client.statements), response.mimetype == "text/html")
        if 300 <= response.status_code < 400:
            waiting.append(response.location)
        elif response.mimetype == "text/html":
            waiting += links(client.opened_page)
    return opened


@pytest.mark.parametrize("username", USERNAMES)
def test_every_link_leads_to_a_page_that_asks_little(
    client: PageClient, app: Flask, province: Province, username: str
) -> None:
    client.sign_in(username)
    opened = crawl(client, app, SAMPLES)
    assert len(opened) > 3
    assert {path: status for path, (status, _, _) in opened.items() if status not in {200, 302, 303}} == {}
    assert {path: sent for path, (_, sent, is_page) in opened.items() if sent > (PAGE if is_page else DOCUMENT)} == {}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # links are the same on either
def test_every_page_can_be_found_by_somebody(client: PageClient, app: Flask, province: Province) -> None:
    found = {endpoint_of(app, "/login"), endpoint_of(app, "/")}
    for username in USERNAMES:
        client.sign_in(username)
        found |= {endpoint_of(app, path) for path in crawl(client, app, SAMPLES)}
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())}
    assert pages - found - ONLY_BY_OTHER_WAYS == set()
