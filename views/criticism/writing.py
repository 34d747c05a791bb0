"""Recording a place that does badly, changing the words, closing the matter."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.criticism import ClosingForm, CriticismForm
from models.criticism import Basis, Criticism
from models.permission import Action
from queries.criticism import CriticismLine, find_criticism_by_token, list_suspects
from queries.unit import find_unit, list_units
from services.criticism import (
    CriticismError,
    CriticismInput,
    add_criticism,
    change_criticism,
    close_criticism,
)
from services.draft import Value
from views.access import requires, viewer
from views.criticism.blueprint import blueprint, load, page_of, the_programme
from views.drafting import Desk, open_desk

Answer = str | Response | tuple[str, int]


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Action.CRITICISM_VIEW)
def new() -> Answer:
    """Record a place, from nothing or from what the portal's data point to ("unit" and "basis" in the address)."""
    code, basis = request.args.get("unit", "")[:60], request.args.get("basis", "")[:20]
    key = f"criticism:new:{code}:{basis}:{viewer().account_id}"
    desk = open_desk(key, viewer().acts_for_id, Action.CRITICISM_VIEW)
    form = CriticismForm(desk.data(_suggested(code, basis)), _units())
    if request.method == "POST":
        made = find_criticism_by_token(db.session, desk.token)
        if made is not None:
            return redirect(url_for("criticism.show", criticism_id=made), 303)
        return _refused(desk, form, None) or _record(desk, form)
    return _show(desk, form, None)


def _record(desk: Desk, form: CriticismForm) -> Response:
    """Record a good new matter, with the portal's figures on it as they stand."""
    programme = the_programme()
    unit = find_unit(db.session, form.unit.data, clock.today()) or abort(404)
    given = _given(form, _facts(unit.code, form.basis.data))
    made = add_criticism(db.session, given, unit_id=unit.id, programme_id=programme.id, form_token=desk.token,
                         viewer=viewer(), now=clock.now())
    desk.done()
    db.session.commit()
    flash(_("Đã ghi nhận. Chỉ Văn phòng và lãnh đạo xem được."), "success")
    return redirect(url_for("criticism.show", criticism_id=made), 303)


@blueprint.route("/<int:criticism_id>/edit", methods=["GET", "POST"])
@requires(Action.CRITICISM_VIEW)
def edit(criticism_id: int) -> Answer:
    """Change the words of a matter; its figures stay as they were recorded."""
    line = load(criticism_id)
    desk = open_desk(f"criticism:{line.id}", viewer().acts_for_id, Action.CRITICISM_VIEW)
    form = CriticismForm(desk.data({"unit": line.unit_code, "basis": line.basis.value, "what": line.what,
                                    "proposal": line.proposal}), [(line.unit_code, line.unit_name)])
    if request.method != "POST":
        return _show(desk, form, line)
    refused = _refused(desk, form, line)
    if refused is not None:
        return refused
    try:
        change_criticism(db.session, _found(line), _given(form), viewer=viewer(), now=clock.now())
    except CriticismError as error:
        flash(_(str(error)), "error")
    desk.done()
    db.session.commit()
    return redirect(url_for("criticism.show", criticism_id=line.id), 303)


@blueprint.route("/<int:criticism_id>/close", methods=["GET", "POST"])
@requires(Action.CRITICISM_VIEW)
def close(criticism_id: int) -> Answer:
    """Close a matter, or open it again, with a reason."""
    line = load(criticism_id)
    desk = open_desk(f"criticism:{line.id}:close", viewer().acts_for_id, Action.CRITICISM_VIEW)
    form = ClosingForm(desk.data({}))
    if request.method != "POST":
        return _show(desk, form, line)
    refused = _refused(desk, form, line)
    if refused is not None:
        return refused
    close_criticism(db.session, _found(line), form.reason.data, viewer=viewer(), now=clock.now())
    desk.done()
    db.session.commit()
    return redirect(url_for("criticism.show", criticism_id=line.id), 303)


def _refused(desk: Desk, form: CriticismForm | ClosingForm, line: CriticismLine | None) -> Answer | None:
    """Keep what was typed; the answer unless it is good."""
    if desk.take() and not desk.wants_keep_only and form.validate():
        return None
    db.session.commit()
    if desk.wants_keep_only and not desk.conflicts:
        return redirect(request.full_path.rstrip("?"), 303)
    return _show(desk, form, line), 409 if desk.conflicts else 422


def _show(desk: Desk, form: CriticismForm | ClosingForm, line: CriticismLine | None) -> str:
    """The page of a form."""
    if isinstance(form, ClosingForm):
        title = _("Mở lại nội dung này") if line and line.is_closed else _("Khép lại nội dung này")
    else:
        title = _("Sửa nội dung") if line else _("Ghi nhận nơi làm chưa tốt")
    facts = _facts(form.unit.data, form.basis.data) if line is None and isinstance(form, CriticismForm) else ()
    return render_template("criticism/form.html", desk=desk, form=form, line=line, title=title, facts=facts)


def _suggested(code: str, basis: str) -> dict[str, Value]:
    """How a new form begins: with the figures that the portal has."""
    facts = _facts(code, basis)
    return {"unit": code, "basis": basis if basis in list(Basis) else "",
            "what": "\n".join(text for text, _url in facts)}


def _facts(code: str | None, basis: str | None) -> tuple[tuple[str, str], ...]:
    """What the portal's figures say of a unit on a basis, with the pages that show it."""
    if not code or basis not in list(Basis) or basis == Basis.OTHER:
        return ()
    found = list_suspects(db.session, the_programme(), on=clock.today(), now=clock.now())
    return tuple((sign.text, page_of(sign, row)) for row in found
                 if row.unit_code == code and row.basis == basis for sign in row.signs)


def _units() -> list[tuple[str, str]]:
    """Units to choose from, alphabetically."""
    lines = list_units(db.session, viewer(), clock.today(), action=Action.CRITICISM_VIEW)
    return [(line.code, line.name) for line in lines if line.kind.is_reporter]


def _given(form: CriticismForm, facts: tuple[tuple[str, str], ...] = ()) -> CriticismInput:
    """What was typed, once it is good."""
    return CriticismInput(Basis(form.basis.data), form.what.data, form.proposal.data or "", facts)


def _found(line: CriticismLine) -> Criticism:
    """The row behind a line."""
    return db.session.get_one(Criticism, line.id)
