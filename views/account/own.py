"""One's own account: language, theme, password, signing out everywhere."""

from flask import flash, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.account import THEMES, PasswordForm, ThemeForm
from models.account import Account
from models.password import verify_password
from models.permission import Action
from queries.account import get_account
from services.account_change import change_own_password, end_sessions, set_theme
from views.access import requires, viewer
from views.account.blueprint import blueprint


@blueprint.get("/account")
@requires(Action.SELF)
def show() -> str:
    """Show who is signed in, with what can be set."""
    account = get_account(db.session, viewer().account_id, clock.today())
    return render_template("account/show.html", account=account, form=ThemeForm(data={"theme": current_user.theme}))


@blueprint.post("/account/theme")
@requires(Action.SELF)
def choose_theme() -> Response:
    """Remember light or dark."""
    theme = request.form.get("theme", "")
    if theme in dict(THEMES):
        set_theme(db.session, viewer().account_id, theme)
        db.session.commit()
        flash(_("Đã đổi giao diện."), "success")
    return redirect(url_for("account.show"), 303)


@blueprint.route("/account/password", methods=["GET", "POST"])
@requires(Action.SELF)
def change_password() -> str | Response | tuple[str, int]:
    """Choose an own password; with a one-time password this is the only page until it is done."""
    is_forced = bool(current_user.must_change_password)
    form = PasswordForm(request.form)
    if is_forced:  # it was typed a moment ago, to sign in
        del form.current
    if request.method == "GET" or not (form.validate() and _fits(form, is_forced)):
        status = 200 if request.method == "GET" else 422
        return render_template("account/password.html", form=form, is_forced=is_forced), status
    version = change_own_password(db.session, viewer(), form.password.data or "", now=clock.now())
    db.session.commit()
    session["session_version"] = version
    flash(_("Đã đổi mật khẩu. Các phiên đăng nhập ở nơi khác đã kết thúc."), "success")
    return redirect(url_for("home.show" if is_forced else "account.show"), 303)


def _fits(form: PasswordForm, is_forced: bool) -> bool:
    """Whether the old password is right and the new one may be used."""
    account = db.session.get_one(Account, viewer().account_id)
    if not is_forced and not verify_password(account.password_hash, form.current.data or ""):
        form.current.errors = [_("Mật khẩu hiện tại chưa đúng. Kiểm tra chữ hoa, bộ gõ rồi nhập lại")]
        return False
    return form.check(account.username, verify_password(account.password_hash, form.password.data or ""))


@blueprint.post("/account/sign-out-everywhere")
@requires(Action.SELF)
def end_own_sessions() -> Response:
    """End every session but this one."""
    session["session_version"] = end_sessions(db.session, viewer().account_id, now=clock.now(), viewer=viewer())
    db.session.commit()
    flash(_("Đã đăng xuất ở mọi nơi khác. Phiên này vẫn tiếp tục."), "success")
    return redirect(url_for("account.show"), 303)
