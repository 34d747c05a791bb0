"""What becomes of a form whose session has ended: nothing typed is lost (product law 7).

A session that stood idle still says who it was: what was typed goes into the form's draft, and signing in leads
back to it. After "Đăng xuất" nobody can be named: the page hands the text back, to be kept once signed in again.
"""

from flask import flash, g, make_response, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from models.permission import Viewer
from queries.account import find_person
from services.draft import Conflict
from views.access import viewer
from views.address import form_page
from views.drafting import keep_posted, read_handle, typed_names

Answer = tuple[str, int] | Response


def rescue_form() -> Answer | None:
    """Answer a POST that came without a living session or with a stale token; None for the plain error page."""
    if request.endpoint in ("session.sign_in", "session.sign_out"):
        if request.endpoint == "session.sign_in":
            flash(_("Trang đăng nhập đã mở lâu. Nhập lại giúp."), "warning")
        return redirect(url_for("session.sign_in"), 303)
    db.session.rollback()
    db.session.connection(execution_options={"writes": True})
    author = _author()
    kept = keep_posted(author) if author is not None else None
    if kept is not None:
        db.session.commit()
        return _kept_apart(kept.conflicts) if kept.conflicts else _kept()
    db.session.rollback()
    if current_user.is_authenticated or request.mimetype == "application/json":
        return None
    if read_handle(request.form.get("draft_handle", "")) is not None:
        return _hand_back()
    flash(_("Phiên làm việc đã kết thúc nên thao tác vừa rồi chưa được thực hiện. Đăng nhập rồi làm lại."), "warning")
    return redirect(url_for("session.sign_in", next=form_page()), 303)


def _author() -> Viewer | None:
    """Who sent the form: the person signed in, or the one whose session stood idle and was not ended by choice."""
    if current_user.is_authenticated:
        return None if current_user.must_change_password else viewer()
    account_id = g.get("expired_account_id")
    person = find_person(db.session, account_id, clock.today()) if account_id else None
    if person is None or person.must_change_password or person.session_version != session.get("session_version"):
        return None
    return person.viewer


def _kept() -> Response:
    """Lead back to the form, by way of the sign-in page where that is needed."""
    parts = []
    if any(file.filename for file in request.files.values()):
        parts.append(_("Tệp đính kèm cần chọn lại."))
    if current_user.is_authenticated:
        flash(" ".join([_("Trang mở đã lâu. Những gì đã nhập được giữ trong bản nháp; xem lại rồi gửi."), *parts]),
              "warning")
        return redirect(form_page(), 303)
    flash(" ".join([_("Phiên làm việc đã hết vì lâu không thao tác. Những gì đã nhập được giữ lại; "
                      "đăng nhập để tiếp tục."), *parts]), "warning")
    return redirect(url_for("session.sign_in", next=form_page()), 303)


def _kept_apart(conflicts: list[Conflict]) -> Answer:
    """All was kept but what somebody else changed meanwhile: that is shown, to be copied."""
    texts = ["\n".join(item.mine) if isinstance(item.mine, list) else item.mine for item in conflicts]
    page = render_template("session/apart.html", texts=texts, url=form_page())
    return make_response(page, 409, {"Cache-Control": "no-store"})


def _hand_back() -> Answer:
    """Give the typed texts back in a form that can be sent again after signing in."""
    machinery = ("draft_handle", "draft_tab", "draft_revision", "form_token")
    names = [*typed_names(request.form), *(name for name in machinery if name in request.form)]
    fields = [(name, value) for name in dict.fromkeys(names) for value in request.form.getlist(name)]
    page = render_template("session/ended.html", fields=fields, sign_in_url=url_for("session.sign_in"))
    return make_response(page, 401, {"Cache-Control": "no-store"})
