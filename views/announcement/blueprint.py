"""The blueprint of announcements, which the modules beside it fill."""

from flask import Blueprint, request, session

blueprint = Blueprint("announcement", __name__, url_prefix="/announcements")
MOST_SENT = 256 * 1024 * 1024
"""Bytes a signed-in person may send with a form, so that an oversize file is answered at its field."""


@blueprint.url_value_preprocessor
def allow_files(_endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let files in before anything reads the form."""
    if "_user_id" in session:
        request.max_content_length = MOST_SENT
