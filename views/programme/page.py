"""The year's programme as everybody reads it: what is to be made known, how, by when, and what changed since."""

from flask import Response, abort, render_template, request

from core.extensions import db
from exports.lists.programme import REQUIREMENTS
from models.event import Subject
from models.permission import Action, Reach, reach
from models.programme import ProgrammeStatus
from queries.programme import find_programme, get_programme_page, list_years
from queries.timeline import list_timeline
from views.access import requires, viewer
from views.list_file import send_list, wants_workbook
from views.programme.blueprint import blueprint
from views.programme.story import changes_of


@blueprint.get("")
@requires(Action.PROGRAMME_VIEW)
def show() -> str | Response:
    """Show a programme: dates, themes, channels, indicators, text and appendix."""
    wanted = request.args.get("year", type=int)
    manages = reach(viewer().role, Action.PROGRAMME_MANAGE) is not Reach.NONE
    programme = find_programme(db.session, wanted, with_drafts=manages and wanted is not None)
    if programme is None:
        if wanted is not None:
            abort(404)
        return render_template("programme/none.html", manages=manages)
    page = get_programme_page(db.session, programme)
    if wants_workbook():
        return send_list(f"Kế hoạch, báo cáo phải nộp năm {page.year}", REQUIREMENTS, page.requirements)
    is_draft = programme.status is ProgrammeStatus.DRAFT
    return render_template(
        "programme/show.html", page=page, is_draft=is_draft,
        years=list_years(db.session, with_drafts=manages), manages=manages,
        changes=changes_of(list_timeline(db.session, Subject.PROGRAMME, programme.id)))
