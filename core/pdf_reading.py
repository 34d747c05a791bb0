"""Has a stranger's PDF read in a process of its own, under limits of time and memory (core/signed_pdf.py)."""

import json
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from core.settings import ROOT

SECONDS, MEGABYTES = 20, 900
"""Processor time and memory that a file may cost; the memory counts the libraries' own."""
PATIENCE = 45
"""Seconds by the clock after which a reading is given up."""
_turns = threading.BoundedSemaphore(2)
"""Two at a time in each process of the portal: a third one waits a little, then is asked to come again."""


class BusyError(RuntimeError):
    """Too many files are being read just now."""


def read_pdf(content: bytes, issued: bytes | None = None, roots: Path | None = None) -> dict[str, Any]:
    """What core/signed_pdf.py says of a PDF, compared with ``issued`` where it is given.

    ``{"ok": False, "reason": "damaged" | "encrypted" | "heavy"}`` where it cannot be read. Nothing is kept. Raises
    BusyError.
    """
    if not _turns.acquire(timeout=10):
        raise BusyError
    try:
        with tempfile.TemporaryDirectory(prefix="portal-") as folder:
            path, other = Path(folder) / "file.pdf", Path(folder) / "issued.pdf"
            path.write_bytes(content)
            if issued is not None:
                other.write_bytes(issued)
            return _run([str(path), str(other) if issued is not None else "-", str(roots) if roots else "-",
                         str(SECONDS), str(MEGABYTES)])
    finally:
        _turns.release()


def _run(arguments: list[str]) -> dict[str, Any]:
    """Run the reader; a process that dies or dawdles has found the file too heavy."""
    try:
        done = subprocess.run([sys.executable, "-m", "core.signed_pdf", *arguments], cwd=ROOT, capture_output=True,  # noqa: S603 - our own module
                              timeout=PATIENCE, check=False)
        answer = json.loads(done.stdout) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError):
        answer = None
    return answer if isinstance(answer, dict) else {"ok": False, "reason": "heavy"}


__all__ = ["BusyError", "read_pdf"]
