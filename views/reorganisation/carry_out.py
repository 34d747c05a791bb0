"""Looking a decision through and applying it."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from models.permission import Action
from models.reorganisation import ReorganisationStatus
from services.reorganisation import ReorganisationError, apply_decision, preview_decision
from views.access import requires, viewer
from views.reorganisation.blueprint import blueprint, load

LINES_SHOWN = 100
"""Lines of one table; the counts above it are of all."""


@blueprint.get("/<int:decision_id>/preview")
@requires(Action.UNIT_REORGANISE)
def preview(decision_id: int) -> str | Response:
    """Show what is wrong with a draft, or everything that it will do."""
    decision = load(decision_id)
    if decision.status is not ReorganisationStatus.DRAFT:
        return redirect(url_for("reorganisation.show", decision_id=decision.id), 303)
    shown = preview_decision(db.session, decision, clock.today())
    return render_template("reorganisation/preview.html", decision=decision, shown=shown, most=LINES_SHOWN,
                           named=shown.outcome.name_of)


@blueprint.post("/<int:decision_id>/apply")
@requires(Action.UNIT_REORGANISE)
def apply(decision_id: int) -> Response:
    """Apply a draft, whole or not at all; pressing twice applies once."""
    decision = load(decision_id)
    if decision.status is ReorganisationStatus.APPLIED:
        return redirect(url_for("reorganisation.show", decision_id=decision_id), 303)
    try:
        apply_decision(db.session, decision, viewer=viewer(), now=clock.now())
    except ReorganisationError as error:
        db.session.rollback()
        flash(_("Chưa áp dụng gì: có %(count)s chỗ cần sửa.", count=len(error.faults)), "error")
        return redirect(url_for("reorganisation.preview", decision_id=decision_id), 303)
    db.session.commit()
    flash(_("Đã áp dụng quyết định."), "success")
    return redirect(url_for("reorganisation.show", decision_id=decision_id), 303)
