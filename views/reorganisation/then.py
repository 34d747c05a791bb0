"""Reports of then by the units of now."""

from flask import Response, render_template, request, url_for

from core.clock import clock
from core.extensions import db
from exports.lists.reorganisation import AS_NOW
from models.permission import Action
from queries.consolidation import list_report_requirements
from queries.reorganisation import completeness_as_now
from views.access import requires
from views.list_file import send_list, wants_workbook
from views.reorganisation.blueprint import blueprint


@blueprint.get("/then")
@requires(Action.LEADERSHIP_VIEW)
def then() -> str | Response:
    """Show how complete a report is, counted for the units that follow those of then."""
    found = list_report_requirements(db.session)
    wanted = request.args.get("requirement", "")
    chosen = next((row for row in found if row.code == wanted), found[0] if found else None)
    chips = [{"label": row.title, "url": url_for("reorganisation.then", requirement=row.code), "count": None,
              "is_on": row is chosen} for row in found]
    lines = completeness_as_now(db.session, chosen, clock.today()) if chosen is not None else []
    if wants_workbook() and chosen is not None:
        return send_list("Báo cáo trước đây theo đơn vị hiện nay", AS_NOW, lines, filters=[("Yêu cầu", chosen.title)])
    return render_template("reorganisation/then.html", requirements=chips, requirement=chosen, lines=lines)
