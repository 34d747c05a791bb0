"""The addresses of activities."""

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask import Response as FileResponse
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_moment
from core.extensions import db
from core.translation import _
from models.event import Subject
from models.permission import Action
from queries.activity import ActivityPage, find_activity, get_activity, get_programme_span
from queries.trail import list_trail
from services.activity import remove_activity, restore_activity
from views.access import allow, permits, requires, viewer
from views.activity.history import timeline_of
from views.activity.listing import show_list
from views.activity.particulars import amounts_of, particulars_of
from views.activity.writing import Answer, write_change, write_new

blueprint = Blueprint("activity", __name__, url_prefix="/activities")
MOST_SENT = 256 * 1024 * 1024
"""Bytes a signed-in person may send with the form, so that an oversize file is answered at its field."""


@blueprint.url_value_preprocessor
def allow_evidence(_endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let evidence in before anything reads the form."""
    if "_user_id" in session:
        request.max_content_length = MOST_SENT


def _load(activity_id: int, action: Action) -> ActivityPage:
    """One activity over which the person may do ``action``, or 404."""
    page = get_activity(db.session, activity_id, clock.today())
    if page is None:
        abort(404)
    allow(action, page.unit_id)
    return page


@blueprint.get("")
@requires(Action.ACTIVITY_VIEW)
def index() -> str | FileResponse:
    """List activities with search, filters and totals."""
    return show_list()


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Action.ACTIVITY_WRITE)
def new() -> Answer:
    """Record an activity, from nothing or like another one."""
    unit_id = viewer().acts_for_id
    allow(Action.ACTIVITY_WRITE, unit_id)
    like_id = request.args.get("like", type=int)
    like = _load(like_id, Action.ACTIVITY_WRITE) if like_id is not None else None
    return write_new(unit_id, like)


@blueprint.get("/<int:activity_id>")
@requires(Action.ACTIVITY_VIEW)
def show(activity_id: int) -> str:
    """Show one activity with its evidence and its history."""
    page = _load(activity_id, Action.ACTIVITY_VIEW)
    events = list_trail(db.session, Subject.ACTIVITY, activity_id)
    return render_template(
        "activity/show.html", activity=page, particulars=particulars_of(page), amounts=amounts_of(page),
        events=timeline_of(events), removed_at=format_moment(page.removed_at) if page.removed_at else "",
        may_write=permits(Action.ACTIVITY_WRITE, page.unit_id))


@blueprint.route("/<int:activity_id>/edit", methods=["GET", "POST"])
@requires(Action.ACTIVITY_WRITE)
def edit(activity_id: int) -> Answer:
    """Change an activity."""
    page = _load(activity_id, Action.ACTIVITY_WRITE)
    programme = get_programme_span(db.session, page.programme_id)
    if page.removed_at is not None or programme is None:
        flash(_("Hoạt động này đã bỏ. Khôi phục trước khi sửa."), "warning")
        return redirect(url_for("activity.show", activity_id=activity_id), 303)
    return write_change(page, programme)


@blueprint.post("/<int:activity_id>/remove")
@requires(Action.ACTIVITY_WRITE)
def remove(activity_id: int) -> Response:
    """Take an activity out; the list then offers to put it back."""
    _load(activity_id, Action.ACTIVITY_WRITE)
    activity = find_activity(db.session, activity_id)
    if activity is not None:
        remove_activity(db.session, activity, viewer=viewer(), now=clock.now())
    db.session.commit()
    return redirect(url_for("activity.index", removed=activity_id), 303)


@blueprint.post("/<int:activity_id>/restore")
@requires(Action.ACTIVITY_WRITE)
def restore(activity_id: int) -> Response:
    """Put an activity back."""
    page = _load(activity_id, Action.ACTIVITY_WRITE)
    activity = find_activity(db.session, activity_id)
    if activity is not None:
        restore_activity(db.session, activity, viewer=viewer(), now=clock.now())
    db.session.commit()
    flash(_("Đã khôi phục hoạt động “%(title)s”.", title=page.title), "success")
    return redirect(url_for("activity.show", activity_id=activity_id), 303)
