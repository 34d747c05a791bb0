"""Noting what was printed of a plan or report before it is sent, so that a later change can be told."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.event import Subject
from models.issued import PaperPrint
from models.permission import Viewer
from queries.paper_print import Parts, digest_of
from services.trail import record


def note_print(session: Session, submission_id: int, parts: Parts, *, unit_id: int, viewer: Viewer,
               now: datetime) -> bool:
    """Note a print; False where the last one said the same. Does not commit."""
    digest = digest_of(parts)
    last = session.scalar(
        select(PaperPrint.digest).where(PaperPrint.submission_id == submission_id)
        .order_by(PaperPrint.id.desc()).limit(1))
    if last == digest:
        return False
    session.add(PaperPrint(submission_id=submission_id, digest=digest, parts=parts, printed_at=now,
                           printed_by_id=viewer.account_id))
    record(session, at=now, viewer=viewer, subject=Subject.SUBMISSION, subject_id=submission_id,
           action="print_paper", unit_id=unit_id)
    return True


__all__ = ["note_print"]
