"""What the pages of inspections share: loading with rights, the desk's post, words and signs of states."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.activity import Option
from models.finding import Standing
from models.inspection import InspectedUnit, InspectionState
from models.permission import Action
from models.programme import Theme
from queries.inspection import (
    FindingLine,
    InspectionCard,
    VisitCard,
    find_finding,
    get_inspection,
    get_visit,
    writes,
)
from queries.programme import rows_of
from views.access import viewer
from views.drafting import Desk, open_desk

Answer = str | Response | tuple[str, int]
STATE_SIGNS = {
    InspectionState.PLANNED: "not_started", InspectionState.UNDER_WAY: "submitted",
    InspectionState.CONCLUDED: "accepted", InspectionState.CANCELLED: "withdrawn"}
STANDING_SIGNS = {
    Standing.OPEN: "draft", Standing.OVERDUE: "late", Standing.ANSWERED: "submitted", Standing.MENDED: "accepted",
    Standing.CLOSED: "withdrawn"}
"""With which sign and colour of components/status.html a state is shown."""


def load_inspection(inspection_id: int, *, to_write: bool = False) -> InspectionCard:
    """An inspection that the viewer sees, or writes; 404 otherwise."""
    card = get_inspection(db.session, viewer(), inspection_id, on=clock.today(), now=clock.now())
    if card is None or (to_write and not writes(viewer(), card.line.owner_id)):
        abort(404)
    return card


def load_visit(visit_id: int, *, to_write: bool = False) -> VisitCard:
    """A visit that the viewer sees, or writes; 404 otherwise, and for a unit that was taken out."""
    card = get_visit(db.session, viewer(), visit_id, on=clock.today(), now=clock.now())
    if card is None or (to_write and not writes(viewer(), card.inspection.line.owner_id)):
        abort(404)
    if card.visit.is_removed:
        abort(404)
    return card


def load_finding(finding_id: int, *, to_write: bool = False) -> FindingLine:
    """A finding that the viewer sees, or judges; 404 otherwise."""
    line = find_finding(db.session, viewer(), finding_id, on=clock.today(), now=clock.now())
    if line is None or (to_write and not writes(viewer(), line.owner_id)):
        abort(404)
    return line


def visit_row(visit_id: int) -> InspectedUnit:
    """The row of a visit that was loaded with rights before."""
    return db.session.get_one(InspectedUnit, visit_id)


def theme_options(programme_id: int) -> list[Option]:
    """Themes of a programme by id; ids because a finding names one."""
    return [Option(str(theme.id), theme.label) for theme in rows_of(db.session, Theme, programme_id)]


def desk_of(key: str, owner_id: int) -> Desk:
    """The desk of a form of the inspectors."""
    return open_desk(key, owner_id, Action.INSPECTION_WRITE)


def judge_post(desk: Desk, form: Any, *, multiple: frozenset[str] = frozenset(),
               worked_out: dict[str, Any] | None = None) -> Response | int | None:
    """Keep what was typed and check it: None when it may be saved, else the answer or the status of the form again."""
    if not desk.take(multiple, worked_out):
        db.session.commit()
        return 409
    if desk.wants_keep_only:
        db.session.commit()
        flash(_("Đã lưu nháp."), "success")
        return redirect(request.full_path.rstrip("?"), 303)
    if not form.validate():
        db.session.commit()
        return 422
    return None


def show_form(title: str, desk: Desk, form: Any, *, submit: str, back: str, crumbs: list[dict[str, str]],
              status: int = 200, **more: Any) -> Answer:
    """The page of a form."""
    page = render_template("inspection/form.html", title=title, desk=desk, form=form, submit=submit, back=back,
                           crumbs=[home_crumb(), *crumbs], **{"lead": "", "notes": (), "files": {}, **more})
    return page if status == 200 else (page, status)


def refuse(form: Any, error: Exception) -> int:
    """Say why it could not be done, above the form; what was typed stays in the draft."""
    form.form_errors.append(_(str(error)))
    db.session.commit()
    return 422


def home_crumb() -> dict[str, str]:
    """The way back to the list."""
    return {"label": _("Kiểm tra"), "url": url_for("inspection.index")}


def crumb_of(card: InspectionCard) -> dict[str, str]:
    """The way back to an inspection."""
    return {"label": card.line.title, "url": url_for("inspection.show", inspection_id=card.line.id)}


def visit_crumb(card: VisitCard) -> dict[str, str]:
    """The way back to a visit."""
    return {"label": card.visit.unit_name, "url": url_for("inspection.visit", visit_id=card.visit.id)}


def standing_words(line: FindingLine) -> str:
    """Where a finding stands, as "Quá hạn 3 ngày"."""
    if line.standing is Standing.OVERDUE:
        return _("Quá hạn %(days)s ngày", days=line.late_days)
    return _(line.standing.label)


__all__ = ["STANDING_SIGNS", "STATE_SIGNS", "Answer", "crumb_of", "desk_of", "home_crumb", "judge_post",
           "load_finding", "load_inspection", "load_visit", "refuse", "show_form", "standing_words",
           "theme_options", "visit_crumb", "visit_row"]
