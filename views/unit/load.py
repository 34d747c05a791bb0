"""Units in bulk: a file is uploaded, compared row by row with the portal, then used whole or not at all."""

import secrets
from datetime import date
from functools import partial

from flask import Response as FileResponse
from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_day, parse_day
from core.extensions import db
from core.translation import _
from forms.unit import UnitFileForm
from models.permission import Action
from services.account_upload import UNITS, Upload, claim_upload, drop_upload, find_upload, keep_upload
from services.table_comparison import Comparison
from services.unit import load_units, preview_units
from services.unit_template import unit_template
from views.access import requires, viewer
from views.filled_file import receive, send_template, shown
from views.unit.blueprint import blueprint

Answer = str | Response | tuple[str, int]


@blueprint.get("/load")
@requires(Action.UNIT_MANAGE)
def load() -> str:
    """Show how the file looks, or what the kept one would do."""
    kept = find_upload(db.session, viewer(), UNITS)
    day = kept.from_day if kept else format_day(clock.today())
    return _page(UnitFileForm(MultiDict({"from_day": day})), kept)


@blueprint.post("/load")
@requires(Action.UNIT_MANAGE)
def upload() -> Answer:
    """Keep the file; what it would do is shown on the page to which this leads."""
    form, file = UnitFileForm(request.form), receive()
    is_good = form.validate()
    if file.message:
        form.file.errors = [file.message]
    if file.message or not is_good or form.from_day.data is None:
        return _page(form, find_upload(db.session, viewer(), UNITS)), 422
    keep_upload(db.session, viewer(), file.name, file.data, secrets.token_urlsafe(24), clock.now(), UNITS,
                format_day(form.from_day.data))
    db.session.commit()
    return redirect(url_for("unit.load"), 303)


def _day(kept: Upload) -> date:
    """From which day the kept file holds."""
    return parse_day(kept.from_day)


def _compare(kept: Upload) -> Comparison:
    """What the kept file would do."""
    return preview_units(db.session, kept.data, from_day=_day(kept), now=clock.now())


def _page(form: UnitFileForm, kept: Upload | None) -> str:
    """The page, with the kept file's rows: those to mend first."""
    found = _compare(kept) if kept else None
    return render_template("unit/load.html", form=form, kept=kept, from_day=_day(kept) if kept else None,
                           **shown(found, partial(url_for, "unit.load")))


@blueprint.post("/load/apply")
@requires(Action.UNIT_MANAGE)
def apply() -> Response:
    """Use the kept file, or let it go; pressing twice does it once."""
    kept = claim_upload(db.session, viewer(), UNITS)
    if kept is None or kept.token != request.form.get("token", ""):
        return redirect(url_for("unit.load"), 303)
    if request.form.get("act") == "drop":
        drop_upload(db.session, viewer(), clock.now(), UNITS)
        db.session.commit()
        return redirect(url_for("unit.load"), 303)
    if _compare(kept).digest != request.form.get("seen"):
        flash(_("Dữ liệu trong cổng vừa thay đổi. Xem lại bảng so sánh rồi áp dụng."), "warning")
        return redirect(url_for("unit.load"), 303)
    result = load_units(db.session, kept.data, on=clock.today(), now=clock.now(), from_day=_day(kept),
                        viewer=viewer(), needs_decision=True)
    if not result.is_good:
        db.session.rollback()
        return redirect(url_for("unit.load"), 303)
    drop_upload(db.session, viewer(), clock.now(), UNITS)
    db.session.commit()
    flash(_("Đã nạp tệp: %(new)s đơn vị mới, %(changed)s thay đổi, %(same)s giữ nguyên.", new=result.created,
            changed=result.changed, same=result.unchanged), "success")
    return redirect(url_for("unit.index"), 303)


@blueprint.get('/load/<any("don-vi.xlsx", "don-vi.csv"):name>')
@requires(Action.UNIT_MANAGE)
def template(name: str) -> FileResponse:
    """Send the table to fill in, empty or with the units of today."""
    is_filled = request.args.get("rows") == "present"
    return send_template(unit_template(db.session, clock.today(), is_filled=is_filled), name)
