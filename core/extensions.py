"""The Flask extensions, made once and bound to the app by ``create_app``."""

import inspect
from typing import Any

from flask import Flask
from flask_alembic import Alembic
from flask_babel import Babel
from flask_login import LoginManager
from flask_sqlalchemy_lite import SQLAlchemy
from flask_wtf import CSRFProtect


class Database(SQLAlchemy):
    """Flask-SQLAlchemy-Lite without async sessions: closing them would start an event loop in every request."""

    def init_app(self, app: Flask) -> None:  # type: ignore[override]  # the portal is a Flask, no bare scaffold
        """Bind to ``app`` and take the async teardown away again."""
        super().init_app(app)
        kept = [close for close in app.teardown_appcontext_funcs if not inspect.iscoroutinefunction(close)]
        app.teardown_appcontext_funcs[:] = kept


class Migrations(Alembic):
    """Flask-Alembic that can copy a table which others point to: SQLite's foreign keys rest meanwhile."""

    def run_migrations(self, fn: Any, **kwargs: Any) -> None:
        """Run the migrations of ``fn``. Raises RuntimeError where a row was left pointing to nothing."""
        connection = self.migration_context.connection
        if connection is None or connection.dialect.name != "sqlite":
            return super().run_migrations(fn, **kwargs)
        raw = connection.connection.dbapi_connection
        if raw is None:
            raise RuntimeError("the database was closed while its tables were being changed")
        connection.rollback()  # a pragma is not heard within a transaction
        raw.cursor().execute("PRAGMA foreign_keys=off")
        try:
            super().run_migrations(fn, **kwargs)
            connection.commit()
            astray = raw.cursor().execute("PRAGMA foreign_key_check").fetchall()
        finally:
            raw.cursor().execute("PRAGMA foreign_keys=on")
        if astray:
            raise RuntimeError(f"rows that point to nothing after a migration: {astray[:5]}")


db = Database(session_options={"autoflush": True, "expire_on_commit": False})
babel = Babel()
csrf = CSRFProtect()
login_manager = LoginManager()
alembic = Migrations(run_mkdir=False, command_name="")
