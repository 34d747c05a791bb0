"""The blueprint of the papers and files of surveys."""

from flask import Blueprint

blueprint = Blueprint("survey_file", __name__, url_prefix="/surveys")
