"""Findings as tasks of the home page: what the own unit still has to answer."""

from typing import Any

from flask import url_for

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.translation import _
from models.deadline import DueState, due_in
from models.finding import deadline
from models.permission import Action, Reach, Viewer, reach
from queries.inspection.finding import list_to_answer

DUE_KINDS = {DueState.LATER: "on_time", DueState.SOON: "due_soon", DueState.TODAY: "due_today",
             DueState.LATE: "late"}


def finding_tasks(person: Viewer) -> list[dict[str, Any]]:
    """Findings that wait for the person's unit, the first due above; none for who may not answer. One query."""
    if reach(person.role, Action.FINDING_ANSWER) is Reach.NONE:
        return []
    now, tasks = clock.now(), []
    for line in list_to_answer(db.session, person.acts_for_id, on=clock.today(), now=now):
        due = due_in(now, deadline(line.due_on))
        words = _(due.label, days=due.days)
        tasks.append({
            "due": words[:1].upper() + words[1:], "due_kind": DUE_KINDS[due.state],
            "due_on": format_day(line.due_on), "label": _("Trả lời kiến nghị sau kiểm tra"),
            "url": url_for("inspection.finding", finding_id=line.id),
            "status": "returned" if line.status.value == "asked" else "not_started",
            "status_label": _(line.status.label), "note": _short(line.what)})
    return tasks


def _short(text: str) -> str:
    """The first words of a finding."""
    return text if len(text) <= 120 else f"{text[:120].rstrip()}…"
