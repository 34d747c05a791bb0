"""The paper of any frozen version: a plan, a unit's report, a district's or the Department's, always the same bytes."""

from typing import Literal

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

Kind = Literal["pdf", "docx"]


def print_version(session: Session, version: SubmissionVersion, store: FileStore | None = None,
                  kind: Kind = "pdf") -> bytes:
    """The file of a frozen version with its code at the foot; of an issued one what ``store`` kept. Two queries."""
    kept = kept_file(session, store, version.id, kind)
    if kept is not None:
        return kept
    content = version.content
    if DOCUMENT in content:
        issued = session.scalar(select(IssuedDocument).where(IssuedDocument.version_id == version.id))
        printed = build_frozen(version, issued, kind)
        assert printed is not None
        return printed
    if content.get("kind") == "report":
        figures = session.scalars(select(VersionFigure).where(VersionFigure.version_id == version.id))
        report = report_document(content, figures, is_draft=False, code=version.code, verify_url=version.verify_url)
        return report_paper.build_word(report) if kind == "docx" else report_paper.build(report)
    plan = plan_document(plan_from(content), is_draft=False, code=version.code, verify_url=version.verify_url)
    return plan_paper.build_word(plan) if kind == "docx" else plan_paper.build(plan)


__all__ = ["Kind", "print_version"]
