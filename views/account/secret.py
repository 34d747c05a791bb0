"""One-time passwords: worked out anew for a quarter of an hour, stored nowhere."""

from datetime import timedelta
from functools import partial
from io import BytesIO

from flask import Response as FileResponse
from flask import abort, current_app, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from exports import account_slip
from models.account import Account
from models.delegation import may_give
from models.password import derived_password
from models.permission import Action
from queries.account import AccountSlip, AccountSlipDocument, SlipLine, list_slips
from services.account_change import reset_password
from views.access import allow, requires, viewer
from views.account.blueprint import blueprint

SHOWN_FOR = timedelta(minutes=15)
MOST_SHOWN = 100
"""Passwords on the page; the paper has all."""


def password_of(batch: str, username: str) -> str:
    """The one-time password of an account in a batch."""
    return derived_password(current_app.config["SECRET_KEY"], batch, username)


def slips_of(batch: str) -> list[SlipLine]:
    """The accounts of a batch that the viewer made lately; empty for anybody else's."""
    now = clock.now()
    return list_slips(db.session, viewer(), batch, now - SHOWN_FOR, clock.today()) if batch else []


def slips_address(batch: str) -> str:
    """Where the one-time passwords of a batch are shown."""
    return url_for("account.slips", batch=batch)


@blueprint.get("/accounts/slips/<batch>")
@requires(Action.ACCOUNT_MANAGE)
def slips(batch: str) -> str:
    """Show one-time passwords, to be printed and handed over; 404 when their time is over."""
    lines = slips_of(batch)
    if not lines:
        abort(404)
    return render_template("account/slips.html", lines=lines[:MOST_SHOWN], password_of=partial(password_of, batch),
                           minutes=int(SHOWN_FOR.total_seconds() // 60), address=_address(), batch=batch,
                           total=len(lines), paper_count=sum(line.is_on_paper for line in lines),
                           mail_count=sum(line.mail is not None for line in lines))


@blueprint.get("/accounts/slips/<batch>.pdf")
@requires(Action.ACCOUNT_MANAGE)
def slips_paper(batch: str) -> FileResponse:
    """Send the slips to cut out; those whose password went by mail or was changed have none."""
    lines = slips_of(batch)
    if not lines:
        abort(404)
    slips = tuple(AccountSlip(line.full_name, line.unit_name, line.username, password_of(batch, line.username))
                  for line in lines if line.is_on_paper)
    paper = account_slip.build(AccountSlipDocument(_address(), slips))
    return send_file(BytesIO(paper), mimetype="application/pdf", as_attachment=True,
                     download_name="phieu-mat-khau.pdf")


def _address() -> str:
    """Where people sign in, as they type it."""
    base: str = current_app.config["SETTINGS"].public_url or request.url_root.rstrip("/")
    return f"{base}/login"


@blueprint.post("/accounts/<int:account_id>/password")
@requires(Action.ACCOUNT_MANAGE)
def reset(account_id: int) -> Response:
    """Give a new one-time password; the same button pressed twice gives one."""
    account = db.session.get(Account, account_id)
    if account is None or not may_give(viewer(), account.role, account.unit_id):
        abort(404)
    allow(Action.ACCOUNT_MANAGE, account.unit_id)
    if account.id == viewer().account_id:  # it would end this very session, and nobody could read the page after it
        return redirect(url_for("account.change_password"), 303)
    batch = request.form.get("batch", "")[:64]
    if len(batch) < 24:
        abort(400)
    if not slips_of(batch):
        password = password_of(batch, account.username)
        reset_password(db.session, account, password, now=clock.now(), viewer=viewer(), batch=batch)
        db.session.commit()
    return redirect(slips_address(batch), 303)
