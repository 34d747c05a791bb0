"""What a file is, found from its content; office files are opened only as far as is safe.

A zip is judged by its directory: number of entries, declared sizes and their ratio, macros, encryption. One small
entry is then read, up to a fixed length, so that a bomb stays packed.
"""

import zipfile
from typing import BinaryIO

import filetype

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MAIN_PARTS = {
    f"{DOCX}.main+xml": (DOCX, "word/"),
    f"{XLSX}.main+xml": (XLSX, "xl/"),
}
_HEAD = 8192
MOST_ENTRIES = 5_000
MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 200
"""Unpacked to packed bytes of the whole; honest office files stay below 50."""
_RATIO_MATTERS = 30 * 1024 * 1024
_CONTENT_TYPES_LIMIT = 1024 * 1024


class UnsafeFileError(ValueError):
    """A file is of a kind we take but holds what we do not: ``reason`` is "macro", "encrypted" or "bomb"."""

    def __init__(self, reason: str) -> None:
        """Remember the reason."""
        super().__init__(reason)
        self.reason = reason


def find_media_type(stream: BinaryIO) -> str | None:
    """Return the media type of the stream's content, or None when it is none we know; the stream is rewound.

    Knows PDF, JPEG, PNG, HEIC, DOCX and XLSX by content alone. Raises UnsafeFileError.
    """
    stream.seek(0)
    head = stream.read(_HEAD)
    stream.seek(0)
    if head[:4] == b"PK\x03\x04":
        found = _office_type(stream)
        stream.seek(0)
        return found
    if head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" and "EncryptedPackage".encode("utf-16-le") in _all_of(stream):
        raise UnsafeFileError("encrypted")
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"heim", b"heis"):
        return "image/heic"
    kind = filetype.guess(head)  # type: ignore[no-untyped-call]  # it has no types
    return str(kind.mime) if kind is not None else None


def _all_of(stream: BinaryIO) -> bytes:
    """The whole stream (a caller has bounded its size), rewound."""
    stream.seek(0)
    content = stream.read()
    stream.seek(0)
    return content


def _office_type(stream: BinaryIO) -> str | None:
    """The type of an office file in a zip, or None for any other zip."""
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            return _main_part(archive, {entry.filename for entry in entries})
    except (zipfile.BadZipFile, OSError, EOFError, KeyError, NotImplementedError, ValueError) as error:
        if isinstance(error, UnsafeFileError):
            raise
        return None


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    """Judge a zip by its directory. Raises UnsafeFileError."""
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    is_dense = unpacked > _RATIO_MATTERS and unpacked > MOST_RATIO * max(packed, 1)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or is_dense:
        raise UnsafeFileError("bomb")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnsafeFileError("encrypted")
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise UnsafeFileError("macro")


def _main_part(archive: zipfile.ZipFile, names: set[str]) -> str | None:
    """Read the list of parts and say which document it makes."""
    with archive.open("[Content_Types].xml") as part:
        content = part.read(_CONTENT_TYPES_LIMIT).decode("utf-8", errors="replace")
    if "macroEnabled" in content:
        raise UnsafeFileError("macro")
    for mark, (media_type, folder) in _MAIN_PARTS.items():
        if mark in content and any(name.startswith(folder) for name in names):
            return media_type
    return None
