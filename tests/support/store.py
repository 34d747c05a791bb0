"""Where databases for tests are made: files of SQLite, databases of a PostgreSQL server."""

import secrets
import shutil
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url


class Store:
    """Where databases of one engine are made: templates for all processes, and copies for this one."""

    def template(self, source: str = "") -> str:
        """Make a database that outlives this process, empty or a copy of another; the result is its address."""
        raise NotImplementedError

    def empty(self) -> str:
        """Make an empty database."""
        return self.copy("")

    def copy(self, template: str) -> str:
        """Make a database with all that ``template`` holds; nobody may be connected to it."""
        raise NotImplementedError

    def close(self) -> None:
        """Remove everything but templates."""


class FileStore(Store):
    """SQLite files: templates in the folder that all processes see, copies in this process's own."""

    def __init__(self, folder: Path, shared: Path | None = None) -> None:
        """Keep copies in ``folder``, templates in ``shared``."""
        self.folder, self.shared = folder, shared or folder
        self.numbers = count(1)

    def template(self, source: str = "") -> str:
        """Name a file that does not exist yet, or copy one."""
        return self._file(self.shared / f"template-{secrets.token_hex(4)}.sqlite", source)

    def copy(self, template: str) -> str:
        """Copy the file; its journal was folded into it when the last connection closed."""
        return self._file(self.folder / f"portal-{next(self.numbers)}.sqlite", template)

    @staticmethod
    def _file(path: Path, source: str) -> str:
        if source:
            shutil.copy(str(make_url(source).database), path)
        return f"sqlite:///{path}"


class ServerStore(Store):
    """Databases of a PostgreSQL server, under names that no other run uses."""

    def __init__(self, address: str) -> None:
        """Use the server at ``address``, whose user may create databases."""
        self.address = make_url(address).set(drivername="postgresql+psycopg")
        self.server = create_engine(self.address, isolation_level="AUTOCOMMIT")
        self.prefix = f"portal_test_{secrets.token_hex(4)}"
        self.numbers = count(1)
        self.made: list[str] = []

    def template(self, source: str = "") -> str:
        """Create a database; the run drops it at its end."""
        return self._create(source)

    def copy(self, template: str) -> str:
        """Create a database as a copy of the template's."""
        url = self._create(template)
        self.made.append(url)
        return url

    def _create(self, source: str) -> str:
        name = f"{self.prefix}_{next(self.numbers)}"
        copied = f' TEMPLATE "{make_url(source).database}"' if source else ""
        with self.server.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"{copied}'))
        return self.address.set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is connected to it."""
        with self.server.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)'))

    def close(self) -> None:
        """Drop everything but templates."""
        for url in self.made:
            self.drop(url)
        self.server.dispose()
