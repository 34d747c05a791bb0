"""The blueprint of reports, which the modules beside it fill."""

from flask import Blueprint

blueprint = Blueprint("report", __name__, url_prefix="/reports")
