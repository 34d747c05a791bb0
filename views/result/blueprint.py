"""The blueprint of survey results."""

from flask import Blueprint

blueprint = Blueprint("result", __name__, url_prefix="/surveys")
