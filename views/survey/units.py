"""The units of a round: more of them, how many people each has, out of the round and in again."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.survey import MoreUnitsForm, PopulationForm
from models.permission import Action
from models.survey import SurveyPlace, SurveyRound
from services.survey import add_places, restore_place, set_populations, withdraw_place
from views.access import requires, viewer
from views.drafting import open_desk
from views.survey.blueprint import blueprint
from views.survey.common import Answer, Step, decide, load_place, load_round
from views.survey.writing import TICKS, unit_options


@blueprint.route("/<code>/units", methods=["GET", "POST"])
@requires(Action.SURVEY_MANAGE)
def units(code: str) -> Answer:
    """Add units to a round, or paste numbers of people."""
    line = load_round(code)
    desk = open_desk(f"survey-units:{line.id}", viewer().acts_for_id, Action.SURVEY_MANAGE)
    form = MoreUnitsForm(desk.data({}), unit_options())
    if request.method != "POST":
        return render_template("survey/units.html", desk=desk, form=form, line=line)
    is_mine = desk.take(multiple=TICKS)
    if is_mine and not desk.wants_keep_only and form.validate():
        answer = _add(form, line.id, code)
        desk.done()
        db.session.commit()
        return answer
    db.session.commit()
    if is_mine and desk.wants_keep_only:
        flash(_("Đã lưu nháp."), "success")
        return redirect(request.path, 303)
    return render_template("survey/units.html", desk=desk, form=form, line=line), 409 if desk.conflicts else 422


def _add(form: MoreUnitsForm, round_id: int, code: str) -> Response:
    """Write down what was chosen and pasted."""
    row = db.session.get_one(SurveyRound, round_id)
    added = add_places(db.session, row, form.numbers(), viewer=viewer(), now=clock.now())
    changed = set_populations(db.session, row, form.said(), viewer=viewer(), now=clock.now())
    flash(_("Đã thêm %(added)s đơn vị, sửa số người của %(changed)s đơn vị.", added=added, changed=changed), "success")
    return redirect(url_for("survey.show", code=code), 303)


@blueprint.route("/places/<int:place_id>/population", methods=["GET", "POST"])
@requires(Action.SURVEY_MANAGE)
def population(place_id: int) -> Answer:
    """Say how many people could answer at one unit."""
    page = load_place(place_id, Action.SURVEY_MANAGE)
    desk = open_desk(f"survey-population:{place_id}", viewer().acts_for_id, Action.SURVEY_MANAGE)
    form = PopulationForm(desk.data({"population": str(page.place.population or "")}))
    if request.method != "POST":
        return render_template("survey/population.html", desk=desk, form=form, page=page)
    if not desk.take() or desk.wants_keep_only or not form.validate():
        db.session.commit()
        if desk.wants_keep_only and not desk.conflicts:
            return redirect(request.path, 303)
        status = 409 if desk.conflicts else 422
        return render_template("survey/population.html", desk=desk, form=form, page=page), status
    set_populations(db.session, db.session.get_one(SurveyRound, page.round_id), {page.unit_id: form.population.data},
                    viewer=viewer(), now=clock.now())
    desk.done()
    db.session.commit()
    flash(_("Đã lưu số người."), "success")
    return redirect(url_for("survey.place", place_id=place_id), 303)


@blueprint.route("/places/<int:place_id>/withdraw", methods=["GET", "POST"])
@requires(Action.SURVEY_MANAGE)
def withdraw(place_id: int) -> Answer:
    """Take a unit out of the round, with a reason."""
    page = load_place(place_id, Action.SURVEY_MANAGE)
    return decide(Step(
        _("Rút đơn vị khỏi đợt khảo sát"), page.place.unit_name,
        _("Liên kết và mã QR của đơn vị không nhận trả lời nữa. Phiếu đã nhận giữ nguyên."),
        _("Đã rút đơn vị khỏi đợt khảo sát."), url_for("survey.place", place_id=place_id),
        lambda reason: withdraw_place(db.session, db.session.get_one(SurveyPlace, place_id), reason, viewer=viewer(),
                                      now=clock.now())))


@blueprint.route("/places/<int:place_id>/restore", methods=["GET", "POST"])
@requires(Action.SURVEY_MANAGE)
def restore(place_id: int) -> Answer:
    """Take a unit into the round again, with a reason."""
    page = load_place(place_id, Action.SURVEY_MANAGE)
    return decide(Step(
        _("Đưa đơn vị trở lại đợt khảo sát"), page.place.unit_name,
        _("Liên kết và mã QR của đơn vị nhận trả lời như trước."),
        _("Đã đưa đơn vị trở lại đợt khảo sát."), url_for("survey.place", place_id=place_id),
        lambda reason: restore_place(db.session, db.session.get_one(SurveyPlace, place_id), reason, viewer=viewer(),
                                     now=clock.now())))
