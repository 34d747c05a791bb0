"""Files kept by the SHA-256 of their content: equal contents share the bytes, nothing is ever overwritten."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_BLOCK = 1024 * 1024


class FileTooLargeError(ValueError):
    """A stream holds more bytes than may be kept."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What was kept: the hash under which it is found again, and its size in bytes."""

    sha256: str
    size: int


class FileStore:
    """A folder of files by hash, as ``ab/cd/abcd…``. Any number of processes may use it at once."""

    def __init__(self, folder: Path) -> None:
        """Keep files beneath ``folder``, which is made when the first one comes."""
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the content with this hash lies. Raises ValueError for what is not a hash."""
        if len(sha256) != 64 or not all(sign in "0123456789abcdef" for sign in sha256):
            raise ValueError("not a SHA-256 in lower case")
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def has(self, sha256: str) -> bool:
        """Whether the content is here."""
        return self.path(sha256).is_file()

    def put(self, stream: BinaryIO, limit: int) -> StoredFile:
        """Keep everything from the stream's present place on; the file is whole on disk before it has its name.

        Raises FileTooLargeError beyond ``limit`` bytes; then nothing is kept.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self.folder, prefix="incoming-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                stored = _copy(stream, file, limit)
                file.flush()
                os.fsync(file.fileno())
            target = self.path(stored.sha256)
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                os.replace(name, target)
            return stored
        finally:
            Path(name).unlink(missing_ok=True)


def _copy(source: BinaryIO, target: BinaryIO, limit: int) -> StoredFile:
    """Copy a stream block by block while hashing it."""
    digest, size = hashlib.sha256(), 0
    while block := source.read(_BLOCK):
        size += len(block)
        if size > limit:
            raise FileTooLargeError(f"more than {limit} bytes")
        digest.update(block)
        target.write(block)
    return StoredFile(digest.hexdigest(), size)
