"""The year's programme: what is to be made known, how, by when."""

from flask import Blueprint, abort, render_template, request

from core.extensions import db
from models.permission import Action, Reach, reach
from queries.programme import find_programme, get_programme_page, list_years
from views.access import requires, viewer

blueprint = Blueprint("programme", __name__, url_prefix="/programme")


@blueprint.get("")
@requires(Action.PROGRAMME_VIEW)
def show() -> str:
    """Show a programme: dates, themes, channels, indicators, text and appendix."""
    year = request.args.get("year", type=int)
    programme = find_programme(db.session, year)
    if programme is None:
        if year is not None:
            abort(404)
        return render_template("programme/none.html")
    manages = reach(viewer().role, Action.PROGRAMME_MANAGE) is not Reach.NONE
    return render_template("programme/show.html", page=get_programme_page(db.session, programme),
                           years=list_years(db.session), manages=manages)
