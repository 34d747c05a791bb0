"""A portal that really serves: waitress in a thread, on a free port, on a database of its own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from flask import Flask
from waitress.server import create_server
from waitress.wasyncore import close_all

from tests.support.database import Database, release


@dataclass
class LiveServer:
    """A running portal; ``app`` may be used to arrange data, within ``app.app_context()``."""

    app: Flask
    url: str
    """Without a slash at the end, as "http://127.0.0.1:40123"."""


@contextmanager
def served(app: Flask) -> Iterator[LiveServer]:
    """Serve ``app`` until the block ends."""
    sockets: dict[int, Any] = {}
    server = create_server(app, map=sockets, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, name="live server", daemon=True)
    thread.start()
    try:
        yield LiveServer(app, f"http://127.0.0.1:{server.effective_port}")
    finally:
        server.trigger.pull_trigger(partial(close_all, sockets))  # its loop ends when nothing is left to hear
        thread.join(timeout=10)
        server.task_dispatcher.shutdown()
    assert not thread.is_alive(), "the server did not stop"


@pytest.fixture
def live_server(database: Database) -> Iterator[LiveServer]:
    """Serve the demonstration province; runs on SQLite and again on PostgreSQL."""
    app = database.make_app(database.copy(with_province=True))
    with served(app) as server:
        yield server
    release(app)
