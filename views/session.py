"""Signing in and out."""

import time
from urllib.parse import urlsplit

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
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

blueprint = Blueprint("session", __name__)


@blueprint.route("/login", methods=["GET", "POST"])
@public
def sign_in() -> str | Response | tuple[str, int]:
    """Sign in, with a throttle that the database keeps for all workers."""
    if current_user.is_authenticated and request.method == "GET":
        return redirect(_target())
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("session/sign_in.html", form=form), (422 if form.is_submitted() else 200)
    attempt = try_sign_in(db.session, form.username.data, form.password.data, request.remote_addr or "", clock.now())
    db.session.commit()
    if attempt.outcome is SignInOutcome.WAIT:
        form.username.errors = [_("Đã thử sai nhiều lần. Chờ %(minutes)s phút rồi thử lại.", minutes=attempt.minutes)]
        return render_template("session/sign_in.html", form=form), 429
    if attempt.outcome is SignInOutcome.REFUSED or attempt.account_id is None:
        form.username.errors = [_("Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra lại rồi thử lần nữa.")]
        return render_template("session/sign_in.html", form=form), 422
    start_session(attempt.account_id, attempt.session_version)
    return redirect(_target(), 303)


def start_session(account_id: int, session_version: int) -> None:
    """Begin a session of the account, with a new cookie."""
    language = session.get("language")
    session.clear()
    session.update(session_version=session_version, seen_at=time.time())
    if language:
        session["language"] = language
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
    return redirect(_target(), 303)


@login_manager.unauthorized_handler  # type: ignore[untyped-decorator]  # Flask-Login has no types
def ask_to_sign_in() -> Response:
    """Lead to the sign-in page and back again."""
    if g.get("expired_account_id"):
        flash(_("Phiên làm việc đã hết vì lâu không thao tác. Những gì đã nhập được giữ lại."), "warning")
    target = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return redirect(url_for("session.sign_in", next=target), 303)


def _target() -> str:
    """Where to go next: a path of this portal that the page was asked for, else home."""
    wanted = request.values.get("next", "")
    parts = urlsplit(wanted)
    is_own_path = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.netloc
    return wanted if is_own_path else url_for("home.show")



