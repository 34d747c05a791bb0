"""The blueprint of the public page, and what leads from an address to a place."""

from flask import Blueprint, abort, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_day
from core.extensions import csrf, db
from core.transaction import LATER
from core.translation import _
from queries.sheet import PublicPlace, Standing, find_place
from views.stranger import stranger_language, stranger_page

blueprint = Blueprint("sheet", __name__, url_prefix="/s")
csrf.exempt(blueprint)  # there is no session that could hold a token; the sealed ticket stands in its place
LARGEST_SHEET = 200 * 1024
"""Bytes of a sheet that is sent; the longest texts of a long questionnaire stay far below."""
CLOSED_STATUS = {Standing.FUTURE: 403, Standing.CLOSED: 410, Standing.WITHDRAWN: 410}


def load_place(code: str) -> PublicPlace:
    """The place of an address; 404 where there is none."""
    connection = db.session.connection(execution_options={"writes": LATER})  # nobody waits while answers are judged
    place = find_place(connection, code, clock.today())
    if place is None:
        abort(404)
    return place


def closed_words(place: PublicPlace) -> tuple[str, str]:
    """Title and sentence of a place that takes no answers now."""
    standing = place.standing(clock.today())
    if standing is Standing.FUTURE:
        return (_("Khảo sát chưa mở"), _("Khảo sát nhận câu trả lời từ ngày %(day)s.", day=format_day(place.opens_on)))
    if standing is Standing.WITHDRAWN:
        return _("Khảo sát không còn nhận phiếu"), _("Đơn vị này đã được rút khỏi đợt khảo sát.")
    return (_("Khảo sát đã kết thúc"), _("Đợt khảo sát đã khép lại. Trân trọng cảm ơn Ông/Bà đã quan tâm."))


def closed_page(place: PublicPlace) -> Response:
    """The page of a place that takes no answers now."""
    title, sentence = closed_words(place)
    return stranger_page("sheet/message.html", CLOSED_STATUS[place.standing(clock.today())], title=title,
                         paragraphs=[place.unit_name, sentence])


def address_of(endpoint: str, place: PublicPlace) -> str:
    """The address of another page of the place, in the reader's language."""
    language = stranger_language()
    return url_for(f"sheet.{endpoint}", code=place.code, lang=None if language == "vi" else language)
