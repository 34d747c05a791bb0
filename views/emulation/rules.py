"""The rules of a year: change their values, try them on all units without storing anything, keep them."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.base import Form
from forms.emulation import name_of, rows_of, rule_texts, rules_form, several_of, show_problems
from models.emulation import RuleKind
from models.event import Subject
from models.permission import Action
from models.programme import Programme
from queries.emulation import counted_on, list_rules, read_ground, shifts, stand
from services.emulation import adopt_default_rules, change_rules, problems_of
from services.programme_book import ProgrammeBookError
from views.access import requires, viewer
from views.drafting import Desk, open_desk
from views.emulation.blueprint import blueprint, load
from views.emulation.words import difference_words, points_words, rank_words
from views.history import history_of

Answer = str | Response | tuple[str, int]
Rows = list[dict[str, Any]]


@blueprint.route("/<int:year>/rules", methods=["GET", "POST"])
@requires(Action.EMULATION_MANAGE)
def rules(year: int) -> Answer:
    """Show the values of all rules; on POST try them ("act" is "try") or keep them."""
    programme = load(year)
    rows = list_rules(db.session, programme.id)
    desk = _desk(programme)
    form = rules_form(desk.data(rule_texts(rows)), rows)
    status = 200
    if request.method == "POST":
        answer = _post(desk, form, programme, rows)
        if not isinstance(answer, int):
            return answer
        status = answer
    cards = [(row, RuleKind(row["kind"]), [form[name] for name in _names(form, row)]) for row in rows]
    return render_template("emulation/rules.html", programme=programme, form=form, desk=desk, cards=cards,
                           events=history_of(Subject.EMULATION, programme.id)), status


def _names(form: Form, row: dict[str, Any]) -> list[str]:
    """The names of a rule's fields that the form has, in order."""
    order = ("label", "points", "method", "full_at", "bands", "each", "each_overdue", "tie_order", "reporter_kinds")
    return [name_of(row, name) for name in order if name_of(row, name) in form]


def _desk(programme: Programme) -> Desk:
    """The desk of the rules of a year."""
    return open_desk(f"emulation-rules:{programme.id}", viewer().acts_for_id, Action.EMULATION_MANAGE)


def _post(desk: Desk, form: Form, programme: Programme, rows: Rows) -> Response | int:
    """Keep what was typed, check it, then try or save it: the answer, or the status with which to show it again."""
    is_mine = desk.take(multiple=several_of(rows))
    if is_mine and desk.wants_keep_only:
        db.session.commit()
        return redirect(url_for("emulation.rules", year=programme.year), 303)
    if not is_mine or not _is_sound(form, rows):
        db.session.commit()
        return 422 if is_mine else 409
    if request.form.get("act") == "try":
        db.session.commit()
        return redirect(url_for("emulation.simulate", year=programme.year), 303)
    try:
        with db.session.begin_nested():
            changes = change_rules(db.session, programme, rows_of(form, rows), viewer=viewer(), now=clock.now())
    except ProgrammeBookError as error:
        form.form_errors.append(str(error))
        db.session.commit()
        return 422
    desk.done()
    db.session.commit()
    flash(_("Đã lưu bộ tiêu chí.") if changes else _("Bộ tiêu chí không có gì thay đổi."), "success")
    return redirect(url_for("emulation.index", year=programme.year, version=0), 303)


def _is_sound(form: Form, rows: Rows) -> bool:
    """Whether the form is good and the rules hold together; what is wrong stands at its field."""
    if not form.validate():
        return False
    problems = problems_of(rows_of(form, rows))
    show_problems(form, problems)
    return not problems


@blueprint.get("/<int:year>/simulation")
@requires(Action.EMULATION_MANAGE)
def simulate(year: int) -> Answer:
    """Show the ranking by the rules that were typed beside that by the rules that hold; nothing of it is stored."""
    programme = load(year)
    rows = list_rules(db.session, programme.id)
    form = rules_form(_desk(programme).data(rule_texts(rows)), rows)
    if not rows or not _is_sound(form, rows):
        flash(_("Sửa các tiêu chí trước khi xem thử."), "info")
        return redirect(url_for("emulation.rules", year=year), 303)
    ground = read_ground(db.session, programme, on=counted_on(year, clock.today()), now=clock.now())
    before, after = stand(ground, rows), stand(ground, rows_of(form, rows))
    moved = shifts(before, after)
    groups = [(group.label, [row for row in moved if row.unit.group_code == group.code]) for group in after.groups]
    return render_template(
        "emulation/simulation.html", programme=programme, groups=groups, is_same=before.rows == after.rows,
        count=sum(row.is_moved for row in moved), total=len(moved), points=points_words, rank=rank_words,
        difference=difference_words)


@blueprint.post("/<int:year>/rules/default")
@requires(Action.EMULATION_MANAGE)
def adopt(year: int) -> Response:
    """Give a year that has no rules the portal's own."""
    if adopt_default_rules(db.session, load(year), viewer=viewer(), now=clock.now()):
        flash(_("Đã nạp bộ tiêu chí mẫu. Xem lại từng tiêu chí trước khi công bố."), "success")
    db.session.commit()
    return redirect(url_for("emulation.rules", year=year), 303)
