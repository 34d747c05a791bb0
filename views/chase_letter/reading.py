"""A letter that was made: its page, and the file as it was that day."""

import io

from flask import abort, render_template, send_file
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from exports.lists.reminder import CHASED
from models.chase_letter import ChaseLetter
from models.permission import Action, Reach, reach
from models.requirement import Requirement
from queries.chase_letter import find_letter, list_chased
from services.chase_letter import letter_document, print_letter
from views.access import requires, viewer
from views.chase_letter.blueprint import blueprint
from views.list_file import send_list, wants_workbook


@blueprint.get("/<int:letter_id>")
@requires(Action.PLAN_VIEW)
def show(letter_id: int) -> str | Response:
    """Show a letter to the Office and to the units that it chases."""
    letter = _load(letter_id)
    chased = list_chased(db.session, letter.id, clock.today())
    if wants_workbook():
        return send_list(f"Đơn vị được đôn đốc lần {letter.round}", CHASED, chased)
    return render_template(
        "chase_letter/show.html", letter=letter, document=letter_document(letter),
        requirement=db.session.get_one(Requirement, letter.requirement_id),
        chased=chased,
        manages=reach(viewer().role, Action.REMINDER_MANAGE) is not Reach.NONE)


@blueprint.get("/<int:letter_id>/letter.pdf")
@requires(Action.PLAN_VIEW)
def download(letter_id: int) -> Response:
    """Send the letter's file: always the same bytes."""
    letter = _load(letter_id)
    name = f"cong-van-don-doc-lan-{letter.round}-{letter.issued_on:%Y-%m-%d}.pdf"
    return send_file(io.BytesIO(print_letter(letter)), "application/pdf", as_attachment=True, download_name=name,
                     max_age=0)


def _load(letter_id: int) -> ChaseLetter:
    """A letter that chases somebody whom the viewer may see, or 404."""
    return find_letter(db.session, viewer(), letter_id, clock.today()) or abort(404)
