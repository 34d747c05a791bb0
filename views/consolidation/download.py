"""Downloads: the report as PDF, DOCX, XLSX or CSV and the leadership's summary, the bytes that the command writes."""

import io

from flask import abort, request, send_file
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.media_type import DOCX, XLSX
from models.permission import Action
from queries.consolidation import NoConsolidationError
from services.consolidation import ENDINGS, Format, print_file
from services.traced_file import print_traced
from views.access import requires
from views.consolidation.blueprint import blueprint
from views.consolidation.common import load
from views.evidence import issued_store

MEDIA_TYPES = {"pdf": "application/pdf", "docx": DOCX, "xlsx": XLSX, "csv": "text/csv; charset=utf-8"}
"""By the ending of a file's name."""
FILES: dict[str, tuple[str, Format]] = {
    "report": ("report.pdf", "pdf"), "report_word": ("report.docx", "docx"), "report_workbook": ("report.xlsx", "xlsx"),
    "report_rows": ("report.csv", "csv"), "summary": ("summary.pdf", "summary")}
"""By endpoint: the last part of its address, and what is sent."""
TRACEABLE = ("pdf", "docx")
"""What can carry the annex on where its sentences came from (``annex=1``)."""


@requires(Action.CONSOLIDATION_VIEW)
def download(code: str, unit_code: str, kind: Format) -> Response:
    """Send a file: ``version`` as it was frozen, else the one that stands, else the draft.

    By a name that a person can read; 404 when there is no such version.
    """
    requirement, unit = load(code, unit_code, Action.CONSOLIDATION_VIEW)
    number = request.args.get("version", type=int)
    if "version" in request.args and number is None:
        abort(404)
    try:
        if request.args.get("annex") == "1" and kind in TRACEABLE:
            file = print_traced(db.session, requirement, unit, kind, version=number, on=clock.today())
        else:
            file = print_file(db.session, requirement, unit, kind, version=number, on=clock.today(), now=clock.now(),
                              store=issued_store())
    except NoConsolidationError:
        abort(404)
    if file is None:
        abort(404)
    return send_file(io.BytesIO(file.content), MEDIA_TYPES[ENDINGS[kind]], as_attachment=True, download_name=file.name,
                     max_age=0)


for _endpoint, (_file, _kind) in FILES.items():
    blueprint.add_url_rule(f"/<code>/<unit_code>/{_file}", _endpoint, download, defaults={"kind": _kind})
