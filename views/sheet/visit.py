"""One visit makes one sheet, in however many tabs.

The ticket of a page that was not sent yet stands in a cookie of this one address, and a second tab is given the same.
The cookie says nothing that the page does not say, ends with the visit, and goes when the sheet is sent; the portal
reads it for nothing else. Who answers by a code needs none: the code is good for one sheet.
"""

from flask import current_app, request
from werkzeug.wrappers import Response

from core.clock import clock
from models.survey import SurveyAudience, SurveyChannel
from queries.sheet import PublicPlace
from services.sheet import issue_ticket, read_ticket

COOKIE = "sheet"


def new_ticket(place: PublicPlace) -> str:
    """A ticket for a page that is about to be shown."""
    return issue_ticket(place.id, _channel(place), int(clock.now().timestamp()))


def ticket_of_visit(place: PublicPlace) -> str:
    """The ticket of this visit's other tab, where there is one, else a new one."""
    text = request.cookies.get(COOKIE, "")
    kept = read_ticket(text)
    is_of_here = kept is not None and kept.place_id == place.id and kept.channel is _channel(place)
    return text if is_of_here else new_ticket(place)


def keep(response: Response, ticket: str) -> Response:
    """Let other tabs of this visit know the ticket."""
    if request.cookies.get(COOKIE) != ticket:
        response.set_cookie(COOKIE, ticket, path=request.path, samesite="Lax",
                            secure=current_app.config["SESSION_COOKIE_SECURE"])
    return response


def forget(response: Response) -> Response:
    """Let the next page opened here be another sheet."""
    if COOKIE in request.cookies:
        response.delete_cookie(COOKIE, path=request.path, samesite="Lax",
                               secure=current_app.config["SESSION_COOKIE_SECURE"])
    return response


def _channel(place: PublicPlace) -> SurveyChannel:
    """How somebody came here."""
    if place.audience is SurveyAudience.STAFF:
        return SurveyChannel.STAFF
    return SurveyChannel.QR if request.args.get("k") == "qr" else SurveyChannel.LINK
