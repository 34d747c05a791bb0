"""Signing in and out."""

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db, login_manager
from core.translation import _
from forms.session import SignInForm
from models.permission import Action
from services.account_change import set_language
from services.sign_in import SignInOutcome, try_sign_in
from views.access import load_person, public, requires
from views.address import wanted_page
from views.rescue import Answer, rescue_form

blueprint = Blueprint("session", __name__)


@blueprint.route("/login", methods=["GET", "POST"])
@public
def sign_in() -> str | Response | tuple[str, int]:
    """Sign in, with a throttle that the database keeps for all workers."""
    if current_user.is_authenticated and request.method == "GET":
        return redirect(wanted_page())
    form = SignInForm(request.form)
    if request.method == "GET" or not form.validate():
        return render_template("session/sign_in.html", form=form), (200 if request.method == "GET" else 422)
    attempt = try_sign_in(db.session, form.username.data or "", form.password.data or "",
                          request.remote_addr or "", clock.now(), key=current_app.config["SECRET_KEY"])
    db.session.commit()
    if attempt.outcome is SignInOutcome.WAIT:
        form.username.errors = [_("Đã thử sai nhiều lần. Chờ %(minutes)s phút rồi thử lại.", minutes=attempt.minutes)]
        return render_template("session/sign_in.html", form=form), 429
    if attempt.outcome is SignInOutcome.REFUSED or attempt.account_id is None:
        form.username.errors = [_("Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra lại rồi thử lần nữa.")]
        return render_template("session/sign_in.html", form=form), 422
    start_session(attempt.account_id, attempt.session_version)
    return redirect(wanted_page(), 303)


def start_session(account_id: int, session_version: int) -> None:
    """Begin a session of the account, with a new cookie.

    Only the language stays, and the token of forms if it is the same person who stood idle: pages left open in
    other tabs go on.
    """
    kept = {name: session[name] for name in ("language",) if name in session}
    if session.get("expired_account_id") == account_id and "csrf_token" in session:
        kept["csrf_token"] = session["csrf_token"]
    session.clear()
    session.update(kept, session_version=session_version, seen_at=clock.now().timestamp())
    person = load_person(str(account_id))
    if person is not None:
        login_user(person)


@blueprint.post("/logout")
@requires(Action.SELF)
def sign_out() -> Response:
    """End this session."""
    logout_user()
    session.clear()
    flash(_("Đã đăng xuất."), "success")
    return redirect(url_for("session.sign_in"), 303)


@blueprint.post("/language")
@public
def choose() -> Response:
    """Remember the language on this device, and for the person when signed in."""
    language = "en" if request.form.get("language") == "en" else "vi"
    session["language"] = language
    if current_user.is_authenticated:
        set_language(db.session, int(current_user.id), language)
        db.session.commit()
    return redirect(wanted_page(), 303)


@login_manager.unauthorized_handler  # type: ignore[untyped-decorator]  # Flask-Login has no types
def ask_to_sign_in() -> Answer:
    """Lead to the sign-in page and back again; a form that was sent is kept where that is possible."""
    if request.method != "GET":
        answer = rescue_form()
        return answer if answer is not None else redirect(url_for("session.sign_in"), 303)
    if g.get("expired_account_id"):
        flash(_("Phiên làm việc đã hết vì lâu không thao tác. Đăng nhập để tiếp tục."), "warning")
    return redirect(url_for("session.sign_in", next=request.full_path.rstrip("?")), 303)
