"""Accounts in bulk: a file is uploaded, compared row by row with the portal, then used whole or not at all."""

import secrets
from functools import partial

from flask import Response as FileResponse
from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.account import InvitationForm, UploadForm
from models.permission import Action
from services.account import AccountLoad, load_accounts, preview_accounts
from services.account_template import account_template
from services.account_upload import claim_upload, drop_upload, find_upload, keep_upload
from services.invitation import queue_invitations
from views.access import requires, viewer
from views.account.blueprint import blueprint
from views.account.secret import password_of, slips_address, slips_of
from views.filled_file import receive, send_template, shown

Answer = str | Response | tuple[str, int]


@blueprint.get("/accounts/load")
@requires(Action.ACCOUNT_MANAGE)
def load() -> str:
    """Show how the file looks, or what the kept one would do."""
    return _page(UploadForm())


@blueprint.post("/accounts/load")
@requires(Action.ACCOUNT_MANAGE)
def upload() -> Answer:
    """Keep the file; what it would do is shown on the page to which this leads."""
    form, file = UploadForm(), receive()
    if file.message:
        form.file.errors = [file.message]
        return _page(form), 422
    keep_upload(db.session, viewer(), file.name, file.data, secrets.token_urlsafe(24), clock.now())
    db.session.commit()
    return redirect(url_for("account.load"), 303)


def _page(form: UploadForm) -> str:
    """The page, with the kept file's rows: those to mend first."""
    kept = find_upload(db.session, viewer())
    found = preview_accounts(db.session, kept.data, on=clock.today(), viewer=viewer()) if kept else None
    can_mail = current_app.config["SETTINGS"].mail_server is not None
    return render_template("account/load.html", form=form, kept=kept, **shown(found, partial(url_for, "account.load")),
                           invitation=InvitationForm() if can_mail else None)


@blueprint.post("/accounts/load/apply")
@requires(Action.ACCOUNT_MANAGE)
def apply() -> Response:
    """Use the kept file, or let it go; pressing twice does it once."""
    token = request.form.get("token", "")
    kept = claim_upload(db.session, viewer())
    if kept is None or kept.token != token:
        return redirect(slips_address(token) if slips_of(token) else url_for("account.load"), 303)
    if request.form.get("act") == "drop":
        drop_upload(db.session, viewer(), clock.now())
        db.session.commit()
        return redirect(url_for("account.load"), 303)
    found = preview_accounts(db.session, kept.data, on=clock.today(), viewer=viewer())
    if found.digest != request.form.get("seen"):
        flash(_("Dữ liệu trong cổng vừa thay đổi. Xem lại bảng so sánh rồi áp dụng."), "warning")
        return redirect(url_for("account.load"), 303)
    result = load_accounts(db.session, kept.data, on=clock.today(), now=clock.now(), viewer=viewer(),
                           batch=token, make_password=partial(password_of, token))
    if not result.is_good:
        db.session.rollback()
        return redirect(url_for("account.load"), 303)
    _invite(result, token)
    drop_upload(db.session, viewer(), clock.now())
    db.session.commit()
    flash(_("Đã nạp tệp: %(new)s tài khoản mới, %(changed)s thay đổi, %(same)s giữ nguyên.", new=len(result.slips),
            changed=result.changed, same=result.unchanged), "success")
    return redirect(slips_address(token) if result.slips else url_for("account.index"), 303)


def _invite(result: AccountLoad, batch: str) -> None:
    """Queue letters to the new accounts with an address, where that was chosen and a mail server is set."""
    settings = current_app.config["SETTINGS"]
    if request.form.get("by_mail") and settings.mail_server is not None:
        queue_invitations(db.session, result.slips, viewer=viewer(), batch=batch, on=clock.today(), now=clock.now(),
                          portal_url=settings.public_url)


@blueprint.get('/accounts/load/<any("tai-khoan.xlsx", "tai-khoan.csv"):name>')
@requires(Action.ACCOUNT_MANAGE)
def template(name: str) -> FileResponse:
    """Send the table to fill in, empty or with the accounts of today."""
    is_filled = request.args.get("rows") == "present"
    return send_template(account_template(db.session, viewer(), clock.today(), is_filled=is_filled), name)
