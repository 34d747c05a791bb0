"""When and whom the portal reminds by itself."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.reminder import ScheduleForm
from models.permission import Action
from models.reminder import Schedule
from queries.reminder import get_schedules
from services.reminder import set_schedule
from views.access import requires, viewer
from views.reminder.blueprint import blueprint
from views.reminder.common import load, mailing

TICKS = ("is_on", "to_officers", "to_head", "to_reviewer")


@blueprint.route("/<code>/schedule", methods=["GET", "POST"])
@requires(Action.REMINDER_MANAGE)
def edit_schedule(code: str) -> str | Response | tuple[str, int]:
    """Show the schedule of a requirement; on POST set it."""
    requirement = load(code)
    schedule = get_schedules(db.session, [requirement.id])[requirement.id]
    form = ScheduleForm(request.form if request.method == "POST" else _texts(schedule))
    if request.method == "POST" and form.validate():
        changed = set_schedule(db.session, requirement, _schedule(form), viewer=viewer(), now=clock.now())
        db.session.commit()
        flash(_("Đã lưu lịch nhắc.") if changed else _("Lịch nhắc không có gì thay đổi."), "success")
        return redirect(url_for("reminder.show", code=code), 303)
    page = render_template("reminder/schedule.html", requirement=requirement, form=form, by_mail=mailing().is_on)
    return (page, 422) if request.method == "POST" else page


def _texts(schedule: Schedule) -> MultiDict[str, str]:
    """What the form begins with."""
    texts = MultiDict({
        "days_before": ", ".join(str(days) for days in schedule.days_before),
        "every_after": str(schedule.every_after), "most_after": str(schedule.most_after)})
    for name in TICKS:
        if getattr(schedule, name):
            texts[name] = "y"
    return texts


def _schedule(form: ScheduleForm) -> Schedule:
    """What was typed, as the service takes it."""
    return Schedule(
        days_before=form.days_before.days, every_after=form.every_after.data, most_after=form.most_after.data,
        **{name: bool(form[name].data) for name in TICKS})
