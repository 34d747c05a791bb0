"""Making a round and changing it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.translation import _
from forms.fields import choice
from forms.survey import NewRoundForm, RoundForm, UnitOption
from models.permission import Action
from models.survey import SurveyAudience, SurveyRound
from models.unit import UnitKind
from queries.activity import ProgrammeSpan, programme_on
from queries.survey.round import list_published, round_by_token
from queries.unit import list_units
from services.survey import (
    RoundFixedError,
    RoundInput,
    RoundTokenTakenError,
    add_places,
    add_round,
    change_round,
    has_answers,
)
from views.access import requires, viewer
from views.drafting import Desk, open_desk
from views.survey.blueprint import blueprint
from views.survey.common import Answer, load_round

TICKS = frozenset({"kinds", "districts"})


def unit_options() -> list[UnitOption]:
    """Units that may take part in a round: those that report, and the Department."""
    return [UnitOption(unit.id, unit.code, unit.name, unit.kind, unit.district)
            for unit in list_units(db.session, viewer(), clock.today())
            if unit.kind.is_reporter or unit.kind is UnitKind.DEPARTMENT]


def offer_questionnaires(form: RoundForm) -> None:
    """Put the published versions into the form's list."""
    form.questionnaire.choices = [choice("", _("Chọn phiếu"))] + [
        choice(str(option.id), _("%(title)s (bản %(version)s)", title=option.title, version=option.version))
        for option in list_published(db.session)]


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Action.SURVEY_MANAGE)
def new() -> Answer:
    """Make a round with its units."""
    programme = programme_on(db.session, clock.today())
    if programme is None:
        return render_template("tally/none.html")
    desk = open_desk(f"survey:new:{viewer().account_id}", viewer().acts_for_id, Action.SURVEY_MANAGE)
    form = NewRoundForm(desk.data({"audience": SurveyAudience.PEOPLE.value}), unit_options())
    offer_questionnaires(form)
    if request.method != "POST":
        return _page(desk, form)
    made = round_by_token(db.session, desk.token)
    if made is not None:
        return redirect(url_for("survey.show", code=made), 303)
    if not desk.take(multiple=TICKS) or desk.wants_keep_only or not form.validate():
        return _not_saved(desk, form)
    return _make(desk, form, programme)


def _make(desk: Desk, form: NewRoundForm, programme: ProgrammeSpan) -> Answer:
    """Write the round and its units down, once."""
    try:
        made = add_round(db.session, _given(form), programme_id=programme.id, year=programme.year,
                         form_token=desk.token, viewer=viewer(), now=clock.now())
    except RoundTokenTakenError:
        db.session.rollback()
        return redirect(url_for("survey.show", code=round_by_token(db.session, desk.token)), 303)
    count = add_places(db.session, made, form.numbers(), viewer=viewer(), now=clock.now())
    desk.done()
    db.session.commit()
    flash(_("Đã lập đợt %(code)s với %(count)s đơn vị.", code=made.code, count=count), "success")
    return redirect(url_for("survey.show", code=made.code), 303)


@blueprint.route("/<code>/edit", methods=["GET", "POST"])
@requires(Action.SURVEY_MANAGE)
def edit(code: str) -> Answer:
    """Change a round; what is asked and of whom only until something came in."""
    row = db.session.get_one(SurveyRound, load_round(code).id)
    is_fixed = has_answers(db.session, row.id)
    desk = open_desk(f"survey:{row.id}", viewer().acts_for_id, Action.SURVEY_MANAGE)
    form = RoundForm(desk.data(_texts(row)))
    if is_fixed:
        form.fix()
    else:
        offer_questionnaires(form)
    if request.method != "POST":
        return _page(desk, form, row)
    if not desk.take() or desk.wants_keep_only or not form.validate():
        return _not_saved(desk, form, row)
    return _change(desk, form, row)


def _change(desk: Desk, form: RoundForm, row: SurveyRound) -> Answer:
    """Write down what was changed."""
    try:
        is_changed = change_round(db.session, row, _given(form), viewer=viewer(), now=clock.now())
    except RoundFixedError:
        db.session.commit()
        flash(_("Vừa có phiếu gửi đến nên phiếu khảo sát và người trả lời không đổi được nữa."), "warning")
        return redirect(url_for("survey.edit", code=row.code), 303)
    desk.done()
    db.session.commit()
    flash(_("Đã lưu thay đổi.") if is_changed else _("Không có gì thay đổi."), "success")
    return redirect(url_for("survey.show", code=row.code), 303)


def _page(desk: Desk, form: RoundForm, row: SurveyRound | None = None) -> str:
    """The page of the form."""
    return render_template("survey/form.html", desk=desk, form=form, row=row,
                           title=_("Sửa đợt khảo sát") if row else _("Lập đợt khảo sát"))


def _not_saved(desk: Desk, form: RoundForm, row: SurveyRound | None = None) -> Answer:
    """Keep the draft; go back to the form, or show it with what is to be mended or chosen."""
    db.session.commit()
    if desk.conflicts:
        return _page(desk, form, row), 409
    if desk.wants_keep_only:
        flash(_("Đã lưu nháp."), "success")
        return redirect(request.path, 303)
    return _page(desk, form, row), 422


def _given(form: RoundForm) -> RoundInput:
    """What was typed, once it is good."""
    is_free = "questionnaire" in form
    return RoundInput(
        title=form.title.data, host=form.host.data, contact=form.contact.data, opens_on=form.opens_on.data,
        closes_on=form.closes_on.data, questionnaire_id=int(form.questionnaire.data) if is_free else None,
        audience=SurveyAudience(form.audience.data) if is_free else None)


def _texts(row: SurveyRound) -> dict[str, Any]:
    """A round as its form shows it."""
    return {
        "questionnaire": str(row.questionnaire_id), "title": row.title, "audience": row.audience.value,
        "host": row.host, "contact": row.contact, "opens_on": format_day(row.opens_on),
        "closes_on": format_day(row.closes_on),
    }
