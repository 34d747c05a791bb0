"""Whether the portal is alive."""

from flask import Blueprint, Response, jsonify
from sqlalchemy import select

from core.extensions import db
from views.access import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """Answer 200 when the database answers."""
    db.session.scalar(select(1))
    return jsonify(status="ok")
