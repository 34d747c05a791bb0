"""Opening the page, by link or by code, sending it, and the words of thanks."""

from pathlib import Path

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from models.survey import SurveyAudience
from queries.sheet import PublicPlace, Standing
from services.sheet import CodeError, is_usable, read_code, written
from views.access import public
from views.sheet.blueprint import LARGEST_SHEET, blueprint, closed_page, load_place
from views.sheet.page import body_of, fresh_page
from views.sheet.receive import receive
from views.sheet.visit import keep, new_ticket, ticket_of_visit
from views.static_files import pack
from views.stranger import stranger_language, stranger_page


@blueprint.get("/<code>")
@public
def show(code: str) -> Response:
    """The questionnaire of a place; where codes are asked for, the page to type one, which leads on."""
    place = load_place(code)
    if place.standing(clock.today()) is not Standing.OPEN:
        return closed_page(place)
    if place.audience is not SurveyAudience.STAFF:
        ticket = ticket_of_visit(place)
        return keep(fresh_page(place, ticket), ticket)
    typed = request.args.get("code")
    if typed is None:
        return code_page(place)
    message = code_fault(place, typed)
    if message:
        return code_page(place, typed, message, 422)
    language = request.args.get("lang")
    return redirect(url_for("sheet.show_by_code", code=code, single=written(read_code(typed)), lang=language), 303)


@blueprint.post("/<code>")
@public
def send(code: str) -> Response:
    """Take in a sheet that came by link or QR code."""
    request.max_content_length = LARGEST_SHEET
    return receive(load_place(code))


@blueprint.get("/<code>/<single>")
@public
def show_by_code(code: str, single: str) -> Response:
    """The questionnaire for the bearer of a single-use code."""
    place = load_place(code)
    if place.standing(clock.today()) is not Standing.OPEN:
        return closed_page(place)
    message = code_fault(place, single)
    if message:
        return code_page(place, single, message, 410)
    return fresh_page(place, new_ticket(place))


@blueprint.post("/<code>/<single>")
@public
def send_by_code(code: str, single: str) -> Response:
    """Take in the sheet of the bearer of a code."""
    request.max_content_length = LARGEST_SHEET
    return receive(load_place(code), single)


@blueprint.get("/<code>/thanks")
@public
def thank(code: str) -> Response:
    """The words of thanks after a sheet was sent."""
    place = load_place(code)
    thanks = body_of(place.body).thanks.of(stranger_language())
    return stranger_page("sheet/message.html", title=_("Đã nhận phiếu"), is_finished=True, paragraphs=[
        thanks or _("Trân trọng cảm ơn Ông/Bà."),
        _("Phiếu được tính vào kết quả chung của %(unit)s.", unit=place.unit_name)])


@blueprint.get("/<code>/declined")
@public
def decline(code: str) -> Response:
    """The words of thanks to somebody who would rather not answer."""
    place = load_place(code)
    return stranger_page("sheet/message.html", title=_("Cảm ơn Ông/Bà"), is_finished=True, paragraphs=[
        _("Ông/Bà đã chọn không tham gia. Không có câu trả lời nào được ghi lại."), place.unit_name])


@blueprint.get("/worker.js")
@public
def worker() -> Response:
    """The script that keeps an opened page for when there is no network; it may serve what lies under /s/."""
    response = current_app.send_static_file("js/sheet_worker.js")
    pack(response, Path(str(current_app.static_folder)) / "js" / "sheet_worker.js")
    response.headers["Cache-Control"] = "no-cache"
    return response


def code_page(place: PublicPlace, typed: str = "", message: str = "", status: int = 200) -> Response:
    """The page on which a code is typed."""
    return stranger_page("sheet/code.html", status, place=place, typed=typed, message=message)


def code_fault(place: PublicPlace, typed: str) -> str:
    """Why a code does not open the questionnaire here; empty where it does."""
    try:
        if place.audience is SurveyAudience.STAFF and is_usable(db.session, place.id, typed):
            return ""
    except CodeError:
        return _("Mã này không đúng với đơn vị. Xin kiểm tra lại từng chữ, hoặc hỏi người phát mã.")
    return _("Mã này đã được dùng hoặc đã thu hồi. Nếu chưa trả lời, xin hỏi người phát mã để nhận mã khác.")
