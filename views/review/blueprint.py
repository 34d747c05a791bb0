"""The blueprint of reviews, which the modules beside it fill."""

from flask import Blueprint

blueprint = Blueprint("review", __name__, url_prefix="/reviews")
