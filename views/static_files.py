"""Static files under addresses that change with their content, so that browsers keep them for a year."""

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request

YEAR = 365 * 24 * 3600
PACKED_TYPES = {"text/css", "text/javascript", "image/svg+xml"}
"""What is sent packed to browsers that say they unpack it; fonts and pictures are packed by nature."""


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
        pack(response, Path(str(current_app.static_folder)) / str((request.view_args or {}).get("filename")))
    return response


def pack(response: Response, path: Path) -> None:
    """Send a text file packed: an old phone on a slow line gets a third of the bytes."""
    if response.mimetype in PACKED_TYPES and request.accept_encodings.quality("gzip") > 0:
        response.response.close()  # type: ignore[union-attr]  # the opened file
        response.direct_passthrough = False
        response.set_data(_packed(path, path.stat().st_mtime_ns))
        response.headers["Content-Encoding"] = "gzip"
        response.set_etag(str(response.get_etag()[0]), weak=True)
    response.vary.add("Accept-Encoding")


@lru_cache(maxsize=128)
def _packed(path: Path, _changed: int) -> bytes:
    """A file's content, packed; the same bytes every time."""
    return gzip.compress(path.read_bytes(), 9, mtime=0)
