"""Planning an inspection, choosing its units, and how it ends."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.translation import _
from forms.activity import Option
from forms.inspection import ALONE, INTEGRATED, InspectedUnitsForm, InspectionForm, UnitChoice, WordForm
from models.permission import Action
from models.programme import Theme
from queries.activity import programme_on
from queries.inspection import InspectionCard
from queries.programme import rows_of
from queries.unit import list_units
from services.inspection import (
    Ending,
    InspectionError,
    InspectionInput,
    add_inspection,
    add_units,
    change_inspection,
    end_inspection,
    remove_unit,
)
from services.inspection.plan import load_inspection as lock_inspection
from views.access import requires, viewer
from views.inspection.blueprint import blueprint
from views.inspection.common import (
    Answer,
    crumb_of,
    desk_of,
    home_crumb,
    judge_post,
    load_inspection,
    load_visit,
    refuse,
    show_form,
    visit_row,
)

THEMES = frozenset({"themes"})
MOST_FOUND = 30
"""Units that a search offers to tick."""


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Action.INSPECTION_WRITE)
def new() -> Answer:
    """Plan an inspection of the present programme's year."""
    programme = programme_on(db.session, clock.today())
    if programme is None:
        return render_template("activity/none.html")
    desk = desk_of(f"inspection:new:{viewer().account_id}", viewer().unit_id)
    form = InspectionForm(desk.data({"how": ALONE}), _themes(programme.id))
    answer = judge_post(desk, form, multiple=THEMES) if request.method == "POST" else 200
    if answer is None:
        made = add_inspection(db.session, _given(form), programme_id=programme.id, owner_unit_id=viewer().unit_id,
                              form_token=desk.token, viewer=viewer(), now=clock.now())
        desk.done()
        db.session.commit()
        flash(_("Đã lập cuộc kiểm tra. Chọn đơn vị được kiểm tra ở bước này."), "success")
        return redirect(url_for("inspection.units", inspection_id=made.id), 303)
    if not isinstance(answer, int):
        return answer
    return show_form(_("Lập cuộc kiểm tra"), desk, form, submit=_("Lưu và chọn đơn vị"), status=answer, crumbs=[],
                     back=url_for("inspection.index"))


@blueprint.route("/<int:inspection_id>/edit", methods=["GET", "POST"])
@requires(Action.INSPECTION_WRITE)
def edit(inspection_id: int) -> Answer:
    """Change what was planned."""
    card = load_inspection(inspection_id, to_write=True)
    desk = desk_of(f"inspection:{inspection_id}", card.line.owner_id)
    form = InspectionForm(desk.data(_texts(card)), _themes(card.programme_id))
    answer: Any = judge_post(desk, form, multiple=THEMES) if request.method == "POST" else 200
    if answer is None:
        try:
            change_inspection(db.session, lock_inspection(db.session, inspection_id), _given(form), viewer=viewer(),
                              now=clock.now())
        except InspectionError as error:
            answer = refuse(form, error)
        else:
            desk.done()
            db.session.commit()
            flash(_("Đã lưu thay đổi."), "success")
            return redirect(crumb_of(card)["url"], 303)
    if not isinstance(answer, int):
        return answer  # type: ignore[no-any-return]  # a redirect after "Lưu nháp"
    return show_form(_("Sửa cuộc kiểm tra"), desk, form, submit=_("Lưu thay đổi"), status=answer,
                     crumbs=[crumb_of(card)], back=crumb_of(card)["url"])


def _themes(programme_id: int) -> list[Option]:
    """Themes by code."""
    return [Option(theme.code, theme.label) for theme in rows_of(db.session, Theme, programme_id)]


def _given(form: InspectionForm) -> InspectionInput:
    """What was typed, once it is good."""
    return InspectionInput(
        title=form.title.data, basis=form.basis.data, decision_number=form.decision_number.data,
        decided_on=form.decided_on.data, theme_codes=tuple(form.themes.data or ()), content=form.content.data,
        host_programme=form.host_programme.data if form.how.data == INTEGRATED else "",
        starts_on=form.starts_on.data, ends_on=form.ends_on.data, team=form.team.data)


