"""The paper of a report: its PDF and DOCX, and what stands on it (number, day, signer)."""

from dataclasses import replace

from flask import Response as FileResponse
from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.media_type import DOCX
from core.text import fold
from exports import consolidation as consolidated
from exports import report as paper
from forms.report import ReportDocumentForm
from models.permission import Action
from queries.consolidation import DOCUMENT
from queries.consolidation.frozen import load_document
from queries.report.content import document_of
from queries.submission import SubmissionLine
from services.report import preview_report
from services.submission import DocumentFields
from services.submission import write_document as keep_document
from services.version_paper import Kind, print_version
from views.access import requires, viewer
from views.drafting import Desk, open_desk
from views.evidence import issued_store
from views.report.blueprint import blueprint
from views.report.common import attempt, load, show_url, version_of

Answer = str | Response | tuple[str, int]


@blueprint.get("/<int:obligation_id>/report.pdf")
@requires(Action.REPORT_VIEW)
def download(obligation_id: int) -> FileResponse:
    """Send the report as a PDF: as it stands now (a draft), or a version as it was sent."""
    return _send(load(obligation_id, Action.REPORT_VIEW), "pdf")


@blueprint.get("/<int:obligation_id>/report.docx")
@requires(Action.REPORT_VIEW)
def download_word(obligation_id: int) -> FileResponse:
    """The same to go on writing in: what is changed can be brought back while the report is being written."""
    return _send(load(obligation_id, Action.REPORT_VIEW), "docx")


def _send(line: SubmissionLine, kind: Kind) -> FileResponse:
    """Send a file of the report under a name that a person can read."""
    number = request.args.get("version", type=int)
    pages = _frozen(line, number, kind) if number is not None else _draft(line, kind)
    tail = f"ban-{number}" if number is not None else f"du-thao-{clock.today():%d%m%Y}"
    name = "-".join(["bao-cao", line.requirement_code, *fold(line.unit_name).split(), tail])
    safe = "".join(sign if sign.isascii() and (sign.isalnum() or sign == "-") else "-" for sign in name)[:150]
    shown, media_type = ("inline", "application/pdf") if kind == "pdf" else ("attachment", DOCX)
    return FileResponse(pages, mimetype=media_type,
                        headers={"Content-Disposition": f'{shown}; filename="{safe}.{kind}"'})


def _frozen(line: SubmissionLine, number: int, kind: Kind) -> bytes:
    """A version as it was sent."""
    return print_version(db.session, version_of(line, number), issued_store(), kind)


def _draft(line: SubmissionLine, kind: Kind) -> bytes:
    """The report as it stands now."""
    frozen = preview_report(db.session, line, clock.today())
    if DOCUMENT in frozen.content:
        document = load_document(frozen.content[DOCUMENT])
        draft = replace(document, head=replace(document.head, is_draft=True))
        return consolidated.build_word(draft) if kind == "docx" else consolidated.build(draft)
    report = document_of(frozen.content, frozen.figures, is_draft=True)
    return paper.build_word(report) if kind == "docx" else paper.build(report)


@blueprint.route("/<int:obligation_id>/document", methods=["GET", "POST"])
@requires(Action.REPORT_WRITE)
def write_document(obligation_id: int) -> Answer:
    """Write number, day and signer as on the unit's paper; open while the report is."""
    line = load(obligation_id, Action.REPORT_WRITE)
    if not line.is_editable:
        return redirect(show_url(line), 303)
    desk = open_desk(f"report:{obligation_id}:document", line.unit_id, Action.REPORT_WRITE)
    form = ReportDocumentForm(desk.data({
        "document_number": line.document_number, "signer_authority": line.signer_authority,
        "document_on": format_day(line.document_on) if line.document_on else "",
        "signer_position": line.signer_position, "signer_name": line.signer_name}))
    if request.method == "POST":
        answer = _post(line, desk, form)
        db.session.commit()
        return answer
    return _page(line, desk, form)


def _post(line: SubmissionLine, desk: Desk, form: ReportDocumentForm) -> Answer:
    """Keep what was typed, then save it if it can be."""
    if not desk.take():
        return _page(line, desk, form, 409)
    if desk.wants_keep_only:
        return redirect(request.path, 303)
    if not form.validate():
        return _page(line, desk, form, 422)
    fields = DocumentFields(
        form.document_number.data or "", form.document_on.data, form.signer_authority.data or "",
        form.signer_position.data or "", form.signer_name.data or "")
    if attempt(line, lambda submission: keep_document(db.session, submission, fields, viewer(), clock.now())):
        desk.done()
    return redirect(show_url(line, "document"), 303)


def _page(line: SubmissionLine, desk: Desk, form: ReportDocumentForm, status: int = 200) -> tuple[str, int]:
    """The page that asks for it."""
    return render_template("report/document.html", line=line, desk=desk, form=form), status
