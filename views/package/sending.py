"""Handing a finished package out, in parts where a download goes on after a break (RFC 9110, range requests)."""

from pathlib import Path

from flask import Response, abort, current_app, send_file

from core.storage import FileStore
from models.package import PackageKind, PackageState
from models.permission import Action
from services.package import FOLDER
from views.access import requires
from views.package.blueprint import blueprint, load_package

_TYPES = {PackageKind.ZIP: "application/zip", PackageKind.PDF: "application/pdf"}


@blueprint.get("/<int:package_id>/file")
@requires(Action.BOARD_VIEW)
def download(package_id: int) -> Response:
    """Send the file, from any place on; 404 once it is over, or when the right to one unit in it has ended."""
    package, _requirement = load_package(package_id)
    path = FileStore(Path(current_app.config["SETTINGS"].instance) / FOLDER).path(package.sha256 or "0" * 64)
    if package.state is not PackageState.READY or not path.is_file():
        abort(404)
    answer = send_file(path, _TYPES[package.kind], as_attachment=True, download_name=package.name, conditional=True,
                       etag=package.sha256)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
