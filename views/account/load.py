"""Accounts in bulk: a file is uploaded, looked through row by row, then used whole or not at all."""

import secrets
from functools import partial

from flask import Response as FileResponse
from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.text import normalise
from core.translation import _
from forms.account import UploadForm
from models.account import Role
from models.permission import Action
from services.account import RowState, load_accounts, preview_accounts
from services.account_file import COLUMNS
from services.account_upload import UPLOAD_MAX_BYTES, drop_upload, find_upload, keep_upload
from views.access import requires, viewer
from views.account.blueprint import blueprint
from views.account.secret import password_of, slips_address, slips_of

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
    form = UploadForm()
    file = request.files.get("file")
    data = b""
    if file is not None:
        data = file.read(UPLOAD_MAX_BYTES + 1)
        file.close()
    message = _upload_fault(file, data)
    if message or file is None:
        form.file.errors = [message]
        return _page(form), 422
    keep_upload(db.session, viewer(), normalise(file.filename or ""), data, secrets.token_urlsafe(24), clock.now())
    db.session.commit()
    return redirect(url_for("account.load"), 303)


def _upload_fault(file: FileStorage | None, data: bytes) -> str:
    """What is wrong with the file as a whole, "" when nothing is."""
    if file is None or not file.filename:
        return _("Chọn một tệp CSV")
    if not data.strip():
        return _("Tệp trống. Chọn tệp khác")
    if len(data) > UPLOAD_MAX_BYTES:
        return _("Tệp lớn hơn 1 MB. Chia thành nhiều tệp nhỏ hơn")
    return ""


def _page(form: UploadForm) -> str:
    """The page, with the kept file's rows: those to mend first."""
    kept = find_upload(db.session, viewer())
    rows, faults = preview_accounts(db.session, kept.data, on=clock.today()) if kept is not None else ((), ())
    order = [RowState.WRONG, RowState.NEW, RowState.CHANGED, RowState.UNCHANGED]
    counts = [(state, sum(row.state is state for row in rows)) for state in order]
    numbers = {row.number for row in rows}
    return render_template(
        "account/load.html", form=form, kept=kept, columns=COLUMNS, roles=list(Role), counts=counts,
        rows=sorted(rows, key=lambda row: (order.index(row.state), row.number)),
        faults=[fault.text for fault in faults if fault.row not in numbers], is_good=bool(rows) and not faults,
        will_change=any(row.state in (RowState.NEW, RowState.CHANGED) for row in rows))


@blueprint.post("/accounts/load/apply")
@requires(Action.ACCOUNT_MANAGE)
def apply() -> Response:
    """Use the kept file, or let it go; pressing twice does it once."""
    token = request.form.get("token", "")
    kept = find_upload(db.session, viewer())
    if kept is None or kept.token != token:
        return redirect(slips_address(token) if slips_of(token) else url_for("account.load"), 303)
    if request.form.get("act") == "drop":
        drop_upload(db.session, viewer(), clock.now())
        db.session.commit()
        return redirect(url_for("account.load"), 303)
    result = load_accounts(db.session, kept.data, on=clock.today(), now=clock.now(), viewer=viewer(),
                           batch=token, make_password=partial(password_of, token))
    if not result.is_good:
        db.session.rollback()
        return redirect(url_for("account.load"), 303)
    drop_upload(db.session, viewer(), clock.now())
    db.session.commit()
    flash(_("Đã nạp tệp: %(new)s tài khoản mới, %(changed)s thay đổi, %(same)s giữ nguyên.", new=len(result.slips),
            changed=result.changed, same=result.unchanged), "success")
    return redirect(slips_address(token) if result.slips else url_for("account.index"), 303)


@blueprint.get("/accounts/load/sample.csv")
@requires(Action.ACCOUNT_MANAGE)
def sample() -> FileResponse:
    """Send an empty file with the heads, as a Vietnamese spreadsheet opens it."""
    line = ";".join(column.name for column in COLUMNS)
    return FileResponse(f"\ufeff{line}\r\n", mimetype="text/csv", headers={
        "Content-Disposition": 'attachment; filename="tai-khoan.csv"'})
