"""Recording and changing an activity: what becomes of a form that was sent."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.activity import SEVERAL
from queries.activity import (
    ActivityPage,
    ProgrammeSpan,
    find_activity,
    find_by_token,
    get_activity,
    programme_on,
)
from services.activity import TokenTakenError, add_activity, change_activity
from services.draft import Typed, save_fields
from views.access import viewer
from views.activity.sheet import Sheet, Texts, new_texts, open_sheet, texts_like, texts_of

Answer = str | Response | tuple[str, int]
FAR = 2**31
"""A revision no draft has seen: what is kept with it never conflicts."""


def write_new(unit_id: int, like: ActivityPage | None) -> Answer:
    """Show the form of a new activity, or record it; ``like`` is another one to begin from."""
    programme = programme_on(db.session, clock.today())
    if programme is None:
        return render_template("activity/none.html")
    key = f"activity:like:{like.id}:{viewer().account_id}" if like else f"activity:new:{viewer().account_id}"
    sheet = open_sheet(key, unit_id, programme, texts_like(like) if like else new_texts())
    title = _("Ghi một hoạt động tương tự") if like else _("Ghi hoạt động")
    if request.method != "POST":
        return sheet.show(title, activity=None)
    made = find_by_token(db.session, sheet.desk.token)
    if made is not None:
        return _again(sheet, made, programme)
    if not sheet.take() or sheet.desk.wants_keep_only or not sheet.is_good():
        return _not_saved(sheet, title, None)
    return _record(sheet, unit_id, programme)


def _record(sheet: Sheet, unit_id: int, programme: ProgrammeSpan) -> Answer:
    """Record a good new activity, once."""
    try:
        activity = add_activity(
            db.session, sheet.given(), unit_id=unit_id, programme_id=programme.id, form_token=sheet.desk.token,
            viewer=viewer(), now=clock.now())
    except TokenTakenError:
        made = find_by_token(db.session, sheet.desk.token)
        sheet.desk.done()
        return _again(sheet, made or 0, programme)
    sheet.desk.done()
    db.session.commit()
    flash(_("Đã ghi hoạt động “%(title)s”.", title=activity.title), "success")
    return redirect(url_for("activity.show", activity_id=activity.id), 303)


def write_change(page: ActivityPage, programme: ProgrammeSpan) -> Answer:
    """Show the form of an activity, or save what was changed in it."""
    sheet = open_sheet(f"activity:{page.id}", page.unit_id, programme, texts_of(page), page)
    title = _("Sửa hoạt động")
    if request.method != "POST":
        return sheet.show(title, activity=page)
    if not sheet.take() or sheet.desk.wants_keep_only or not sheet.is_good():
        return _not_saved(sheet, title, page)
    activity = find_activity(db.session, page.id)
    is_changed = activity is not None and change_activity(
        db.session, activity, sheet.given(), viewer=viewer(), now=clock.now())
    sheet.desk.done()
    db.session.commit()
    flash(_("Đã lưu thay đổi.") if is_changed else _("Không có gì thay đổi."), "success")
    return redirect(url_for("activity.show", activity_id=page.id), 303)


def _not_saved(sheet: Sheet, title: str, page: ActivityPage | None) -> Answer:
    """Keep the draft; go back to the form, or show it with what is to be mended or chosen."""
    db.session.commit()
    if sheet.desk.conflicts:
        sheet.refuse_files()
        return sheet.show(title, activity=page), 409
    if sheet.desk.wants_keep_only:
        if not sheet.refusals:
            flash(_("Đã lưu nháp. Hoạt động chưa được ghi cho đến khi bấm “Lưu hoạt động”."), "success")
            return redirect(request.full_path.rstrip("?"), 303)
        sheet.refuse_files()
    return sheet.show(title, activity=page), 422


def _again(sheet: Sheet, activity_id: int, programme: ProgrammeSpan) -> Answer:
    """The form made its activity already: go to it; what differs now waits in the draft of its own form."""
    page = get_activity(db.session, activity_id, clock.today())
    if page is None or page.unit_id != sheet.desk.handle.unit_id:
        return _not_saved(sheet, _("Ghi hoạt động"), None)
    different = _differences(sheet, texts_of(page))
    if not different:
        db.session.commit()
        return redirect(url_for("activity.show", activity_id=page.id), 303)
    save_fields(
        db.session, key=f"activity:{page.id}", unit_id=page.unit_id, form_token="", tab=sheet.desk.tab,
        account_id=viewer().account_id, now=clock.now(),
        fields={name: Typed(value, FAR) for name, value in different.items()})
    db.session.commit()
    flash(_("Hoạt động này đã được ghi trước đó. Những gì vừa nhập khác đi đang ở bản nháp dưới đây; "
            "kiểm tra rồi bấm “Lưu hoạt động”."), "warning")
    return redirect(url_for("activity.edit", activity_id=page.id), 303)


def _differences(sheet: Sheet, saved: Texts) -> dict[str, Any]:
    """Fields whose typed texts are not what was saved."""
    different: dict[str, Any] = {}
    for field in sheet.form:
        if field.name == "files":
            continue
        is_list = field.name in SEVERAL
        typed = [str(text) for text in field.raw_data or []]
        if is_list:
            if sorted(typed) != sorted(saved.get(field.name, [])):
                different[field.name] = typed
        elif (typed[0].strip() if typed else "") != str(saved.get(field.name, "")):
            different[field.name] = typed[0] if typed else ""
    return different
