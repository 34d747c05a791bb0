"""The blueprint of consolidated reports, which the modules beside it fill."""

from flask import Blueprint

blueprint = Blueprint("consolidation", __name__, url_prefix="/consolidations")
