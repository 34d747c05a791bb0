"""Files that are sent: names that a person can read, and how an answer carries one."""

from collections.abc import Iterable

from flask import Response

from core.text import fold

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
LONGEST_NAME = 120


def file_name(kind: str, *parts: str) -> str:
    """A name without marks and blanks: ``file_name("ap-phich", "Trường THPT A")`` is "ap-phich-truong-thpt-a"."""
    words = "-".join([kind, *(word for part in parts for word in fold(part).split())])
    safe = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in words)
    return "-".join(filter(None, safe.split("-")))[:LONGEST_NAME].strip("-")


def send(content: bytes | Iterable[bytes], name: str, media_type: str) -> Response:
    """A file to be kept, never by a cache in between."""
    return Response(content, content_type=media_type, headers={
        "Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"})


__all__ = ["CSV", "PDF", "XLSX", "file_name", "send"]
