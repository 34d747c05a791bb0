"""Work that goes on beside the pages: chores done again and again, each in a thread of its own.

A chore that fails or hangs says so in the log and holds up no other; stopping waits for what is being done.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.logs import logger


@dataclass(frozen=True)
class Chore:
    """One thing to do every so many seconds; ``do`` opens and closes whatever it needs."""

    name: str
    every_seconds: float
    do: Callable[[], object]


class Background:
    """Runs chores from ``start`` to ``stop``."""

    def __init__(self, chores: Sequence[Chore]) -> None:
        """Take the chores; nothing runs yet."""
        self._chores = tuple(chores)
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin each chore at once, and again after its pause."""
        for chore in self._chores:
            thread = threading.Thread(target=self._run, args=(chore,), name=chore.name, daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self, seconds: float = 5.0) -> bool:
        """Begin nothing more and wait for what is being done, ``seconds`` at most; whether all came to an end."""
        self._stopped.set()
        for thread in self._threads:
            thread.join(seconds)
        return not any(thread.is_alive() for thread in self._threads)

    @property
    def is_stopping(self) -> bool:
        """Whether a long chore should come to an end."""
        return self._stopped.is_set()

    def _run(self, chore: Chore) -> None:
        """Do one chore until the end."""
        while not self._stopped.is_set():
            try:
                chore.do()
            except Exception:  # whatever went wrong, the next round may go well
                logger.exception("chore %s failed", chore.name)
            self._stopped.wait(chore.every_seconds)
