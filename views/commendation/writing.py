"""Proposing, and changing a proposal: what becomes of a form that was sent."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from models.commendation import CommendationError
from models.permission import Action
from queries.activity import programme_on
from queries.commendation import CommendationPage, find_by_token, find_commendation
from services.commendation import TokenTakenError, change, propose
from views.access import allow, requires, viewer
from views.commendation.blueprint import blueprint, load
from views.commendation.sheet import Sheet, open_sheet

Answer = str | Response | tuple[str, int]


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Action.COMMENDATION_WRITE)
def new() -> Answer:
    """Propose a good model, an initiative, a person."""
    unit_id = viewer().acts_for_id
    allow(Action.COMMENDATION_WRITE, unit_id)
    programme = programme_on(db.session, clock.today())
    if programme is None:
        return render_template("commendation/none.html")
    sheet = open_sheet(f"commendation:new:{viewer().account_id}", unit_id, programme.id, None)
    title = _("Đề xuất nêu gương")
    if request.method != "POST":
        return sheet.show(title, None)
    made = find_by_token(db.session, sheet.desk.token)
    if made is not None:
        return redirect(url_for("commendation.show", commendation_id=made), 303)
    if not sheet.take() or sheet.desk.wants_keep_only or not sheet.is_good():
        return _not_saved(sheet, title, None)
    return _record(sheet, unit_id, programme.id)


def _record(sheet: Sheet, unit_id: int, programme_id: int) -> Answer:
    """Record a good new proposal, once."""
    try:
        made = propose(db.session, sheet.given(), unit_id=unit_id, programme_id=programme_id,
                       form_token=sheet.desk.token, viewer=viewer(), now=clock.now()).id
    except TokenTakenError:
        made = find_by_token(db.session, sheet.desk.token) or 0
    else:
        flash(_("Đã gửi đề xuất. Văn phòng Sở sẽ xem xét và trả lời tại trang này."), "success")
    sheet.desk.done()
    db.session.commit()
    return redirect(url_for("commendation.show", commendation_id=made), 303)


@blueprint.route("/<int:commendation_id>/edit", methods=["GET", "POST"])
@requires(Action.COMMENDATION_WRITE)
def edit(commendation_id: int) -> Answer:
    """Change a proposal; one that was returned or withdrawn is proposed again."""
    page = load(commendation_id, Action.COMMENDATION_WRITE)
    if not page.status.is_writable:
        flash(_("Văn phòng đã xem xét đề xuất này nên không sửa được nữa."), "warning")
        return redirect(url_for("commendation.show", commendation_id=page.id), 303)
    sheet = open_sheet(f"commendation:{page.id}", page.unit_id, page.programme_id, page)
    title = _("Sửa đề xuất")
    if request.method != "POST":
        return sheet.show(title, page)
    if not sheet.take() or sheet.desk.wants_keep_only or not sheet.is_good():
        return _not_saved(sheet, title, page)
    return _save(sheet, page)


def _save(sheet: Sheet, page: CommendationPage) -> Answer:
    """Save what was changed, unless the Office has decided meanwhile."""
    found = find_commendation(db.session, page.id)
    try:
        if found is not None:
            change(db.session, found, sheet.given(), viewer=viewer(), now=clock.now())
    except CommendationError as error:
        db.session.commit()
        flash(_(str(error)), "error")
    else:
        sheet.desk.done()
        db.session.commit()
        flash(_("Đã lưu đề xuất."), "success")
    return redirect(url_for("commendation.show", commendation_id=page.id), 303)


def _not_saved(sheet: Sheet, title: str, page: CommendationPage | None) -> Answer:
    """Keep the draft; go back to the form, or show it with what is to be mended or chosen."""
    db.session.commit()
    if sheet.desk.conflicts:
        sheet.refuse_files()
        return sheet.show(title, page), 409
    if sheet.desk.wants_keep_only:
        if not sheet.refusals:
            flash(_("Đã lưu nháp. Đề xuất chưa được gửi cho đến khi bấm “Gửi đề xuất”."), "success")
            return redirect(request.full_path.rstrip("?"), 303)
        sheet.refuse_files()
    return sheet.show(title, page), 422
