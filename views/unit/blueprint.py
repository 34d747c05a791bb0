"""The blueprint of units, which the modules beside it fill."""

from flask import Blueprint

blueprint = Blueprint("unit", __name__, url_prefix="/units")
