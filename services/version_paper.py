"""The paper of any frozen version: a plan, a unit's report, a district's or the Department's, always the same bytes."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.storage import FileStore
from exports import plan as plan_paper
from exports import report as report_paper
from models.submission import IssuedDocument, SubmissionVersion, VersionFigure
from queries.consolidation import DOCUMENT
from queries.plan import document_of as plan_document
from queries.plan import plan_from
from queries.report.content import document_of as report_document
from services.consolidation import build_frozen, kept_file


def print_version(session: Session, version: SubmissionVersion, store: FileStore | None = None) -> bytes:
    """The PDF of a frozen version with its code at the foot; of an issued one what ``store`` kept. Two queries."""
    kept = kept_file(session, store, version.id, "pdf")
    if kept is not None:
        return kept
    content = version.content
    if DOCUMENT in content:
        issued = session.scalar(select(IssuedDocument).where(IssuedDocument.version_id == version.id))
        printed = build_frozen(version, issued, "pdf")
        assert printed is not None
        return printed
    if content.get("kind") == "report":
        figures = session.scalars(select(VersionFigure).where(VersionFigure.version_id == version.id))
        report = report_document(content, figures, is_draft=False, code=version.code, verify_url=version.verify_url)
        return report_paper.build(report)
    plan = plan_document(plan_from(content), is_draft=False, code=version.code, verify_url=version.verify_url)
    return plan_paper.build(plan)


__all__ = ["print_version"]
