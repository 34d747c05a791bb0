"""What is done with a document: signed off, withdrawn, reviewed, returned, accepted, reopened."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from core.dates import local_day
from core.translation import N_
from models.permission import Viewer
from models.requirement import Requirement
from models.submission import ALL_PARTS, ReturnedPart, Submission
from models.workflow import Status, Step
from services.submission.rules import SubmissionError, lock, note, owed, take, take_and_note


def withdraw(session: Session, submission: Submission, viewer: Viewer | None, now: datetime) -> bool:
    """Take back what was sent, until its review has begun. Raises SubmissionError."""
    lock(session, submission)
    if submission.status is Status.WITHDRAWN:
        return False
    if submission.status is Status.SUBMITTED and submission.review_started_at is not None:
        message = N_("Cơ quan nhận đã bắt đầu duyệt nên không rút về được. Hãy gửi yêu cầu mở khóa.")
        raise SubmissionError(message)
    take_and_note(session, submission, Step.WITHDRAW, viewer, now)
    submission.review_due_on = submission.unlock_asked_at = None
    return True


def ask_unlock(session: Session, submission: Submission, reason: str, viewer: Viewer | None,
               now: datetime) -> bool:
    """Ask the reviewer to open what is locked. Raises SubmissionError."""
    lock(session, submission)
    if submission.unlock_asked_at is not None and submission.unlock_reason == reason.strip():
        return False
    take_and_note(session, submission, Step.ASK_UNLOCK, viewer, now, reason)
    submission.unlock_asked_at, submission.unlock_reason = now, reason.strip()
    return True


def keep_locked(session: Session, submission: Submission, reason: str, viewer: Viewer | None,
                now: datetime) -> bool:
    """Answer a request to unlock with no, and why. Raises SubmissionError."""
    lock(session, submission)
    if submission.unlock_asked_at is None:
        return False
    take_and_note(session, submission, Step.KEEP_LOCKED, viewer, now, reason)
    submission.unlock_asked_at, submission.unlock_reason = None, ""
    return True


def sign_off(session: Session, submission: Submission, viewer: Viewer, now: datetime, *,
             revision: int | None = None) -> bool:
    """Note that the head has read ``revision`` (None: the present one). Raises SubmissionError when it is past."""
    lock(session, submission)
    if submission.is_signed_off:
        return False
    revision = submission.revision if revision is None else revision
    if submission.revision != revision:
        raise SubmissionError(N_("Nội dung vừa được sửa sau khi mở trang. Hãy đọc lại rồi ký duyệt."))
    obligation, _requirement = owed(session, submission.obligation_id)
    take(submission, Step.SIGN_OFF)
    submission.signed_off_at, submission.signed_off_by_id = now, viewer.account_id
    submission.signed_off_revision = revision
    note(session, submission, obligation, Step.SIGN_OFF, viewer, now, detail={"revision": revision})
    return True


def start_review(session: Session, submission: Submission, viewer: Viewer | None, now: datetime) -> bool:
    """Begin the review: from now on the unit cannot withdraw. Raises SubmissionError when nothing waits."""
    lock(session, submission)
    if submission.status is not Status.SUBMITTED:
        raise SubmissionError(N_("Đơn vị chưa gửi hoặc đã rút về nên chưa có bản để duyệt."))
    if submission.review_started_at is not None:
        return False
    submission.review_started_at = now
    obligation, _requirement = owed(session, submission.obligation_id)
    detail = {"version": submission.version_count}
    note(session, submission, obligation, "start_review", viewer, now, detail=detail)
    return True


def accept(session: Session, submission: Submission, viewer: Viewer | None, now: datetime, *,
           version: int | None = None, comment: str = "") -> bool:
    """Accept the version that was read (None: the last); consolidations add it up. Raises SubmissionError."""
    lock(session, submission)
    version = submission.version_count if version is None else version
    if submission.status is Status.ACCEPTED and submission.accepted_version == version:
        return False
    _check_version(submission, version)
    take_and_note(session, submission, Step.ACCEPT, viewer, now, comment, {"version": version})
    submission.review_started_at = submission.review_started_at or now
    submission.accepted_at, submission.accepted_version = now, version
    return True


def return_for_completion(session: Session, submission: Submission, parts: list[tuple[str, str]],
                          general_reason: str, viewer: Viewer | None, now: datetime, *,
                          version: int | None = None) -> bool:
    """Give a version (None: the last) back: each of ``parts`` with its reason, or all with the general one.

    The unit may change the named parts alone, within the requirement's days for it. Raises SubmissionError.
    """
    lock(session, submission)
    version = submission.version_count if version is None else version
    if submission.status is Status.RETURNED and submission.version_count == version:
        return False
    _check_version(submission, version)
    if not all(reason.strip() for _part, reason in parts):
        raise SubmissionError(N_("Ghi lý do cho từng phần được chọn để đơn vị biết cần làm gì."))
    reasons = "\n".join(filter(None, [general_reason.strip(), *(reason.strip() for _part, reason in parts)]))
    detail = {"version": version, "parts": [part for part, _reason in parts]}
    requirement = take_and_note(session, submission, Step.RETURN, viewer, now, reasons, detail)
    submission.review_started_at = submission.review_started_at or now
    _open_parts(session, submission, requirement, parts or [(ALL_PARTS, general_reason.strip())], now)
    return True


def reopen(session: Session, submission: Submission, reason: str, viewer: Viewer | None, now: datetime,
           parts: list[tuple[str, str]] | None = None) -> bool:
    """Open an accepted document again; no consolidation adds it up until then. Raises SubmissionError."""
    lock(session, submission)
    if submission.status is Status.RETURNED:
        return False
    detail = {"version": submission.version_count}
    requirement = take_and_note(session, submission, Step.REOPEN, viewer, now, reason, detail)
    submission.accepted_at = submission.accepted_version = None
    _open_parts(session, submission, requirement, parts or [(ALL_PARTS, reason.strip())], now)
    return True


def revise(session: Session, submission: Submission, reason: str, viewer: Viewer | None,
           now: datetime) -> bool:
    """Begin a new version of an issued report; the issued one stays as it was. Raises SubmissionError."""
    lock(session, submission)
    if submission.status is Status.DRAFT:
        return False
    detail = {"version": submission.version_count}
    take_and_note(session, submission, Step.REVISE, viewer, now, reason, detail)
    submission.accepted_at = submission.accepted_version = None
    return True


def _check_version(submission: Submission, version: int) -> None:
    """Raise SubmissionError when the reviewer read another version than the one that waits."""
    if submission.status is Status.SUBMITTED and submission.version_count != version:
        raise SubmissionError(N_("Đơn vị vừa gửi bản mới. Hãy xem bản mới trước khi quyết định."))


def _open_parts(session: Session, submission: Submission, requirement: Requirement,
                parts: list[tuple[str, str]], now: datetime) -> None:
    """Note what the unit has to mend, and by when."""
    submission.returned_at = now
    submission.return_count += 1
    submission.return_due_on = local_day(now) + timedelta(days=requirement.return_days)
    submission.review_due_on = submission.unlock_asked_at = None
    submission.unlock_reason = ""
    version = submission.version_count
    session.add_all(
        ReturnedPart(submission_id=submission.id, version_number=version, part=part, reason=reason.strip())
        for part, reason in dict(parts).items())
