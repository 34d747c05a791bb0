"""Start the portal or its tests from nothing, with Python's own library alone.

``python3 portal.py run [--empty]`` serves the portal; ``python3 portal.py test [pytest arguments]`` tests it;
``python3 portal.py flask <noun> <verb> …`` reaches its command line. Each first makes ``.venv`` beside this
file and installs the locked requirements there, if they are not in it yet.
"""

from __future__ import annotations  # an old Python must be able to read this far, to be told that it is old

import contextlib
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from pathlib import Path

HOME = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"
OLDEST_PYTHON = (3, 11)
UNFINISHED = "unfinished"
USAGE = """\
python3 portal.py run [--empty]          chạy cổng báo cáo · serve the portal
python3 portal.py test [pytest …]        kiểm thử · run the tests
python3 portal.py flask <noun> <verb> …  dòng lệnh · the command line
"""


class StartError(Exception):
    """The environment cannot be made; the message says what to do, in Vietnamese and in English."""


class Environment:
    """The virtual environment beside this file, with a stamp that says what was installed in it.

    The stamp holds one line for each lock file, ``name digest``; while an installation runs it says
    ``unfinished``, and an environment found so at the next start is made anew.
    """

    def __init__(self, home: Path) -> None:
        """Stand in the folder ``home``, which holds ``requirements``."""
        self.requirements = home / "requirements"
        self.folder = home / ".venv"
        self.stamp = self.folder / "portal-stamp"
        self.latch = self.folder / "portal-latch"
        self.python = self.folder / ("Scripts/python.exe" if WINDOWS else "bin/python")

    def ensure(self, *names: str) -> None:
        """Make the environment hold the lock files ``names`` ("run", "test"); do nothing if it does already.

        Raises StartError if it cannot be made; waits for another start that is at work in it.
        """
        self.folder.mkdir(exist_ok=True)
        with alone(self.latch):
            digests = {name: self.digest(name) for name in names}
            stamped = self.stamped()
            sound = UNFINISHED not in stamped and self.answers()
            if sound and digests.items() <= stamped.items():
                return
            say("Đang chuẩn bị môi trường (lần đầu mất khoảng một phút) …", "Preparing the environment …")
            self.stamp.write_text(UNFINISHED, encoding="utf-8")
            if not sound:
                self.make()
            self.install(names)
            lines = [f"{name} {digest}\n" for name, digest in digests.items()]
            self.stamp.write_text("".join(lines), encoding="utf-8")

    def digest(self, name: str) -> str:
        """The SHA-256 of a lock file, in hexadecimal."""
        return hashlib.sha256((self.requirements / f"{name}.lock").read_bytes()).hexdigest()

    def stamped(self) -> dict[str, str]:
        """What the stamp says: digest by lock file; empty if nothing was ever installed by us."""
        if not self.stamp.exists():
            return {}
        rows = [line.partition(" ") for line in self.stamp.read_text(encoding="utf-8").splitlines()]
        return {name: digest for name, _, digest in rows}

    def answers(self) -> bool:
        """Whether the environment's Python starts and is recent enough (its base may have been removed)."""
        question = f"import pip, sys; sys.exit(sys.version_info < {OLDEST_PYTHON})"
        with contextlib.suppress(OSError):
            return subprocess.run([str(self.python), "-c", question], capture_output=True).returncode == 0
        return False

    def make(self) -> None:
        """Empty the folder and make a virtual environment in it with the Python that reads this line."""
        if importlib.util.find_spec("ensurepip") is None:
            raise StartError(
                "Python trên máy này thiếu phần tạo môi trường (venv). Trên Debian, Ubuntu chạy:\n"
                "This Python cannot make environments (venv). On Debian, Ubuntu run:\n"
                "    sudo apt install python3-venv"
            )
        for entry in self.folder.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            elif entry not in {self.stamp, self.latch}:
                entry.unlink()
        venv.EnvBuilder(with_pip=True, symlinks=not WINDOWS).create(self.folder)

    def install(self, names: tuple[str, ...]) -> None:
        """Install the lock files, each file checked against its hash."""
        command = [str(self.python), "-m", "pip", "install", "--quiet", "--no-input", "--require-hashes"]
        command.append("--disable-pip-version-check")
        for name in names:
            command += ["--requirement", str(self.requirements / f"{name}.lock")]
        if subprocess.run(command).returncode:
            raise StartError(
                "Chưa cài được thư viện (thông báo ở trên). Kiểm tra kết nối mạng rồi chạy lại lệnh này.\n"
                "The libraries could not be installed (see above). Check the network, then run this again."
            )


@contextlib.contextmanager
def alone(latch: Path) -> Iterator[None]:
    """Hold the latch file: of two starts at the same moment one prepares the environment, the other waits."""
    with latch.open("a") as handle:
        while not latched(handle.fileno()):
            time.sleep(0.2)
        yield


def latched(descriptor: int) -> bool:
    """Whether the open file ``descriptor`` could be locked now; the system lets go when the process ends."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415  # exists on Windows alone

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415  # does not exist on Windows

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def say(vietnamese: str, english: str) -> None:
    """Tell the person at the terminal one thing in both languages, on the error stream."""
    print(f"{vietnamese} · {english}", file=sys.stderr, flush=True)


def hand_over(command: list[str], folder: Path | None = None) -> int:
    """Become ``command``, in ``folder`` if given; signals and the exit code are then its own.

    Windows cannot replace a process: there the child is waited for, and Ctrl-C is left to it.
    """
    os.environ.setdefault("PYTHONUTF8", "1")
    if folder is not None:
        os.chdir(folder)
    if not WINDOWS:
        os.execv(command[0], command)  # noqa: S606  # our own Python, a list, no shell
    child = subprocess.Popen(command)
    while True:
        with contextlib.suppress(KeyboardInterrupt):
            return child.wait()


def main(arguments: list[str], home: Path = HOME) -> int:
    """Do what the command line asks; the result is the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # real streams have it
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(map(str, sys.version_info[:3]))
        say(f"Cần Python 3.11 trở lên, không phải {found}.", f"Python 3.11 or newer is needed, not {found}.")
        return 1
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if verb not in {"run", "test", "flask"}:
        asked = verb in {"-h", "--help", "help"}
        print(USAGE, end="", file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    environment = Environment(home)
    try:
        environment.ensure("run", *(["test"] if verb == "test" else []))
    except StartError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("Đã dừng; lần chạy sau sẽ làm lại từ đầu.", "Stopped; the next run starts over.")
        return 130
    python = str(environment.python)
    if verb == "test":
        return hand_over([python, "-m", "pytest", *rest], home)
    flask = [python, "-m", "flask", "--app", str(home / "app.py")]
    return hand_over([*flask, "start", *rest] if verb == "run" else [*flask, *rest])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
