"""Browser journeys: people who come and go on a portal that really serves.

They run on SQLite alone, to stay within minutes; the chain (test_chain.py) runs on both engines.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.support.browser import Visitor, arrived
from tests.support.database import Database, Databases
from tests.support.province import PASSWORD
from tests.support.server import LiveServer

Arrive = Callable[[str], Visitor]


@pytest.fixture
def database(databases: Databases) -> Database:
    """The portal on SQLite."""
    return databases.on("sqlite")


@pytest.fixture
def arrive(browser: Browser, live_server: LiveServer, screen: Any) -> Iterator[Arrive]:
    """``arrive("school")`` is a person of that account, signed in at a computer of their own."""
    with ExitStack() as people:
        def come(username: str) -> Visitor:
            person = people.enter_context(arrived(browser, live_server.url, screen))
            person.sign_in(username, PASSWORD)
            return person

        yield come
