"""The two panes of a review: what was sent at the left, what to hold it against at the right."""

from typing import Any

from flask import render_template

from core.clock import clock
from core.dates import format_day, format_moment
from core.extensions import db
from forms.review import ReturnForm, make_return_form
from models.event import Subject
from models.permission import Action
from models.workflow import Right, Status, Step, find_transition
from queries.figure import load_records
from queries.plan import get_proposals
from queries.review import Change, compare, read_ground, read_version
from queries.submission import get_version, held_rights, returned_reasons
from queries.timeline import list_timeline
from views.access import requires, viewer
from views.drafting import Desk, open_desk
from views.obligation import obligation_url
from views.review.blueprint import blueprint
from views.review.common import Reviewing, load_reviewing, review_url
from views.review.queue import clock_words, kept, read_filter, waited_words
from views.submission.panel import CONTENT_ACTIONS, due_words, timeline_item


@blueprint.get("/<int:submission_id>")
@requires(Action.REPORT_REVIEW)
def show(submission_id: int) -> str:
    """Show what was sent beside what it is held against. Opening it starts nothing."""
    reviewing = load_reviewing(submission_id)
    desk = open_return_desk(reviewing)
    return render_review(reviewing, desk, make_form(reviewing, desk))


def open_return_desk(reviewing: Reviewing) -> Desk:
    """The desk of the reasons for returning this version."""
    line = reviewing.line
    key = f"review:{line.submission_id}:{reviewing.version.number}"
    return open_desk(key, line.unit_id, Right.REVIEW.action(line.kind.is_report))


def make_form(reviewing: Reviewing, desk: Desk) -> ReturnForm:
    """The form of the reasons."""
    return make_return_form(reviewing.parts)(desk.data({}))


def render_review(reviewing: Reviewing, desk: Desk, form: ReturnForm) -> str:
    """The review page with what was typed so far."""
    line, session = reviewing.line, db.session
    entries = list_timeline(session, Subject.SUBMISSION, line.submission_id or 0)
    due_kind, due_text = due_words(line)
    clock_kind, clock_text = clock_words(line)
    can_decide = line.status is Status.SUBMITTED
    return render_template(
        "review/show.html", line=line, content=reviewing.content, desk=desk, form=form, can_decide=can_decide,
        changes=_changes(reviewing), verbatim=_verbatim(reviewing), asked=_asked(reviewing),
        due_kind=due_kind, due_text=due_text,
        clock_kind=clock_kind, clock_text=clock_text, waited=waited_words(line), kept=kept(read_filter()),
        sent=format_moment(reviewing.version.submitted_at), data_until=format_day(reviewing.version.data_until),
        document_url=obligation_url(line.kind, line.obligation_id), place=reviewing.neighbours,
        previous_url=review_url(reviewing.neighbours.previous_id), next_url=review_url(reviewing.neighbours.next_id),
        steps=_steps(reviewing), ground=_ground(reviewing),
        history=[timeline_item(line, entry) for entry in entries if entry.action not in CONTENT_ACTIONS])


def _changes(reviewing: Reviewing) -> dict[str, Change]:
    """What changed since the version before, by part; empty for the first version."""
    if reviewing.version.number < 2:
        return {}
    before = get_version(db.session, reviewing.version.submission_id, reviewing.version.number - 1)
    if before is None:
        return {}
    return {change.part: change for change in compare(read_version(db.session, before), reviewing.content)}


def _verbatim(reviewing: Reviewing) -> frozenset[str]:
    """The parts of a plan that say just what the portal proposed from the Department's plan."""
    if reviewing.line.kind.is_report:
        return frozenset()
    proposals = get_proposals(db.session, reviewing.line)
    return frozenset(
        row.part for row in reviewing.content.sections
        if row.text and row.text.strip() == proposals.get(row.part.partition(":")[2], "").strip())


def _asked(reviewing: Reviewing) -> dict[str, str]:
    """What the reviewer asked to be mended in the version before, by part."""
    number = reviewing.version.number - 1
    return returned_reasons(db.session, reviewing.version.submission_id, number) if number else {}


def _steps(reviewing: Reviewing) -> frozenset[Step]:
    """What the reviewer may do now."""
    line = reviewing.line
    if line.status is None or Right.REVIEW not in held_rights(db.session, viewer(), line, clock.today()):
        return frozenset()
    found = {step for step in (Step.ACCEPT, Step.RETURN, Step.REOPEN) if find_transition(line, step)}  # type: ignore[arg-type]  # status is set
    if line.unlock_asked_at is not None:
        found.add(Step.KEEP_LOCKED)
    return frozenset(found)


def _ground(reviewing: Reviewing) -> dict[str, Any]:
    """What the right pane shows: the programme for a plan, activities and units below for a report."""
    line, content = reviewing.line, reviewing.version.content
    if not line.kind.is_report:
        return {"plan": read_ground(db.session, line.programme_id, content)}
    records = load_records(content)
    overridden = [row for row in reviewing.content.figures if row.reason]
    return {"activities": records.activities, "children": content.get("children", []), "overridden": overridden}
