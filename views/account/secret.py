"""One-time passwords: worked out anew for a quarter of an hour, stored nowhere."""

from datetime import timedelta
from functools import partial

from flask import abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from models.account import Account
from models.password import derived_password
from models.permission import Action
from queries.account import SlipLine, list_slips
from services.account_change import reset_password
from views.access import allow, requires, viewer
from views.account.blueprint import blueprint

SHOWN_FOR = timedelta(minutes=15)


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
    return render_template("account/slips.html", lines=lines, password_of=partial(password_of, batch),
                           minutes=int(SHOWN_FOR.total_seconds() // 60), address=request.host_url)


@blueprint.post("/accounts/<int:account_id>/password")
@requires(Action.ACCOUNT_MANAGE)
def reset(account_id: int) -> Response:
    """Give a new one-time password; the same button pressed twice gives one."""
    account = db.session.get(Account, account_id)
    if account is None:
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
