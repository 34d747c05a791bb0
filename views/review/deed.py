"""What a reviewer decides: begin, accept, return, open again, keep locked. Each may be pressed twice."""

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.review import RETURN_MULTIPLE
from forms.submission import ReasonForm
from models.permission import Action
from models.submission import Submission
from models.workflow import Status, Step
from services.submission import (
    SubmissionError,
    accept,
    keep_locked,
    reopen,
    return_for_completion,
    start_review,
)
from views.access import requires, viewer
from views.review.blueprint import blueprint
from views.review.common import load, load_reviewing, onward_url
from views.review.page import make_form, open_return_desk, render_review
from views.review.queue import kept, read_filter
from views.submission.step import ask_again, carry_out

Answer = Response | tuple[str, int]


@blueprint.post("/<int:submission_id>/start")
@requires(Action.REPORT_REVIEW)
def start(submission_id: int) -> Response:
    """Begin the review; from now on the unit cannot withdraw."""
    line = load(submission_id)
    return carry_out(
        line, lambda submission: start_review(db.session, submission, viewer(), clock.now()),
        _("Đã bắt đầu duyệt; đơn vị không rút về được nữa."), _here(submission_id))


@blueprint.post("/<int:submission_id>/accept")
@requires(Action.REPORT_REVIEW)
def approve(submission_id: int) -> Response:
    """Accept the version that was read, and go on to the next."""
    reviewing = load_reviewing(submission_id)
    line, onward = reviewing.line, onward_url(reviewing)
    version = request.form.get("version", type=int, default=0)
    return carry_out(
        line, lambda submission: accept(db.session, submission, viewer(), clock.now(), version=version),
        _("Đã duyệt %(title)s của %(unit)s.", title=line.requirement_title, unit=line.unit_name), onward)


@blueprint.post("/<int:submission_id>/return")
@requires(Action.REPORT_REVIEW)
def give_back(submission_id: int) -> Answer:
    """Return the chosen parts, each with its reason, and go on to the next."""
    reviewing = load_reviewing(submission_id)
    desk = open_return_desk(reviewing)
    form = make_form(reviewing, desk)
    is_waiting = reviewing.line.status is Status.SUBMITTED  # else the service says why it cannot be returned
    status = 0
    if not desk.take(multiple=RETURN_MULTIPLE):
        status = 409
    elif not desk.wants_keep_only and is_waiting and not form.validate():
        status = 422
    elif not desk.wants_keep_only:
        return _return(submission_id, form.chosen(), form.general.data or "", desk.done, onward_url(reviewing))
    db.session.commit()
    if status:
        return render_review(reviewing, desk, form), status
    flash(_("Đã lưu nháp nhận xét; đơn vị chưa thấy."), "success")
    return redirect(_here(submission_id), 303)


def _return(submission_id: int, parts: list[tuple[str, str]], general: str, done: object, onward: str) -> Response:
    """Return the parts, or say why that cannot be done and keep the reasons as a draft."""
    line = load(submission_id)
    version = request.form.get("version", type=int, default=0)
    submission = db.session.get_one(Submission, submission_id)
    try:
        with db.session.begin_nested():
            is_new = return_for_completion(
                db.session, submission, parts, general, viewer(), clock.now(), version=version)
    except SubmissionError as error:
        db.session.commit()
        flash(_(error.message, **error.values), "error")
        return redirect(_here(submission_id), 303)
    assert callable(done)
    done()
    db.session.commit()
    flash(_("Đã trả lại cho %(unit)s để bổ sung.", unit=line.unit_name) if is_new
          else _("Việc này đã được ghi nhận từ trước."), "success")
    return redirect(onward, 303)


@blueprint.post("/<int:submission_id>/reopen")
@requires(Action.REPORT_REVIEW)
def open_again(submission_id: int) -> Answer:
    """Open what was accepted, with a reason."""
    line = load(submission_id)
    form = ReasonForm(request.form)
    if not form.validate():
        return ask_again(line, form, Step.REOPEN, url_for("review.open_again", submission_id=submission_id))
    return carry_out(
        line, lambda submission: reopen(db.session, submission, form.reason.data or "", viewer(), clock.now()),
        _("Đã mở lại cho %(unit)s sửa. Bản đã duyệt không còn được tổng hợp cho đến khi duyệt lại.",
          unit=line.unit_name), _here(submission_id))


@blueprint.post("/<int:submission_id>/keep-locked")
@requires(Action.REPORT_REVIEW)
def refuse_unlock(submission_id: int) -> Answer:
    """Answer a request to unlock with no, and why."""
    line = load(submission_id)
    form = ReasonForm(request.form)
    if not form.validate():
        return ask_again(line, form, Step.KEEP_LOCKED, url_for("review.refuse_unlock", submission_id=submission_id))
    return carry_out(
        line, lambda submission: keep_locked(db.session, submission, form.reason.data or "", viewer(), clock.now()),
        _("Đã trả lời đơn vị; văn bản vẫn khóa."), _here(submission_id))


def _here(submission_id: int) -> str:
    """The review page itself."""
    return url_for("review.show", submission_id=submission_id, **kept(read_filter()))
