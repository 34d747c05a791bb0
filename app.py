"""The roof: puts extensions, pages and commands together into one application."""

from importlib import import_module
from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined

import commands
import views
from core.clock import clock
from core.extensions import alembic, babel, csrf, db, login_manager
from core.logs import start_logging
from core.seal import seal
from core.settings import ROOT, Settings, SettingsError, read_settings
from core.transaction import tune_engine
from core.translation import _
from models.base import Model
from views.access import check_guards, public
from views.frame import choose_language, install_frame
from views.incoming import install_incoming
from views.static_files import install_static_files

for noun in sorted(Path(ROOT / "models").glob("*.py")):
    import_module(f"models.{noun.stem}")


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application; ``settings`` come from the environment when not given.

    Raises UnguardedEndpointError when an endpoint declares no permission.
    """
    settings = settings or _read_settings()
    app = Flask(__name__)
    _configure(app, settings)
    clock.start_on(settings.today)
    seal.use(settings.secret_key)
    start_logging()
    db.init_app(app)
    with app.app_context():
        for engine in db.engines.values():
            tune_engine(engine)
    alembic.metadatas = {"default": [Model.metadata]}
    alembic.init_app(app)
    babel.init_app(app, locale_selector=choose_language, default_locale="vi")
    app.jinja_env.globals["_"] = _  # Babel's own marks what it translates as safe: a name with "<" would be HTML
    login_manager.init_app(app)
    install_incoming(app)
    install_frame(app)
    install_static_files(app)
    csrf.init_app(app)  # after the frame: a session that ran out is known before its token is judged
    for noun in views.BLUEPRINTS:
        app.register_blueprint(import_module(f"views.{noun}").blueprint)
    for noun in commands.GROUPS:
        app.cli.add_command(import_module(f"commands.{noun}").group)
    public(app.view_functions["static"])
    check_guards(app)
    return app


def _read_settings() -> Settings:
    """Read the settings; a wrong one ends the process with a sentence, not with a trace."""
    try:
        return read_settings()
    except SettingsError as error:
        raise SystemExit(str(error)) from None


def _configure(app: Flask, settings: Settings) -> None:
    """Turn the settings into Flask's own."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_ENGINES={"default": _engine_options(settings)},
        ALEMBIC={"script_location": str(ROOT / "migrations"), "version_locations": []},
        ALEMBIC_CONTEXT={"render_as_batch": True, "compare_type": True},
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"),
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=64 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        SESSION_COOKIE_NAME="portal",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SETTINGS=settings,
        TESTING=settings.testing,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.i18n")


def _engine_options(settings: Settings) -> dict[str, object]:
    """Options of the one engine."""
    shared = {"url": settings.database_url, "hide_parameters": True}  # an error in the log tells nothing of people
    if settings.database_url.startswith("sqlite"):
        return {**shared, "connect_args": {"timeout": 15}}
    return {**shared, "pool_size": 10, "pool_use_lifo": True}


__all__ = ["Model", "create_app"]
