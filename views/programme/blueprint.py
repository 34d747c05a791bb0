"""The blueprint of the year's programme, which the modules beside it fill, and what they share."""

from flask import Blueprint, abort

from core.extensions import db
from models.programme import Programme
from models.programme_book import TABLES, Table
from queries.programme import find_programme

blueprint = Blueprint("programme", __name__, url_prefix="/programme")


def load(year: int) -> Programme:
    """The programme of a year, draft or not, or 404."""
    return find_programme(db.session, year, with_drafts=True) or abort(404)


def load_table(name: str) -> Table:
    """One part of a programme, or 404."""
    return TABLES.get(name) or abort(404)
