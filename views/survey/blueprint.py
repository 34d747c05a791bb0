"""The blueprint of survey rounds."""

from flask import Blueprint

blueprint = Blueprint("survey", __name__, url_prefix="/surveys")
