"""XLSForm files: a version as a workbook, and a workbook as a draft."""

import io

from flask import Response as FileResponse
from flask import flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.text import normalise
from core.translation import _
from forms.questionnaire import UploadForm
from models.permission import Action
from queries.questionnaire import find_draft_id, get_version
from services.questionnaire_draft import StaleDraftError, new_draft, save_draft
from services.xlsform import FormProblem, XLSForm, XLSFormError, read_xlsform, write_xlsform
from services.xlsform.book import FILE_MAX_BYTES
from views.access import requires, viewer
from views.questionnaire.blueprint import blueprint, load_version

Answer = str | Response | tuple[str, int]
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/<int:questionnaire_id>/xlsform")
@requires(Action.SURVEY_MANAGE)
def download(questionnaire_id: int) -> FileResponse:
    """Send a version as an XLSForm."""
    page = load_version(questionnaire_id)
    data = write_xlsform(page.code, page.version, page.body)
    return send_file(io.BytesIO(data), mimetype=WORKBOOK, as_attachment=True,
                     download_name=f"{page.code}-ban-{page.version}.xlsx")


@blueprint.get("/load")
@requires(Action.SURVEY_MANAGE)
def load() -> str:
    """Ask for an XLSForm."""
    return _page(UploadForm())


@blueprint.post("/load")
@requires(Action.SURVEY_MANAGE)
def upload() -> Answer:
    """Take an XLSForm into a draft: all of it, or nothing with every fault named."""
    form = UploadForm()
    file = request.files.get("file")
    if file is None or not file.filename:
        form.file.errors = [_("Chọn một tệp XLSForm (.xlsx)")]
        return _page(form), 422
    data = file.read(FILE_MAX_BYTES + 1)
    file.close()
    name = normalise(file.filename)
    try:
        read = read_xlsform(data, name)
        draft_id = _keep(read, name)
    except XLSFormError as error:
        return _page(form, error.problems, name), 422
    except StaleDraftError:
        db.session.rollback()
        form.file.errors = [_("Người khác vừa sửa bản soạn của phiếu này. Xem lại bản đó rồi nạp tệp lần nữa.")]
        return _page(form), 409
    db.session.commit()
    flash(_("Đã nạp tệp %(name)s vào bản soạn. Xem lại rồi ban hành.", name=name), "success")
    return redirect(url_for("questionnaire.show", questionnaire_id=draft_id), 303)


def _keep(read: XLSForm, name: str) -> int:
    """Write a form into the draft of its questionnaire, a new one where there is none; the result is its id.

    What the draft asked before stays in the trail. Raises XLSFormError for a form without a usable code.
    """
    code = read.code.strip()
    if not code or len(code) > 40 or not code.replace("-", "").replace("_", "").isalnum() or not code.isascii():
        raise XLSFormError([FormProblem("settings", 2, "form_id", _(
            "Ghi mã phiếu vào form_id: chữ không dấu, số, gạch nối, ví dụ HL-MN."))])
    draft_id = find_draft_id(db.session, code)
    page = get_version(db.session, draft_id) if draft_id is not None else None
    source = _("Từ tệp %(name)s", name=name[:200])
    if page is None:
        return new_draft(db.session, code, read.body, viewer=viewer(), now=clock.now(), source=source).id
    save_draft(db.session, page.id, read.body, page.revision, viewer=viewer(), now=clock.now(),
               detail={"source": source, "before": page.body.dump()})
    return page.id


def _page(form: UploadForm, problems: tuple[FormProblem, ...] = (), name: str = "") -> str:
    """The page of the file, with its faults."""
    return render_template("questionnaire/load.html", form=form, problems=problems, name=name)
