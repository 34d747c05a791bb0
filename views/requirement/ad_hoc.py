"""Making an ad hoc report: the list, and one page with all that it asks, a draft until it is given out."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from exports.lists.ad_hoc import AD_HOC
from forms.ad_hoc import TICKS, AdHocForm, AdHocOptions, ad_hoc_form, rows_needed
from models.permission import Action
from models.programme import Programme, ProgrammeStatus
from models.requirement import Requirement
from queries.ad_hoc import ad_hoc_by_token, list_ad_hoc
from queries.programme import find_programme
from services.ad_hoc import (
    AdHocInput,
    AdHocTokenTakenError,
    add_ad_hoc,
    change_ad_hoc,
    faults_of,
)
from services.requirement import RequirementError
from views.access import requires, viewer
from views.drafting import Desk, open_desk
from views.list_file import send_list, wants_workbook
from views.requirement.blueprint import blueprint
from views.requirement.common import load_draft
from views.requirement.filling import beginning, options_of, texts_of

Answer = str | Response | tuple[str, int]
ANCHORS = {"units": "who", "rows": "own"}
"""Where a button that only keeps leads back to."""


@blueprint.get("/ad-hoc")
@requires(Action.PROGRAMME_MANAGE)
def index() -> str | Response:
    """List the ad hoc reports: drafts, given out, withdrawn."""
    lines = list_ad_hoc(db.session)
    if wants_workbook():
        return send_list("Báo cáo đột xuất", AD_HOC, lines)
    return render_template("requirement/ad_hoc/index.html", lines=lines, programme=find_programme(db.session))


@blueprint.route("/ad-hoc/new", methods=["GET", "POST"])
@requires(Action.PROGRAMME_MANAGE)
def new() -> Answer:
    """Make an ad hoc report within the newest programme."""
    programme = find_programme(db.session)
    if programme is None or programme.status is not ProgrammeStatus.PUBLISHED:
        return render_template("requirement/ad_hoc/index.html", lines=list_ad_hoc(db.session), programme=None)
    desk = open_desk(f"ad-hoc:new:{viewer().account_id}", viewer().acts_for_id, Action.PROGRAMME_MANAGE)
    form = _form(desk, options_of(programme), beginning(programme, clock.today()))
    if request.method != "POST":
        return _page(desk, form)
    made = ad_hoc_by_token(db.session, desk.token)
    if made is not None:
        return redirect(url_for("requirement.show", code=made), 303)
    if not _is_good(desk, form, programme.id):
        return _not_saved(desk, form)
    return _make(desk, form, programme)


@blueprint.route("/<code>/change", methods=["GET", "POST"])
@requires(Action.PROGRAMME_MANAGE)
def change(code: str) -> Answer:
    """Change a draft before it is given out."""
    requirement, report = load_draft(code)
    programme = db.session.get_one(Programme, requirement.programme_id)
    desk = open_desk(f"ad-hoc:{requirement.id}", viewer().acts_for_id, Action.PROGRAMME_MANAGE)
    form = _form(desk, options_of(programme, requirement), texts_of(requirement, report))
    if request.method != "POST":
        return _page(desk, form, requirement)
    if not _is_good(desk, form, programme.id, requirement.id):
        return _not_saved(desk, form, requirement)
    try:
        change_ad_hoc(db.session, requirement, _given(form), viewer=viewer(), now=clock.now())
    except RequirementError as error:
        db.session.rollback()
        flash(str(error), "warning")
        return redirect(url_for("requirement.show", code=code), 303)
    desk.done()
    db.session.commit()
    return redirect(url_for("requirement.show", code=code), 303)


def _form(desk: Desk, options: AdHocOptions, initial: dict[str, Any]) -> AdHocForm:
    """The form, with as many rows for own indicators as were filled and a few more."""
    data = desk.data(initial)
    names = {name for name in data if data.get(name)} | {row.name for row in (desk.draft.fields if desk.draft else [])}
    return ad_hoc_form(rows_needed(names))(data, options)


def _is_good(desk: Desk, form: AdHocForm, programme_id: int, requirement_id: int | None = None) -> bool:
    """Keep what was typed, then check it: each field, then all of it together, said at the fields."""
    if not desk.take(multiple=TICKS) or desk.wants_keep_only:
        return False
    is_valid = form.validate()
    faults = [*form.nameless(), *faults_of(db.session, programme_id, form.brief(), requirement_id)]
    form.say(faults)
    return is_valid and not faults


def _make(desk: Desk, form: AdHocForm, programme: Programme) -> Answer:
    """Write the draft down, once."""
    try:
        made = add_ad_hoc(db.session, programme, _given(form), form_token=desk.token, viewer=viewer(), now=clock.now())
    except AdHocTokenTakenError:
        db.session.rollback()
        return redirect(url_for("requirement.show", code=ad_hoc_by_token(db.session, desk.token)), 303)
    desk.done()
    db.session.commit()
    return redirect(url_for("requirement.show", code=made.code), 303)


def _page(desk: Desk, form: AdHocForm, requirement: Requirement | None = None) -> str:
    """The page of the form."""
    return render_template("requirement/ad_hoc/form.html", desk=desk, form=form, requirement=requirement,
                           chosen=len(form.chosen_ids()))


def _not_saved(desk: Desk, form: AdHocForm, requirement: Requirement | None = None) -> Answer:
    """Keep the draft; go back to the form, or show it with what is to be mended or chosen."""
    db.session.commit()
    if desk.conflicts:
        return _page(desk, form, requirement), 409
    if desk.wants_keep_only:
        anchor = ANCHORS.get(request.form["keep"], "")
        if not anchor:
            flash(_("Đã lưu nháp."), "success")
        return redirect(f"{request.path}#{anchor}" if anchor else request.path, 303)
    return _page(desk, form, requirement), 422


def _given(form: AdHocForm) -> AdHocInput:
    """What was typed, once it is good. A title that begins with "Báo cáo" leaves it to the document's own heading."""
    title = form.title.data
    if title.lower().startswith("báo cáo ") and len(title) > len("báo cáo "):
        title = title[len("báo cáo "):].strip()
        title = title[:1].upper() + title[1:]
    return AdHocInput(
        title=title, legal_basis=form.legal_basis.data or "", coverage_from=form.coverage_from.data,
        coverage_to=form.coverage_to.data, cut_off_on=form.cut_off_on.data, opens_on=form.opens_on.data,
        due_on=form.due_on.data, counts_due_day=form.counts_due_day.data == "yes",
        consolidation_due_on=form.consolidation_due_on.data, review_days=form.review_days.data,
        return_days=form.return_days.data, brief=form.brief())
