"""The starter: makes its environment once, makes it again when it must, and hands over."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import portal

FAKE_APP = """
import os, sys, time, click, flask
app = flask.Flask(__name__)

@app.cli.command("start")
@click.option("--empty", is_flag=True)
@click.option("--wait", is_flag=True)
def start(empty, wait):
    print("empty" if empty else "full", os.getcwd(), os.environ.get("PORTAL_PORT"), "Hạ Long", flush=True)
    if wait:
        time.sleep(30)
    sys.exit(7)
"""


class Workshop(portal.Environment):
    """An environment that writes down what would be done instead of doing it."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.done: list[str] = []
        self.is_sound = False
        self.trouble: BaseException | None = None

    def answers(self) -> bool:
        return self.is_sound

    def make(self) -> None:
        self.done.append("make")
        self.is_sound = True

    def install(self, names: tuple[str, ...]) -> None:
        self.done.append("install " + " ".join(names))
        time.sleep(0.05)
        if self.trouble:
            raise self.trouble


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a blank in its name, holding lock files."""
    folder = tmp_path / "cổng báo cáo"
    (folder / "requirements").mkdir(parents=True)
    for name in ("run", "test"):
        (folder / "requirements" / f"{name}.lock").write_text(f"{name} 1")
    return folder


def test_the_first_start_makes_and_installs_the_second_does_nothing(home: Path) -> None:
    shop = Workshop(home)
    shop.ensure("run")
    assert shop.done == ["make", "install run"]
    shop.ensure("run")
    assert shop.done == ["make", "install run"]


def test_the_tests_install_their_own_libraries_on_top(home: Path) -> None:
    shop = Workshop(home)
    shop.ensure("run")
    shop.ensure("run", "test")
    shop.ensure("run", "test")
    shop.ensure("run")
    assert shop.done == ["make", "install run", "install run test"]


def test_a_new_lock_file_is_installed_into_the_same_environment(home: Path) -> None:
    shop = Workshop(home)
    shop.ensure("run", "test")
    (home / "requirements" / "run.lock").write_text("run 2")
    shop.ensure("run")
    shop.ensure("run", "test")
    assert shop.done == ["make", "install run test", "install run", "install run test"]


@pytest.mark.parametrize("trouble", [KeyboardInterrupt(), portal.StartError("no network")])
def test_an_interrupted_installation_is_made_anew(home: Path, trouble: BaseException) -> None:
    shop = Workshop(home)
    shop.trouble = trouble
    with pytest.raises(type(trouble)):
        shop.ensure("run")
    shop.trouble = None
    shop.ensure("run")
    assert shop.done == ["make", "install run"] * 2


def test_an_environment_whose_python_is_gone_is_made_anew(home: Path) -> None:
    shop = Workshop(home)
    shop.ensure("run")
    shop.is_sound = False
    shop.ensure("run")
    assert shop.done == ["make", "install run"] * 2


def test_a_developers_own_environment_is_kept(home: Path) -> None:
    shop = Workshop(home)
    shop.is_sound = True
    shop.ensure("run")
    assert shop.done == ["install run"]


def test_of_two_starts_at_once_one_works_and_the_other_waits(home: Path) -> None:
    shops = [Workshop(home), Workshop(home)]
    for shop in shops:
        shop.is_sound = True
    threads = [threading.Thread(target=shop.ensure, args=("run",)) for shop in shops]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [done for shop in shops for done in shop.done] == ["install run"]


def test_a_folder_without_a_working_python_does_not_answer(home: Path) -> None:
    environment = portal.Environment(home)
    assert not environment.answers()
    environment.python.parent.mkdir(parents=True)
    environment.python.write_text("")
    assert not environment.answers()


def test_making_an_environment_clears_what_a_broken_one_left(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = portal.Environment(home)
    (environment.folder / "lib" / "left").mkdir(parents=True)
    (environment.folder / "pyvenv.cfg").write_text("half")
    environment.stamp.write_text(portal.UNFINISHED)
    monkeypatch.setattr("venv.EnvBuilder.create", lambda self, folder: None)
    environment.make()
    assert [path.name for path in environment.folder.iterdir()] == [environment.stamp.name]


def test_a_failed_installation_says_what_to_do(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def refuse(command: list[str]) -> subprocess.CompletedProcess[bytes]:
        asked.append(command)
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setattr(subprocess, "run", refuse)
    with pytest.raises(portal.StartError, match="Kiểm tra kết nối mạng"):
        portal.Environment(home).install(("run",))
    assert "--require-hashes" in asked[0]


def test_a_python_without_venv_is_told_how_to_get_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(portal.StartError, match="apt install python3-venv"):
        portal.Environment(home).make()


def test_an_old_python_is_refused_in_both_languages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 9))
    assert portal.main(["run"]) == 1
    said = capsys.readouterr().err
    assert "Cần Python 3.11 trở lên" in said
    assert "Python 3.11 or newer is needed, not 3.10.9" in said


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["fly"], 2), (["--help"], 0)])
def test_without_a_known_verb_the_usage_is_shown(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert portal.main(arguments) == code
    captured = capsys.readouterr()
    assert "portal.py run [--empty]" in (captured.out if code == 0 else captured.err)


def furnish(home: Path) -> Path:
    """A copy of the starter in ``home``, with a finished environment that is this Python, and a small app."""
    environment = portal.Environment(home)
    environment.python.parent.mkdir(parents=True)
    environment.python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    environment.python.chmod(0o755)
    environment.stamp.write_text("".join(f"{name} {environment.digest(name)}\n" for name in ("run", "test")))
    (home / "app.py").write_text(FAKE_APP, encoding="utf-8")
    return Path(shutil.copy(portal.__file__, home))


needs_posix = pytest.mark.skipif(os.name == "nt", reason="the stand-in for Python is a shell script: run it on Linux")


@needs_posix
def test_it_hands_over_arguments_settings_folder_and_exit_code(home: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(furnish(home)), "run", "--empty"]
    environ = {**os.environ, "PORTAL_PORT": "8123"}
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, encoding="utf-8")
    assert done.stdout.split() == ["empty", str(tmp_path), "8123", "Hạ", "Long"]
    assert done.returncode == 7


@needs_posix
def test_the_command_line_works_from_any_folder(home: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(furnish(home)), "flask", "start"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert done.stdout.startswith("full")


@needs_posix
def test_the_tests_run_in_the_projects_folder(home: Path, tmp_path: Path) -> None:
    starter = furnish(home)
    (home / "test_one.py").write_text("def test_one():\n    assert True\n")
    command = [sys.executable, str(starter), "test", "-q", "test_one.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert "1 passed" in done.stdout
    assert done.returncode == 0


@needs_posix
def test_a_signal_reaches_the_server_itself(home: Path) -> None:
    command = [sys.executable, str(furnish(home)), "run", "--wait"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("full")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == -signal.SIGTERM
