"""Sheets as a file: looked through row by row, then stored whole or not at all."""

import secrets

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_moment
from core.extensions import db
from core.numbers import format_integer
from core.text import normalise
from core.translation import _
from forms.paper import SheetFileForm
from models.permission import Action
from models.survey import SurveyPlace
from queries.survey.place import PlacePage
from services.account_upload import UPLOAD_MAX_BYTES, claim_upload, drop_upload, find_upload, keep_upload
from services.sheet_file import SheetFile, read_sheets, store_file, stored_before
from views.access import requires, viewer
from views.paper.blueprint import asked, blueprint, load

Answer = str | Response | tuple[str, int]
SHOWN_FAULTS = 100


def _matter(page: PlacePage) -> str:
    """Under which name the kept file waits."""
    return f"sheets:{page.id}"


@blueprint.get("/<int:place_id>/upload")
@requires(Action.SURVEY_WRITE)
def upload(place_id: int) -> Answer:
    """Show how the file looks, or what the kept one holds."""
    page = load(place_id)
    return _page(page, SheetFileForm()) if page.takes_paper(clock.today()) else _closed(page)


@blueprint.post("/<int:place_id>/upload")
@requires(Action.SURVEY_WRITE)
def send_file(place_id: int) -> Answer:
    """Keep the file; what it holds is shown on the page to which this leads."""
    page, form = load(place_id), SheetFileForm()
    if not page.takes_paper(clock.today()):
        return _closed(page)
    file = request.files.get("file")
    data = b""
    if file is not None:
        data = file.read(UPLOAD_MAX_BYTES + 1)
        file.close()
    message = _fault(file, data)
    if message or file is None:
        form.file.errors = [message]
        return _page(page, form), 422
    keep_upload(db.session, viewer(), normalise(file.filename or ""), data, secrets.token_urlsafe(24), clock.now(),
                _matter(page))
    db.session.commit()
    return redirect(url_for("paper.upload", place_id=place_id), 303)


def _fault(file: FileStorage | None, data: bytes) -> str:
    """What is wrong with the file as a whole, "" when nothing is."""
    if file is None or not file.filename:
        return _("Chọn một tệp Excel hoặc CSV")
    if not data.strip():
        return _("Tệp trống. Chọn tệp khác")
    if len(data) > UPLOAD_MAX_BYTES:
        return _("Tệp lớn hơn 1 MB. Chia thành nhiều tệp nhỏ hơn")
    return ""


def _read(page: PlacePage, data: bytes) -> SheetFile:
    """What a file holds, by the questionnaire and the days of the place."""
    answering, cells = asked(page.questionnaire_id)
    today = clock.today()
    return read_sheets(data, cells, answering, page.opens_on, min(today, page.closes_on), today)


def _page(page: PlacePage, form: SheetFileForm) -> str:
    """The page, with what the kept file holds."""
    kept = find_upload(db.session, viewer(), _matter(page))
    found = _read(page, kept.data) if kept else None
    before = stored_before(db.session, page.id, found.digest) if found else None
    return render_template(
        "paper/upload.html", page=page, form=form, kept=kept, found=found,
        faults=[fault.text for fault in found.faults[:SHOWN_FAULTS]] if found else [],
        more=max(len(found.faults) - SHOWN_FAULTS, 0) if found else 0,
        count=format_integer(len(found.sheets)) if found else "", before=format_moment(before) if before else "")


@blueprint.post("/<int:place_id>/upload/apply")
@requires(Action.SURVEY_WRITE)
def apply(place_id: int) -> Response:
    """Store the kept file, or let it go; pressing twice stores it once."""
    page = load(place_id)
    kept = claim_upload(db.session, viewer(), _matter(page))
    if kept is None or kept.token != request.form.get("token", ""):
        return redirect(url_for("paper.upload", place_id=place_id), 303)
    if not page.takes_paper(clock.today()):
        return _closed(page)
    if request.form.get("act") == "drop":
        drop_upload(db.session, viewer(), clock.now(), _matter(page))
        db.session.commit()
        return redirect(url_for("paper.upload", place_id=place_id), 303)
    found = _read(page, kept.data)
    if not found.is_good:
        return redirect(url_for("paper.upload", place_id=place_id), 303)
    count = store_file(db.session, db.session.get_one(SurveyPlace, page.id), found, viewer=viewer(), now=clock.now())
    drop_upload(db.session, viewer(), clock.now(), _matter(page))
    db.session.commit()
    flash(_("Đã nạp %(count)s phiếu.", count=format_integer(count)) if count
          else _("Tệp này đã nạp trước đó; không có phiếu nào mới."), "success" if count else "warning")
    return redirect(url_for("survey.place", place_id=place_id), 303)


def _closed(page: PlacePage) -> Response:
    """Lead back to the place, which says why nothing more is taken."""
    flash(_("Đợt này không nhận thêm phiếu giấy."), "warning")
    return redirect(url_for("survey.place", place_id=page.id), 303)
