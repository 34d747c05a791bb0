"""The addresses of criticisms, and what all of them load."""

from flask import Blueprint, abort, request, url_for

from core.clock import clock
from core.extensions import db
from models.permission import Action
from models.programme import Programme
from queries.criticism import CriticismLine, Sign, Suspect, get_criticism
from queries.programme import find_programme
from views.access import allow

blueprint = Blueprint("criticism", __name__, url_prefix="/criticisms")


def load(criticism_id: int) -> CriticismLine:
    """One criticism, or 404."""
    line = get_criticism(db.session, criticism_id, clock.today())
    if line is None:
        abort(404)
    allow(Action.CRITICISM_VIEW, line.unit_id)
    return line


def the_programme() -> Programme:
    """The programme of the year asked for, else the newest; 404 before there is one."""
    year = request.args.get("year", type=int)
    return (find_programme(db.session, year) if year else None) or find_programme(db.session) or abort(404)


def page_of(sign: Sign, place: Suspect) -> str:
    """The page that shows a figure about a place."""
    match sign.target:
        case "plan":
            return url_for("plan.show", obligation_id=sign.number)
        case "report":
            return url_for("report.show", obligation_id=sign.number)
        case "figure":
            return url_for("report.figure", obligation_id=sign.number, code="H2")
    return url_for("inspection.findings", q=place.unit_name, standing="overdue")
