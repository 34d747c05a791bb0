"""Settings, read once at start from the environment; the same names on every system."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core.mail_server import MailServer, MailServerAddressError, read_mail_server

ROOT = Path(__file__).resolve().parent.parent
MOST_PROCESSES = 4
"""Processes that serve when nobody says how many."""


class SettingsError(ValueError):
    """An environment setting cannot be used; the message names it and says what it should be."""


@dataclass(frozen=True)
class Settings:
    """What the portal needs to know before it starts."""

    instance: Path
    """Folder of the embedded database, evidence files and the secret key."""
    database_url: str
    """SQLAlchemy address; by default SQLite in ``instance``."""
    secret_key: str
    host: str = "127.0.0.1"
    port: int = 8000
    today: date | None = None
    """A rehearsal day from which the clock runs on; None is the real day."""
    processes: int = 1
    """Processes that serve, each on a core of its own (PORTAL_PROCESSES)."""
    secure_cookies: bool = False
    """Set where the portal is served over HTTPS (PORTAL_HTTPS=1)."""
    idle_minutes: int = 60
    """Minutes without a request after which a person signs in again."""
    mail_server: MailServer | None = None
    """Where reminders are handed over as mail (PORTAL_SMTP_URL, PORTAL_MAIL_FROM); None: only in the portal."""
    public_url: str = ""
    """The portal's own address as people type it, as "https://baocao.example" (PORTAL_URL); named in mail."""
    testing: bool = False


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from ``environ`` (the process's own by default). Raises SettingsError by name.

    Creates the instance folder and, once, its secret key.
    """
    environ = os.environ if environ is None else environ
    instance = Path(environ.get("PORTAL_INSTANCE") or ROOT / "instance").resolve()
    instance.mkdir(parents=True, exist_ok=True)
    return Settings(
        instance=instance,
        database_url=_database_url(environ.get("DATABASE_URL"), instance),
        secret_key=environ.get("PORTAL_SECRET_KEY") or _secret_key(instance),
        host=environ.get("PORTAL_HOST") or "127.0.0.1",
        port=_port(environ.get("PORTAL_PORT")),
        processes=_processes(environ.get("PORTAL_PROCESSES"), environ.get("DATABASE_URL")),
        today=_today(environ.get("PORTAL_TODAY") or _kept_today(instance)),
        secure_cookies=environ.get("PORTAL_HTTPS") == "1",
        mail_server=_mail_server(environ.get("PORTAL_SMTP_URL"), environ.get("PORTAL_MAIL_FROM")),
        public_url=(environ.get("PORTAL_URL") or "").rstrip("/"),
    )


def _database_url(given: str | None, instance: Path) -> str:
    """Name the psycopg driver in a PostgreSQL address; fall back to SQLite under ``instance``."""
    if not given:
        return f"sqlite:///{instance / 'portal.sqlite'}"
    for prefix in ("postgres://", "postgresql://"):
        if given.startswith(prefix):
            return "postgresql+psycopg://" + given.removeprefix(prefix)
    return given


def _mail_server(url: str | None, sender: str | None) -> MailServer | None:
    """Read the mail server, None when there is none."""
    try:
        return read_mail_server(url, sender)
    except MailServerAddressError as error:
        raise SettingsError(str(error)) from error


def _secret_key(instance: Path) -> str:
    """Read the key kept in ``instance``, or make one that only its owner can read."""
    path = instance / "secret-key"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
    return path.read_text(encoding="ascii").strip()


def _port(given: str | None) -> int:
    """Read PORTAL_PORT, 8000 by default."""
    try:
        port = int(given or 8000)
    except ValueError as error:
        raise SettingsError(f"PORTAL_PORT phải là một số, không phải “{given}”") from error
    if not 0 <= port <= 65535:
        raise SettingsError(f"PORTAL_PORT phải từ 0 đến 65535, không phải {port}")
    return port


def _processes(given: str | None, database_url: str | None) -> int:
    """Read PORTAL_PROCESSES: by default one with SQLite, which has one writer, else one a core, four at most."""
    if not given:
        is_file = not database_url or database_url.startswith("sqlite")
        return 1 if is_file else min(os.cpu_count() or 1, MOST_PROCESSES)
    if not given.isdecimal() or not 1 <= int(given) <= 64:
        raise SettingsError(f"PORTAL_PROCESSES phải là số từ 1 đến 64, không phải “{given}”")
    return int(given)


def keep_today(instance: Path, day: date) -> None:
    """Remember a rehearsal day for every later start and command on this instance (the demonstration's)."""
    (instance / "today").write_text(day.isoformat(), encoding="ascii")


def _kept_today(instance: Path) -> str:
    """The rehearsal day that was remembered, or nothing."""
    path = instance / "today"
    return path.read_text(encoding="ascii").strip() if path.exists() else ""


def _today(given: str | None) -> date | None:
    """Read PORTAL_TODAY as 2023-05-25."""
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise SettingsError(f"PORTAL_TODAY phải có dạng 2023-05-25, không phải “{given}”") from error
