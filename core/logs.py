"""Structured logs, one JSON object a line, without personal data.

A line holds the moment, level, event and plain facts (endpoint, status, milliseconds, reference); never a name,
an address, typed text or a query string.
"""

import json
import logging
import sys
from typing import Any

from core.clock import clock

logger = logging.getLogger("portal")


class JSONLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the record; an exception adds its type and trace."""
        line: dict[str, Any] = {
            "at": clock.now().isoformat(timespec="milliseconds"), "level": record.levelname.lower(),
            "event": record.getMessage(), **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def start_logging() -> None:
    """Send the portal's log to standard error; safe to call again."""
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JSONLines())
        logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False


def log(event: str, level: int = logging.INFO, **facts: Any) -> None:
    """Log ``event`` with plain ``facts``: ``log("request", endpoint="home.show", status=200)``."""
    logger.log(level, event, extra={"facts": facts})
