"""Evidence is kept once by its content, whole or not at all, and named by what it really is."""

import hashlib
import io
import struct
import zipfile
from pathlib import Path

import pytest

from core.media_type import DOCX, XLSX, UnsafeFileError, find_media_type
from core.storage import FileStore, FileTooLargeError
from tests.support.evidence import docx_bytes, jpeg_bytes, png_bytes, xlsx_bytes, zip_bytes


def test_equal_contents_share_one_file(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "attachments")
    first = store.put(io.BytesIO(b"minh chung"), 100)
    second = store.put(io.BytesIO(b"minh chung"), 100)
    assert first == second
    assert first.sha256 == hashlib.sha256(b"minh chung").hexdigest() and first.size == 10
    files = [path for path in store.folder.rglob("*") if path.is_file()]
    assert files == [store.path(first.sha256)]
    assert files[0].read_bytes() == b"minh chung"


def test_what_is_too_large_leaves_nothing_behind(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    with pytest.raises(FileTooLargeError):
        store.put(io.BytesIO(b"x" * 101), 100)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert store.put(io.BytesIO(b"x" * 100), 100).size == 100


@pytest.mark.parametrize("name", ["../../etc/passwd", "A" * 64, "", "a" * 63])
def test_only_a_hash_leads_to_a_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        FileStore(tmp_path).path(name)


@pytest.mark.parametrize(("content", "media_type"), [
    (b"%PDF-1.7\n%\xe2\xe3\n", "application/pdf"),
    (jpeg_bytes(), "image/jpeg"),
    (png_bytes(), "image/png"),
    (struct.pack(">I4s4sI4s4s", 24, b"ftyp", b"heic", 0, b"mif1", b"heic"), "image/heic"),
    (struct.pack(">I4s4sI4s4s", 24, b"ftyp", b"mif1", 0, b"mif1", b"heic"), "image/heic"),
    (docx_bytes(), DOCX),
    (xlsx_bytes(), XLSX),
    (zip_bytes({"a.txt": b"x"}), None),
    (b"MZ\x90\x00" + b"\0" * 100, "application/x-msdownload"),
    (b"<script>alert(1)</script>", None),
    (b"PK\x03\x04 torn", None),
    (b"", None),
])
def test_a_file_is_what_its_content_says(content: bytes, media_type: str | None) -> None:
    stream = io.BytesIO(content)
    found = find_media_type(stream)
    assert found == media_type or (media_type == "application/x-msdownload" and found not in (DOCX, XLSX))
    assert stream.tell() == 0


def test_an_office_file_with_macros_is_refused() -> None:
    with pytest.raises(UnsafeFileError, match="macro"):
        find_media_type(io.BytesIO(docx_bytes({"word/vbaProject.bin": b"x"})))
    hidden = docx_bytes(content_types=f"{DOCX}.main+xml application/vnd.ms-word.document.macroEnabled.main+xml")
    with pytest.raises(UnsafeFileError, match="macro"):
        find_media_type(io.BytesIO(hidden))


def test_a_bomb_stays_packed() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f"{XLSX}.main+xml")
        archive.writestr("xl/sheet.xml", b"0" * (40 * 1024 * 1024))
    assert len(buffer.getvalue()) < 100_000
    with pytest.raises(UnsafeFileError, match="bomb"):
        find_media_type(buffer)
    many = zip_bytes({f"word/{number}": b"" for number in range(5_001)})
    with pytest.raises(UnsafeFileError, match="bomb"):
        find_media_type(io.BytesIO(many))


def test_a_locked_zip_is_refused() -> None:
    content = bytearray(docx_bytes())
    place = content.find(b"PK\x01\x02")
    content[place + 8] |= 1
    with pytest.raises(UnsafeFileError, match="encrypted"):
        find_media_type(io.BytesIO(bytes(content)))
