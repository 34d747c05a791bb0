"""Settings from the environment."""

from datetime import date
from pathlib import Path

import pytest

from core.settings import SettingsError, keep_today, read_settings


def test_nothing_set_gives_an_embedded_database_on_loopback(tmp_path: Path) -> None:
    """The folder and its key are made."""
    settings = read_settings({"PORTAL_INSTANCE": str(tmp_path / "place with blanks")})
    assert settings.database_url.startswith("sqlite:///")
    assert (settings.host, settings.port, settings.today) == ("127.0.0.1", 8000, None)
    assert (tmp_path / "place with blanks" / "secret-key").stat().st_mode & 0o077 == 0


def test_the_key_stays_the_same(tmp_path: Path) -> None:
    """Sessions outlive a restart."""
    environ = {"PORTAL_INSTANCE": str(tmp_path)}
    assert read_settings(environ).secret_key == read_settings(environ).secret_key


@pytest.mark.parametrize("given", ["postgres://u@h/d", "postgresql://u@h/d"])
def test_postgresql_addresses_name_their_driver(tmp_path: Path, given: str) -> None:
    """Either way of writing reaches psycopg."""
    settings = read_settings({"PORTAL_INSTANCE": str(tmp_path), "DATABASE_URL": given})
    assert settings.database_url == "postgresql+psycopg://u@h/d"


@pytest.mark.parametrize(
    ("name", "value"), [("PORTAL_PORT", "cổng"), ("PORTAL_PORT", "70000"), ("PORTAL_TODAY", "25/5")]
)
def test_a_wrong_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    """The message says which and what it should be."""
    with pytest.raises(SettingsError, match=name):
        read_settings({"PORTAL_INSTANCE": str(tmp_path), name: value})


def test_a_remembered_rehearsal_day_yields_to_the_environment(tmp_path: Path) -> None:
    """The demonstration's clock holds for every later command."""
    keep_today(tmp_path, date(2023, 5, 25))
    assert read_settings({"PORTAL_INSTANCE": str(tmp_path)}).today == date(2023, 5, 25)
    later = read_settings({"PORTAL_INSTANCE": str(tmp_path), "PORTAL_TODAY": "2023-11-20"})
    assert later.today == date(2023, 11, 20)


def test_processes_follow_the_database_unless_somebody_says(tmp_path: Path) -> None:
    own = {"PORTAL_INSTANCE": str(tmp_path)}
    assert read_settings(own).processes == 1
    assert 1 <= read_settings({**own, "DATABASE_URL": "postgresql://portal@/portal"}).processes <= 4
    assert read_settings({**own, "PORTAL_PROCESSES": "3"}).processes == 3
    for wrong in ("0", "65", "hai", "-1", "1.5"):
        with pytest.raises(SettingsError, match="PORTAL_PROCESSES"):
            read_settings({**own, "PORTAL_PROCESSES": wrong})
