"""The workbook to be filled in."""

from flask import Response as FileResponse
from flask import abort

from core.extensions import db
from exports.sheet_template import build
from models.permission import Action
from queries.questionnaire import get_version
from views.access import requires
from views.paper.blueprint import asked, blueprint, load

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/<int:place_id>/upload/template.xlsx")
@requires(Action.SURVEY_WRITE)
def sample(place_id: int) -> FileResponse:
    """Send the workbook of the place's questionnaire."""
    page = load(place_id)
    version = get_version(db.session, page.questionnaire_id) or abort(404)
    name = f"phieu-{version.code}-{version.version}.xlsx"
    return FileResponse(build(asked(page.questionnaire_id)[1], version.body.title.vi), mimetype=WORKBOOK, headers={
        "Content-Disposition": f'attachment; filename="{name}"'})
