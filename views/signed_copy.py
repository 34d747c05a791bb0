"""Signed and stamped copies of a version: attached, handed out, taken off; the recall of an issued one; prints."""

from collections.abc import Callable
from typing import cast

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, send_file, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.submission import ReasonForm
from models.issued import LARGEST_COPY, SignedCopy
from models.permission import Action
from models.submission import SubmissionVersion
from queries.issued import PaperFacts, get_paper
from queries.paper_print import plan_parts, report_parts
from queries.plan import get_plan
from queries.report import load_state
from queries.submission import SubmissionLine, find_submission_line, get_submission_line, get_version
from services.issue import recall
from services.paper_print import note_print
from services.signature import attach, remove
from services.submission import SubmissionError, ensure_submission
from views.access import allow, requires, viewer
from views.attachment import guarded
from views.drafting import open_desk
from views.evidence import issued_store, trusted_folder
from views.obligation import obligation_url

blueprint = Blueprint("signed_copy", __name__)
Answer = str | BaseResponse | tuple[str, int]


@blueprint.route("/submissions/<int:submission_id>/versions/<int:number>/copies", methods=["GET", "POST"])
@requires(Action.PAPER_ATTACH)
def add(submission_id: int, number: int) -> Answer:
    """Ask for the signed PDF or the scan; on POST keep it with what was read of it."""
    line, version = _load(submission_id, number, Action.PAPER_ATTACH)
    error, status = "", 200
    if request.method == "POST":
        error = _attach(line, version)
        if not error:
            return redirect(_version_url(line, number), 303)
        status = 422
    return render_template("signed_copy/add.html", line=line, number=number, error=error,
                           limit=LARGEST_COPY >> 20, back=_version_url(line, number)), status


def _attach(line: SubmissionLine, version: SubmissionVersion) -> str:
    """Attach the posted file: what is wrong with it, or nothing."""
    upload = request.files.get("file")
    content = upload.stream.read(LARGEST_COPY + 1) if upload is not None else b""
    if upload is None or not upload.filename:
        return _("Chọn tệp đã ký hoặc bản quét rồi bấm “Đính kèm”.")
    try:
        copy = attach(db.session, issued_store(), version, unit_id=line.unit_id, name=upload.filename,
                      content=content, roots=trusted_folder(), viewer=viewer(), now=clock.now())
    except SubmissionError as error:
        db.session.rollback()
        return _(error.message, **error.values)
    db.session.commit()
    flash(_("Đã đính kèm “%(name)s”. %(state)s.", name=copy.name, state=_(copy.state.label)),
          "success" if copy.state.is_good else "warning")
    return ""


@blueprint.get("/signed-copies/<int:copy_id>")
@requires(Action.PLAN_VIEW)
def show(copy_id: int) -> Response:
    """Hand out a copy under its name."""
    copy, paper = _copy(copy_id)
    allow(Action.PLAN_VIEW if paper.is_plan else Action.REPORT_VIEW, paper.unit_id)
    path = issued_store().path(copy.sha256)
    if not path.is_file():
        abort(404)
    return guarded(send_file(path, mimetype=copy.media_type, as_attachment=True, download_name=copy.name,
                             etag=copy.sha256, last_modified=None))


@blueprint.route("/signed-copies/<int:copy_id>/remove", methods=["GET", "POST"])
@requires(Action.PAPER_ATTACH)
def take_off(copy_id: int) -> Answer:
    """Ask why a copy is taken off; the file and its line stay."""
    copy, paper = _copy(copy_id)
    allow(Action.PAPER_ATTACH, paper.unit_id)
    return _with_reason(
        f"signed-copy:{copy.id}", paper, Action.PAPER_ATTACH, _("Gỡ bản ký"),
        _("Bản ký “%(name)s” không còn được đưa ra cho người kiểm tra; tệp vẫn được giữ.", name=copy.name),
        lambda session, reason: remove(session, copy, reason, unit_id=paper.unit_id, viewer=viewer(),
                                       now=clock.now()))


