"""What is done on these pages: remind now, send a letter again, say "đã nhận"."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.reminder import WHO
from models.permission import Action
from models.requirement import Requirement
from queries.reminder import OpenTask, count_reminders, find_mail, list_addressees, list_own_tasks
from services.reminder import mark_received, queue_now, send_again
from views.access import requires, viewer
from views.address import form_page
from views.reminder.blueprint import blueprint
from views.reminder.common import load, mailing

MOST_SHOWN = 100
"""Units named in the preview; of more it says how many."""


@blueprint.route("/<code>/now", methods=["GET", "POST"])
@requires(Action.REMINDER_SEND)
def remind(code: str) -> str | Response:
    """Show whom the button would remind; on POST remind them."""
    requirement = load(code)
    wanted = request.values.get("who", "")
    who = wanted if wanted in WHO else "open"
    tasks = _chosen(requirement, who)
    if request.method == "POST":
        queued = queue_now(db.session, requirement, tasks, viewer=viewer(), on=clock.today(), now=clock.now(),
                           mailing=mailing())
        db.session.commit()
        flash(_("Đã nhắc %(units)s đơn vị, %(mails)s thư chờ gửi.", units=queued.units, mails=queued.mails)
              if queued.units else _("Các đơn vị này hôm nay đã được nhắc rồi; không nhắc lần nữa."),
              "success" if queued.units else "info")
        return redirect(url_for("reminder.show", code=code), 303)
    people = {person.unit_id for person in list_addressees(db.session)} if mailing().is_on else set()
    return render_template(
        "reminder/now.html", requirement=requirement, who=who, choices=WHO, today=clock.today(),
        tasks=tasks[:MOST_SHOWN], total=len(tasks), by_mail=mailing().is_on, reachable=people,
        counts=count_reminders(db.session, requirement.id))


def _chosen(requirement: Requirement, who: str) -> list[OpenTask]:
    """The units that a choice means."""
    tasks = list_own_tasks(db.session, viewer(), requirement.id, clock.today())
    if who == "late":
        return [task for task in tasks if task.last_day < clock.today()]
    return [task for task in tasks if task.status is None] if who == "not_started" else tasks


@blueprint.post("/mails/<int:mail_id>/again")
@requires(Action.REMINDER_SEND)
def send_mail_again(mail_id: int) -> Response:
    """Put a letter that did not go, or of which nobody knows, into the outbox once more."""
    mail, obligation_id = find_mail(db.session, viewer(), mail_id, clock.today()) or abort(404)
    send_again(db.session, mail, clock.now())
    db.session.commit()
    flash(_("Thư đã được xếp gửi lại tới %(address)s.", address=mail.to_address), "success")
    return redirect(url_for("reminder.record", obligation_id=obligation_id), 303)


@blueprint.post("/<code>/received")
@requires(Action.SELF)
def receive(code: str) -> Response:
    """Note that the person's unit has seen its reminders of a requirement."""
    requirement = load(code)
    mark_received(db.session, requirement, viewer=viewer(), now=clock.now())
    db.session.commit()
    flash(_("Đã ghi nhận đơn vị nhận được nhắc."), "success")
    return redirect(form_page(), 303)
