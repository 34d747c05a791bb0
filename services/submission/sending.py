"""Starting a document, writing in it, and freezing it as a version when it is sent or issued."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.dates import format_day, format_document_day, local_day
from core.translation import N_
from models.deadline import add_working_days, days_late
from models.issued import new_code
from models.permission import Viewer
from models.requirement import Level, Obligation, Requirement
from models.submission import REPLACES, Submission, SubmissionVersion, hash_content
from models.workflow import Status, Step
from queries.holiday import read_holidays
from services.submission.rules import (
    DocumentFields,
    FrozenContent,
    SubmissionError,
    check_owed,
    check_writable,
    lock,
    note,
    owed,
    take,
)


def ensure_submission(session: Session, obligation_id: int, now: datetime,
                      viewer: Viewer | None) -> Submission:
    """The submission of an obligation, started as a draft when there is none. Never call it on a GET.

    Of two who start at once one wins and both get the same row. Raises SubmissionError when it is not owed.
    """
    statement = select(Submission).where(Submission.obligation_id == obligation_id)
    found = session.scalar(statement)
    if found is not None:
        return found
    obligation, requirement = owed(session, obligation_id)
    check_owed(obligation, requirement)
    submission = Submission(obligation_id=obligation_id, status=Status.DRAFT, revision=0, version_count=0,
                            created_at=now, changed_at=now, return_count=0)
    try:
        with session.begin_nested():
            session.add(submission)
    except IntegrityError:
        return session.execute(statement).scalar_one()
    note(session, submission, obligation, "start", viewer, now)
    return submission


def touch(session: Session, submission: Submission, now: datetime) -> None:
    """Say that the content changed: a sign-off lapses. Raises SubmissionError when it is locked."""
    lock(session, submission)
    obligation, requirement = owed(session, submission.obligation_id)
    check_writable(submission, obligation, requirement)
    submission.revision += 1
    submission.changed_at = now


def find_version(session: Session, submission_id: int, submit_key: str) -> SubmissionVersion | None:
    """The version that a press of the button already made, or None."""
    return session.scalar(select(SubmissionVersion).where(
        SubmissionVersion.submission_id == submission_id, SubmissionVersion.submit_key == submit_key))


def submit(session: Session, submission: Submission, frozen: FrozenContent, *, submit_key: str,
           viewer: Viewer | None, now: datetime, step: Step = Step.SUBMIT,
           document: DocumentFields | None = None, reason: str = "", address: str = "") -> SubmissionVersion:
    """Freeze the document as a new version and send it (``Step.SUBMIT``) or issue it (``Step.ISSUE``).

    ``address`` is the portal's own, as "https://baocao.example": the code on each page leads there.

    The same ``submit_key`` twice gives the same version. Lateness is frozen at the first submission. Raises
    SubmissionError, with nothing written, when it is not owed, not yet open, incomplete or locked.
    """
    lock(session, submission)
    done = find_version(session, submission.id, submit_key)
    if done is not None:
        return done
    obligation, requirement = owed(session, submission.obligation_id)
    _check_submittable(submission, obligation, requirement, frozen, step, now)
    replaces = _replaced(session, submission, obligation, requirement, reason)
    if replaces:
        frozen.content[REPLACES] = replaces
    take(submission, step, reason)
    if document is not None:
        set_document(submission, document)
    submission.version_count += 1
    version = _freeze(session, submission, frozen, submit_key, viewer, now, address)
    _mark_sent(session, submission, obligation, requirement, step, now)
    detail = {"version": version.number, "late_days": submission.late_days}
    note(session, submission, obligation, step, viewer, now, reason, detail)
    return version


def set_document(submission: Submission, document: DocumentFields) -> None:
    """Set number, day and signer as on the unit's paper."""
    submission.document_number, submission.document_on = document.number, document.on
    submission.signer_authority, submission.signer_position = document.authority, document.position
    submission.signer_name = document.name


def write_document(session: Session, submission: Submission, document: DocumentFields, viewer: Viewer,
                   now: datetime) -> bool:
    """Save number, day and signer while it may be written in; a sign-off stands. Raises SubmissionError.

    False when it says so already.
    """
    lock(session, submission)
    obligation, requirement = owed(session, submission.obligation_id)
    check_writable(submission, obligation, requirement)
    before = read_document(submission)
    if before == document:
        return False
    set_document(submission, document)
    submission.changed_at = now
    changes = {
        name: [str(value), str(getattr(document, name))]
        for name, value in vars(before).items() if value != getattr(document, name)}
    note(session, submission, obligation, "write", viewer, now, detail={"part": "document", "changes": changes})
    return True


