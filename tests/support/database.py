"""Databases for tests: one migrated template per engine and process, copied or rolled back, never shared.

A test that asks for ``app`` runs on SQLite and on PostgreSQL, in a transaction that is rolled back after it;
one that needs a database of its own (a server with threads, a migration) asks ``database.copy()`` for one.
"""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from core.extensions import alembic, db
from core.logs import logger
from core.settings import Settings
from tests.support.missing import postgresql

ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


class CompiledTemplates(BytecodeCache):
    """What one app of this process compiled need not be compiled by the next; each knows its text's checksum."""

    def __init__(self) -> None:
        """Begin with none."""
        self.codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what another app compiled."""
        if bucket.key in self.codes:
            bucket.bytecode_from_string(self.codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self.codes[bucket.key] = bucket.bytecode_to_string()


COMPILED = CompiledTemplates()


class Store:
    """Where databases of one engine are made: empty ones, and copies of a template."""

    def empty(self) -> str:
        """Make an empty database; the result is its address."""
        raise NotImplementedError

    def copy(self, template: str) -> str:
        """Make a database with all that ``template`` holds; nobody may be connected to it."""
        raise NotImplementedError

    def close(self) -> None:
        """Remove everything that was made."""


class FileStore(Store):
    """SQLite files in one folder."""

    def __init__(self, folder: Path) -> None:
        """Keep the files in ``folder``."""
        self.folder = folder
        self.numbers = count(1)

    def empty(self) -> str:
        """Name a file that does not exist yet."""
        return f"sqlite:///{self.folder / f'portal-{next(self.numbers)}.sqlite'}"

    def copy(self, template: str) -> str:
        """Copy the file; its journal was folded into it when the last connection closed."""
        url = self.empty()
        shutil.copy(str(make_url(template).database), str(make_url(url).database))
        return url


class ServerStore(Store):
    """Databases of a PostgreSQL server, under names that no other run uses."""

    def __init__(self, address: str) -> None:
        """Use the server at ``address``, whose user may create databases."""
        self.address = make_url(address).set(drivername="postgresql+psycopg")
        self.server = create_engine(self.address, isolation_level="AUTOCOMMIT")
        self.prefix = f"portal_test_{secrets.token_hex(4)}"
        self.numbers = count(1)
        self.made: list[str] = []

    def empty(self) -> str:
        """Create a database."""
        return self._create("")

    def copy(self, template: str) -> str:
        """Create a database as a copy of the template's."""
        return self._create(f' TEMPLATE "{make_url(template).database}"')

    def _create(self, source: str) -> str:
        name = f"{self.prefix}_{next(self.numbers)}"
        with self.server.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"{source}'))
        self.made.append(name)
        return self.address.set(database=name).render_as_string(hide_password=False)

    def close(self) -> None:
        """Drop every database that was made here."""
        with self.server.connect() as connection:
            for name in self.made:
                connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        self.server.dispose()


class Database:
    """The portal on one engine: apps for rolled-back tests, and copies for the others."""

    def __init__(self, store: Store, folder: Path) -> None:
        """Migrate a template; everything else is a copy of it."""
        self.store = store
        self.folder = folder
        self.apps: list[Flask] = []
        self.trouble: Exception | None = None
        self.empty = store.empty()
        migrate(self.make_app(self.empty))

    @cached_property
    def province(self) -> str:
        """A database that holds a small demonstration province; nobody works on it, it is copied."""
        from tests.support.province import load_province

        if self.trouble is not None:
            raise RuntimeError("the demonstration province could not be made, see the first test") from self.trouble
        url = self.copy()
        try:
            load_province(self.make_app(url))
        except Exception as error:
            self.trouble = error  # it takes seconds: do not fail so slowly for every test
            raise
        return url

    @cached_property
    def empty_app(self) -> Flask:
        """The portal without units and accounts."""
        return self.make_app(self.copy())

    @cached_property
    def province_app(self) -> Flask:
        """The portal with the demonstration province."""
        return self.make_app(self.copy(with_province=True))

    def copy(self, *, with_province: bool = False) -> str:
        """A migrated database of its own, empty or with the province; the result is its address."""
        return self.store.copy(self.province if with_province else self.empty)

    def make_app(self, url: str) -> Flask:
        """The portal on the database at ``url``; a crash in it is the test's crash, not an error page."""
        from app import create_app  # tests without a database need not wait for the whole portal
        from tests.support.client import watch_sessions

        app = create_app(settings_for(url, self.folder))
        app.error_handler_spec[None][None].pop(Exception, None)
        logger.handlers.clear()  # they hold the stream of one test; what is logged goes to pytest instead
        logger.propagate = True
        app.jinja_env.bytecode_cache = COMPILED
        watch_sessions(app)
        self.apps.append(app)
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

    def __init__(self, folder: Path) -> None:
        """Keep files in ``folder``."""
        self.folder = folder
        self.made: dict[str, Database] = {}

    def on(self, engine: str) -> Database:
        """The portal on "sqlite" or "postgresql"; skips the test if there is no such server."""
        if engine not in self.made:
            address = postgresql() if engine == "postgresql" else None
            folder = self.folder / engine
            folder.mkdir(exist_ok=True)
            store = ServerStore(address) if address else FileStore(folder)
            try:
                self.made[engine] = Database(store, folder)
            except BaseException:
                store.close()
                raise
        return self.made[engine]

    def close(self) -> None:
        """Let go of every connection and remove what was made."""
        for database in self.made.values():
            database.close()


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Both engines, for the whole run of this process."""
    made = Databases(tmp_path_factory.mktemp("databases"))
    yield made
    made.close()


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest, databases: Databases) -> Database:
    """The portal on SQLite, and again on PostgreSQL."""
    return databases.on(request.param)


@pytest.fixture
def app(request: pytest.FixtureRequest, database: Database) -> Iterator[Flask]:
    """The portal, in a transaction that is rolled back after the test.

    It is empty, or holds the demonstration province where the test asks for ``province``, too.
    """
    chosen = database.province_app if "province" in request.fixturenames else database.empty_app
    with rolled_back(chosen):
        yield chosen
