"""What the Office does with a requirement: open it, give a unit longer, excuse a unit."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from exports.lists.obligation import OF_A_REQUIREMENT
from exports.lists.trail import TRAIL
from forms.base import Form
from forms.requirement import AskAgainForm, ExemptForm, ExtendForm
from models.deadline import DueState
from models.event import Subject
from models.permission import Action
from models.requirement import Obligation, RequirementStatus
from queries.ad_hoc import find_ad_hoc, round_code
from queries.obligation import ObligationLine, completeness
from queries.requirement import find_line, requirement_lines
from services.ad_hoc import open_ad_hoc
from services.requirement import RequirementError, end_exemption, exempt, extend, open_requirement
from views.access import requires, viewer
from views.drafting import Desk, open_desk
from views.history import history_of, trail_of
from views.list_file import send_list, wants_workbook
from views.requirement.blueprint import blueprint
from views.requirement.common import ad_hoc_context, load

PAGE_SIZE = 50
Answer = str | Response | tuple[str, int]


@blueprint.get("/<code>")
@requires(Action.PROGRAMME_MANAGE)
def show(code: str) -> str | Response:
    """Show the four dates, how complete it is, and every obligation with what can be done about it."""
    requirement = load(code)
    report = find_ad_hoc(db.session, requirement.id)
    context = {"requirement": requirement, "report": report, "events": history_of(Subject.REQUIREMENT, requirement.id)}
    if report is not None:
        context |= ad_hoc_context(requirement, report)
    if report is not None and requirement.status is RequirementStatus.DRAFT:
        return render_template("requirement/ad_hoc/draft.html", **context)
    if wants_workbook("history"):
        return send_list(f"Nhật ký {requirement.title}", TRAIL, trail_of(Subject.REQUIREMENT, requirement.id))
    search = request.args.get("q", "").strip()[:100]
    lines = requirement_lines(db.session, viewer(), requirement, on=clock.today(), now=clock.now(), search=search)
    if wants_workbook():
        return send_list("Đơn vị phải nộp", OF_A_REQUIREMENT, lines, filters=[
            ("Yêu cầu", requirement.title), ("Tìm", search)])
    page = max(request.args.get("page", type=int, default=1), 1)
    pages = max(-(-len(lines) // PAGE_SIZE), 1)
    shown = lines[(min(page, pages) - 1) * PAGE_SIZE:min(page, pages) * PAGE_SIZE]
    return render_template("requirement/show.html", **context, lines=shown, found=len(lines),
                           count=completeness(line for line in lines if line.level != "department"),
                           search=search, page=min(page, pages), pages=pages,
                           round=round_code(db.session, report) if report else None)


@blueprint.post("/<code>/open")
@requires(Action.PROGRAMME_MANAGE)
def open_(code: str) -> Response:
    """Open the requirement: every unit that owes it gets an obligation."""
    requirement = load(code)
    give_out = open_requirement if find_ad_hoc(db.session, requirement.id) is None else open_ad_hoc
    try:
        added = give_out(db.session, requirement, on=clock.today(), now=clock.now(), viewer=viewer())
    except RequirementError as error:
        db.session.rollback()
        flash(str(error), "error")
    else:
        db.session.commit()
        flash(_("Đã mở và giao cho %(units)s đơn vị.", units=added), "success")
    return redirect(url_for("requirement.show", code=code), 303)


@blueprint.route("/obligations/<int:obligation_id>/extend", methods=["GET", "POST"])
@requires(Action.PROGRAMME_MANAGE)
def give_longer(obligation_id: int) -> Answer:
    """Give one unit longer, with a reason."""
    line = _load_line(obligation_id)
    desk = _desk(line, "extend")
    form = ExtendForm(desk.data({}))

    def act(obligation: Obligation) -> None:
        extend(db.session, obligation, until=form.until.data, reason=form.reason.data, viewer=viewer(),
               now=clock.now())

    return _decide(line, desk, form, act, _("Gia hạn"), _("Đã gia hạn cho %(unit)s.", unit=line.unit_name))


@blueprint.route("/obligations/<int:obligation_id>/exempt", methods=["GET", "POST"])
@requires(Action.PROGRAMME_MANAGE)
def excuse(obligation_id: int) -> Answer:
    """Excuse one unit, or ask it again when it was excused."""
    line = _load_line(obligation_id)
    return _ask_again(line) if line.is_exempt else _excuse(line)


def _excuse(line: ObligationLine) -> Answer:
    """Excuse a unit, with a reason."""
    desk = _desk(line, "exempt")
    form = ExemptForm(desk.data({}))

    def act(obligation: Obligation) -> None:
        exempt(db.session, obligation, reason=form.reason.data, viewer=viewer(), now=clock.now())

    return _decide(line, desk, form, act, _("Miễn báo cáo"), _done(line))


def _ask_again(line: ObligationLine) -> Answer:
    """Ask a unit that was excused; when its day has passed meanwhile it is given another one."""
    desk = _desk(line, "ask-again")
    form = AskAgainForm(desk.data({}), is_past=line.due.state is DueState.LATE)

    def act(obligation: Obligation) -> None:
        end_exemption(db.session, obligation, reason=form.reason.data, viewer=viewer(), now=clock.now())
        if form.until.data is not None:
            extend(db.session, obligation, until=form.until.data, reason=form.reason.data, viewer=viewer(),
                   now=clock.now())

    return _decide(line, desk, form, act, _("Bỏ miễn báo cáo"), _done(line))


def _done(line: ObligationLine) -> str:
    """What is said afterwards."""
    return _("Đã ghi quyết định với %(unit)s.", unit=line.unit_name)


def _desk(line: ObligationLine, deed: str) -> Desk:
    """The draft of a decision on one unit."""
    return open_desk(f"obligation:{line.id}:{deed}", viewer().acts_for_id, Action.PROGRAMME_MANAGE)


def _decide(line: ObligationLine, desk: Desk, form: Form, act: Callable[[Obligation], None], title: str,
            done: str) -> Answer:
    """Show the form of a decision, or carry it out and go back to the requirement."""
    status = 200
    if request.method == "POST":
        status = 422 if desk.take() else 409
        if status == 422 and desk.wants_keep_only:
            db.session.commit()
            return redirect(request.path, 303)
        if status == 422 and form.validate() and _carry_out(line, form, act):
            desk.done()
            db.session.commit()
            flash(done, "success")
            return redirect(url_for("requirement.show", code=line.requirement_code, q=line.unit_name), 303)
        db.session.commit()
    return render_template("requirement/decide.html", line=line, desk=desk, form=form, title=title), status


def _carry_out(line: ObligationLine, form: Form, act: Callable[[Obligation], None]) -> bool:
    """Do it; False, with the reason on the form, when it cannot be."""
    try:
        with db.session.begin_nested():
            act(db.session.get_one(Obligation, line.id))
    except RequirementError as error:
        form.form_errors.append(str(error))
        return False
    return True


def _load_line(obligation_id: int) -> ObligationLine:
    """The obligation in scope, or 404."""
    return find_line(db.session, viewer(), obligation_id, on=clock.today(), now=clock.now()) or abort(404)