def read_document(submission: Submission) -> DocumentFields:
    """Number, day and signer as they are saved."""
    return DocumentFields(
        submission.document_number, submission.document_on, submission.signer_authority,
        submission.signer_position, submission.signer_name)


def _check_submittable(submission: Submission, obligation: Obligation, requirement: Requirement,
                       frozen: FrozenContent, step: Step, now: datetime) -> None:
    """Raise SubmissionError when it cannot be sent now."""
    if (step is Step.ISSUE) != (obligation.level is Level.DEPARTMENT):
        raise SubmissionError(N_("Báo cáo của Sở được phát hành; văn bản của đơn vị được gửi để duyệt."))
    if not obligation.is_owed:
        check_owed(obligation, requirement)
    if step is Step.SUBMIT and submission.first_submitted_at is None:
        check_owed(obligation, requirement)
    if step is Step.SUBMIT and local_day(now) < requirement.opens_on:
        message = N_("Chưa đến ngày nhận. Đơn vị gửi được từ ngày %(day)s; nội dung đã nhập vẫn còn.")
        raise SubmissionError(message, day=format_day(requirement.opens_on))
    if frozen.problems:
        raise SubmissionError(N_("Còn chỗ cần bổ sung trước khi gửi."))


def _freeze(session: Session, submission: Submission, frozen: FrozenContent, submit_key: str,
            viewer: Viewer | None, now: datetime, address: str) -> SubmissionVersion:
    """Write the version with its figures, its hash and its code."""
    version = SubmissionVersion(
        submission_id=submission.id, number=submission.version_count, submit_key=submit_key, submitted_at=now,
        submitted_by_id=viewer.account_id if viewer else None, revision=submission.revision,
        data_until=frozen.data_until, content=frozen.content,
        content_hash=hash_content(frozen.content, frozen.figures), code=new_code(), address=address)
    session.add(version)
    session.flush()
    for figure in frozen.figures:
        figure.version_id = version.id
    session.add_all(frozen.figures)
    return version


def _replaced(session: Session, submission: Submission, obligation: Obligation, requirement: Requirement,
              reason: str) -> str:
    """The sentence that names the version before this one and why it is replaced; empty for the first."""
    if not submission.version_count:
        return ""
    number, on = submission.document_number, submission.document_on
    if obligation.level is not Level.DEPARTMENT:
        number, on = _number_of(session, submission)
        reason = N_("bổ sung theo yêu cầu của cơ quan nhận") if submission.status is Status.RETURNED else \
            N_("đơn vị rút về để hoàn thiện")
    named = filter(None, [f"số {number}" if number else f"bản {submission.version_count}",
                          f"ngày {format_document_day(on)}" if on else ""])
    kind = "Báo cáo" if requirement.kind.is_report else "Kế hoạch"
    return f"{kind} này thay thế {kind} {' '.join(named)}; lý do: {reason.strip().rstrip('.')}."


def _number_of(session: Session, submission: Submission) -> tuple[str, date | None]:
    """Number and day on the paper of the last version; they may have been changed since."""
    content = session.execute(select(SubmissionVersion.content).where(
        SubmissionVersion.submission_id == submission.id,
        SubmissionVersion.number == submission.version_count)).scalar_one()
    head = content.get("head", {})
    number, on = content.get("document_number", ""), content.get("document_on")
    if head.get("number"):
        number = f"{head['number']}/{head['symbol']}"
    on = on or head.get("issued_on")
    return number, date.fromisoformat(on) if on else None


def _mark_sent(session: Session, submission: Submission, obligation: Obligation, requirement: Requirement,
               step: Step, now: datetime) -> None:
    """Set the moments that follow from sending."""
    if submission.first_submitted_at is None:
        submission.first_submitted_at = now
        submission.late_days = days_late(now, obligation.deadline_at)
    submission.submitted_at = now
    submission.review_started_at = submission.return_due_on = submission.unlock_asked_at = None
    submission.unlock_reason = ""
    if step is Step.ISSUE:
        submission.accepted_at, submission.accepted_version = now, submission.version_count
    else:
        submission.review_due_on = add_working_days(
            local_day(now), requirement.review_days, read_holidays(session))
