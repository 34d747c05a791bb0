"""The blueprint of reminders, which the modules beside it fill."""

from flask import Blueprint

blueprint = Blueprint("reminder", __name__, url_prefix="/reminders")
