"""The blueprint of plans, which the modules beside it fill."""

from flask import Blueprint

blueprint = Blueprint("plan", __name__, url_prefix="/plans")
