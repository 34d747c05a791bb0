"""Finding what a consolidation is about: the requirement, the unit's own report, its frozen versions."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.requirement import Obligation, Requirement, RequirementKind, RequirementStatus
from models.submission import IssuedDocument, Submission, SubmissionVersion
from models.workflow import Status
from queries.submission import SubmissionLine, line_of, submission_lines

DOCUMENT = "document"
"""Under this key a consolidating version's content holds the whole document."""
SUMMARY = "summary"
"""And under this one the leadership's summary of it, where it was issued."""


def find_report_requirement(session: Session, code: str) -> Requirement | None:
    """A report that was asked for, by code; None for a plan, one not yet opened, or none. One query."""
    return session.scalar(select(Requirement).where(
        Requirement.code == code, Requirement.kind != RequirementKind.PLAN,
        Requirement.status != RequirementStatus.DRAFT))


def list_report_requirements(session: Session) -> list[Requirement]:
    """Reports that were asked for, the newest due first. One query."""
    return list(session.scalars(
        select(Requirement).where(Requirement.kind != RequirementKind.PLAN,
                                  Requirement.status != RequirementStatus.DRAFT)
        .order_by(Requirement.due_on.desc(), Requirement.id.desc())))


def find_own_line(session: Session, requirement_id: int, unit_id: int, on: date) -> SubmissionLine | None:
    """What a unit owes for a requirement, with what became of it; None when it owes nothing. One query."""
    row = session.execute(submission_lines(on).where(
        Obligation.requirement_id == requirement_id, Obligation.unit_id == unit_id)).first()
    return line_of(row) if row is not None else None


def latest_version(session: Session, requirement_id: int, unit_id: int) -> tuple[Status | None, int]:
    """Where a unit's report stands and the number of its last version (0: none yet). One query."""
    row = session.execute(
        select(Submission.status, Submission.version_count)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .where(Obligation.requirement_id == requirement_id, Obligation.unit_id == unit_id)).first()
    return (row[0], row[1]) if row is not None else (None, 0)


def find_version(session: Session, requirement_id: int, unit_id: int,
                 number: int) -> tuple[SubmissionVersion, IssuedDocument | None] | None:
    """A frozen version that holds a document, with what was issued of it. One query."""
    row = session.execute(
        select(SubmissionVersion, IssuedDocument)
        .join(Submission, Submission.id == SubmissionVersion.submission_id)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .outerjoin(IssuedDocument, IssuedDocument.version_id == SubmissionVersion.id)
        .where(Obligation.requirement_id == requirement_id, Obligation.unit_id == unit_id,
               SubmissionVersion.number == number)).first()
    if row is None or DOCUMENT not in row[0].content:
        return None
    return row[0], row[1]
