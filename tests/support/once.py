"""What every process of a run needs and only the first of them makes: the others wait for it."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

LONGEST_WAIT = 300
"""Seconds after which the maker must have died."""
READY = ".ready"


def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder that all processes of this run see; ``worker_id`` is "master" where there is but one."""
    folder = tmp_path_factory.getbasetemp()
    return folder if worker_id == "master" else folder.parent


def made_once(folder: Path, name: str, make: Callable[[], str]) -> str:
    """What ``make`` told of the thing ``name`` when it was made, now or by another process.

    Raises RuntimeError where the other process could not make it; what ``make`` raises is raised in its own process.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        (folder / f"{name}.begun").touch(exist_ok=False)
    except FileExistsError:
        return _wait_for(folder, name)
    try:
        told = make()
    except BaseException as error:
        _say(folder / f"{name}.failed", repr(error))
        raise
    _say(folder / f"{name}{READY}", told)
    return told


def _say(path: Path, text: str) -> None:
    """Write a file that nobody sees half written."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.rename(path)


def _wait_for(folder: Path, name: str) -> str:
    """What the process that makes it says in the end."""
    ready, failed = folder / f"{name}{READY}", folder / f"{name}.failed"
    latest = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < latest:
        if ready.exists():
            return ready.read_text(encoding="utf-8")
        if failed.exists():
            raise RuntimeError(f"{name} could not be made, see the first test: {failed.read_text(encoding='utf-8')}")
        time.sleep(0.05)
    raise RuntimeError(f"{name} is still not made after {LONGEST_WAIT} s")
