"""Issuing the Department's consolidated report: number, day and signer, a frozen version, its files; and recalling it.

Nothing that was issued is ever overwritten: another issue is another version, with the reason for it. A recall is a
mark beside the version; its files stay.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.storage import FileStore
from core.translation import N_
from models.event import Subject
from models.issued import IssuedFile, Recall
from models.permission import Viewer
from models.requirement import Level, Obligation, Requirement
from models.submission import IssuedDocument, Submission, SubmissionVersion
from models.workflow import Step
from queries.consolidation import SUMMARY, dump_document
from queries.unit import UnitLine, get_unit
from services.consolidation import BUILDERS, build_frozen, compose_summary, file_name
from services.report import freeze_report
from services.submission import DocumentFields, SubmissionError, find_version, lock, submit
from services.trail import record

FOLDER = "issued"
"""Where issued files and signed copies lie in the portal's instance folder."""
LARGEST_FILE = 500 * 1024 * 1024
"""Bytes an issued file may have; the absurdest report stays far below."""


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
          viewer: Viewer | None, now: datetime, store: FileStore | None = None,
          address: str = "") -> IssuedDocument:
    """Freeze the Department's report as it stands, issue it, and keep its files in ``store``. Does not commit.

    ``address`` is the portal's own, to which the code on each page leads. Without a store only the hashes are kept:
    the same bytes are printed again from the frozen version. The same ``submit_key`` twice issues once. Raises
    SubmissionError when it is not the Department's, locked, or replaces an issued version without a reason.
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
                     document=fields.document, reason=fields.reason.strip(), address=address)
    issued = IssuedDocument(
        version_id=version.id, number=fields.number, symbol=fields.symbol, issued_on=fields.issued_on,
        authority=fields.authority, signer_position=fields.position, signer_name=fields.name, issued_at=now,
        issued_by_id=viewer.account_id if viewer else None, reason=fields.reason.strip(), pdf_sha256="")
    files = {file.kind: file for file in _make_files(version, issued, requirement, unit, store)}
    issued.pdf_sha256 = files["pdf"].sha256
    session.add_all([issued, *files.values()])
    session.flush()
    return issued


def _make_files(version: SubmissionVersion, issued: IssuedDocument, requirement: Requirement, unit: UnitLine,
                store: FileStore | None) -> Iterator[IssuedFile]:
    """The files of a version in every format, each laid into the store."""
    for kind in (*BUILDERS, "summary"):
        content = build_frozen(version, issued, kind)
        if content is None:
            continue
        if store is not None:
            store.put(BytesIO(content), LARGEST_FILE)
        yield IssuedFile(
            version_id=version.id, kind=kind, name=file_name(requirement, unit, kind, version.number),
            size=len(content), sha256=hashlib.sha256(content).hexdigest(), made_at=issued.issued_at)


def recall(session: Session, version: SubmissionVersion, reason: str, *, on: date, viewer: Viewer | None,
           now: datetime) -> bool:
    """Recall an issued version with a reason; it stays readable, and /verify says so. Does not commit.

    False when it was recalled already. Raises SubmissionError when it was never issued or the reason is missing.
    """
    if _issued(session, version) is None:
        raise SubmissionError(N_("Bản này chưa được phát hành nên không có gì để thu hồi."))
    submission = session.get_one(Submission, version.submission_id)
    lock(session, submission)
    if session.scalar(select(Recall.id).where(Recall.version_id == version.id)) is not None:
        return False
    if not reason.strip():
        raise SubmissionError(N_("Ghi lý do thu hồi để người nhận biết cần làm gì."))
    session.add(Recall(version_id=version.id, recalled_on=on, reason=reason.strip(), recalled_at=now,
                       recalled_by_id=viewer.account_id if viewer else None))
    obligation = session.get_one(Obligation, submission.obligation_id)
    record(session, at=now, viewer=viewer, subject=Subject.SUBMISSION, subject_id=submission.id, action="recall",
           unit_id=obligation.unit_id, reason=reason, detail={"version": version.number})
    session.flush()
    return True


def _issued_by_key(session: Session, submission: Submission, submit_key: str) -> IssuedDocument | None:
    """What an earlier press of the same button issued, or None."""
    version = find_version(session, submission.id, submit_key)
    return _issued(session, version) if version is not None else None


def _issued(session: Session, version: SubmissionVersion) -> IssuedDocument | None:
    """What was issued of a version."""
    return session.scalar(select(IssuedDocument).where(IssuedDocument.version_id == version.id))