@blueprint.route("/submissions/<int:submission_id>/versions/<int:number>/recall", methods=["GET", "POST"])
@requires(Action.CONSOLIDATION_ISSUE)
def call_back(submission_id: int, number: int) -> Answer:
    """Ask why an issued version is recalled; whoever checks its code reads it."""
    _line, version = _load(submission_id, number, Action.CONSOLIDATION_ISSUE)
    paper = get_paper(db.session, version.id)
    if paper is None or not paper.is_issued:
        abort(404)
    if paper.recalled_on is not None and request.method == "GET":
        flash(_("Bản này đã được thu hồi từ trước."), "info")
        return redirect(_version_url(_line, number), 303)
    return _with_reason(
        f"recall:{version.id}", paper, Action.CONSOLIDATION_ISSUE, _("Thu hồi bản đã phát hành"),
        _("Người kiểm tra mã %(code)s sẽ thấy ngày và lý do thu hồi. Việc này không hoàn lại được; nếu cần, lập bản "
          "mới.", code=paper.code),
        lambda session, reason: recall(session, version, reason, on=clock.today(), viewer=viewer(), now=clock.now()))


@blueprint.post("/obligations/<int:obligation_id>/print")
@requires(Action.PAPER_ATTACH)
def print_draft(obligation_id: int) -> Answer:
    """Note what is printed for signing, then send the draft."""
    line = get_submission_line(db.session, obligation_id, clock.today())
    if line is None:
        abort(404)
    allow(Action.PAPER_ATTACH, line.unit_id)
    noun = "report" if line.kind.is_report else "plan"
    if not line.is_editable:
        return redirect(obligation_url(line.kind, line.obligation_id), 303)
    submission = ensure_submission(db.session, obligation_id, clock.now(), viewer())
    parts = report_parts(load_state(db.session, line, on=clock.today())) if line.kind.is_report else \
        plan_parts(get_plan(db.session, line, clock.today()), line)
    note_print(db.session, submission.id, parts, unit_id=line.unit_id, viewer=viewer(), now=clock.now())
    db.session.commit()
    return redirect(url_for(f"{noun}.download", obligation_id=obligation_id), 303)


def _with_reason(key: str, paper: PaperFacts, action: Action, title: str, text: str,
                 act: Callable[[Session, str], bool]) -> Answer:
    """A page that asks for a reason, keeps what was typed, and does ``act`` with it once."""
    back = url_for("submission.show_version", submission_id=paper.submission_id, number=paper.version)
    desk = open_desk(key, paper.unit_id, action)
    form = ReasonForm(desk.data({"reason": ""}))
    status = 200
    if request.method == "POST":
        if not desk.take():
            status = 409
        elif desk.wants_keep_only:
            db.session.commit()
            return redirect(request.path, 303)
        elif form.validate():
            is_new = act(db.session, form.reason.data or "")
            desk.done()
            db.session.commit()
            flash(_("Đã ghi nhận.") if is_new else _("Việc này đã được ghi nhận từ trước."), "success")
            return redirect(back, 303)
        else:
            status = 422
        db.session.commit()
    return render_template("signed_copy/reason.html", form=form, desk=desk, title=title, text=text, back=back), status


def _load(submission_id: int, number: int, action: Action) -> tuple[SubmissionLine, SubmissionVersion]:
    """A version of a document over whose unit the viewer may do ``action``; 404 otherwise."""
    line = find_submission_line(db.session, submission_id, clock.today())
    version = get_version(db.session, submission_id, number)
    if line is None or version is None:
        abort(404)
    allow(action, line.unit_id)
    return line, version


def _copy(copy_id: int) -> tuple[SignedCopy, PaperFacts]:
    """A copy with its paper; 404 when there is none."""
    copy = db.session.get(SignedCopy, copy_id)
    if copy is None:
        abort(404)
    return copy, cast(PaperFacts, get_paper(db.session, copy.version_id))


def _version_url(line: SubmissionLine, number: int) -> str:
    """The page of the version."""
    return url_for("submission.show_version", submission_id=line.submission_id, number=number, _anchor="paper")
