"""A portal in a process of its own, started as a person starts it, which a test may kill."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

from sqlalchemy.engine import make_url

from tests.support.database import Database
from tests.support.house import ROOT

START_SECONDS = 60


class PortalProcess:
    """``flask start`` on a copy of the demonstration province; always at the same address."""

    def __init__(self, database: Database, folder: Path) -> None:
        """Copy the province into ``folder`` and choose a free port; nothing runs yet."""
        folder.mkdir(parents=True, exist_ok=True)
        copied = make_url(database.copy(with_province=True)).database
        shutil.copy(str(copied), folder / "portal.sqlite")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")},
            "PORTAL_INSTANCE": str(folder), "PORTAL_PORT": str(self.port), "PORTAL_TODAY": "2023-05-25",
        }
        self.environment.pop("DATABASE_URL", None)
        self.log = folder / "portal.log"
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "flask", "--app", "app", "start"], cwd=ROOT, env=self.environment,
                stdout=log, stderr=log)
        end = time.monotonic() + START_SECONDS
        while not self.answers():
            assert self.running.poll() is None and time.monotonic() < end, self.log.read_text(errors="replace")[-3000:]
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether the portal says that it is well."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, ConnectionError, TimeoutError):
            return False

    def kill(self) -> None:
        """End it at once, in the middle of whatever it does."""
        if self.running is not None:
            self.running.kill()
            self.running.wait(timeout=30)
            self.running = None
