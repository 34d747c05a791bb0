"""What may be said of a frozen paper to whoever holds its code, and the copies that were attached to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.translation import N_
from models.account import Account
from models.issued import CopyState, IssuedFile, Recall, SignedCopy
from models.requirement import Level, Obligation, Requirement
from models.submission import IssuedDocument, Submission, SubmissionVersion
from models.workflow import Status


class Standing(StrEnum):
    """Whether a paper holds."""

    IN_FORCE = "in_force"
    SENT = "sent"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    RECALLED = "recalled"

    @property
    def label(self) -> str:
        """In words, as 'Đang có hiệu lực'."""
        return {
            "in_force": N_("Đang có hiệu lực"), "sent": N_("Đã gửi, đang chờ cơ quan nhận duyệt"),
            "returned": N_("Đã được trả lại để bổ sung"), "withdrawn": N_("Đơn vị đã rút về"),
            "replaced": N_("Đã được thay bằng bản khác"), "recalled": N_("Đã thu hồi"),
        }[self.value]


@dataclass(frozen=True)
class CopyLine:
    """One attached copy."""

    id: int
    name: str
    media_type: str
    size: int
    sha256: str
    state: CopyState
    reading: Mapping[str, Any]
    attached_at: datetime
    attached_by: str
    removed_at: datetime | None
    removal_reason: str

    @property
    def is_shown(self) -> bool:
        """Whether strangers are told of it: it still stands, and nothing speaks against it."""
        return self.removed_at is None and self.state.is_good


@dataclass(frozen=True)
class FileLine:
    """One issued file."""

    kind: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class PaperFacts:
    """A frozen paper without anything of what it says."""

    version_id: int
    submission_id: int
    unit_id: int
    code: str
    is_plan: bool
    is_department: bool
    title: str
    agency: str
    number: str
    """As "05/BC-SGDĐT"; empty when the paper has none."""
    on: date | None
    version: int
    sent_at: datetime
    standing: Standing
    newest: int
    """The number of the newest version."""
    newest_number: str
    """What stands on that one, where it was issued."""
    recalled_on: date | None
    recall_reason: str
    is_issued: bool
    files: tuple[FileLine, ...]
    copies: tuple[CopyLine, ...]
    """Those that were taken off, too; see ``removed_at``."""


def find_paper(session: Session, code: str) -> PaperFacts | None:
    """The paper that bears a code, or None. Four queries."""
    version_id = session.scalar(select(SubmissionVersion.id).where(SubmissionVersion.code == code)) if code else None
    return get_paper(session, version_id) if version_id is not None else None


def get_paper(session: Session, version_id: int) -> PaperFacts | None:
    """The paper of a version, or None. Four queries at most."""
    row = session.execute(
        select(SubmissionVersion, Submission, Obligation, Requirement, IssuedDocument, Recall)
        .join(Submission, Submission.id == SubmissionVersion.submission_id)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .join(Requirement, Requirement.id == Obligation.requirement_id)
        .outerjoin(IssuedDocument, IssuedDocument.version_id == SubmissionVersion.id)
        .outerjoin(Recall, Recall.version_id == SubmissionVersion.id)
        .where(SubmissionVersion.id == version_id)).first()
    if row is None:
        return None
    version, submission, obligation, requirement, issued, recall = row
    number, on = _number_of(version.content, issued)
    return PaperFacts(
        version_id=version.id, submission_id=submission.id, unit_id=obligation.unit_id, code=version.code,
        is_plan=not requirement.kind.is_report, is_department=obligation.level is Level.DEPARTMENT,
        title=requirement.title, agency=_agency_of(version.content), number=number, on=on, version=version.number,
        sent_at=version.submitted_at, standing=_standing(version, submission, issued, recall),
        newest=submission.version_count, newest_number=_newest_number(session, version, submission),
        recalled_on=recall.recalled_on if recall is not None else None,
        recall_reason=recall.reason if recall is not None else "",
        is_issued=issued is not None, files=list_files(session, version.id), copies=list_copies(session, version.id))


def _standing(version: SubmissionVersion, submission: Submission, issued: IssuedDocument | None,
              recall: Recall | None) -> Standing:
    """Whether it holds: a recall outweighs all, then a newer version, then what its reviewer said."""
    if recall is not None:
        return Standing.RECALLED
    if version.number < submission.version_count:
        return Standing.REPLACED
    if issued is not None or submission.accepted_version == version.number:
        return Standing.IN_FORCE
    return {Status.RETURNED: Standing.RETURNED, Status.WITHDRAWN: Standing.WITHDRAWN}.get(
        submission.status, Standing.SENT)


def _newest_number(session: Session, version: SubmissionVersion, submission: Submission) -> str:
    """Number and symbol of the issued version that replaces this one; empty where there is none. One query."""
    if version.number == submission.version_count:
        return ""
    found = session.scalar(
        select(IssuedDocument).join(SubmissionVersion, SubmissionVersion.id == IssuedDocument.version_id)
        .where(SubmissionVersion.submission_id == submission.id,
               SubmissionVersion.number == submission.version_count))
    return f"{found.number}/{found.symbol}" if found is not None and found.number else ""


def _number_of(content: Mapping[str, Any], issued: IssuedDocument | None) -> tuple[str, date | None]:
    """Number and day as on the paper."""
    if issued is not None:
        return f"{issued.number}/{issued.symbol}" if issued.number else "", issued.issued_on
    head = content.get("head", {})
    on = content.get("document_on") or head.get("issued_on")
    number = content.get("document_number") or (f"{head['number']}/{head['symbol']}" if head.get("number") else "")
    return number, date.fromisoformat(on) if on else None


def _agency_of(content: Mapping[str, Any]) -> str:
    """Whose paper it is, by its name of then."""
    unit = content.get("unit")
    return str(unit["name"] if isinstance(unit, Mapping) else content.get("unit_name", ""))


def list_files(session: Session, version_id: int) -> tuple[FileLine, ...]:
    """The files that were issued of a version. One query."""
    rows = session.execute(
        select(IssuedFile.kind, IssuedFile.name, IssuedFile.size, IssuedFile.sha256)
        .where(IssuedFile.version_id == version_id).order_by(IssuedFile.id))
    return tuple(FileLine(*row) for row in rows)


def list_copies(session: Session, version_id: int) -> tuple[CopyLine, ...]:
    """The copies attached to a version, oldest first, those taken off, too. One query."""
    rows = session.execute(
        select(SignedCopy, Account.full_name).outerjoin(Account, Account.id == SignedCopy.attached_by_id)
        .where(SignedCopy.version_id == version_id).order_by(SignedCopy.id))
    return tuple(
        CopyLine(copy.id, copy.name, copy.media_type, copy.size, copy.sha256, copy.state, copy.reading,
                 copy.attached_at, name or "", copy.removed_at, copy.removal_reason) for copy, name in rows)


def find_version_of_file(session: Session, sha256: str) -> int | None:
    """The version of which a file with this hash was issued, or attached as a good copy that stands. Two queries."""
    issued = session.scalar(select(IssuedFile.version_id).where(IssuedFile.sha256 == sha256).limit(1))
    if issued is not None:
        return issued
    return session.scalar(select(SignedCopy.version_id).where(
        SignedCopy.sha256 == sha256, SignedCopy.removed_at.is_(None),
        SignedCopy.state.in_([state for state in CopyState if state.is_good])).limit(1))


__all__ = ["CopyLine", "FileLine", "PaperFacts", "Standing", "find_paper", "find_version_of_file", "get_paper",
           "list_copies", "list_files"]
