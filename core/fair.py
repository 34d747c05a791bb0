"""A listening socket that several processes share fairly.

Whoever is woken first takes a connection, so of four browsers one process often serves three and its core does all the
work. Here a process that holds more connections than another one lets that one go first, for a moment.
"""

import mmap
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

COURTESY = 0.002
"""Seconds that a busier process waits before it takes a connection that nobody else took."""


class FairListener(socket.socket):
    """A socket that listens, counting for each process the connections that it took and that are open still."""

    def __init__(self, *named: Any) -> None:
        """Count for one process until it is shared."""
        super().__init__(*named)
        self._share = 0
        self._open: Any = [0]
        self._lock = threading.Lock()

    def share_among(self, processes: int) -> None:
        """Count for so many; before they are made."""
        self._open = memoryview(mmap.mmap(-1, 8 * processes)).cast("q")

    def belong_to(self, process: int) -> None:
        """Count for the one with this number, from 0; called within it."""
        self._share = process

    def accept(self) -> tuple[socket.socket, Any]:
        """The next connection and where it comes from; raises BlockingIOError where another process took it."""
        if self._open[self._share] > min(self._open):
            time.sleep(COURTESY)
        taken, address = super().accept()
        self._count(+1)
        return _Counted(taken, lambda: self._count(-1)), address

    def _count(self, step: int) -> None:
        """One more or one less is open."""
        with self._lock:
            self._open[self._share] += step


class _Counted(socket.socket):
    """A connection that says when it is closed."""

    def __init__(self, taken: socket.socket, tell: Callable[[], None]) -> None:
        """Take over a connection."""
        super().__init__(taken.family, taken.type, taken.proto, fileno=taken.detach())
        self._tell: Callable[[], None] | None = tell

    def close(self) -> None:
        """Close it, and say so once."""
        tell, self._tell = self._tell, None
        if tell:
            tell()
        super().close()
