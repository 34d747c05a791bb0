"""The blueprint of requirements, which the modules beside it fill."""

from flask import Blueprint

blueprint = Blueprint("requirement", __name__, url_prefix="/requirements")
