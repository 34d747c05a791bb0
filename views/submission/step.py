"""Steps that a unit takes with its plan or report: withdraw, ask to unlock, sign off; each may be pressed twice."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.submission import ReasonForm
from models.permission import Action
from models.submission import Submission
from models.workflow import Right, Step
from queries.submission import SubmissionLine, find_submission_line
from services.submission import SubmissionError, ask_unlock, sign_off, withdraw
from views.access import allow, requires, viewer
from views.obligation import obligation_url
from views.submission.blueprint import blueprint

Answer = Response | tuple[str, int]


@blueprint.post("/<int:submission_id>/withdraw")
@requires(Action.REPORT_SUBMIT)
def take_back(submission_id: int) -> Answer:
    """Take back what was sent, while nobody has begun to review it."""
    line = load(submission_id, Right.SUBMIT)
    return carry_out(
        line, lambda submission: withdraw(db.session, submission, viewer(), clock.now()),
        _("Đã rút về. Đơn vị sửa rồi gửi lại; hạn nộp và lần gửi đầu vẫn được ghi như cũ."))


@blueprint.post("/<int:submission_id>/ask-unlock")
@requires(Action.REPORT_SUBMIT)
def ask(submission_id: int) -> Answer:
    """Ask the reviewer to open what is locked, with a reason."""
    line = load(submission_id, Right.SUBMIT)
    form = ReasonForm(request.form)
    if not form.validate():
        return ask_again(line, form, Step.ASK_UNLOCK, url_for("submission.ask", submission_id=submission_id))
    return carry_out(
        line, lambda submission: ask_unlock(db.session, submission, form.reason.data or "", viewer(), clock.now()),
        _("Đã gửi yêu cầu mở khóa tới %(reviewer)s.", reviewer=line.reviewer_name))


@blueprint.post("/<int:submission_id>/sign-off")
@requires(Action.REPORT_SIGN)
def sign(submission_id: int) -> Answer:
    """Note that the head has read and approved what stands there."""
    line = load(submission_id, Right.SIGN)
    revision = request.form.get("revision", type=int, default=-1)
    return carry_out(
        line, lambda submission: sign_off(db.session, submission, viewer(), clock.now(), revision=revision),
        _("Đã ghi nhận ký duyệt nội bộ. Nếu nội dung được sửa sau đó, cần ký duyệt lại."))


def load(submission_id: int, right: Right) -> SubmissionLine:
    """The line of a submission for whose unit the viewer holds ``right``; 404 otherwise."""
    line = find_submission_line(db.session, submission_id, clock.today())
    if line is None:
        abort(404)
    allow(right.action(line.kind.is_report), line.unit_id)
    return line


def carry_out(line: SubmissionLine, step: Callable[[Submission], bool], done: str,
              target: str | None = None) -> Response:
    """Take a step and say so, or say why it cannot be taken; one commit, then back to the document."""
    submission = db.session.get_one(Submission, line.submission_id)
    try:
        is_new = step(submission)
        db.session.commit()
        flash(done if is_new else _("Việc này đã được ghi nhận từ trước."), "success")
    except SubmissionError as error:
        db.session.rollback()
        flash(_(error.message, **error.values), "error")
    return redirect(target or obligation_url(line.kind, line.obligation_id), 303)


def ask_again(line: SubmissionLine, form: ReasonForm, step: Step, url: str) -> tuple[str, int]:
    """The page that asks for what a step lacks, with what was typed."""
    back = obligation_url(line.kind, line.obligation_id)
    return render_template("submission/step.html", line=line, form=form, step=step, url=url, back=back), 422
