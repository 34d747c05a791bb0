"""The table of points as a paper: the same bytes each time for a frozen year, a draft before."""

import io

from flask import abort, send_file
from werkzeug.wrappers import Response

from exports.emulation import build
from models.permission import Action
from queries.emulation import document_of
from queries.emulation.document import head_of
from views.access import requires
from views.emulation.blueprint import blueprint, load, shown


@blueprint.get("/<int:year>/points.pdf")
@requires(Action.EMULATION_MANAGE)
def download(year: int) -> Response:
    """Send the table of points: of the version asked for, else of the newest, else a draft of today."""
    found = shown(load(year))
    if not found.year.groups:
        abort(404)
    head = found.frozen.content["head"] if found.frozen else head_of(found.programme)
    document = document_of(found.year, head, found.frozen.reason if found.frozen else "")
    name = f"bang-diem-thi-dua-{year}-" + (f"ban-{found.year.version}" if found.frozen else "du-thao")
    return send_file(io.BytesIO(build(document)), "application/pdf", as_attachment=True, download_name=f"{name}.pdf",
                     max_age=0)
