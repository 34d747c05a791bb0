"""The addresses of satisfaction feedback."""


from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_moment, format_span
from core.extensions import db
from core.numbers import format_integer
from core.translation import _
from models.event import Subject
from models.permission import Action
from models.satisfaction import FORMULA_NAME
from queries.activity import get_programme_span, programme_on
from queries.questionnaire import get_questionnaire, latest_questionnaire
from queries.survey.place import PlacePage, get_place
from queries.tally import TallyPage, find_tally, get_tally
from queries.trail import list_trail
from services.tally import remove_tally, restore_tally
from views.access import allow, permits, requires, viewer
from views.tally.history import timeline_of
from views.tally.listing import show_list
from views.tally.results import results_of
from views.tally.sheet import Answer, open_sheet, write_change, write_new

blueprint = Blueprint("tally", __name__, url_prefix="/tallies")


def _load(tally_id: int, action: Action) -> TallyPage:
    """One tally over which the person may do ``action``, or 404."""
    page = get_tally(db.session, tally_id, clock.today())
    if page is None:
        abort(404)
    allow(action, page.unit_id)
    return page


@blueprint.get("")
@requires(Action.SURVEY_VIEW)
def index() -> str | Response:
    """List tallies of a unit, or of all units that the person sees."""
    return show_list()


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Action.SURVEY_WRITE)
def new() -> Answer:
    """Bring in a bundle of paper sheets."""
    unit_id = viewer().acts_for_id
    allow(Action.SURVEY_WRITE, unit_id)
    programme = programme_on(db.session, clock.today())
    place = _place(unit_id)
    questionnaire = (get_questionnaire(db.session, place.questionnaire_id) if place
                     else latest_questionnaire(db.session))
    if programme is None or questionnaire is None or not questionnaire.questions:
        return render_template("tally/none.html")
    return write_new(open_sheet(questionnaire, programme, unit_id, place=place))


def _place(unit_id: int) -> PlacePage | None:
    """The unit's place that the address names ("place"); 404 for a foreign one or one that takes no paper."""
    wanted = request.args.get("place", type=int)
    if wanted is None:
        return None
    place = get_place(db.session, wanted, clock.today())
    if place is None or place.unit_id != unit_id or not place.takes_paper(clock.today()):
        abort(404)
    return place


@blueprint.get("/<int:tally_id>")
@requires(Action.SURVEY_VIEW)
def show(tally_id: int) -> str:
    """Show one tally with what it comes to and its history."""
    page = _load(tally_id, Action.SURVEY_VIEW)
    questionnaire = get_questionnaire(db.session, page.questionnaire_id)
    if questionnaire is None:
        abort(404)
    return render_template(
        "tally/show.html", tally=page, questionnaire=questionnaire, formula=_(FORMULA_NAME),
        results=results_of(questionnaire, page.answers), span=format_span(page.collected_from, page.collected_to),
        sheets=format_integer(page.sheet_count), removed_at=format_moment(page.removed_at) if page.removed_at else "",
        events=timeline_of(list_trail(db.session, Subject.SURVEY, tally_id)),
        may_write=permits(Action.SURVEY_WRITE, page.unit_id))


@blueprint.route("/<int:tally_id>/edit", methods=["GET", "POST"])
@requires(Action.SURVEY_WRITE)
def edit(tally_id: int) -> Answer:
    """Change a tally."""
    page = _load(tally_id, Action.SURVEY_WRITE)
    programme = get_programme_span(db.session, page.programme_id)
    questionnaire = get_questionnaire(db.session, page.questionnaire_id)
    if page.removed_at is not None or programme is None or questionnaire is None:
        flash(_("Phiếu này đã bỏ. Khôi phục trước khi sửa."), "warning")
        return redirect(url_for("tally.show", tally_id=tally_id), 303)
    return write_change(open_sheet(questionnaire, programme, page.unit_id, page), page)


@blueprint.post("/<int:tally_id>/remove")
@requires(Action.SURVEY_WRITE)
def remove(tally_id: int) -> Response:
    """Take a tally out; the list then offers to put it back."""
    _load(tally_id, Action.SURVEY_WRITE)
    tally = find_tally(db.session, tally_id)
    if tally is not None:
        remove_tally(db.session, tally, viewer=viewer(), now=clock.now())
    db.session.commit()
    return redirect(url_for("tally.index", removed=tally_id), 303)


@blueprint.post("/<int:tally_id>/restore")
@requires(Action.SURVEY_WRITE)
def restore(tally_id: int) -> Response:
    """Put a tally back."""
    _load(tally_id, Action.SURVEY_WRITE)
    tally = find_tally(db.session, tally_id)
    if tally is not None:
        restore_tally(db.session, tally, viewer=viewer(), now=clock.now())
    db.session.commit()
    flash(_("Đã khôi phục phiếu."), "success")
    return redirect(url_for("tally.show", tally_id=tally_id), 303)
