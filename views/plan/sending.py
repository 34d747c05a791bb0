"""Sending a plan: what is missing, what to mind, and the button."""

import secrets
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.translation import N_, _
from models.deadline import days_late
from models.permission import Action
from queries.paper_print import plan_parts
from queries.plan import get_plan, get_proposals
from queries.submission import SubmissionLine, get_version
from services.plan import find_problems, find_warnings, freeze_plan
from services.submission import Problem, submit
from views.access import permits, requires, viewer
from views.address import portal_address
from views.plan.blueprint import blueprint
from views.plan.common import attempt, back_to, load, part_url
from views.printing import stale_words


@dataclass(frozen=True)
class Finding:
    """One problem or warning in words, with where it is mended."""

    text: str
    url: str | None


@blueprint.get("/<int:obligation_id>/submit")
@requires(Action.PLAN_SUBMIT)
def check(obligation_id: int) -> str | Response:
    """Show what is missing and what to mind before sending."""
    line = load(obligation_id, Action.PLAN_SUBMIT)
    if not line.is_editable:
        return back_to(line)
    plan = get_plan(db.session, line, clock.today())
    problems = find_problems(plan, get_proposals(db.session, line))
    warnings = find_warnings(plan, line, problems)
    if not problems and is_unchanged(line):
        warnings.insert(0, Problem("all", N_("Nội dung chưa được sửa kể từ bản đã gửi lần trước.")))
    late = 0 if line.first_submitted_at else days_late(clock.now(), line.deadline_at)
    may_write = permits(Action.PLAN_WRITE, line.unit_id)
    return render_template(
        "plan/submit.html", line=line, plan=plan, problems=[_finding(line, row, may_write) for row in problems],
        warnings=[*(Finding(text, None) for text in stale_words(line, plan_parts(plan, line))),
                  *(_finding(line, row, may_write) for row in warnings)], late=late,
        due_day=format_day(line.due_on), opens_day=format_day(line.opens_on),
        opens_later=line.opens_on > clock.today(), submit_key=secrets.token_urlsafe(24))


@blueprint.post("/<int:obligation_id>/submit")
@requires(Action.PLAN_SUBMIT)
def send(obligation_id: int) -> Response:
    """Freeze the plan and send it; the same button pressed twice sends once."""
    line = load(obligation_id, Action.PLAN_SUBMIT)
    key = request.form.get("submit_key", "")[:64] or secrets.token_urlsafe(24)
    done = attempt(line, lambda plan: submit(
        db.session, plan, freeze_plan(db.session, plan, clock.today()), submit_key=key, viewer=viewer(),
        now=clock.now(), address=portal_address()))
    db.session.commit()
    if not done:
        return redirect(url_for("plan.check", obligation_id=obligation_id), 303)
    flash(_("Đã gửi kế hoạch tới %(reviewer)s.", reviewer=line.reviewer_name), "success")
    return back_to(line)


def is_unchanged(line: SubmissionLine) -> bool:
    """Whether nothing was changed since the last version."""
    if line.submission_id is None or not line.version_count:
        return False
    version = get_version(db.session, line.submission_id, line.version_count)
    return version is not None and version.revision == line.revision


def _finding(line: SubmissionLine, problem: Problem, may_write: bool) -> Finding:
    """A problem or warning in the reader's language, with its place for those who may mend it."""
    return Finding(_(problem.message, **problem.values), part_url(line, problem.part) if may_write else None)
