"""Databases for tests: one migrated template per engine and run; copies of it are rolled back, never shared.

A test that asks for ``app`` runs on SQLite and on PostgreSQL, in a transaction that is rolled back after it;
one that needs a database of its own (a server with threads, a migration) asks ``database.copy()`` for one.
"""

import gc
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from functools import partial
from importlib import import_module
from pathlib import Path

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

from core.clock import Clock
from core.extensions import alembic, db
from core.logs import logger
from core.settings import Settings
from services.attachment import FOLDER
from tests.support.clock import MORNING
from tests.support.judged import Judged
from tests.support.missing import postgresql
from tests.support.once import READY, made_once, shared_folder
from tests.support.store import FileStore, ServerStore, Store

TEMPLATES = "templates"
"""The folder of what is made once a run."""
FILLINGS = {
    "province": ("tests.support.province", "load_province"),
    "reported_world": ("tests.support.consolidation", "make_reported_world"),
    "fresh_world": ("tests.support.consolidation", "make_world"),
}
"""What a database may hold from the start, by the fixture that finds it: the module and function that make it."""
ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


class CompiledTemplates(BytecodeCache):
    """What one app of this run compiled need not be compiled by the next; each knows its text's checksum."""

    def __init__(self, folder: Path) -> None:
        """Keep them in ``folder``, which all processes of the run see; each is read once."""
        self.folder = folder
        self.codes: dict[str, bytes] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what another app compiled, here or in another process."""
        if bucket.key not in self.codes:
            try:
                self.codes[bucket.key] = (self.folder / bucket.key).read_bytes()
            except FileNotFoundError:
                return
        bucket.bytecode_from_string(self.codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled; nobody sees a file half written."""
        self.codes[bucket.key] = bucket.bytecode_to_string()
        unfinished = self.folder / f"{bucket.key}.{secrets.token_hex(4)}"
        unfinished.write_bytes(self.codes[bucket.key])
        unfinished.rename(self.folder / bucket.key)


class Database:
    """The portal on one engine: apps for rolled-back tests, and copies for the others."""

    def __init__(self, store: Store, folder: Path, shared: Path) -> None:
        """Take the run's migrated template; everything else is a copy of it.

        ``folder`` is this process's own, ``shared`` is seen by all processes of the run.
        """
        self.store, self.folder, self.shared = store, folder, shared
        self.compiled = CompiledTemplates(shared.parent / "compiled")
        self.judged = Judged(shared.parent / "judged")
        self.apps: list[Flask] = []
        self.rolled: dict[str, Flask] = {}
        self.templates: dict[str, str | Exception] = {}
        self.empty = made_once(shared, "empty", self._make_empty)

    def _make_empty(self) -> str:
        """A migrated template for all processes of the run."""
        url = self.store.template()
        migrate(self.make_app(url, self.shared))
        return url

    def filled(self, name: str) -> str:
        """A database that holds one of ``FILLINGS``; nobody works on it, it is copied."""
        if name not in self.templates:
            self.templates[name] = self._fill(name)
        url = self.templates[name]
        if isinstance(url, Exception):
            raise RuntimeError(f"{name} could not be made, see the first test") from url
        return url

    def _fill(self, name: str) -> str | Exception:
        """The template's address, with its files taken over; or why there is none: do not try for every test."""
        try:
            url = made_once(self.shared, name, partial(self._make_filled, name))
        except Exception as error:
            return error
        if (files := self.shared / FOLDER).exists():
            shutil.copytree(files, self.folder / FOLDER, dirs_exist_ok=True)
        return url

    def _make_filled(self, name: str) -> str:
        """A template for all processes of the run; its files lie in the folder that they share."""
        module, function = FILLINGS[name]
        fill = getattr(import_module(module), function)  # tests without a database need not wait for the portal
        url = self.store.template(self.empty)
        app = self.make_app(url, self.shared)
        with pytest.MonkeyPatch.context() as patch, app.app_context():
            patch.setattr(Clock, "now", lambda self: MORNING.astimezone(UTC))  # whatever the first test's clock says
            fill(db.session)
            db.session.commit()
            db.session.close()
        release(app)
        return url

    def app_with(self, name: str) -> Flask:
        """The portal with one of ``FILLINGS``, "" for neither units nor accounts, for tests that are rolled back."""
        if name not in self.rolled:
            self.rolled[name] = self.make_app(self.store.copy(self.filled(name) if name else self.empty))
        return self.rolled[name]

    def copy(self, *, with_province: bool = False) -> str:
        """A migrated database of its own, empty or with the province; the result is its address."""
        return self.store.copy(self.filled("province") if with_province else self.empty)

    def make_app(self, url: str, folder: Path | None = None) -> Flask:
        """The portal on the database at ``url``; a crash in it is the test's crash, not an error page."""
        from app import create_app  # tests without a database need not wait for the whole portal
        from tests.support.client import watch_sessions

        app = create_app(settings_for(url, folder or self.folder))
        app.error_handler_spec[None][None].pop(Exception, None)
        logger.handlers.clear()  # they hold the stream of one test; what is logged goes to pytest instead
        logger.propagate = True
        app.jinja_env.bytecode_cache = self.compiled
        app.extensions["judged"] = self.judged
        watch_sessions(app)
        self.apps.append(app)
        gc.freeze()  # an app stays as long as its process: nobody need look for it among what can be thrown away
        return app

    def close(self) -> None:
        """Let go of every connection and remove what was made."""
        for app in self.apps:
            release(app)
        self.store.close()


