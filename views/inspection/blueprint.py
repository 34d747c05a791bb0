"""The blueprint of inspections, which the modules beside it fill."""

from flask import Blueprint

blueprint = Blueprint("inspection", __name__, url_prefix="/inspections")
