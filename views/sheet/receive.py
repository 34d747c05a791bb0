"""What was sent: judged, stored once, or shown again with everything that was typed."""

from urllib.parse import urlsplit

from flask import redirect, request
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from models.answering import SHEET, Judged
from models.survey import SurveyAudience, SurveyChannel
from queries.sheet import PublicPlace, Standing
from services.sheet import Arrival, Outcome, Ticket, read_ticket, take_sheet
from views.sheet.blueprint import CLOSED_STATUS, address_of, closed_words
from views.sheet.page import answering_of, page_again
from views.sheet.visit import forget, keep, new_ticket
from views.stranger import stranger_language


def receive(place: PublicPlace, typed_code: str = "") -> Response:
    """Answer a sheet that was sent from a place's page."""
    today = clock.today()
    ticket = _ticket_of(place)
    standing = place.standing(today)
    if standing is not Standing.OPEN:
        note = " ".join(closed_words(place)) + " " + _("Phiếu này chưa được gửi; câu trả lời vẫn còn bên dưới.")
        return _again(place, new_ticket(place), {}, CLOSED_STATUS[standing], note=note, is_open=False)
    if ticket is None or not comes_from_here():
        return _again(place, new_ticket(place), {}, 422, note=_(
            "Phiếu chưa được gửi vì trang đã cũ. Xin bấm “Gửi phiếu” một lần nữa."))
    judged = _judge(place, "_drop_hidden" in request.form)
    errors = _errors(judged)
    if errors:
        can_drop = bool(judged.hidden) and not _errors(_judge(place, drop_hidden=True))
        return _again(place, request.form["_ticket"], errors, 422, can_drop=can_drop)
    return _after(place, _take(place, ticket, judged, typed_code))


def _again(place: PublicPlace, ticket: str, errors: dict[str, str], status: int, note: str = "", *,
           can_drop: bool = False, is_open: bool = True) -> Response:
    """The page again, with everything typed; nobody waits for the database meanwhile."""
    db.session.rollback()
    answer = page_again(place, ticket, errors, status, note=note, can_drop=can_drop, is_open=is_open)
    return keep(answer, ticket) if place.audience is not SurveyAudience.STAFF and is_open else answer


def comes_from_here() -> bool:
    """Whether a page of this portal sent the form, as far as the browser tells."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def _ticket_of(place: PublicPlace) -> Ticket | None:
    """The ticket that came with the form, if it is one of this place and its kind of channel."""
    ticket = read_ticket(request.form.get("_ticket", ""))
    if ticket is None or ticket.place_id != place.id:
        return None
    is_staff = place.audience is SurveyAudience.STAFF
    return ticket if (ticket.channel is SurveyChannel.STAFF) is is_staff else None


def _judge(place: PublicPlace, drop_hidden: bool) -> Judged:
    """What was sent, judged; ``drop_hidden`` leaves answers out to questions that are not asked."""
    return answering_of(place.body).judge(request.form.to_dict(flat=False), language=stranger_language(),
                                          today=clock.today(), drop_hidden=drop_hidden)


def _errors(judged: Judged) -> dict[str, str]:
    """What is to be mended, by field, in the order of the page."""
    consent = {} if request.form.get("_consent") else {
        "_consent": _("Xin đánh dấu vào ô đồng ý tham gia để gửi phiếu.")}
    errors = {**consent, **{name: str(message) for name, message in judged.errors.items()}}
    if not errors and judged.is_empty:
        errors[SHEET] = _("Phiếu chưa có câu trả lời nào; xin trả lời ít nhất một câu.")
    return errors


def _take(place: PublicPlace, ticket: Ticket, judged: Judged, typed_code: str) -> Outcome:
    """Store the sheet in one short transaction."""
    answered = sum(1 for name, text in request.form.items() if text and not name.startswith("_"))
    arrival = Arrival(
        ticket, judged.choices, judged.details, today=clock.today(), second=clock.now().timestamp(),
        answered=answered, address=request.remote_addr or "", code=typed_code)
    outcome = take_sheet(db.session, arrival, place.pace_key)
    if outcome is Outcome.STORED:
        db.session.commit()
    else:
        db.session.rollback()
    return outcome


def _after(place: PublicPlace, outcome: Outcome) -> Response:
    """Where a sheet leads that was taken in, or why it was not."""
    if outcome in (Outcome.STORED, Outcome.KNOWN):
        return forget(redirect(address_of("thank", place), 303))
    if outcome is Outcome.USED:
        return page_again(place, request.form["_ticket"], {}, 410, note=_(
            "Phiếu chưa được gửi: mã này đã được dùng hoặc đã thu hồi. Xin hỏi người phát mã để nhận mã khác."))
    return page_again(place, request.form["_ticket"], {}, 429, note=_(
        "Phiếu chưa được gửi: hôm nay đã có quá nhiều phiếu từ cùng một mạng. Xin gửi lại vào ngày mai, hoặc dùng mạng "
        "khác."))
