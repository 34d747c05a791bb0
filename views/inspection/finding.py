"""A finding: written at a visit, mended in its words, read with all that was said of it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_day, format_moment
from core.extensions import db
from core.translation import _
from forms.inspection import FindingForm
from models.event import Subject
from models.finding import Deed, Finding, FindingError, Severity, possible_deeds
from models.permission import Action
from queries.inspection import FindingLine, StepLine, list_steps, writes
from services.inspection import FindingInput, change_finding, raise_finding
from views.access import permits, requires, viewer
from views.history import history_of
from views.inspection.blueprint import blueprint
from views.inspection.common import (
    STANDING_SIGNS,
    Answer,
    crumb_of,
    desk_of,
    home_crumb,
    judge_post,
    load_finding,
    load_inspection,
    load_visit,
    refuse,
    show_form,
    standing_words,
    theme_options,
    visit_crumb,
    visit_row,
)

TONES = {Deed.ANSWER: "sky", Deed.ACCEPT: "leaf", Deed.ASK: "amber", Deed.CLOSE: None, Deed.REOPEN: "amber"}


@blueprint.route("/visits/<int:visit_id>/findings/new", methods=["GET", "POST"])
@requires(Action.INSPECTION_WRITE)
def add_finding(visit_id: int) -> Answer:
    """Write a finding down and send it to the unit."""
    card = load_visit(visit_id, to_write=True)
    crumbs = [crumb_of(card.inspection), visit_crumb(card)]
    if card.visit.visited_on is None:
        flash(_("Ghi ngày kiểm tra tại đơn vị trước khi ghi kiến nghị."), "warning")
        return redirect(url_for("inspection.write_visit", visit_id=visit_id), 303)
    desk = desk_of(f"inspection:finding:{visit_id}:new", card.inspection.line.owner_id)
    form = FindingForm(desk.data({"severity": Severity.FAULT.value}), theme_options(card.inspection.programme_id),
                       clock.today())
    answer: Any = judge_post(desk, form) if request.method == "POST" else 200
    if answer is None:
        made = raise_finding(db.session, visit_row(visit_id), _given(form), form_token=desk.token, viewer=viewer(),
                             now=clock.now())
        desk.done()
        db.session.commit()
        flash(_("Đã ghi kiến nghị và gửi tới đơn vị."), "success")
        return redirect(url_for("inspection.finding", finding_id=made.id), 303)
    if not isinstance(answer, int):
        return answer  # type: ignore[no-any-return]  # a redirect after "Lưu nháp"
    return show_form(_("Ghi kiến nghị"), desk, form, submit=_("Ghi và gửi đơn vị"), status=answer, crumbs=crumbs,
                     back=visit_crumb(card)["url"], lead=card.visit.unit_name)


@blueprint.route("/findings/<int:finding_id>/edit", methods=["GET", "POST"])
@requires(Action.INSPECTION_WRITE)
def edit_finding(finding_id: int) -> Answer:
    """Mend the words or the date of a finding."""
    line = load_finding(finding_id, to_write=True)
    row = db.session.get_one(Finding, finding_id)
    desk = desk_of(f"inspection:finding:{finding_id}", line.owner_id)
    programme_id = load_inspection(line.inspection_id).programme_id
    form = FindingForm(desk.data({
        "what": row.what, "severity": row.severity.value, "theme": str(row.theme_id or ""),
        "due_on": format_day(row.due_on)}), theme_options(programme_id), min(clock.today(), row.due_on))
    answer: Any = judge_post(desk, form) if request.method == "POST" else 200
    if answer is None:
        try:
            change_finding(db.session, row, _given(form), viewer=viewer(), now=clock.now())
        except FindingError as error:
            answer = refuse(form, error)
        else:
            desk.done()
            db.session.commit()
            flash(_("Đã lưu thay đổi."), "success")
            return _back(line)
    if not isinstance(answer, int):
        return answer  # type: ignore[no-any-return]  # a redirect after "Lưu nháp"
    return show_form(_("Sửa kiến nghị"), desk, form, submit=_("Lưu thay đổi"), status=answer,
                     crumbs=[finding_crumb(line)], back=finding_crumb(line)["url"], lead=line.unit_name)


def _given(form: FindingForm) -> FindingInput:
    """What was typed, once it is good."""
    return FindingInput(form.what.data, Severity(form.severity.data),
                        int(form.theme.data) if form.theme.data else None, form.due_on.data)


def finding_crumb(line: FindingLine) -> dict[str, str]:
    """The way back to a finding."""
    return {"label": _("Kiến nghị %(number)s", number=line.number),
            "url": url_for("inspection.finding", finding_id=line.id)}


def _back(line: FindingLine) -> Response:
    """Lead back to the finding."""
    return redirect(finding_crumb(line)["url"], 303)


@blueprint.get("/findings/<int:finding_id>")
@requires(Action.INSPECTION_VIEW)
def finding(finding_id: int) -> str:
    """Show a finding with what unit and inspectors said."""
    line = load_finding(finding_id)
    judges = writes(viewer(), line.owner_id)
    deeds = possible_deeds(line.status, Action.INSPECTION_WRITE) if judges else []
    answers = permits(Action.FINDING_ANSWER, line.unit_id)
    return render_template(
        "inspection/finding.html", line=line, sign=STANDING_SIGNS[line.standing], word=standing_words(line),
        steps=[_step(step) for step in list_steps(db.session, finding_id)], severity=_(line.severity.label),
        deeds=[(deed.value, _(deed.label)) for deed in deeds],
        may_answer=answers and bool(possible_deeds(line.status, Action.FINDING_ANSWER)),
        may_edit=judges and not line.status.is_settled,
        crumbs=[home_crumb(), {"label": line.inspection_title,
                               "url": url_for("inspection.show", inspection_id=line.inspection_id)},
                {"label": line.unit_name, "url": url_for("inspection.visit", visit_id=line.visit_id)}],
        history=history_of(Subject.FINDING, finding_id) if judges else [])


def _step(step: StepLine) -> dict[str, Any]:
    """One step as the page shows it."""
    return {"step": step, "label": _(step.deed.label), "when": format_moment(step.at), "tone": TONES[step.deed]}
