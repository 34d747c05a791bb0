"""The list of decisions, one decision, its particulars and its scanned file."""

from pathlib import Path
from typing import Any, BinaryIO, cast

from flask import Response as FileResponse
from flask import abort, current_app, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.storage import FileStore
from core.translation import _
from exports.lists.reorganisation import DECISIONS
from forms.reorganisation import DecisionFileForm, DecisionForm, StepsFileForm
from models.attachment import Attachment
from models.event import Subject
from models.permission import Action
from models.reorganisation import Reorganisation, ReorganisationStatus
from queries.reorganisation import list_decisions, list_steps
from services.attachment import FOLDER, FileRefusedError, receive_file
from services.reorganisation import ReorganisationError, add_decision, change_decision, discard_decision
from views.access import requires, viewer
from views.drafting import open_desk
from views.history import history_of
from views.list_file import send_list, wants_workbook
from views.reorganisation.blueprint import blueprint, load

STEPS_SHOWN = 100
"""Steps on a page; the file holds them all."""
_FIELDS = ("number", "decided_on", "issuer", "effective_on", "title")
Answer = str | Response | tuple[str, int]


@blueprint.get("")
@requires(Action.UNIT_REORGANISE)
def index() -> str | Response:
    """List the decisions, drafts first."""
    decisions = list_decisions(db.session)
    if wants_workbook():
        return send_list("Quyết định sắp xếp đơn vị", DECISIONS, decisions)
    return render_template("reorganisation/index.html", decisions=decisions)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Action.UNIT_REORGANISE)
def new() -> Answer:
    """Record a decision as a draft."""
    return _write(None)


@blueprint.route("/<int:decision_id>/edit", methods=["GET", "POST"])
@requires(Action.UNIT_REORGANISE)
def edit(decision_id: int) -> Answer:
    """Change a draft's particulars."""
    decision = load(decision_id)
    if decision.status is not ReorganisationStatus.DRAFT:
        return redirect(url_for("reorganisation.show", decision_id=decision.id), 303)
    return _write(decision)


def _write(decision: Reorganisation | None) -> Answer:
    """Show and take the form of a new decision or of a draft."""
    key = f"reorganisation:{decision.id}" if decision else f"reorganisation:new:{viewer().account_id}"
    desk = open_desk(key, viewer().acts_for_id, Action.UNIT_REORGANISE)
    form = DecisionForm(desk.data(_texts(decision)))
    status = 200
    if request.method == "POST":
        status = 422
        target = request.path
        if not desk.take():
            status = 409
        elif desk.wants_keep_only or form.validate():
            if not desk.wants_keep_only:
                target = _save(decision, form, desk.token)
                desk.done()
            db.session.commit()
            return redirect(target, 303)
        db.session.commit()
    return render_template("reorganisation/write.html", form=form, desk=desk, decision=decision), status


def _texts(decision: Reorganisation | None) -> dict[str, str | list[str]]:
    """A decision as the texts of its form."""
    if decision is None:
        return {}
    return {"number": decision.number, "decided_on": format_day(decision.decided_on), "issuer": decision.issuer,
            "effective_on": format_day(decision.effective_on), "title": decision.title}


def _save(decision: Reorganisation | None, form: DecisionForm, token: str) -> str:
    """Write what was typed; the address of the decision."""
    values: dict[str, Any] = {name: form[name].data if form[name].data is not None else "" for name in _FIELDS}
    if decision is None:
        decision = add_decision(db.session, values, token=token, viewer=viewer(), now=clock.now())
    else:
        change_decision(db.session, decision, values, viewer=viewer(), now=clock.now())
    return url_for("reorganisation.show", decision_id=decision.id)


@blueprint.get("/<int:decision_id>")
@requires(Action.UNIT_REORGANISE)
def show(decision_id: int) -> str:
    """Show a decision: its particulars, its steps, what it did."""
    return page(load(decision_id))


def page(decision: Reorganisation, faults: tuple[str, ...] = (), file_fault: str = "") -> str:
    """The decision's page, with what was wrong with a file of steps or with the scanned decision."""
    steps = list_steps(db.session, decision.id, decision.effective_on)
    first = (max(request.args.get("page", 1, type=int), 1) - 1) * STEPS_SHOWN
    file_form = DecisionFileForm()
    file_form.file.errors = [file_fault] if file_fault else []
    return render_template(
        "reorganisation/show.html", decision=decision, steps=steps[first:first + STEPS_SHOWN], step_count=len(steps),
        page_number=first // STEPS_SHOWN + 1, page_count=max(1, -(-len(steps) // STEPS_SHOWN)), faults=faults,
        is_draft=decision.status is ReorganisationStatus.DRAFT, steps_form=StepsFileForm(), file_form=file_form,
        attachment=db.session.get(Attachment, decision.attachment_id) if decision.attachment_id else None,
        events=history_of(Subject.REORGANISATION, decision.id))


@blueprint.post("/<int:decision_id>/discard")
@requires(Action.UNIT_REORGANISE)
def discard(decision_id: int) -> Response:
    """Let a draft go."""
    decision = load(decision_id)
    try:
        discard_decision(db.session, decision, viewer=viewer(), now=clock.now())
    except ReorganisationError as error:
        db.session.rollback()
        flash(error.faults[0].text, "error")
        return redirect(url_for("reorganisation.show", decision_id=decision_id), 303)
    db.session.commit()
    flash(_("Đã bỏ bản nháp; không có gì thay đổi ở các đơn vị."), "success")
    return redirect(url_for("reorganisation.index"), 303)


@blueprint.post("/<int:decision_id>/file")
@requires(Action.UNIT_REORGANISE)
def attach(decision_id: int) -> Answer:
    """Keep the scanned decision."""
    decision = load(decision_id)
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return page(decision, file_fault=_("Chọn một tệp")), 422
    store = FileStore(Path(current_app.config["SETTINGS"].instance) / FOLDER)
    try:
        kept = receive_file(db.session, store, unit_id=viewer().acts_for_id, name=upload.filename,
                            stream=cast(BinaryIO, upload.stream), viewer=viewer(), now=clock.now())
    except FileRefusedError as error:
        return page(decision, file_fault=str(error)), 422
    decision.attachment_id = kept.id
    db.session.commit()
    flash(_("Đã lưu tệp quyết định."), "success")
    return redirect(url_for("reorganisation.show", decision_id=decision.id), 303)


@blueprint.get("/<int:decision_id>/file")
@requires(Action.UNIT_REORGANISE)
def file(decision_id: int) -> FileResponse:
    """Send the scanned decision as a download."""
    decision = load(decision_id)
    kept = db.session.get(Attachment, decision.attachment_id) if decision.attachment_id else None
    if kept is None:
        abort(404)
    path = FileStore(Path(current_app.config["SETTINGS"].instance) / FOLDER).path(kept.sha256)
    if not path.is_file():
        abort(404)
    return send_file(path, mimetype=kept.media_type, as_attachment=True, download_name=kept.name)
