"""A visit: its day, whom the inspectors met, the evidence that they tick off."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.translation import _
from forms.inspection import EvidenceForm, VisitForm, evidence_form
from models.inspection import EvidenceKind
from models.permission import Action
from queries.inspection import EvidenceRow, VisitCard, count_evidence, list_evidence
from queries.inspection.evidence import PAGE_SIZE
from services.inspection import MarkInput, VisitInput
from services.inspection import mark_evidence as save_marks
from services.inspection import write_visit as save_visit
from views.access import requires, viewer
from views.inspection.blueprint import blueprint
from views.inspection.common import (
    Answer,
    crumb_of,
    desk_of,
    home_crumb,
    judge_post,
    load_visit,
    show_form,
    visit_crumb,
    visit_row,
)


@blueprint.route("/visits/<int:visit_id>/write", methods=["GET", "POST"])
@requires(Action.INSPECTION_WRITE)
def write_visit(visit_id: int) -> Answer:
    """Write the visit down."""
    card = load_visit(visit_id, to_write=True)
    seen = card.visit
    desk = desk_of(f"inspection:visit:{visit_id}", card.inspection.line.owner_id)
    form = VisitForm(desk.data({
        "visited_on": format_day(seen.visited_on) if seen.visited_on else "", "met": seen.met,
        "conclusion": seen.conclusion}), card.inspection.line.starts_on, clock.today())
    answer: Any = judge_post(desk, form) if request.method == "POST" else 200
    if answer is None:
        save_visit(db.session, visit_row(visit_id), VisitInput(form.visited_on.data, form.met.data,
                                                               form.conclusion.data),
                   viewer=viewer(), now=clock.now())
        desk.done()
        db.session.commit()
        flash(_("Đã lưu buổi kiểm tra."), "success")
        return redirect(visit_crumb(card)["url"], 303)
    if not isinstance(answer, int):
        return answer  # type: ignore[no-any-return]  # a redirect after "Lưu nháp"
    return show_form(_("Ghi buổi kiểm tra"), desk, form, submit=_("Lưu buổi kiểm tra"), status=answer,
                     crumbs=[crumb_of(card.inspection), visit_crumb(card)], back=visit_crumb(card)["url"],
                     lead=seen.unit_name)


@blueprint.route("/visits/<int:visit_id>/evidence", methods=["GET", "POST"])
@requires(Action.INSPECTION_WRITE)
def evidence(visit_id: int) -> Answer:
    """Tick evidence off, a page of one kind at a time."""
    card = load_visit(visit_id, to_write=True)
    kind, number = _kind(), max(request.args.get("page", 1, type=int), 1)
    rows = _rows(card, kind, number)
    desk = desk_of(f"inspection:evidence:{visit_id}:{kind.value}:{number}", card.inspection.line.owner_id)
    form = evidence_form(desk.data(_texts(rows)), [(row.id, row.label) for row in rows])
    answer: Any = judge_post(desk, form) if request.method == "POST" else 200
    if answer is None:
        count = save_marks(db.session, visit_row(visit_id), kind, _said(form, rows), viewer=viewer(),
                           now=clock.now())
        desk.done()
        db.session.commit()
        flash(_("Đã lưu, %(count)s mục thay đổi.", count=count), "success")
        return redirect(request.full_path.rstrip("?"), 303)
    if not isinstance(answer, int):
        return answer  # type: ignore[no-any-return]  # a redirect after "Lưu nháp"
    page = render_template(
        "inspection/evidence.html", card=card, kind=kind, desk=desk, form=form, rows=rows,
        crumbs=[home_crumb(), crumb_of(card.inspection), visit_crumb(card)], **_around(card, kind, number))
    return page if answer == 200 else (page, answer)


def _kind() -> EvidenceKind:
    """The kind asked for."""
    text = request.args.get("kind", "")
    return EvidenceKind(text) if text in list(EvidenceKind) else EvidenceKind.ACTIVITY


def _rows(card: VisitCard, kind: EvidenceKind, number: int) -> list[EvidenceRow]:
    """The things of the page; of a post those that it names, so that a list that moved meanwhile loses no tick."""
    ids = None
    if request.method == "POST":
        names = [name.removeprefix("note_") for name in request.form if name.startswith("note_")]
        ids = [int(text) for text in names if text.isdecimal() and len(text) < 10][:PAGE_SIZE]
    return list_evidence(db.session, card.visit.id, card.visit.unit_id, card.inspection.programme_id, kind,
                         offset=(number - 1) * PAGE_SIZE, ids=ids)


def _texts(rows: list[EvidenceRow]) -> dict[str, Any]:
    """What was said before, as the form shows it."""
    texts: dict[str, Any] = {}
    for row in rows:
        texts[f"mark_{row.id}"] = row.mark.value if row.mark else ""
        texts[f"note_{row.id}"] = row.note
    return texts


def _said(form: EvidenceForm, rows: list[EvidenceRow]) -> dict[int, MarkInput]:
    """What is said now, by id."""
    return {row.id: MarkInput(row.label, *form.said(row.id)) for row in rows}


def _around(card: VisitCard, kind: EvidenceKind, number: int) -> dict[str, Any]:
    """Chips of the kinds, and the steps between pages."""
    counts = count_evidence(db.session, card.visit.id, card.visit.unit_id, card.inspection.programme_id)
    total = next(row.total for row in counts if row.kind is kind)
    pages = max(1, -(-total // PAGE_SIZE))

    def address(wanted: EvidenceKind, page: int = 1) -> str:
        return url_for("inspection.evidence", visit_id=card.visit.id, kind=wanted.value,
                       page=page if page > 1 else None)

    return {
        "chips": [{"label": _(row.kind.label), "url": address(row.kind), "is_on": row.kind is kind,
                   "count": f"{row.marked}/{row.total}"} for row in counts],
        "pager": {"number": number, "count": pages, "total": str(total),
                  "previous_url": address(kind, number - 1) if number > 1 else None,
                  "next_url": address(kind, number + 1) if number < pages else None}}
