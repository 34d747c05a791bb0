"""Taking in evidence: what a file is, whether it is safe, where it is kept, what it is called."""

import re
import unicodedata
from datetime import datetime
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.media_type import UnsafeFileError, find_media_type
from core.storage import FileStore, FileTooLargeError
from core.translation import N_, _
from models.attachment import LARGEST_FILE, MEDIA_TYPES, Attachment
from models.permission import Viewer

NAME_MAX_LENGTH = 150
FOLDER = "attachments"
"""Where evidence lies in the portal's instance folder."""
PREVIEW_EDGE = 480
"""Longest edge of a preview, in pixels."""
MOST_PIXELS = 120_000_000
"""A picture that claims more is not opened: it would unpack to more memory than it is worth."""
_UNSAFE_REASONS = {
    "macro": N_("Tệp “%(name)s” chứa macro. Lưu lại thành DOCX, XLSX không macro hoặc PDF rồi tải lên."),
    "encrypted": N_("Tệp “%(name)s” được đặt mật khẩu. Bỏ mật khẩu hoặc lưu thành PDF rồi tải lên."),
    "bomb": N_("Tệp “%(name)s” nén bất thường nên không nhận được. Lưu thành PDF rồi tải lên."),
}


class FileRefusedError(ValueError):
    """A file cannot be evidence; the message names it and says what to do, in the reader's language."""


def clean_name(name: str, media_type: str) -> str:
    """Return a file name that is safe everywhere and ends as its content asks: NFC, no folder, no control sign.

    ``clean_name("bài/ảnh.PNG", "image/jpeg")`` is ``"ảnh.jpg"``.
    """
    bare = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    bare = "".join(sign for sign in bare if unicodedata.category(sign)[0] != "C")
    bare = " ".join(re.sub(r'[<>:"|?*]', " ", bare).split()).strip(". ")
    endings = MEDIA_TYPES[media_type]
    path = PurePosixPath(bare or "tep")
    stem, ending = (path.stem, path.suffix.lower()) if path.suffix else (path.name, "")
    if ending not in endings:
        known = {end for ends in MEDIA_TYPES.values() for end in ends}
        stem = stem if ending in known or not ending else path.name
        ending = endings[0]
    return (stem.strip(". ")[: NAME_MAX_LENGTH - len(ending)].strip() or "tep") + ending


def receive_file(session: Session, store: FileStore, *, unit_id: int, name: str, stream: BinaryIO, viewer: Viewer,
                 now: datetime) -> Attachment:
    """Check an uploaded file by its content and keep it; the row is flushed and has its id. Does not commit.

    The same content under the same name is the unit's same row, so that a form sent twice brings it once. Raises
    FileRefusedError for another type, an empty, an oversize or an unsafe file. Bytes of a request that is rolled
    back stay on disk without a row; they are harmless.
    """
    shown = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2] or _("không tên")
    size = stream.seek(0, 2)
    if size == 0:
        raise FileRefusedError(_("Tệp “%(name)s” trống. Chọn lại tệp có nội dung.", name=shown))
    if size > LARGEST_FILE:
        raise FileRefusedError(_(
            "Tệp “%(name)s” lớn hơn %(limit)s MB. Giảm kích thước hoặc tách nhỏ rồi tải lên.",
            name=shown, limit=LARGEST_FILE // 1024 // 1024))
    try:
        media_type = find_media_type(stream)
    except UnsafeFileError as error:
        raise FileRefusedError(_(_UNSAFE_REASONS[error.reason], name=shown)) from error
    if media_type not in MEDIA_TYPES:
        raise FileRefusedError(_(
            "Tệp “%(name)s” không phải PDF, JPEG, PNG, HEIC, DOCX hay XLSX. Chuyển sang một trong các dạng đó.",
            name=shown))
    stream.seek(0)
    try:
        stored = store.put(stream, LARGEST_FILE)
    except FileTooLargeError as error:
        raise FileRefusedError(_("Tệp “%(name)s” lớn hơn %(limit)s MB.", name=shown,
                                 limit=LARGEST_FILE // 1024 // 1024)) from error
    name = clean_name(name, media_type)
    present = session.scalar(select(Attachment).where(
        Attachment.unit_id == unit_id, Attachment.sha256 == stored.sha256, Attachment.name == name).limit(1))
    if present is not None:
        return present
    attachment = Attachment(
        unit_id=unit_id, name=name, media_type=media_type, size=stored.size,
        sha256=stored.sha256, uploaded_at=now, uploaded_by_id=viewer.account_id)
    session.add(attachment)
    session.flush()
    return attachment


def make_preview(path: Path, edge: int = PREVIEW_EDGE) -> bytes | None:
    """Return a small JPEG of the picture at ``path``, upright and without what the camera wrote into it.

    ``edge`` is its longest edge at most, in pixels.

    None when it cannot be opened or claims too many pixels.
    """
    try:
        with Image.open(path, formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            picture.draft("RGB", (edge * 2, edge * 2))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((edge, edge))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return None
    buffer = BytesIO()
    upright.save(buffer, "JPEG", quality=82)
    return buffer.getvalue()
