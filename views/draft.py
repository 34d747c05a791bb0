"""Saving single fields of a form while it is being filled in."""

from typing import Any

from flask import Blueprint, Response, abort, jsonify, request
from flask_login import current_user

from core.clock import clock
from core.dates import format_moment
from core.extensions import db
from core.text import storable
from core.translation import _
from models.draft import NAME_MAX_LENGTH
from models.permission import Action
from services.draft import DraftTooLongError, Typed, save_fields
from views.access import allow, public, requires, viewer
from views.drafting import read_handle

blueprint = Blueprint("draft", __name__, url_prefix="/drafts")
MOST_FIELDS = 400


@blueprint.post("/<handle>")
@public
def save(handle: str) -> tuple[Response, int] | Response:
    """Keep fields; answers their revisions, or 409 with both versions of those that another page changed.

    Declared public only so that an ended session is answered 401 in JSON and not by a redirect.
    """
    if not current_user.is_authenticated:
        return jsonify(error=_("Phiên làm việc đã hết.")), 401
    return _save(handle)


@requires(Action.SELF)
def _save(handle: str) -> tuple[Response, int] | Response:
    """Keep fields for the signed-in person."""
    target = read_handle(handle)
    if target is None:
        abort(404)
    allow(target.action, target.unit_id)
    body = _read_body()
    fields = _read_fields(body)
    try:
        result = save_fields(
            db.session, key=target.key, unit_id=target.unit_id, form_token=_mark(body, "token"),
            account_id=viewer().account_id, tab=_mark(body, "tab"), fields=fields, now=clock.now())
    except DraftTooLongError:
        abort(413)
    db.session.commit()
    answer: dict[str, Any] = {
        "saved_at": format_moment(clock.now()), "revision": result.revision,
        "fields": {name: {"revision": revision} for name, revision in result.saved.items()},
        "conflicts": {
            c.name: {"mine": c.mine, "theirs": c.theirs, "who": c.who, "when": format_moment(c.when),
                     "revision": c.revision}
            for c in result.conflicts
        },
    }
    return jsonify(answer), (409 if result.conflicts else 200)


def _read_body() -> Any:
    """What the script sent; an empty body for what is no JSON, or JSON in JSON without end."""
    try:
        return request.get_json(silent=True) or {}
    except RecursionError:
        return {}


def _mark(body: Any, name: str) -> str:
    """One of the short marks by which pages are told apart."""
    return storable(str(body.get(name, "")))[:64]


def _read_fields(body: Any) -> dict[str, Typed]:
    """Read {"fields": {name: {"value": …, "base": …}}}; answers 400 for anything else."""
    try:
        items = dict(body["fields"]).items()
        fields = {
            storable(str(name))[:NAME_MAX_LENGTH]: Typed(_text(item["value"]), int(item.get("base", 0)))
            for name, item in items}
    except (TypeError, KeyError, ValueError, AttributeError, OverflowError):
        abort(400)
    if len(fields) > MOST_FIELDS:
        abort(413)
    return fields


def _text(value: Any) -> str | list[str]:
    """A text or a list of texts."""
    return [str(item) for item in value] if isinstance(value, list) else str(value)
