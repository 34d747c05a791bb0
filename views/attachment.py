"""Evidence files: handed out to those who see their unit, never run, never guessed at."""

from io import BytesIO
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, send_file

from core.extensions import db
from core.storage import FileStore
from models.permission import Action
from queries.activity import FileLine, find_file
from services.attachment import FOLDER, make_preview
from views.access import allow, requires

blueprint = Blueprint("attachment", __name__, url_prefix="/attachments")


def _load(attachment_id: int) -> tuple[FileLine, Path]:
    """A file that the person may see, and where it lies; 404 otherwise.

    Until it is evidence of an activity, only those who write for the unit see it.
    """
    access = find_file(db.session, attachment_id)
    if access is None:
        abort(404)
    allow(Action.ACTIVITY_VIEW if access.is_used else Action.ACTIVITY_WRITE, access.unit_id)
    path = FileStore(Path(current_app.config["SETTINGS"].instance) / FOLDER).path(access.file.sha256)
    if not path.is_file():
        abort(404)
    return access.file, path


def guarded(response: Response) -> Response:
    """Keep the answer from being read by other sites, guessed at, or run."""
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@blueprint.get("/<int:attachment_id>")
@requires(Action.ACTIVITY_VIEW)
def show(attachment_id: int) -> Response:
    """Hand out a file: pictures in the browser, everything else as a download under its own name."""
    file, path = _load(attachment_id)
    return guarded(send_file(
        path, mimetype=file.media_type, as_attachment=not file.is_picture, download_name=file.name, etag=file.sha256,
        last_modified=None))


@blueprint.get("/<int:attachment_id>/preview")
@requires(Action.ACTIVITY_VIEW)
def preview(attachment_id: int) -> Response:
    """Hand out a small picture of a picture; 404 for other files."""
    file, path = _load(attachment_id)
    small = make_preview(path) if file.is_picture else None
    if small is None:
        abort(404)
    return guarded(send_file(BytesIO(small), mimetype="image/jpeg", download_name=f"{file.id}.jpg"))
