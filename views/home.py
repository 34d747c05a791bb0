"""The home page: what is due, what waits, what is late."""

from flask import Blueprint, render_template

from models.permission import Action
from views.access import requires

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@requires(Action.SELF)
def show() -> str:
    """Show the person's tasks."""
    return render_template("home/show.html")
