"""Writing the items of a plan: new, changed, copied, moved, taken out and put back."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.numbers import format_integer
from core.translation import _
from forms.plan import BUDGET_PREFIX, ITEM_MULTIPLE, PlanItemForm, make_item_form
from models.permission import Action
from queries.plan import PlanItemLine, PlanOptions, get_item, get_options
from queries.submission import SubmissionLine
from services.draft import Value
from services.plan import PlanItemFields, add_item, change_item, move_item, remove_item, restore_item
from views.access import requires, viewer
from views.drafting import Desk, open_desk
from views.plan.blueprint import blueprint
from views.plan.common import Writing, attempt, back_to, load_writing, receive, show_url

Answer = str | Response | tuple[str, int]


@blueprint.route("/<int:obligation_id>/items/new", methods=["GET", "POST"])
@requires(Action.PLAN_WRITE)
def new_item(obligation_id: int) -> Answer:
    """Add an item; ``?from=`` starts from a copy of another."""
    writing = load_writing(obligation_id)
    line = writing.line
    source_id = request.args.get("from", type=int)
    source = get_item(db.session, line, source_id) if source_id is not None else None
    key = f"copy:{source.id}" if source is not None else "new"
    desk = open_desk(f"plan-item:{key}:{obligation_id}:{viewer().account_id}", line.unit_id, Action.PLAN_WRITE)
    return _write(writing, None, source, desk)


@blueprint.route("/<int:obligation_id>/items/<int:item_id>", methods=["GET", "POST"])
@requires(Action.PLAN_WRITE)
def write_item(obligation_id: int, item_id: int) -> Answer:
    """Change an item."""
    writing = load_writing(obligation_id)
    item = get_item(db.session, writing.line, item_id)
    if item is None:
        abort(404)
    desk = open_desk(f"plan-item:{item_id}:{obligation_id}", writing.line.unit_id, Action.PLAN_WRITE)
    return _write(writing, item, item, desk)


def _write(writing: Writing, item: PlanItemLine | None, source: PlanItemLine | None, desk: Desk) -> Answer:
    """Show or take the form of ``item`` (None: a new one), filled from ``source``."""
    line = writing.line
    options = get_options(db.session, line.programme_id)
    form = make_item_form(options)(desk.data(_initial(source))).offer(options, line.coverage_from, line.coverage_to)
    status: Response | int = 200
    if request.method == "POST":
        status = receive(desk, form, lambda: _save(writing, item, form, options, desk),
                         lambda: _after(line), ITEM_MULTIPLE)
    elif not writing.check(_part(item)):
        return back_to(line)
    if isinstance(status, Response):
        return status
    return render_template(
        "plan/item.html", line=line, item=item, is_copy=item is None and source is not None, desk=desk, form=form,
        form_url=request.full_path.rstrip("?"), reason=writing.parts.reasons.get(_part(item), "")), status


def _part(item: PlanItemLine | None) -> str:
    """The part that must be open: the item, or the list for a new one."""
    return f"item:{item.id}" if item is not None else "items"


def _initial(source: PlanItemLine | None) -> dict[str, Value]:
    """The texts of an item's form."""
    if source is None:
        return {}
    texts: dict[str, Value] = {
        "title": source.title, "medium": source.medium_code, "quantity": format_integer(source.quantity),
        "themes": list(source.theme_codes), "audiences": list(source.audience_codes),
        "starts_on": format_day(source.starts_on), "ends_on": format_day(source.ends_on), "lead": source.lead,
        "partner": source.partner, "staff": "\n".join(source.staff), "note": source.note,
    }
    return texts | {BUDGET_PREFIX + part.code: format_integer(part.amount) for part in source.budgets}


def _fields(form: PlanItemForm, options: PlanOptions) -> PlanItemFields:
    """What was typed, with the programme's rows by id."""
    media = {row.code: row.id for row in options.media}
    themes = {row.code: row.id for row in options.themes}
    audiences = {row.code: row.id for row in options.audiences}
    return PlanItemFields(
        title=form.title.data or "", medium_id=media[form.medium.data], quantity=form.quantity.data,
        starts_on=form.starts_on.data, ends_on=form.ends_on.data, lead=form.lead.data or "",
        partner=form.partner.data or "", staff=form.staff.data or "", note=form.note.data or "",
        theme_ids=tuple(themes[code] for code in form.themes.data or []),
        audience_ids=tuple(audiences[code] for code in form.audiences.data or []),
        budgets={row.id: form[BUDGET_PREFIX + row.code].data or 0 for row in options.funding_sources})


def _save(writing: Writing, item: PlanItemLine | None, form: PlanItemForm, options: PlanOptions,
          desk: Desk) -> bool:
    """Save the item when its part is open."""
    if not writing.check(_part(item)):
        return False
    fields, session, person, now = _fields(form, options), db.session, viewer(), clock.now()
    if item is None:
        return attempt(writing.line, lambda plan: add_item(session, plan, fields, desk.token, person, now))
    return attempt(writing.line, lambda plan: change_item(session, plan, item.id, fields, person, now))


def _after(line: SubmissionLine) -> str:
    """Where saving leads: to another new item when that was asked for, else to the list."""
    if request.form.get("act") == "again":
        return url_for("plan.new_item", obligation_id=line.obligation_id)
    return show_url(line, "items")


@blueprint.post("/<int:obligation_id>/items/<int:item_id>/remove")
@requires(Action.PLAN_WRITE)
def take_out(obligation_id: int, item_id: int) -> Response:
    """Take an item out; it stays below the list to be put back."""
    writing = load_writing(obligation_id)
    if writing.check("items") and attempt(
            writing.line, lambda plan: remove_item(db.session, plan, item_id, viewer(), clock.now())):
        flash(_("Đã bỏ một việc khỏi kế hoạch. Có thể khôi phục ở cuối danh mục."), "success")
    db.session.commit()
    return back_to(writing.line, "items")


@blueprint.post("/<int:obligation_id>/items/<int:item_id>/restore")
@requires(Action.PLAN_WRITE)
def put_back(obligation_id: int, item_id: int) -> Response:
    """Put an item back in its place."""
    writing = load_writing(obligation_id)
    if writing.check("items") and attempt(
            writing.line, lambda plan: restore_item(db.session, plan, item_id, viewer(), clock.now())):
        flash(_("Đã khôi phục việc vào kế hoạch."), "success")
    db.session.commit()
    return back_to(writing.line, "items")


@blueprint.post("/<int:obligation_id>/items/<int:item_id>/move")
@requires(Action.PLAN_WRITE)
def move(obligation_id: int, item_id: int) -> Response:
    """Move an item one place up or down."""
    writing = load_writing(obligation_id)
    steps = -1 if request.form.get("act") == "up" else 1
    if writing.check("items"):
        attempt(writing.line, lambda plan: move_item(db.session, plan, item_id, steps, clock.now()))
    db.session.commit()
    return redirect(show_url(writing.line, f"item-{item_id}"), 303)
