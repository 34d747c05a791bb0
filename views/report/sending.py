"""Sending a report: what is missing, what to mind, and the button."""

import secrets
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.translation import _
from models.deadline import days_late
from models.permission import Action
from models.requirement import Obligation, Requirement
from models.submission import Submission
from queries.figure import until_of
from queries.paper_print import report_parts
from queries.report import ReportState
from queries.submission import SubmissionLine
from services.report import find_problems, find_warnings, freeze_report
from services.submission import Problem, submit
from views.access import permits, requires, viewer
from views.address import portal_address
from views.printing import stale_words
from views.report.blueprint import blueprint
from views.report.common import attempt, back_to, coverage_words, load, part_url, state_of


@dataclass(frozen=True)
class Finding:
    """One problem or warning in words, with where it is mended."""

    text: str
    url: str | None


@blueprint.get("/<int:obligation_id>/submit")
@requires(Action.REPORT_SUBMIT)
def check(obligation_id: int) -> str | Response:
    """Show what is missing and what to mind before sending."""
    line = load(obligation_id, Action.REPORT_SUBMIT)
    if not line.is_editable or line.reviewer_id is None:
        return back_to(line)
    state = state_of(line)
    may_write = permits(Action.REPORT_WRITE, line.unit_id)
    late = 0 if line.first_submitted_at else days_late(clock.now(), line.deadline_at)
    return render_template(
        "report/submit.html", line=line, progress=state.whole_progress, coverage=coverage_words(state),
        problems=[_finding(state, row, may_write) for row in find_problems(db.session, state)],
        warnings=[*(Finding(text, None) for text in stale_words(line, report_parts(state))),
                  *(_finding(state, row, may_write) for row in find_warnings(db.session, state))], late=late,
        due_day=format_day(line.due_on), opens_day=format_day(line.opens_on),
        opens_later=line.opens_on > clock.today(), submit_key=secrets.token_urlsafe(24))


def _finding(state: ReportState, problem: Problem, may_write: bool) -> Finding:
    """A problem or warning in the reader's language, with its place for those who may mend it."""
    return Finding(_(problem.message, **problem.values), part_url(state, problem.part) if may_write else None)


@blueprint.post("/<int:obligation_id>/submit")
@requires(Action.REPORT_SUBMIT)
def send(obligation_id: int) -> Response:
    """Freeze the report and send it; the same button pressed twice sends once."""
    line = load(obligation_id, Action.REPORT_SUBMIT)
    key = request.form.get("submit_key", "")[:64] or secrets.token_urlsafe(24)
    done = attempt(line, lambda submission: _send(line, submission, key))
    db.session.commit()
    if not done:
        return redirect(url_for("report.check", obligation_id=obligation_id), 303)
    flash(_("Đã gửi báo cáo tới %(reviewer)s.", reviewer=line.reviewer_name), "success")
    return back_to(line)


def _send(line: SubmissionLine, submission: Submission, key: str) -> None:
    """Freeze the report as it stands today and send it."""
    obligation = db.session.get_one(Obligation, line.obligation_id)
    requirement = db.session.get_one(Requirement, line.requirement_id)
    until = until_of(requirement, clock.today())
    frozen = freeze_report(db.session, submission, obligation, requirement, until)
    submit(db.session, submission, frozen, submit_key=key, viewer=viewer(), now=clock.now(),
           address=portal_address())
