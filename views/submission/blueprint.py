"""The blueprint of submissions, which the modules beside it fill."""

from flask import Blueprint

blueprint = Blueprint("submission", __name__, url_prefix="/submissions")
