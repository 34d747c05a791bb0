"""Texts of a report brought back from its DOCX file: uploaded, compared heading by heading, then taken over or not."""

import secrets
from dataclasses import dataclass, replace

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.text import normalise
from core.translation import _
from core.word_file import WordFileError
from forms.word_file import WordFileForm
from models.permission import Action
from queries.report.pending import pending_sections
from queries.submission import SubmissionLine
from services.account_upload import Upload, claim_upload, drop_upload, find_upload, keep_upload
from services.narrative_file import (
    BroughtText,
    FileComparison,
    NoHeadingError,
    apply_changes,
    called_otherwise,
    compare_file,
    read_narrative,
)
from views.access import requires, viewer
from views.report.blueprint import blueprint
from views.report.common import attempt, load, show_url, state_of

Answer = str | Response | tuple[str, int]
MOST_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True)
class Kept:
    """The viewer's kept file of this report beside the report."""

    upload: Upload
    found: FileComparison


def _matter(line: SubmissionLine) -> str:
    """What the kept file is kept as: one for each person and report."""
    return f"word-report:{line.obligation_id}"


def _url(line: SubmissionLine) -> str:
    """The page of the comparison."""
    return url_for("report.bring_back", obligation_id=line.obligation_id)


@blueprint.get("/<int:obligation_id>/word")
@requires(Action.REPORT_WRITE)
def bring_back(obligation_id: int) -> Answer:
    """Ask for the file, or show what the kept one would change."""
    line = load(obligation_id, Action.REPORT_WRITE)
    if not line.is_editable:
        return redirect(show_url(line), 303)
    upload = find_upload(db.session, viewer(), _matter(line))
    return _page(line, WordFileForm(), Kept(upload, _compare(line, upload)) if upload is not None else None)


@blueprint.post("/<int:obligation_id>/word")
@requires(Action.REPORT_WRITE)
def bring_file(obligation_id: int) -> Answer:
    """Read the file and keep its texts; what they would change is shown on the page to which this leads."""
    line = load(obligation_id, Action.REPORT_WRITE)
    if not line.is_editable:
        return redirect(show_url(line), 303)
    form = WordFileForm()
    try:
        name, data = _receive()
        brought = read_narrative(data)
        same = compare_file(db.session, state_of(line), brought, on=clock.today()).same
        brought = replace(brought, same=same, stranger=called_otherwise(db.session, line, data, clock.today()))
    except WordFileError as error:
        form.file.errors = [_(error.message)]
    except NoHeadingError:
        form.file.errors = [_("Tệp không có mục nào của báo cáo này. Chọn tệp DOCX đã tải từ trang của báo cáo này")]
    except ValueError as error:
        form.file.errors = [str(error)]
    if form.file.errors:
        return _page(line, form, None, 422)
    keep_upload(db.session, viewer(), name, brought.dump(), secrets.token_urlsafe(24), clock.now(), _matter(line))
    db.session.commit()
    return redirect(_url(line), 303)


def _receive() -> tuple[str, bytes]:
    """The name and the bytes of the file "file" of the request. Raises ValueError in words."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise ValueError(_("Chọn tệp Word (.docx)"))
    data = file.read(MOST_BYTES + 1)
    file.close()
    if not data:
        raise ValueError(_("Tệp trống. Chọn tệp khác"))
    if len(data) > MOST_BYTES:
        raise ValueError(_("Tệp lớn hơn 10 MB. Bỏ bớt hình ảnh trong tệp rồi thử lại"))
    return normalise(file.filename), data


@blueprint.post("/<int:obligation_id>/word/apply")
@requires(Action.REPORT_WRITE)
def take_over(obligation_id: int) -> Response:
    """Save the ticked texts, all of them or none, or let the file go; pressing twice does it once."""
    line = load(obligation_id, Action.REPORT_WRITE)
    upload = claim_upload(db.session, viewer(), _matter(line))
    if upload is None or upload.token != request.form.get("token", ""):
        return redirect(show_url(line), 303)
    if request.form.get("act") == "drop":
        drop_upload(db.session, viewer(), clock.now(), _matter(line))
        db.session.commit()
        return redirect(_url(line), 303)
    _take(line, upload)
    db.session.commit()
    return redirect(_url(line) if find_upload(db.session, viewer(), _matter(line)) else show_url(line), 303)


def _take(line: SubmissionLine, upload: Upload) -> None:
    """Save what is ticked if it is what was looked at, and let the file go; else say what to do."""
    found = _compare(line, upload)
    ticked = request.form.getlist("section")
    chosen = [change for change in found.changes if change.section.code in ticked and not change.hindrance]
    if found.digest != request.form.get("seen"):
        flash(_("Nội dung trong cổng vừa thay đổi. Xem lại bảng so sánh rồi áp dụng."), "warning")
    elif not chosen:
        flash(_("Chưa chọn mục nào. Đánh dấu mục cần lấy từ tệp rồi bấm Áp dụng."), "warning")
    elif attempt(line, lambda submission: apply_changes(db.session, submission, chosen, viewer(), clock.now())):
        drop_upload(db.session, viewer(), clock.now(), _matter(line))
        flash(_("Đã lấy nội dung của %(count)s mục từ tệp Word.", count=len(chosen)), "success")


def _compare(line: SubmissionLine, upload: Upload) -> FileComparison:
    """The kept file beside the report as it is now."""
    return compare_file(db.session, state_of(line), BroughtText.load(upload.data), on=clock.today(),
                        pending=pending_sections(db.session, line.obligation_id))


def _page(line: SubmissionLine, form: WordFileForm, kept: Kept | None, status: int = 200) -> tuple[str, int]:
    """The page, with the headings that differ."""
    return render_template("report/word_file.html", line=line, form=form, kept=kept,
                           back=show_url(line)), status
