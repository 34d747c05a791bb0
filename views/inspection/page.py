"""The pages of one inspection and of one visit, and the paper of a visit."""

import io
from typing import Any

from flask import abort, render_template, send_file
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_day, format_span
from core.extensions import db
from core.text import fold
from core.translation import _
from exports.inspection import build
from models.event import Subject
from models.permission import Action
from queries.inspection import InspectionCard, VisitCard, count_evidence, writes
from queries.inspection.notice import read_notice
from services.inspection import Ending
from views.access import requires, viewer
from views.history import history_of
from views.inspection.blueprint import blueprint
from views.inspection.common import STATE_SIGNS, crumb_of, home_crumb, load_inspection, load_visit
from views.inspection.listing import finding_row


@blueprint.get("/<int:inspection_id>")
@requires(Action.INSPECTION_VIEW)
def show(inspection_id: int) -> str:
    """Show an inspection with those of its units whom the viewer sees."""
    card = load_inspection(inspection_id)
    may_write = writes(viewer(), card.line.owner_id)
    return render_template(
        "inspection/show.html", card=card, particulars=_particulars(card), sign=STATE_SIGNS[card.line.state],
        crumbs=[home_crumb()], may_write=may_write, is_running=not _is_over(card),
        endings=_endings(card) if may_write else [], history=history_of(Subject.INSPECTION, inspection_id)
        if may_write else [])


def _is_over(card: InspectionCard) -> bool:
    """Whether it was concluded or cancelled."""
    return card.line.state.value in ("concluded", "cancelled")


def _endings(card: InspectionCard) -> list[tuple[str, str]]:
    """What may be decided of it: (word in the address, label)."""
    if _is_over(card):
        return [(Ending.REOPEN.value, _(Ending.REOPEN.label))]
    ending = Ending.CONCLUDE if card.line.visited_count else Ending.CANCEL
    return [(ending.value, _(ending.label))]


def _particulars(card: InspectionCard) -> list[tuple[str, str]]:
    """What was planned, line by line; empty ones are left out."""
    line = card.line
    decision = line.decision_number
    if line.decided_on:
        decision = _("%(number)s ngày %(day)s", number=decision or "…", day=format_day(line.decided_on))
    rows = [
        (_("Đơn vị kiểm tra"), line.owner_name), (_("Thời gian"), format_span(line.starts_on, line.ends_on)),
        (_("Quyết định"), decision), (_("Căn cứ"), card.basis),
        (_("Lồng ghép trong"), line.host_programme), (_("Nội dung kiểm tra"), card.content),
        (_("Nội dung tuyên truyền"), "\n".join(label for _code, label in card.themes) or _("Mọi nội dung")),
        (_("Đoàn kiểm tra"), card.team), (_("Lý do"), card.reason)]
    return [(label, value) for label, value in rows if value]


@blueprint.get("/visits/<int:visit_id>")
@requires(Action.INSPECTION_VIEW)
def visit(visit_id: int) -> str:
    """Show what was seen and found at one unit."""
    card = load_visit(visit_id)
    may_write = writes(viewer(), card.inspection.line.owner_id)
    evidence = count_evidence(db.session, visit_id, card.visit.unit_id, card.inspection.programme_id) \
        if may_write else []
    return render_template(
        "inspection/visit.html", card=card, visit=card.visit, rows=[finding_row(line) for line in card.findings],
        crumbs=[home_crumb(), crumb_of(card.inspection)], may_write=may_write and not _is_over(card.inspection),
        evidence=evidence, marks=_marks(card))


def _marks(card: VisitCard) -> list[dict[str, Any]]:
    """Ticks as the table shows them."""
    signs = {"seen": "accepted", "missing": "late", "unfit": "returned"}
    return [{"label": mark.label, "kind": _(mark.kind.label), "sign": signs[mark.mark.value],
             "word": _(mark.mark.label), "note": mark.note} for mark in card.marks]


@blueprint.get("/visits/<int:visit_id>/notice.pdf")
@requires(Action.INSPECTION_VIEW)
def notice(visit_id: int) -> Response:
    """Send the notice of the results to the unit, as things stand today; 404 before the visit."""
    card = load_visit(visit_id)
    if card.visit.visited_on is None:
        abort(404)
    paper = build(read_notice(db.session, card, clock.today()))
    name = f"thong-bao-ket-qua-kiem-tra-{fold(card.visit.unit_code).replace(' ', '-')}.pdf"
    return send_file(io.BytesIO(paper), "application/pdf", as_attachment=False, download_name=name, max_age=0)