@contextmanager
def rolled_back(app: Flask) -> Iterator[None]:
    """Let all sessions of ``app`` work on one connection; what they commit is undone at the end."""
    with app.app_context():
        engine, maker = db.engine, db.sessionmaker
    with engine.connect() as connection:
        transaction = connection.begin()
        maker.configure(bind=connection, join_transaction_mode="create_savepoint")
        try:
            yield
        finally:
            maker.configure(bind=engine, join_transaction_mode="conditional_savepoint")
            transaction.rollback()


def release(app: Flask) -> None:
    """Let go of the app's connections."""
    with app.app_context():
        db.engine.dispose()


def settings_for(url: str, folder: Path) -> Settings:
    """Settings of a portal under test, on the database at ``url``."""
    return Settings(instance=folder, database_url=url, secret_key="a key for tests alone", testing=True)


def migrate(app: Flask, target: str = "head") -> None:
    """Bring the app's database to a revision, and leave nobody connected to it."""
    with app.app_context():
        alembic.upgrade(target)
        db.session.close()
    release(app)


class Databases:
    """Both engines, each made when the first test asks for it."""

    def __init__(self, folder: Path, shared: Path) -> None:
        """Keep files in ``folder``, templates in ``shared``."""
        self.folder, self.shared = folder, shared
        self.made: dict[str, Database] = {}

    def on(self, engine: str) -> Database:
        """The portal on "sqlite" or "postgresql"; skips the test if there is no such server."""
        if engine not in self.made:
            address = postgresql() if engine == "postgresql" else None
            folder, shared = self.folder / engine, self.shared / engine
            folder.mkdir(exist_ok=True)
            store = ServerStore(address) if address else FileStore(folder, shared)
            try:
                self.made[engine] = Database(store, folder, shared)
            except BaseException:
                store.close()
                raise
        return self.made[engine]

    def close(self) -> None:
        """Let go of every connection and remove what was made."""
        for database in self.made.values():
            database.close()


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Databases]:
    """Both engines, for the whole run of this process."""
    shared = shared_folder(tmp_path_factory, worker_id) / TEMPLATES
    made = Databases(tmp_path_factory.mktemp("databases"), shared)
    yield made
    made.close()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """When the last process has ended, remove the templates from the server."""
    factory: pytest.TempPathFactory = session.config._tmp_path_factory  # type: ignore[attr-defined]  # no public name
    made = list((factory.getbasetemp() / TEMPLATES / "postgresql").glob(f"*{READY}"))
    if not made or hasattr(session.config, "workerinput"):
        return
    store = ServerStore(postgresql())
    for file in made:
        store.drop(file.read_text(encoding="utf-8"))
    store.close()


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest, databases: Databases) -> Database:
    """The portal on SQLite, and again on PostgreSQL."""
    return databases.on(request.param)


@pytest.fixture
def app(request: pytest.FixtureRequest, database: Database) -> Iterator[Flask]:
    """The portal, in a transaction that is rolled back after the test.

    It is empty, or holds what the test asks for of ``FILLINGS``, too.
    """
    chosen = database.app_with(next((name for name in FILLINGS if name in request.fixturenames), ""))
    with rolled_back(chosen):
        yield chosen
