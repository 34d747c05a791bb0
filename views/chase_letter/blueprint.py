"""The blueprint of chase letters, which the modules beside it fill."""

from flask import Blueprint

blueprint = Blueprint("chase_letter", __name__, url_prefix="/chase-letters")
