"""What the Office does with a requirement: open it, give a unit longer, excuse a unit."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.requirement import ExemptForm, ExtendForm
from models.event import Subject
from models.permission import Action
from models.requirement import Obligation, RequirementStatus
from queries.ad_hoc import find_ad_hoc, round_code
from queries.obligation import ObligationLine, completeness
from queries.requirement import find_line, requirement_lines
from services.ad_hoc import open_ad_hoc
from services.requirement import RequirementError, end_exemption, exempt, extend, open_requirement
from views.access import requires, viewer
from views.history import history_of
from views.requirement.blueprint import blueprint
from views.requirement.common import draft_context, load

PAGE_SIZE = 50


@blueprint.get("/<code>")
@requires(Action.PROGRAMME_MANAGE)
def show(code: str) -> str:
    """Show the four dates, how complete it is, and every obligation with what can be done about it."""
    requirement = load(code)
    report = find_ad_hoc(db.session, requirement.id)
    if report is not None and requirement.status is RequirementStatus.DRAFT:
        return render_template("requirement/ad_hoc/draft.html", **draft_context(requirement, report))
    search = request.args.get("q", "").strip()[:100]
    lines = requirement_lines(db.session, viewer(), requirement, on=clock.today(), now=clock.now(), search=search)
    page = max(request.args.get("page", type=int, default=1), 1)
    pages = max(-(-len(lines) // PAGE_SIZE), 1)
    shown = lines[(min(page, pages) - 1) * PAGE_SIZE:min(page, pages) * PAGE_SIZE]
    return render_template("requirement/show.html", requirement=requirement, lines=shown, found=len(lines),
                           count=completeness(line for line in lines if line.level != "department"),
                           search=search, page=min(page, pages), pages=pages, report=report,
                           round=round_code(db.session, report) if report else None,
                           events=history_of(Subject.REQUIREMENT, requirement.id))


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
def give_longer(obligation_id: int) -> str | Response | tuple[str, int]:
    """Give one unit longer, with a reason."""
    line = _load_line(obligation_id)
    form = ExtendForm(request.form)

    def act(obligation: Obligation) -> None:
        extend(db.session, obligation, until=form.until.data, reason=form.reason.data, viewer=viewer(),
               now=clock.now())

    return _decide(line, form, act, _("Gia hạn"), _("Đã gia hạn cho %(unit)s.", unit=line.unit_name))


@blueprint.route("/obligations/<int:obligation_id>/exempt", methods=["GET", "POST"])
@requires(Action.PROGRAMME_MANAGE)
def excuse(obligation_id: int) -> str | Response | tuple[str, int]:
    """Excuse one unit, or ask it again when it was excused."""
    line = _load_line(obligation_id)
    form = ExemptForm(request.form)

    def act(obligation: Obligation) -> None:
        change = end_exemption if line.is_exempt else exempt
        change(db.session, obligation, reason=form.reason.data, viewer=viewer(), now=clock.now())

    title = _("Bỏ miễn báo cáo") if line.is_exempt else _("Miễn báo cáo")
    return _decide(line, form, act, title, _("Đã ghi quyết định với %(unit)s.", unit=line.unit_name))


def _decide(line: ObligationLine, form: ExtendForm | ExemptForm, act: Callable[[Obligation], None], title: str,
            done: str) -> str | Response | tuple[str, int]:
    """Show the form of a decision, or carry it out and go back to the requirement."""
    if request.method == "POST" and form.validate():
        try:
            act(db.session.get_one(Obligation, line.id))
        except RequirementError as error:
            db.session.rollback()
            form.form_errors.append(str(error))
        else:
            db.session.commit()
            flash(done, "success")
            return redirect(url_for("requirement.show", code=line.requirement_code, q=line.unit_name), 303)
    page = render_template("requirement/decide.html", line=line, form=form, title=title)
    return (page, 422) if request.method == "POST" else page


def _load_line(obligation_id: int) -> ObligationLine:
    """The obligation in scope, or 404."""
    return find_line(db.session, viewer(), obligation_id, on=clock.today(), now=clock.now()) or abort(404)
