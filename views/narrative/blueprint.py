"""The blueprint of the narrative desk, which the modules beside it fill."""

from flask import Blueprint

blueprint = Blueprint("narrative", __name__, url_prefix="/narrative")
