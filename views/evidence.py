"""Files that come with a form: taken in, ticked in the form's texts, refused in words."""

from pathlib import Path
from typing import BinaryIO, cast

from flask import current_app, request
from werkzeug.datastructures import MultiDict

from core.clock import clock
from core.extensions import db
from core.storage import FileStore
from services.attachment import FOLDER, FileRefusedError, receive_file
from services.issue import FOLDER as ISSUED
from services.signature import TRUST
from views.access import viewer


def file_store() -> FileStore:
    """Where evidence lies."""
    return FileStore(Path(current_app.config["SETTINGS"].instance) / FOLDER)


def issued_store() -> FileStore:
    """Where issued files and signed copies lie."""
    return FileStore(Path(current_app.config["SETTINGS"].instance) / ISSUED)


def trusted_folder() -> Path:
    """Where the administrator lays the root certificates of signatures that the portal trusts."""
    return Path(current_app.config["SETTINGS"].instance) / TRUST


def take_files(unit_id: int, texts: MultiDict[str, str]) -> list[str]:
    """Keep the files of a POST's field "files" and tick them in "attachments"; gives back what is wrong with others.

    Does not commit.
    """
    store, refusals = file_store(), []
    for upload in request.files.getlist("files"):
        if not upload.filename:
            continue
        try:
            kept = receive_file(
                db.session, store, unit_id=unit_id, name=upload.filename, stream=cast(BinaryIO, upload.stream),
                viewer=viewer(), now=clock.now())
        except FileRefusedError as error:
            refusals.append(str(error))
        else:
            if str(kept.id) not in texts.getlist("attachments"):
                texts.add("attachments", str(kept.id))
    return refusals
