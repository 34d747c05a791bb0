"""What is done with an announcement: read it, withdraw it, remind those who have not read it."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.announcement import WithdrawalForm
from models.announcement import Announcement
from models.permission import Action
from services.announcement import AnnouncementError, mark_read, remind_readers
from services.announcement import withdraw as withdraw_announcement
from views.access import requires, viewer
from views.announcement.blueprint import blueprint
from views.announcement.common import act, load, load_own
from views.drafting import open_desk


@blueprint.post("/<int:announcement_id>/read")
@requires(Action.ANNOUNCEMENT_VIEW)
def read(announcement_id: int) -> Response:
    """Note that the person's unit has read it."""
    page = load(announcement_id)
    if page.line.read_version is None or page.line.is_planned:
        abort(404)
    announcement = db.session.get_one(Announcement, announcement_id)
    seen = request.form.get("version", type=int, default=0)
    mark_read(db.session, announcement, seen, viewer=viewer(), now=clock.now())
    db.session.commit()
    if seen == announcement.version_count:
        flash(_("Đã ghi nhận đơn vị đã đọc “%(title)s”.", title=page.current.title), "success")
    else:
        flash(_("Văn bản vừa được đính chính. Đọc bản mới rồi bấm “Đã đọc”."), "warning")
        return redirect(url_for("announcement.show", announcement_id=announcement_id), 303)
    wants_home = request.form.get("back") == "home"
    return redirect(url_for("home.show") if wants_home else url_for("announcement.index"), 303)


@blueprint.route("/<int:announcement_id>/withdraw", methods=["GET", "POST"])
@requires(Action.ANNOUNCEMENT_WRITE)
def withdraw(announcement_id: int) -> str | Response | tuple[str, int]:
    """Withdraw an announcement, with a reason that units see."""
    page, announcement = load_own(announcement_id)
    desk = open_desk(f"announcement:{announcement_id}:withdraw", page.line.unit_id, Action.ANNOUNCEMENT_WRITE)
    form = WithdrawalForm(desk.data({}))
    there = redirect(url_for("announcement.show", announcement_id=announcement_id), 303)
    if page.line.withdrawn_at is not None:
        return there
    status = 200
    if request.method == "POST":
        status = 422 if desk.take() else 409
        if status == 422 and not desk.wants_keep_only and form.validate():
            withdraw_announcement(db.session, announcement, form.reason.data, act=act())
            desk.done()
            db.session.commit()
            flash(_("Đã thu hồi. Các đơn vị thấy lý do ở trang của văn bản."), "success")
            return there
        db.session.commit()
        if status == 422 and desk.wants_keep_only:
            return redirect(request.path, 303)
    return render_template("announcement/withdraw.html", page=page, form=form, desk=desk), status


@blueprint.post("/<int:announcement_id>/remind")
@requires(Action.ANNOUNCEMENT_WRITE)
def remind(announcement_id: int) -> Response:
    """Ask the units that have not read it, once a day."""
    _page, announcement = load_own(announcement_id)
    try:
        done = remind_readers(db.session, announcement, act=act())
    except AnnouncementError as error:
        db.session.rollback()
        flash(str(error), "error")
    else:
        db.session.commit()
        flash(_("Đã nhắc %(units)s đơn vị, %(mails)s thư chờ gửi.", units=done.units, mails=done.mails)
              if done.units else _("Các đơn vị này hôm nay đã được nhắc rồi; không nhắc lần nữa."),
              "success" if done.units else "info")
    return redirect(url_for("announcement.readers", announcement_id=announcement_id), 303)
