"""A walk through the portal by its links, from the home page; one that two tests need is made once a run."""

import json
from pathlib import Path
from typing import NamedTuple

from flask import Flask

from tests.support.client import PageClient
from tests.support.once import made_once
from tests.support.site import Frontier, endpoint_of, links

MOST_STATEMENTS = 20
PAPER_STATEMENTS = 50
"""A document that is put together on the spot asks more than a page, but no more for more units."""


class Walk(NamedTuple):
    """What was met on the way."""

    found: dict[str, str]
    """What is wrong with each page or paper, in the order they were opened; "" for nothing."""
    lost: list[str]
    """Addresses that lead nowhere."""
    endpoints: list[str | None]
    """Where the addresses led, those that only lead on among them."""
    language: str
    """The language of the home page at the end."""


def walk(client: PageClient, app: Flask, of_a_kind: int) -> Walk:
    """Open what can be reached from the home page; every page and paper stands."""
    found: dict[str, str] = {}
    endpoints: dict[str | None, None] = {}
    frontier = Frontier(app, of_a_kind=of_a_kind)
    frontier.add("/")
    for path in frontier:
        endpoints.setdefault(endpoint_of(app, path))
        with client.get(path) as answer:
            if 300 <= answer.status_code < 400:
                frontier.add(answer.location)
                continue
            assert answer.status_code == 200, f"{path} → {answer.status_code}"
            most = MOST_STATEMENTS if answer.mimetype == "text/html" else PAPER_STATEMENTS
            found[path] = "" if len(client.statements) <= most else f"{len(client.statements)} statements"
            for link in links(client.opened_page) if answer.mimetype == "text/html" else ():
                frontier.add(link)
    return Walk(found, frontier.lost, list(endpoints), str(client.page("/").root.attrib["lang"]))


def set_language(client: PageClient, language: str) -> None:
    """Switch the language as the person does."""
    data = {"language": language, "csrf_token": client.csrf_token()}
    assert client.post("/language", data=data).status_code == 303


def english_walk(client: PageClient, app: Flask, username: str, folder: Path) -> Walk:
    """An account's walk in English, one page of each kind; made now, or by an earlier test that shares ``folder``."""
    def make() -> str:
        client.sign_in(username)
        set_language(client, "en")
        return json.dumps(walk(client, app, 1))

    return Walk(*json.loads(made_once(folder, f"walk-{username}", make)))
