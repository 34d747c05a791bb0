"""Signed and stamped copies: taken in, read, held against the version's own paper, taken off with a reason."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.media_type import UnsafeFileError, find_media_type
from core.pdf_reading import BusyError, read_pdf
from core.storage import FileStore
from core.translation import N_
from models.event import Subject
from models.issued import COPY_TYPES, LARGEST_COPY, CopyState, SignedCopy
from models.paper_reading import judge
from models.permission import Viewer
from models.submission import Submission, SubmissionVersion
from services.submission import SubmissionError, lock
from services.trail import record
from services.version_paper import print_version

TRUST = "certificates"
"""Folder in the portal's instance where the administrator lays root certificates, as those of the Government."""
NAME_LENGTH = 150


def attach(session: Session, store: FileStore, version: SubmissionVersion, *, unit_id: int, name: str, content: bytes,
           roots: Path | None, viewer: Viewer | None, now: datetime) -> SignedCopy:
    """Keep a copy with what was read of it. Does not commit.

    The same file twice is the same copy; one that was taken off comes back. Raises SubmissionError for what is no
    PDF, JPEG or PNG, is empty or too large, or belongs to another document.
    """
    media_type = check_file(content)
    reading = {}
    state = CopyState.SCAN
    if media_type == "application/pdf":
        try:
            reading = read_pdf(content, print_version(session, version, store), roots)
        except BusyError as error:
            raise SubmissionError(N_("Cổng đang đọc nhiều tệp khác. Đợi một phút rồi gửi lại tệp này.")) from error
        state = judge(reading, version.code)
    if state is CopyState.FOREIGN:
        raise SubmissionError(N_("Tệp này là một văn bản khác. Kiểm tra lại rồi chọn đúng bản đã ký của văn bản này."))
    stored = store.put(BytesIO(content), LARGEST_COPY)
    lock(session, session.get_one(Submission, version.submission_id))
    copy = session.scalar(select(SignedCopy).where(
        SignedCopy.version_id == version.id, SignedCopy.sha256 == stored.sha256))
    if copy is not None and copy.removed_at is None:
        return copy
    if copy is None:
        copy = SignedCopy(version_id=version.id, sha256=stored.sha256)
        session.add(copy)
    copy.name, copy.media_type, copy.size = _named(name, media_type), media_type, stored.size
    copy.state, copy.reading = state, reading
    copy.attached_at, copy.attached_by_id = now, viewer.account_id if viewer else None
    copy.removed_at, copy.removal_reason = None, ""
    session.flush()
    _note(session, version, copy, "attach_copy", unit_id, viewer, now)
    return copy


def check_file(content: bytes) -> str:
    """The media type of a copy by its content. Raises SubmissionError with what to do."""
    if not content:
        raise SubmissionError(N_("Tệp trống. Chọn lại tệp có nội dung."))
    if len(content) > LARGEST_COPY:
        raise SubmissionError(N_("Tệp lớn hơn %(limit)s MB. Giảm độ phân giải khi quét rồi tải lên."),
                              limit=LARGEST_COPY // 1024 // 1024)
    try:
        media_type = find_media_type(BytesIO(content))
    except UnsafeFileError:
        media_type = None
    if media_type not in COPY_TYPES:
        raise SubmissionError(N_("Chỉ nhận PDF đã ký số, hoặc bản quét dạng PDF, JPEG, PNG."))
    return media_type


def remove(session: Session, copy: SignedCopy, reason: str, *, unit_id: int, viewer: Viewer | None,
           now: datetime) -> bool:
    """Take a copy off with a reason; the file stays. False when it is off already. Raises SubmissionError."""
    if copy.removed_at is not None:
        return False
    if not reason.strip():
        raise SubmissionError(N_("Ghi lý do gỡ bản ký này."))
    copy.removed_at, copy.removal_reason = now, reason.strip()
    version = session.get_one(SubmissionVersion, copy.version_id)
    _note(session, version, copy, "remove_copy", unit_id, viewer, now, reason)
    return True


def _note(session: Session, version: SubmissionVersion, copy: SignedCopy, action: str, unit_id: int,
          viewer: Viewer | None, now: datetime, reason: str = "") -> None:
    """Add a line to the submission's timeline."""
    record(session, at=now, viewer=viewer, subject=Subject.SUBMISSION, subject_id=version.submission_id,
           action=action, unit_id=unit_id, reason=reason,
           detail={"version": version.number, "part": "copy", "title": copy.name, "state": copy.state.value})


def _named(name: str, media_type: str) -> str:
    """A name that is safe everywhere and ends as its content asks."""
    bare = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or name
    kept = "".join(sign for sign in bare if sign.isprintable() and sign not in '<>:"|?*')
    return (" ".join(kept.split()).strip(". ")[:NAME_LENGTH] or "ban-ky") + COPY_TYPES[media_type]


__all__ = ["TRUST", "attach", "check_file", "remove"]
