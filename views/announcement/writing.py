"""Writing an announcement and correcting one: what becomes of a form that was sent."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.translation import _
from forms.announcement import BY_MAIL, AnnouncementForm, CorrectionForm
from models.announcement import AnnouncementKind, AudienceKind
from models.permission import Action
from queries.announcement import AnnouncementPage
from services.announcement import AnnouncementError, AnnouncementInput, announce
from services.announcement import correct as correct_announcement
from views.access import allow, requires, viewer
from views.announcement.blueprint import blueprint
from views.announcement.common import act, load_own
from views.announcement.sheet import Sheet, lay_out, options_of
from views.reminder.common import mailing

Answer = str | Response | tuple[str, int]


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Action.ANNOUNCEMENT_WRITE)
def new() -> Answer:
    """Write an announcement to units below the own one."""
    unit_id = viewer().acts_for_id
    allow(Action.ANNOUNCEMENT_WRITE, unit_id)
    papers = lay_out(f"announcement:new:{viewer().account_id}", unit_id, {
        "kind": "notice", "audience": "all", "delivery": BY_MAIL if mailing().is_on else "portal",
        "published_on": format_day(clock.today())})
    sheet = Sheet(papers, AnnouncementForm(papers.texts, options_of(unit_id, papers)))
    return _publish(sheet, unit_id) if request.method == "POST" else _show_new(sheet)


def _show_new(sheet: Sheet[AnnouncementForm]) -> str:
    """The page of a new announcement."""
    return render_template("announcement/form.html", form=sheet.form, desk=sheet.desk, files=sheet.files,
                           by_mail=mailing().is_on)


def _publish(sheet: Sheet[AnnouncementForm], unit_id: int) -> Answer:
    """Announce what was typed, once, when it is good."""
    if not sheet.take() or sheet.desk.wants_keep_only or not sheet.is_good():
        return _not_saved(sheet) or (_show_new(sheet), 409 if sheet.desk.conflicts else 422)
    try:
        announcement = announce(db.session, _given(sheet), unit_id=unit_id, form_token=sheet.desk.token, act=act())
    except AnnouncementError as error:
        sheet.form.form_errors.append(str(error))
        db.session.commit()
        return _show_new(sheet), 422
    sheet.desk.done()
    db.session.commit()
    flash(_("Đã đăng “%(title)s”.", title=sheet.form.title.data) if announcement.published_on <= clock.today()
          else _("Đã lưu; các đơn vị thấy từ ngày %(day)s.", day=format_day(announcement.published_on)), "success")
    return redirect(url_for("announcement.show", announcement_id=announcement.id), 303)


def _given(sheet: Sheet[AnnouncementForm]) -> AnnouncementInput:
    """What was typed, as the service takes it."""
    form = sheet.form
    return AnnouncementInput(
        kind=AnnouncementKind(form.kind.data), audience=AudienceKind(form.audience.data),
        audience_codes=form.audience_codes, published_on=form.published_on.data,
        by_mail=form.delivery.data == BY_MAIL, content=sheet.content())


def _not_saved(sheet: Sheet[Any]) -> Response | None:
    """Keep the draft: the way back to the form when only keeping was asked for, else None."""
    db.session.commit()
    if sheet.desk.wants_keep_only and not sheet.desk.conflicts and not sheet.papers.refusals:
        return redirect(request.path, 303)
    if sheet.desk.conflicts or sheet.desk.wants_keep_only:
        sheet.refuse_files()
    return None


@blueprint.route("/<int:announcement_id>/correct", methods=["GET", "POST"])
@requires(Action.ANNOUNCEMENT_WRITE)
def correct(announcement_id: int) -> Answer:
    """Correct an announcement; the old version stays to be read."""
    page, _row = load_own(announcement_id)
    if page.line.withdrawn_at is not None:
        flash(_("Văn bản này đã thu hồi nên không đính chính được."), "warning")
        return redirect(url_for("announcement.show", announcement_id=announcement_id), 303)
    present = page.current
    papers = lay_out(f"announcement:{page.line.id}:correct", page.line.unit_id, {
        "title": present.title, "text": present.text, "attachments": [str(file.id) for file in present.files]})
    form = CorrectionForm(papers.texts)
    form.offer_files(papers.choices)
    sheet = Sheet(papers, form)
    if request.method != "POST":
        return _show_correction(sheet, page)
    if not sheet.take() or sheet.desk.wants_keep_only or not sheet.is_good():
        return _not_saved(sheet) or (_show_correction(sheet, page), 409 if sheet.desk.conflicts else 422)
    return _correct(sheet, page)


def _show_correction(sheet: Sheet[CorrectionForm], page: AnnouncementPage) -> str:
    """The page of a correction."""
    return render_template("announcement/correct.html", form=sheet.form, desk=sheet.desk, files=sheet.files,
                           page=page, seen=request.form.get("seen", type=int, default=page.line.version))


def _correct(sheet: Sheet[CorrectionForm], page: AnnouncementPage) -> Answer:
    """Add the version that was typed."""
    _page, announcement = load_own(page.line.id)
    try:
        is_new = correct_announcement(
            db.session, announcement, sheet.content(sheet.form.note.data),
            seen=request.form.get("seen", type=int, default=0), act=act())
    except AnnouncementError as error:
        sheet.form.form_errors.append(str(error))
        db.session.commit()
        return _show_correction(sheet, page), 422
    sheet.desk.done()
    db.session.commit()
    flash(_("Đã đăng bản đính chính; các đơn vị được đề nghị đọc lại.") if is_new else _("Không có gì thay đổi."),
          "success")
    return redirect(url_for("announcement.show", announcement_id=page.line.id), 303)
