"""The calendar of public holidays, which the Office keeps: what is counted in working days hangs on it."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.translation import _
from exports.lists.reminder import HOLIDAYS
from forms.reminder import HolidayForm
from models.holiday import Holiday, HolidayKind
from models.permission import Action
from queries.holiday import holiday_years, list_holidays
from services.holiday import HolidayError, add_holiday, remove_holiday, restore_holiday
from views.access import requires, viewer
from views.list_file import send_list, wants_workbook

blueprint = Blueprint("holiday", __name__, url_prefix="/holidays")
FIRST_YEAR, LAST_YEAR = 2000, 2100


@blueprint.route("", methods=["GET", "POST"])
@requires(Action.REMINDER_MANAGE)
def index() -> str | Response | tuple[str, int]:
    """Show the days of a year; on POST add one."""
    form = HolidayForm(request.form)
    if request.method == "POST" and form.validate() and _add(form):
        return redirect(url_for("holiday.index", year=form.day.data.year), 303)
    year = request.args.get("year", type=int, default=clock.today().year)
    year = min(max(year, FIRST_YEAR), LAST_YEAR)
    days = list_holidays(db.session, year)
    if wants_workbook():
        return send_list(f"Lịch nghỉ lễ, làm bù năm {year}", HOLIDAYS, days)
    years = sorted({*holiday_years(db.session), clock.today().year, year})
    page = render_template("holiday/index.html", form=form, year=year, years=years,
                           days=days, names=_weekdays())
    return (page, 422) if request.method == "POST" else page


def _add(form: HolidayForm) -> bool:
    """Add the day; False, with the reason on the form, when it cannot be."""
    try:
        row = add_holiday(db.session, day=form.day.data, name=form.name.data, kind=HolidayKind(form.kind.data),
                          source=form.source.data or "", viewer=viewer(), now=clock.now())
    except HolidayError as error:
        db.session.rollback()
        form.form_errors.append(str(error))
        return False
    db.session.commit()
    flash(_("Đã thêm ngày %(day)s. Hạn duyệt đang chạy được tính lại.", day=format_day(row.day)), "success")
    return True


@blueprint.post("/<int:holiday_id>/remove")
@requires(Action.REMINDER_MANAGE)
def remove(holiday_id: int) -> Response:
    """Take a day out; it stays in the list to be put back."""
    row = db.session.get(Holiday, holiday_id) or abort(404)
    remove_holiday(db.session, row, viewer=viewer(), now=clock.now())
    db.session.commit()
    flash(_("Đã bỏ ngày %(day)s; có thể khôi phục ở dòng đó.", day=format_day(row.day)), "success")
    return redirect(url_for("holiday.index", year=row.day.year), 303)


@blueprint.post("/<int:holiday_id>/restore")
@requires(Action.REMINDER_MANAGE)
def restore(holiday_id: int) -> Response:
    """Put a day back."""
    row = db.session.get(Holiday, holiday_id) or abort(404)
    restore_holiday(db.session, row, viewer=viewer(), now=clock.now())
    db.session.commit()
    flash(_("Đã khôi phục ngày %(day)s.", day=format_day(row.day)), "success")
    return redirect(url_for("holiday.index", year=row.day.year), 303)


def _weekdays() -> list[str]:
    """The days of the week from Monday on."""
    return [_("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"), _("Chủ nhật")]
