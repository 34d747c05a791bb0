"""The blueprint of paper sheets, and what its pages share."""

from functools import lru_cache

from flask import Blueprint, abort

from core.clock import clock
from core.extensions import db
from models.answering import Answering
from models.paper import PaperCell, paper_cells
from models.permission import Action
from queries.questionnaire import get_version
from queries.survey.place import PlacePage, get_place
from views.access import allow

blueprint = Blueprint("paper", __name__, url_prefix="/surveys/places")
KEPT = 32
"""Versions that are kept ready to judge in the process."""


def load(place_id: int) -> PlacePage:
    """A place whose unit's paper the person may bring in, or 404."""
    page = get_place(db.session, place_id, clock.today())
    if page is None:
        abort(404)
    allow(Action.SURVEY_WRITE, page.unit_id)
    return page


@lru_cache(maxsize=KEPT)
def asked(questionnaire_id: int) -> tuple[Answering, tuple[PaperCell, ...]]:
    """What judges the sheets of a published version, and its cells; a published version never changes."""
    version = get_version(db.session, questionnaire_id)
    if version is None:
        abort(404)
    return Answering(version.body), paper_cells(version.body)
