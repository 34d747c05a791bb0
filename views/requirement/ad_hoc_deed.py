"""What is done with an ad hoc report: its draft given up, more units once it was given out."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.ad_hoc import MoreUnitsForm, WithdrawForm
from models.permission import Action
from models.requirement import Requirement
from services.ad_hoc import add_units, withdraw_ad_hoc
from services.requirement import RequirementError
from views.access import requires, viewer
from views.drafting import Desk, open_desk
from views.requirement.blueprint import blueprint
from views.requirement.common import load_draft, load_given_out
from views.requirement.filling import choosable_units

Answer = str | Response | tuple[str, int]
TICKS = frozenset({"kinds", "districts", "units"})


@blueprint.route("/<code>/withdraw", methods=["GET", "POST"])
@requires(Action.PROGRAMME_MANAGE)
def withdraw(code: str) -> Answer:
    """Give a draft up, with a reason."""
    requirement, _report = load_draft(code)
    desk = open_desk(f"ad-hoc-withdraw:{requirement.id}", viewer().acts_for_id, Action.PROGRAMME_MANAGE)
    form = WithdrawForm(desk.data({}))
    status = 200
    if request.method == "POST":
        is_mine = desk.take()
        if is_mine and form.validate():
            withdraw_ad_hoc(db.session, requirement, form.reason.data, viewer=viewer(), now=clock.now())
            desk.done()
            db.session.commit()
            flash(_("Đã rút bản nháp. Chưa đơn vị nào nhận báo cáo này."), "success")
            return redirect(url_for("requirement.index"), 303)
        status = 422 if is_mine else 409
        db.session.commit()
    return render_template("requirement/ad_hoc/withdraw.html", requirement=requirement, desk=desk, form=form), status


@blueprint.route("/<code>/units", methods=["GET", "POST"])
@requires(Action.PROGRAMME_MANAGE)
def add(code: str) -> Answer:
    """Let more units owe a report that was given out."""
    requirement, _report = load_given_out(code)
    desk = open_desk(f"ad-hoc-units:{requirement.id}", viewer().acts_for_id, Action.PROGRAMME_MANAGE)
    form = MoreUnitsForm(desk.data({}), choosable_units())
    status = 200
    if request.method == "POST":
        is_mine = desk.take(multiple=TICKS)
        if is_mine and desk.wants_keep_only:
            db.session.commit()
            return redirect(f"{request.path}#who", 303)
        if is_mine and form.validate() and (answer := _add(form, desk, requirement)) is not None:
            return answer
        status = 422 if is_mine else 409
        db.session.commit()
    return render_template("requirement/ad_hoc/units.html", requirement=requirement, desk=desk, form=form,
                           chosen=len(form.chosen_ids())), status


def _add(form: MoreUnitsForm, desk: Desk, requirement: Requirement) -> Response | None:
    """Write the chosen units down; None where that is nobody new, which the form then says."""
    try:
        added = add_units(db.session, requirement, form.chosen_ids(), on=clock.today(), now=clock.now(),
                          viewer=viewer())
    except RequirementError as error:
        form.form_errors.append(str(error))
        return None
    if not added:
        form.kinds.errors = [_("Chọn ít nhất một đơn vị chưa nhận báo cáo này")]
        return None
    desk.done()
    db.session.commit()
    flash(_("Đã giao thêm cho %(count)s đơn vị.", count=added), "success")
    return redirect(url_for("requirement.show", code=requirement.code), 303)
