"""Issuing the Department's consolidated report: number, day and signer, a frozen version, the bytes' hash.

Nothing that was issued is ever overwritten: another issue is another version, with the reason for it.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.translation import N_
from exports.consolidation import build
from models.permission import Viewer
from models.requirement import Level, Obligation, Requirement
from models.submission import IssuedDocument, Submission, SubmissionVersion
from models.workflow import Step
from queries.consolidation import SUMMARY, dump_document, frozen_document
from queries.unit import get_unit
from services.consolidation import compose_summary
from services.report import freeze_report
from services.submission import DocumentFields, SubmissionError, find_version, submit


@dataclass(frozen=True)
class IssueFields:
    """What the clerk types: the registry's number ("05"; empty leaves room), day, and who signs."""

    number: str
    symbol: str
    issued_on: date
    authority: str
    """As "KT. GIÁM ĐỐC"; empty when the head signs."""
    position: str
    name: str
    reason: str = ""
    """Why a later version replaces an earlier one."""

    @property
    def document(self) -> DocumentFields:
        """What stands on the paper, as a submission keeps it."""
        number = f"{self.number}/{self.symbol}" if self.number else ""
        return DocumentFields(number, self.issued_on, self.authority, self.position, self.name)


def issue(session: Session, submission: Submission, fields: IssueFields, *, until: date, submit_key: str,
          viewer: Viewer | None, now: datetime) -> IssuedDocument:
    """Freeze the Department's report as it stands and issue it. Does not commit.

    The same ``submit_key`` twice issues once. Raises SubmissionError when it is not the Department's, locked, or
    replaces an issued version without a reason.
    """
    done = _issued_by_key(session, submission, submit_key)
    if done is not None:
        return done
    obligation = session.get_one(Obligation, submission.obligation_id)
    if obligation.level is not Level.DEPARTMENT:
        raise SubmissionError(N_("Chỉ báo cáo của Sở được phát hành; báo cáo của đơn vị được gửi để duyệt."))
    if submission.version_count and not fields.reason.strip():
        raise SubmissionError(N_("Ghi lý do lập bản mới thay bản đã phát hành."))
    requirement = session.get_one(Requirement, obligation.requirement_id)
    frozen = freeze_report(session, submission, obligation, requirement, until)
    unit = get_unit(session, obligation.unit_id, until)
    assert unit is not None
    frozen.content[SUMMARY] = dump_document(compose_summary(session, requirement, unit, on=until, now=now))
    version = submit(session, submission, frozen, submit_key=submit_key, viewer=viewer, now=now, step=Step.ISSUE,
                     document=fields.document, reason=fields.reason.strip())
    issued = IssuedDocument(
        version_id=version.id, number=fields.number, symbol=fields.symbol, issued_on=fields.issued_on,
        authority=fields.authority, signer_position=fields.position, signer_name=fields.name, issued_at=now,
        issued_by_id=viewer.account_id if viewer else None, reason=fields.reason.strip(), pdf_sha256="")
    issued.pdf_sha256 = hashlib.sha256(build(frozen_document(version, issued))).hexdigest()
    session.add(issued)
    session.flush()
    return issued


def _issued_by_key(session: Session, submission: Submission, submit_key: str) -> IssuedDocument | None:
    """What an earlier press of the same button issued, or None."""
    version = find_version(session, submission.id, submit_key)
    return _issued(session, version) if version is not None else None


def _issued(session: Session, version: SubmissionVersion) -> IssuedDocument | None:
    """What was issued of a version."""
    return session.scalar(select(IssuedDocument).where(IssuedDocument.version_id == version.id))
