"""What every step on a submission shares: its errors, what is frozen, who may still be asked for it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from core.translation import N_
from models.event import Subject
from models.permission import Viewer
from models.requirement import Obligation, Requirement, RequirementStatus
from models.submission import Submission, VersionFigure
from models.workflow import Step, WorkflowError, move
from services.trail import record


class SubmissionError(Exception):
    """Why a step cannot be taken: a Vietnamese message with values to fill in."""

    def __init__(self, message: str, **values: str | int) -> None:
        """Keep the message as it is looked up for translation, and its values."""
        super().__init__(message % values if values else message)
        self.message, self.values = message, values


@dataclass(frozen=True)
class Problem:
    """Something to mend or to mind before sending."""

    part: str
    """As "section:I.1", "item:7" (by id), "items", "figure:B1", "document", "sign_off"."""
    message: str
    """Vietnamese, with %(…)s for ``values``."""
    values: dict[str, Any] = field(default_factory=dict)


@dataclass
class FrozenContent:
    """A document as it stands now, ready to become a version.

    ``content`` is plain JSON. Two versions are compared by its lists "sections" ({"code", "mark", "heading",
    "text"}) and "items" ({"id", "title", …}) where they are there, and by ``figures``.
    """

    content: dict[str, Any]
    figures: list[VersionFigure]
    """New rows without a version; those of a plan are none."""
    data_until: date
    problems: list[Problem] = field(default_factory=list)
    """What stands in the way of sending."""
    warnings: list[Problem] = field(default_factory=list)
    """What is only worth a second look."""


@dataclass(frozen=True)
class DocumentFields:
    """What stands on the unit's paper: number and symbol, day, and who signs."""

    number: str
    on: date | None
    authority: str
    position: str
    name: str


def lock(session: Session, submission: Submission) -> None:
    """Wait for whoever is changing this submission, and see what they did."""
    session.flush()  # refreshing forgets what was not flushed
    session.refresh(submission, with_for_update=True)


def owed(session: Session, obligation_id: int) -> tuple[Obligation, Requirement]:
    """The obligation with its requirement. Raises SubmissionError when there is none."""
    obligation = session.get(Obligation, obligation_id)
    if obligation is None:
        raise SubmissionError(N_("Không tìm thấy yêu cầu này."))
    return obligation, session.get_one(Requirement, obligation.requirement_id)


def check_owed(obligation: Obligation, requirement: Requirement) -> None:
    """Raise SubmissionError when the unit is excused, no longer owes it, or the requirement is closed."""
    if obligation.exempted_at is not None:
        raise SubmissionError(N_("Đơn vị đã được miễn yêu cầu này nên không cần gửi."))
    if obligation.closed_at is not None:
        raise SubmissionError(N_("Yêu cầu này đã khép lại với đơn vị nên không nhận thêm."))
    if requirement.status is RequirementStatus.CLOSED:
        raise SubmissionError(N_("Cơ quan nhận đã đóng yêu cầu này. Liên hệ để được mở lại nếu cần gửi."))


def check_writable(submission: Submission, obligation: Obligation, requirement: Requirement) -> None:
    """Raise SubmissionError when nothing may be written in it now."""
    if not submission.status.is_editable:
        raise SubmissionError(N_("Văn bản này đang khóa nên chưa lưu được thay đổi."))
    check_owed(obligation, requirement)


def take(submission: Submission, step: Step, reason: str = "") -> None:
    """Move through the table of transitions. Raises SubmissionError."""
    try:
        move(submission, step, reason)
    except WorkflowError as error:
        raise SubmissionError(str(error)) from error


def note(session: Session, submission: Submission, obligation: Obligation, action: str, viewer: Viewer | None,
         now: datetime, reason: str = "", detail: dict[str, Any] | None = None) -> None:
    """Add a line to the submission's timeline."""
    session.flush()
    record(session, at=now, viewer=viewer, subject=Subject.SUBMISSION, subject_id=submission.id,
           action=str(action), unit_id=obligation.unit_id, reason=reason, detail=detail)


def take_and_note(session: Session, submission: Submission, step: Step, viewer: Viewer | None, now: datetime,
                  reason: str = "", detail: dict[str, Any] | None = None) -> Requirement:
    """Move and add the line; gives back the requirement. Raises SubmissionError."""
    obligation, requirement = owed(session, submission.obligation_id)
    take(submission, step, reason)
    note(session, submission, obligation, step, viewer, now, reason, detail)
    return requirement
