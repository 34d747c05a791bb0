"""Issuing the Department's report, and beginning a new version of one that was issued."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.translation import _
from forms.consolidation import IssueForm, ReissueForm
from forms.submission import ReasonForm
from models.event import Subject
from models.permission import Action
from models.programme import Programme
from models.requirement import Requirement
from models.submission import Submission
from models.workflow import Status, Step
from queries.consolidation import find_own_line, symbol_for
from queries.consolidation.standing import list_standings
from queries.figure import until_of
from queries.report import outline_kind
from queries.report.outline import list_written
from queries.report.pending import pending_sections
from queries.submission import SubmissionLine
from queries.trail import list_trail
from queries.unit import UnitLine
from services.issue import IssueFields, issue
from services.narrative import is_drafted
from services.submission import SubmissionError, ensure_submission, revise
from views.access import requires, viewer
from views.address import portal_address
from views.consolidation.blueprint import blueprint
from views.consolidation.common import load, report_url, show_url
from views.drafting import Desk, open_desk
from views.evidence import issued_store

Answer = str | Response | tuple[str, int]


@blueprint.route("/<code>/<unit_code>/issue", methods=["GET", "POST"])
@requires(Action.CONSOLIDATION_ISSUE)
def write_issue(code: str, unit_code: str) -> Answer:
    """Ask for number, day and signer; on POST freeze the report and issue it."""
    requirement, unit = load(code, unit_code, Action.CONSOLIDATION_ISSUE)
    line = _own_line(requirement, unit)
    if line.status is Status.ISSUED:
        return redirect(show_url(requirement, unit), 303)
    desk = open_desk(f"issue:{line.obligation_id}", unit.id, Action.CONSOLIDATION_ISSUE)
    kind = ReissueForm if line.version_count else IssueForm
    form = kind(desk.data(_initial(requirement, unit, line)))
    status = 200
    if request.method == "POST":
        answer = _post(desk, form, requirement, unit, line)
        if not isinstance(answer, int):
            return answer
        status = answer
    return render_template("consolidation/issue.html", form=form, desk=desk, requirement=requirement, unit=unit,
                           is_again=bool(line.version_count), back=show_url(requirement, unit),
                           minds=_minds(requirement, unit, line)), status


def _minds(requirement: Requirement, unit: UnitLine, line: SubmissionLine) -> list[tuple[str, str]]:
    """What to mind before issuing, each with where it is seen or mended. Three queries."""
    minds = []
    rows = [row for row in list_standings(db.session, [requirement.id], unit.id, clock.today())
            if row.reviewer_id == unit.id and row.is_owed]
    lacking = sum(not row.is_included for row in rows)
    if lacking:
        text = _("Còn %(count)s/%(of)s đơn vị chưa có báo cáo được duyệt; bản phát hành nêu tên các đơn vị này.",
                 count=lacking, of=len(rows))
        minds.append((text, show_url(requirement, unit, "lacking")))
    titles = "; ".join(_unwritten(line))
    if titles:
        text = _("Chưa có nội dung ở mục: %(titles)s. Bản in ghi “(Chưa có nội dung.)” dưới các mục này.",
                 titles=titles)
        minds.append((text, url_for("narrative.index", obligation_id=line.obligation_id)))
    pending = pending_sections(db.session, line.obligation_id)
    if pending:
        text = _("Còn nội dung đã gõ nhưng chưa lưu vào báo cáo ở mục: %(codes)s.", codes=", ".join(sorted(pending)))
        minds.append((text, report_url(line.obligation_id)))
    if not portal_address():
        minds.append((_("Cổng chưa được đặt địa chỉ công khai nên chân trang chỉ in mã, không dẫn thẳng tới trang kiểm "
                        "tra. Người quản trị đặt PORTAL_URL trước khi phát hành."), ""))
    return minds


def _unwritten(line: SubmissionLine) -> list[str]:
    """Titles of headings under which nobody has written and the portal itself says nothing. One query."""
    sections, texts = list_written(db.session, line.programme_id, outline_kind(line), line.kind, line.year,
                                   line.requirement_id, line.submission_id)
    titles = []
    for row in sections:
        saved = texts.get(row.id)
        is_told = is_drafted(row.code, consolidates=True) or (row.is_own and bool(row.indicator_codes)) \
            if saved is None or saved.is_drafted else bool(saved.text.strip())
        if row.has_text and not is_told:
            titles.append(row.title)
    return titles


def _post(desk: Desk, form: IssueForm, requirement: Requirement, unit: UnitLine,
          line: SubmissionLine) -> Response | int:
    """Keep what was typed, check it, issue: the answer, or the status with which to show the form again."""
    if not desk.take():
        db.session.commit()
        return 409
    if desk.wants_keep_only or not form.validate():
        db.session.commit()
        return redirect(request.path, 303) if desk.wants_keep_only else 422
    now = clock.now()
    try:
        with db.session.begin_nested():
            submission = ensure_submission(db.session, line.obligation_id, now, viewer())
            issue(db.session, submission, _fields(form), until=until_of(requirement, clock.today()),
                  submit_key=desk.token[:64], viewer=viewer(), now=now, store=issued_store(), address=portal_address())
    except SubmissionError as error:
        flash(_(error.message, **error.values), "error")
        db.session.commit()
        return redirect(request.path, 303)  # the page names what stands in the way, with the way there
    desk.done()
    db.session.commit()
    flash(_("Đã phát hành báo cáo. Bản PDF và số liệu của bản này được giữ nguyên."), "success")
    return redirect(show_url(requirement, unit, "versions"), 303)


@blueprint.post("/<code>/<unit_code>/revise")
@requires(Action.CONSOLIDATION_ISSUE)
def begin_again(code: str, unit_code: str) -> Answer:
    """Begin a new version with a reason; what was issued stays as it is."""
    requirement, unit = load(code, unit_code, Action.CONSOLIDATION_ISSUE)
    line = _own_line(requirement, unit)
    form = ReasonForm(request.form)
    if not form.validate() or line.submission_id is None:
        return render_template("consolidation/revise.html", form=form, requirement=requirement, unit=unit,
                               back=show_url(requirement, unit)), 422
    try:
        submission = db.session.get_one(Submission, line.submission_id)
        revise(db.session, submission, form.reason.data or "", viewer(), clock.now())
        db.session.commit()
        flash(_("Đã mở bản mới để soạn. Bản đã phát hành vẫn tải được như cũ."), "success")
    except SubmissionError as error:
        db.session.rollback()
        flash(_(error.message, **error.values), "error")
    return redirect(show_url(requirement, unit), 303)


def _own_line(requirement: Requirement, unit: UnitLine) -> SubmissionLine:
    """What the Department itself owes; 404 when it owes nothing, or is not the Department."""
    line = find_own_line(db.session, requirement.id, unit.id, clock.today())
    if line is None or line.reviewer_id is not None:
        abort(404)
    return line


def _initial(requirement: Requirement, unit: UnitLine, line: SubmissionLine) -> dict[str, str | list[str]]:
    """What the form starts with: the last version's, else the programme's signer, and today."""
    programme = db.session.get_one(Programme, requirement.programme_id)
    is_known = bool(line.signer_position)
    return {
        "number": "", "symbol": symbol_for(programme, unit), "issued_on": format_day(clock.today()),
        "authority": line.signer_authority if is_known else programme.signer_authority,
        "position": line.signer_position or programme.signer_position,
        "name": line.signer_name or programme.signer_name, "reason": _reason(line),
    }


def _reason(line: SubmissionLine) -> str:
    """Why the version under hand was begun; empty for a first one. One query, none for a first one."""
    if not line.version_count or line.submission_id is None:
        return ""
    trail = list_trail(db.session, Subject.SUBMISSION, line.submission_id)
    return next((event.reason for event in trail if event.action == Step.REVISE.value), "")


def _fields(form: IssueForm) -> IssueFields:
    """What was typed, as the service takes it."""
    return IssueFields(
        number=_padded(form.number.data or ""), symbol=form.symbol.data, issued_on=form.issued_on.data,
        authority=(form.authority.data or "").upper(), position=form.position.data.upper(), name=form.name.data,
        reason=form.reason.data or "")


def _padded(number: str) -> str:
    """A number below 10 with a zero before it (Decree 30/2020/NĐ-CP, annex I, II.3)."""
    return f"0{number}" if number.isdigit() and len(number) == 1 else number

