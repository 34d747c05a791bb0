"""Accepting several plans at once, after a page that names each of them."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from models.permission import Action
from models.submission import Submission
from queries.review import list_chosen
from queries.submission import SubmissionLine
from services.submission import SubmissionError, accept
from views.access import requires, viewer
from views.review.blueprint import blueprint

MOST_CHOSEN = 200


def _picked() -> dict[int, int]:
    """What was ticked: the version that was seen, by submission; from "12:1"."""
    picked = {}
    for text in request.values.getlist("pick")[:MOST_CHOSEN]:
        submission_id, _colon, version = text.partition(":")
        if submission_id.isdecimal() and version.isdecimal() and len(submission_id) < 10 and len(version) < 10:
            picked[int(submission_id)] = int(version)
    return picked


def _plans(picked: dict[int, int]) -> list[SubmissionLine]:
    """The plans among them that still wait for the viewer."""
    lines = list_chosen(db.session, viewer(), list(picked), clock.today())
    return [line for line in lines if not line.kind.is_report]


@blueprint.get("/accept")
@requires(Action.PLAN_REVIEW)
def confirm() -> str | Response:
    """Name the plans that were ticked, before they are accepted."""
    picked = _picked()
    lines = _plans(picked)
    if not lines:
        flash(_("Chọn ít nhất một kế hoạch đang chờ duyệt."), "warning")
        return redirect(url_for("review.index"), 303)
    return render_template("review/accept.html", lines=lines, picked=picked)


@blueprint.post("/accept")
@requires(Action.PLAN_REVIEW)
def accept_chosen() -> Response:
    """Accept each of the plans; one that changed meanwhile is left and named."""
    picked = _picked()
    accepted, left = 0, []
    for line in _plans(picked):
        submission = db.session.get_one(Submission, line.submission_id)
        try:
            with db.session.begin_nested():
                accept(db.session, submission, viewer(), clock.now(), version=picked[submission.id])
            accepted += 1
        except SubmissionError:
            left.append(line.unit_name)
    db.session.commit()
    flash(_("Đã duyệt %(count)s kế hoạch.", count=accepted), "success")
    if left:
        flash(_("Chưa duyệt vì vừa có thay đổi: %(units)s.", units=", ".join(left)), "warning")
    return redirect(url_for("review.index"), 303)
