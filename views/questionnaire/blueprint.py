"""The blueprint of questionnaires, and how a version is found."""

from flask import Blueprint, abort

from core.extensions import db
from queries.questionnaire import VersionPage, get_version

blueprint = Blueprint("questionnaire", __name__, url_prefix="/questionnaires")


def load_version(questionnaire_id: int) -> VersionPage:
    """One version, or 404."""
    page = get_version(db.session, questionnaire_id)
    if page is None:
        abort(404)
    return page


def load_draft(questionnaire_id: int) -> VersionPage:
    """One version that may still change, or 404."""
    page = load_version(questionnaire_id)
    if not page.is_draft:
        abort(404)
    return page


__all__ = ["blueprint", "load_draft", "load_version"]
