"""The blueprint of reorganisations, which the modules beside it fill, and how they find a decision."""

from flask import Blueprint, abort

from core.extensions import db
from models.reorganisation import Reorganisation
from queries.reorganisation import find_decision

blueprint = Blueprint("reorganisation", __name__, url_prefix="/reorganisations")


def load(decision_id: int) -> Reorganisation:
    """The decision, or 404. Whoever may reorganise at all may see every decision."""
    return find_decision(db.session, decision_id) or abort(404)
