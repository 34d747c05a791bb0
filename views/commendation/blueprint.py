"""The addresses of commendations, and what all of them load."""

from flask import Blueprint, abort, request, session

from core.clock import clock
from core.extensions import db
from models.permission import Action
from queries.commendation import CommendationPage, get_commendation
from views.access import allow, permits

blueprint = Blueprint("commendation", __name__, url_prefix="/commendations")
MOST_SENT = 256 * 1024 * 1024
"""Bytes a signed-in person may send with the form, so that an oversize file is answered at its field."""
RIGHTS = (Action.COMMENDATION_WRITE, Action.COMMENDATION_MODERATE, Action.REPORT_REVIEW)


@blueprint.url_value_preprocessor
def allow_evidence(_endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let evidence in before anything reads the form."""
    if "_user_id" in session:
        request.max_content_length = MOST_SENT


def load(commendation_id: int, action: Action) -> CommendationPage:
    """One proposal over which the person may do ``action``, or 404."""
    page = get_commendation(db.session, commendation_id, clock.today())
    if page is None:
        abort(404)
    allow(action, page.unit_id)
    return page


def rights_over(unit_id: int) -> frozenset[Action]:
    """Which of the rights that the table of deeds asks for the person has over a unit."""
    return frozenset(action for action in RIGHTS if permits(action, unit_id))
