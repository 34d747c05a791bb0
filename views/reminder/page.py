"""The lists: requirements to be reminded of, units that still owe one, and the record of one unit."""

from flask import Response, abort, render_template, request

from core.clock import clock
from core.extensions import db
from core.text import fold
from exports.lists.reminder import LETTERS, REMINDERS, STANDINGS, Standing
from exports.lists.reminder import tasks as list_of_tasks
from models.permission import Action, Reach, reach
from models.requirement import Obligation, RequirementStatus
from queries.board import open_requirements
from queries.chase_letter import list_letters
from queries.obligation import ObligationLine, list_obligations
from queries.reminder import OpenTask, count_reminders, get_schedules, list_own_tasks, list_reminders
from views.access import requires, viewer
from views.list_file import send_list, wants_workbook
from views.reminder.blueprint import blueprint
from views.reminder.common import load, mailing

PAGE_SIZE = 50


@blueprint.get("")
@requires(Action.REMINDER_SEND)
def index() -> str | Response:
    """Show the open requirements with how many of the units whom one may remind still owe them."""
    lines = list_obligations(db.session, viewer(), on=clock.today(), now=clock.now(), action=Action.REMINDER_SEND)
    rows = []
    for requirement in open_requirements(db.session):
        mine = [line for line in lines if line.requirement_id == requirement.id and line.is_owed]
        if mine and requirement.status is RequirementStatus.OPEN:
            rows.append((requirement, len(mine), _missing(mine), sum(line.days_late > 0 for line in _missing(mine))))
    if wants_workbook():
        return send_list("Nhắc và đôn đốc", STANDINGS, [
            Standing(requirement.title, requirement.due_on, len(missing), owed, late)
            for requirement, owed, missing, late in rows])
    return render_template("reminder/index.html", rows=rows, by_mail=mailing().is_on, manages=manages())


def _missing(lines: list[ObligationLine]) -> list[ObligationLine]:
    """Those that are not handed in."""
    return [line for line in lines if not line.is_handed_in]


@blueprint.get("/<code>")
@requires(Action.REMINDER_SEND)
def show(code: str) -> str | Response:
    """Show who still owes it and how often each was reminded."""
    requirement, on = load(code), clock.today()
    counts = count_reminders(db.session, requirement.id)
    letters = list_letters(db.session, requirement.id) if manages() else []
    if wants_workbook("letters"):
        return send_list("Công văn đôn đốc", LETTERS, letters, filters=[("Yêu cầu", requirement.title)])
    search = request.args.get("q", "").strip()[:100]
    tasks = list_own_tasks(db.session, viewer(), requirement.id, on)
    found = [task for task in tasks if _matches(task, search)]
    if wants_workbook():
        return send_list("Đơn vị chưa gửi", list_of_tasks(counts, on), found, filters=[
            ("Yêu cầu", requirement.title), ("Tìm", search)], facts=[("Trên số đơn vị chưa gửi", len(tasks))])
    count = max(-(-len(found) // PAGE_SIZE), 1)
    page = min(max(request.args.get("page", type=int, default=1), 1), count)
    return render_template(
        "reminder/show.html", requirement=requirement, tasks=found[(page - 1) * PAGE_SIZE:page * PAGE_SIZE],
        total=len(tasks), found=len(found), late=sum(task.last_day < on for task in tasks), today=on, search=search,
        page=page, page_count=count, counts=counts, manages=manages(),
        schedule=get_schedules(db.session, [requirement.id])[requirement.id], by_mail=mailing().is_on,
        letters=letters)


def _matches(task: OpenTask, search: str) -> bool:
    """Whether a unit's name holds every word, with or without marks."""
    name = fold(task.unit_name)
    return all(word in name for word in fold(search).split())


def manages() -> bool:
    """Whether the viewer sets schedules and issues letters."""
    return reach(viewer().role, Action.REMINDER_MANAGE) is not Reach.NONE


@blueprint.get("/obligations/<int:obligation_id>")
@requires(Action.REMINDER_SEND)
def record(obligation_id: int) -> str | Response:
    """Show every reminder of one unit: when, how, to whom, and what became of the letters."""
    line = load_line(obligation_id)
    reminders = list_reminders(db.session, line.id, clock.today())
    if wants_workbook():
        return send_list("Các lần nhắc", REMINDERS, reminders, filters=[
            ("Đơn vị", line.unit_name), ("Yêu cầu", line.requirement_title)])
    return render_template("reminder/record.html", line=line, by_mail=mailing().is_on, reminders=reminders)


def load_line(obligation_id: int) -> ObligationLine:
    """An obligation of a unit whom the viewer may remind, or 404."""
    lines = list_obligations(db.session, viewer(), on=clock.today(), now=clock.now(), units_only=False,
                             action=Action.REMINDER_SEND, where=Obligation.id == obligation_id)
    return lines[0] if lines else abort(404)
