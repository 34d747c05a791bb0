"""Static files under addresses that change with their content, so that browsers keep them for a year."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request

YEAR = 365 * 24 * 3600


def install_static_files(app: Flask) -> None:
    """Put the version into every static address, and let what bears one be kept."""
    app.url_defaults(_add_version)
    app.after_request(_keep)


def _add_version(endpoint: str, values: dict[str, Any]) -> None:
    """Add ?v=<hash> to the address of a static file."""
    if endpoint == "static" and "filename" in values and "v" not in values:
        version = _version(Path(str(current_app.static_folder)) / str(values["filename"]))
        if version:
            values["v"] = version


@lru_cache(maxsize=512)
def _version(path: Path) -> str:
    """A short hash of a file's content; empty when there is no such file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else ""


def _keep(response: Response) -> Response:
    """Let a versioned file be kept for a year; scripts import each other without one and are asked for again."""
    if request.endpoint == "static" and response.status_code == 200:
        kept = f"public, max-age={YEAR}, immutable" if request.args.get("v") else "no-cache"
        response.headers["Cache-Control"] = kept
    return response