def _texts(card: InspectionCard) -> dict[str, Any]:
    """An inspection as its form shows it."""
    line = card.line
    return {
        "title": line.title, "how": INTEGRATED if line.host_programme else ALONE,
        "host_programme": line.host_programme, "decision_number": line.decision_number,
        "decided_on": format_day(line.decided_on) if line.decided_on else "", "basis": card.basis,
        "themes": [code for code, _label in card.themes], "content": card.content,
        "starts_on": format_day(line.starts_on), "ends_on": format_day(line.ends_on), "team": card.team}


@blueprint.route("/<int:inspection_id>/units", methods=["GET", "POST"])
@requires(Action.INSPECTION_WRITE)
def units(inspection_id: int) -> Answer:
    """Choose units by name or by code."""
    card = load_inspection(inspection_id, to_write=True)
    desk = desk_of(f"inspection:{inspection_id}:units", card.line.owner_id)
    search = request.args.get("q", "").strip()[:100]
    form = InspectedUnitsForm(desk.data({}), *_choices(card, search))
    answer: Any = judge_post(desk, form, multiple=frozenset({"units"})) if request.method == "POST" else 200
    if answer is None:
        try:
            added = add_units(db.session, lock_inspection(db.session, inspection_id), form.chosen(), viewer=viewer(),
                              now=clock.now())
        except InspectionError as error:
            answer = refuse(form, error)
        else:
            desk.done()
            db.session.commit()
            flash(_("Đã thêm %(count)s đơn vị.", count=added), "success")
            return redirect(crumb_of(card)["url"], 303)
    if not isinstance(answer, int):
        return answer  # type: ignore[no-any-return]  # a redirect after "Lưu nháp"
    page = render_template("inspection/units.html", card=card, desk=desk, form=form, search=search,
                           crumbs=[home_crumb(), crumb_of(card)])
    return page if answer == 200 else (page, answer)


def _choices(card: InspectionCard, search: str) -> tuple[list[UnitChoice], list[UnitChoice]]:
    """Units that a search finds and that are not in yet, and every unit that may be inspected. Two queries."""
    present = {visit.unit_id for visit in card.present}
    lists = []
    for words in (search, ""):
        lines = list_units(db.session, viewer(), clock.today(), search=words)
        lists.append([UnitChoice(line.id, line.code, line.name) for line in lines if line.kind.is_reporter])
    found = [unit for unit in lists[0] if unit.id not in present][:MOST_FOUND]
    return found if search else [], lists[1]


@blueprint.post("/visits/<int:visit_id>/remove")
@requires(Action.INSPECTION_WRITE)
def remove(visit_id: int) -> Answer:
    """Take a unit out before its visit."""
    card = load_visit(visit_id, to_write=True)
    try:
        remove_unit(db.session, lock_inspection(db.session, card.inspection.line.id), visit_row(visit_id),
                    viewer=viewer(), now=clock.now())
    except InspectionError as error:
        flash(_(str(error)), "error")
    else:
        flash(_("Đã đưa “%(unit)s” ra khỏi cuộc kiểm tra.", unit=card.visit.unit_name), "success")
    db.session.commit()
    return redirect(crumb_of(card.inspection)["url"], 303)


@blueprint.route("/<int:inspection_id>/decide/<ending>", methods=["GET", "POST"])
@requires(Action.INSPECTION_WRITE)
def decide(inspection_id: int, ending: str) -> Answer:
    """Conclude, cancel or open an inspection again."""
    card = load_inspection(inspection_id, to_write=True)
    if ending not in list(Ending):
        abort(404)
    wanted = Ending(ending)
    desk = desk_of(f"inspection:{inspection_id}:{ending}", card.line.owner_id)
    form = WordForm(desk.data({}), label=_("Lý do"), needs_text=wanted is not Ending.CONCLUDE, sets_due=False,
                    first_day=clock.today())
    answer: Any = judge_post(desk, form) if request.method == "POST" else 200
    if answer is None:
        try:
            end_inspection(db.session, lock_inspection(db.session, inspection_id), wanted, form.text.data or "",
                           viewer=viewer(), now=clock.now())
        except InspectionError as error:
            answer = refuse(form, error)
        else:
            desk.done()
            db.session.commit()
            return redirect(crumb_of(card)["url"], 303)
    if not isinstance(answer, int):
        return answer  # type: ignore[no-any-return]  # a redirect after "Lưu nháp"
    return show_form(_(wanted.label), desk, form, submit=_(wanted.label), status=answer, crumbs=[crumb_of(card)],
                     back=crumb_of(card)["url"], lead=_("Kiến nghị đã ghi vẫn được trả lời và theo dõi."))
