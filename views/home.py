"""The home page: what is due, what waits, what is late."""

from typing import Any

from flask import Blueprint, render_template

from core.clock import clock
from core.dates import format_day, format_moment
from core.extensions import db
from core.translation import _
from models.account import Role
from models.deadline import DueState
from models.permission import Action, Reach, reach
from queries.announcement import get_news
from queries.chase_letter import letters_to
from queries.home import (
    WATCHERS,
    KeptDraft,
    count_activities,
    kept_drafts,
    own_tasks,
    waiting_for,
    watched_requirements,
)
from queries.inspection import count_to_judge
from queries.obligation import ObligationLine
from queries.reminder import list_notices
from queries.review.holding import list_holdings
from views.access import requires, viewer
from views.inspection.task import finding_tasks
from views.kept import kept_form
from views.obligation import obligation_url

blueprint = Blueprint("home", __name__)
CLOCK_WATCHERS = frozenset({Role.OFFICE, Role.LEADER})
_DUE_KINDS = {DueState.LATER: "on_time", DueState.SOON: "due_soon", DueState.TODAY: "due_today",
              DueState.LATE: "late"}


@blueprint.get("/")
@requires(Action.SELF)
def show() -> str:
    """Show the person's tasks, and what they watch over."""
    person, on, now = viewer(), clock.today(), clock.now()
    session = db.session
    reports = reach(person.role, Action.PLAN_VIEW) in (Reach.TREE, Reach.OWN) or person.role is Role.OFFICE
    tasks = own_tasks(session, person, on=on, now=now) if reports else []
    reviews = reach(person.role, Action.REPORT_REVIEW) is not Reach.NONE
    writes = reach(person.role, Action.ACTIVITY_WRITE) is not Reach.NONE
    watches = person.role in WATCHERS
    return render_template(
        "home/show.html",
        todo=[*finding_tasks(person), *(_task(line) for line in tasks if not line.is_handed_in and line.is_owed)],
        done=[_task(line) for line in tasks if line.is_handed_in or not line.is_owed],
        waiting=waiting_for(session, person, on=on) if reviews else None,
        drafts=[_draft(draft) for draft in kept_drafts(session, person)] if writes else [],
        activities=count_activities(session, person, on=on) if writes else None,
        watched=watched_requirements(session, person, on=on, now=now) if watches else [],
        notices=list_notices(session, person), letters=letters_to(session, person.acts_for_id), today=on,
        news=get_news(session, person, on),
        holdings=list_holdings(session, person, on) if person.role in CLOCK_WATCHERS else [],
        judging=count_to_judge(session, person, now=now),
    )


def _task(line: ObligationLine) -> dict[str, Any]:
    """One line of the task list."""
    returned = line.status is not None and line.status.value == "returned"
    note = None
    if returned and line.return_due_on is not None:
        note = _("Bổ sung và gửi lại trước hết ngày %(day)s", day=format_day(line.return_due_on))
    elif line.submitted_at is not None and line.is_handed_in:
        note = _("Đã gửi lúc %(moment)s", moment=format_moment(line.submitted_at))
        if line.days_late:
            note = _("%(sent)s, chậm %(days)s ngày", sent=note, days=line.days_late)
    is_open = line.is_owed and not line.is_handed_in
    due = _(line.due.label, days=line.due.days) if is_open else ""
    return {
        "due": due[:1].upper() + due[1:], "due_kind": _DUE_KINDS[line.due.state] if is_open else None,
        "due_on": format_day(line.due_on), "label": _label(line),
        "url": obligation_url(line.requirement_kind, line.id),
        "status": line.state, "status_label": _(line.state_label), "note": note,
    }


def _label(line: ObligationLine) -> str:
    """The task in the reader's language, as "Báo cáo 6 tháng đầu năm 2023"."""
    name, year = line.task
    return f"{_(name)} {year}" if year else name


def _draft(draft: KeptDraft) -> dict[str, str]:
    """A form that was left half done, with the way back to it."""
    label, url = kept_form(draft.key)
    return {"label": label, "url": url, "when": format_moment(draft.saved_at)}
