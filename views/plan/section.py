"""Writing the texts of a plan, and what stands on its paper."""

from flask import abort, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.translation import _
from forms.plan import PlanDocumentForm, PlanSectionForm
from models.permission import Action
from queries.plan import PlanContent, get_plan, get_proposals, get_section_id
from queries.submission import SubmissionLine
from services.plan import adopt_proposals, save_section
from services.submission import DocumentFields
from services.submission import write_document as services_write
from views.access import requires, viewer
from views.drafting import open_desk
from views.plan.blueprint import blueprint
from views.plan.common import Writing, attempt, back_to, load_writing, part_url, receive, show_url

Answer = str | Response | tuple[str, int]


@blueprint.route("/<int:obligation_id>/sections/<code>", methods=["GET", "POST"])
@requires(Action.PLAN_WRITE)
def write_section(obligation_id: int, code: str) -> Answer:
    """Write the text under one heading; it starts from the proposal while nothing was saved."""
    writing = load_writing(obligation_id)
    line, part = writing.line, f"section:{code}"
    plan = get_plan(db.session, line, clock.today())
    section = next((row for row in plan.sections if row.code == code and row.has_text), None)
    if section is None:
        abort(404)
    desk = open_desk(f"plan:{obligation_id}:{code}", line.unit_id, Action.PLAN_WRITE)
    proposal = get_proposals(db.session, line).get(code, "")
    form = PlanSectionForm(desk.data({"text": section.text or proposal}))
    status: Response | int = 200
    if request.method == "POST":
        status = receive(desk, form, lambda: _save(writing, code, form), lambda: _after(writing, plan, code))
    elif not writing.check(part):
        return back_to(line)
    if isinstance(status, Response):
        return status
    return render_template(
        "plan/section.html", line=line, section=section, desk=desk, form=form, proposal=proposal,
        reason=writing.parts.reasons.get(part, ""), sections=_map(writing, plan, part)), status


def _save(writing: Writing, code: str, form: PlanSectionForm) -> bool:
    """Save the text when its part is open."""
    if not writing.check(f"section:{code}"):
        return False
    section_id = get_section_id(db.session, writing.line.programme_id, code)
    return attempt(writing.line, lambda submission: save_section(
        db.session, submission, section_id, form.text.data or "", viewer(), clock.now()))


def _after(writing: Writing, plan: PlanContent, code: str) -> str:
    """Where saving leads: to the next open heading when that was asked for, else to the plan."""
    codes = [row.code for row in plan.sections if row.has_text]
    following = codes[codes.index(code) + 1:]
    target = next((later for later in following if writing.parts.allows(f"section:{later}")), None)
    if request.form.get("act") == "next" and target is not None:
        return url_for("plan.write_section", obligation_id=writing.line.obligation_id, code=target)
    return show_url(writing.line, f"section-{code}")


def _map(writing: Writing, plan: PlanContent, part: str) -> list[dict[str, object]]:
    """The map at the side: open headings with what is written, then the items, then the paper."""
    line = writing.line
    rows = [
        (f"section:{row.code}", row.title,
         ("accepted", _("đã viết")) if row.text.strip() else ("not_started", _("chưa viết")))
        for row in plan.sections if row.has_text
    ]
    items = ("accepted", _("%(count)s việc", count=len(plan.items))) if plan.items else ("not_started", _("chưa có"))
    number = ("accepted", _("đã ghi")) if plan.document_number else ("not_started", _("chưa ghi"))
    rows += [("items", _("Danh mục việc"), items), ("document", _("Số, ngày, người ký"), number)]
    return [
        {"label": label, "url": part_url(line, key), "is_current": key == part, "status": state[0],
         "status_label": state[1]}
        for key, label, state in rows if writing.parts.allows(key) or key == "document"
    ]


@blueprint.post("/<int:obligation_id>/adopt")
@requires(Action.PLAN_WRITE)
def adopt(obligation_id: int) -> Response:
    """Take over all proposals under headings that have no text yet."""
    writing = load_writing(obligation_id)
    line = writing.line
    proposals = {code: text for code, text in get_proposals(db.session, line).items()
                 if writing.parts.allows(f"section:{code}")}
    if attempt(line, lambda submission: adopt_proposals(db.session, submission, proposals, viewer(), clock.now())):
        flash(_("Đã dùng phần đề xuất cho các mục chưa viết. Hãy đọc lại và sửa cho hợp với đơn vị."), "success")
    db.session.commit()
    return back_to(line)


@blueprint.route("/<int:obligation_id>/document", methods=["GET", "POST"])
@requires(Action.PLAN_WRITE)
def write_document(obligation_id: int) -> Answer:
    """Write number, day and signer as on the unit's paper; always open while the plan is."""
    writing = load_writing(obligation_id)
    line = writing.line
    if not line.is_editable and request.method == "GET":
        return back_to(line)
    plan = get_plan(db.session, line, clock.today())
    desk = open_desk(f"plan:{obligation_id}:document", line.unit_id, Action.PLAN_WRITE)
    form = PlanDocumentForm(desk.data({
        "document_number": plan.document_number, "signer_authority": plan.signer_authority,
        "document_on": format_day(plan.document_on) if plan.document_on else "",
        "signer_position": plan.signer_position, "signer_name": plan.signer_name}))
    status: Response | int = 200
    if request.method == "POST":
        status = receive(desk, form, lambda: _save_document(line, form), lambda: show_url(line, "document"))
    if isinstance(status, Response):
        return status
    sections = _map(writing, plan, "document")
    return render_template("plan/document.html", line=line, desk=desk, form=form, sections=sections), status


def _save_document(line: SubmissionLine, form: PlanDocumentForm) -> bool:
    """Save what stands on the paper."""
    fields = DocumentFields(
        form.document_number.data or "", form.document_on.data, form.signer_authority.data or "",
        form.signer_position.data or "", form.signer_name.data or "")
    return attempt(line, lambda submission: services_write(db.session, submission, fields, viewer(), clock.now()))
