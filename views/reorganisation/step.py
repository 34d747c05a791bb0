"""Steps of a draft: added one by one, taken out, or put in place by a file."""

from dataclasses import replace

from flask import Response as FileResponse
from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.table_file import Fault
from core.text import fold
from core.translation import _
from forms.reorganisation import StepForm
from models.permission import Action
from models.reorganisation import Reorganisation, ReorganisationStatus, StepKind
from models.unit import UnitKind
from queries.reorganisation import unit_choices
from services.reorganisation import (
    FIELD_COLUMNS,
    ReorganisationError,
    Step,
    add_step,
    load_steps,
    remove_step,
    steps_of,
    write_steps_csv,
    write_steps_xlsx,
)
from views.access import requires, viewer
from views.drafting import open_desk
from views.reorganisation.blueprint import blueprint, load
from views.reorganisation.decision import Answer, page

MOST_BYTES = 5 * 1024 * 1024
_UNITS = ("unit_code", "target_code", "parent_code")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _back(decision_id: int) -> Response:
    """To the decision."""
    return redirect(url_for("reorganisation.show", decision_id=decision_id), 303)


@blueprint.route("/<int:decision_id>/steps/new", methods=["GET", "POST"])
@requires(Action.UNIT_REORGANISE)
def add(decision_id: int) -> Answer:
    """Add one step."""
    decision = load(decision_id)
    if decision.status is not ReorganisationStatus.DRAFT:
        return _back(decision_id)
    desk = open_desk(f"reorganisation-step:{decision.id}:{viewer().account_id}", viewer().acts_for_id,
                     Action.UNIT_REORGANISE)
    units = unit_choices(db.session, decision.id, decision.effective_on)
    form = StepForm(desk.data({}))
    status = 200
    if request.method == "POST":
        status = 422
        if not desk.take():
            status = 409
        elif desk.wants_keep_only or (form.validate() and _add(decision, form, units)):
            if not desk.wants_keep_only:
                desk.done()
            db.session.commit()
            return redirect(request.path, 303) if desk.wants_keep_only else _back(decision_id)
        db.session.commit()
    return render_template("reorganisation/step.html", decision=decision, form=form, desk=desk, units=units), status


def _add(decision: Reorganisation, form: StepForm, units: dict[str, str]) -> bool:
    """Add the step; False, with a message at each field, when it cannot be."""
    by_name = {fold(name): code for code, name in units.items()}
    typed = {name: form[name].data or "" for name in _UNITS}
    codes = {name: text if text in units else by_name.get(fold(text), text) for name, text in typed.items()}
    step = replace(
        Step(0, StepKind(form.kind.data), codes["unit_code"], codes["target_code"], form.name.data or "",
             UnitKind(form.unit_kind.data) if form.unit_kind.data else None, codes["parent_code"]),
        district=form.district.data or "", head=form.head.data or "", head_position=form.head_position.data or "",
        takes_duties=bool(form.takes_duties.data), takes_accounts=bool(form.takes_accounts.data))
    try:
        placed = add_step(db.session, decision, step)
    except ReorganisationError as error:
        _show(form, error.faults)
        return False
    flash(_("Đã thêm việc %(number)s.", number=placed.row), "success")
    return True


def _show(form: StepForm, faults: tuple[Fault, ...]) -> None:
    """Put each fault at the field that its column stands for."""
    fields = {column: name for name, column in FIELD_COLUMNS.items()}
    for fault in faults:
        field = form[fields.get(fault.column, "kind")]
        field.errors = [*field.errors, fault.message]


@blueprint.post("/<int:decision_id>/steps/<int:step_id>/remove")
@requires(Action.UNIT_REORGANISE)
def remove(decision_id: int, step_id: int) -> Response:
    """Take a step out."""
    try:
        remove_step(db.session, load(decision_id), step_id)
    except ReorganisationError as error:
        db.session.rollback()
        flash(error.faults[0].text, "error")
        return _back(decision_id)
    db.session.commit()
    flash(_("Đã bỏ một việc."), "success")
    return _back(decision_id)


@blueprint.post("/<int:decision_id>/steps/load")
@requires(Action.UNIT_REORGANISE)
def load_file(decision_id: int) -> Answer:
    """Let a file's steps take the place of the draft's: all of them, or none."""
    decision = load(decision_id)
    upload = request.files.get("steps")
    data = upload.read(MOST_BYTES + 1) if upload is not None and upload.filename else b""
    if not data or len(data) > MOST_BYTES:
        return page(decision, (_("Chọn một tệp CSV hoặc XLSX có nội dung, tối đa 5 MB."),)), 422
    try:
        count = load_steps(db.session, decision, data, viewer=viewer(), now=clock.now())
    except ReorganisationError as error:
        db.session.rollback()
        return page(load(decision_id), tuple(fault.text for fault in error.faults)), 422
    db.session.commit()
    flash(_("Đã nạp %(count)s việc từ tệp.", count=count), "success")
    return _back(decision_id)


@blueprint.get("/<int:decision_id>/steps.<any(csv, xlsx):kind>")
@requires(Action.UNIT_REORGANISE)
def download(decision_id: int, kind: str) -> FileResponse:
    """Send the steps as a file that can be loaded again."""
    return _file(steps_of(db.session, load(decision_id)), kind, "cac-viec")


@blueprint.get("/sample.<any(csv, xlsx):kind>")
@requires(Action.UNIT_REORGANISE)
def sample(kind: str) -> FileResponse:
    """Send the empty form of a file of steps."""
    return _file([], kind, "mau-cac-viec")


def _file(steps: list[Step], kind: str, name: str) -> FileResponse:
    """Steps as a download."""
    data = write_steps_csv(steps) if kind == "csv" else write_steps_xlsx(steps)
    return FileResponse(data, mimetype="text/csv" if kind == "csv" else _XLSX, headers={
        "Content-Disposition": f'attachment; filename="{name}.{kind}"'})
