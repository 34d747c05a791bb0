"""The contact list of units, and the particulars that a unit keeps of itself."""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from core.clock import clock
from core.extensions import db
from core.translation import _
from exports.lists.contact import CONTACTS
from forms.contact import ContactForm
from models.permission import Action
from models.unit import UnitKind
from queries.contact import ContactPage, find_contact, page_contacts
from queries.unit import UnitLine, find_unit, get_unit
from services.contact import FIELDS, change_contact
from views.access import permits, requires, viewer
from views.drafting import Desk, open_desk
from views.list_file import send_list, wants_workbook

blueprint = Blueprint("contact", __name__, url_prefix="/contacts")


@blueprint.get("")
@requires(Action.UNIT_VIEW)
def index() -> str | Response:
    """List how units are reached, with search and filters that stay in the address; ``print=1`` shows all at once."""
    wanted = {"q": request.args.get("q", "").strip()[:100], "kind": request.args.get("kind", ""),
              "district": request.args.get("district", "")}
    kind = UnitKind(wanted["kind"]) if wanted["kind"] in list(UnitKind) else None
    page = page_contacts(db.session, viewer(), clock.today(), search=wanted["q"], kind=kind,
                         district=wanted["district"], page=request.args.get("page", 1, type=int))
    if wants_workbook():
        return send_list(_("Danh bạ đơn vị"), CONTACTS, page.every, filters=[
            (_("Tìm"), wanted["q"]), (_("Loại"), _(kind.label) if kind else ""), (_("Địa bàn"), wanted["district"])])
    return render_template(
        "contact/index.html", page=page, wanted=wanted, whole=request.args.get("print") == "1", own=_own(),
        page_url=lambda number: _url(wanted, page=number), print_url=_url(wanted, print=1), screen_url=_url(wanted),
        kind_chips=_kind_chips(wanted, page, kind), district_chips=_district_chips(wanted, page))


def _own() -> UnitLine | None:
    """The unit that the viewer acts for, when it is at work."""
    return get_unit(db.session, viewer().acts_for_id, clock.today())


def _url(wanted: dict[str, str], **changes: Any) -> str:
    """The list's address with what is wanted."""
    return url_for("contact.index", **{name: value for name, value in {**wanted, **changes}.items() if value})


def _kind_chips(wanted: dict[str, str], page: ContactPage, kind: UnitKind | None) -> list[dict[str, Any]]:
    """One filter per kind of unit that there is."""
    return [_chip(wanted, "kind", one.value, _(one.label), page.by_kind.get(one, 0))
            for one in UnitKind if one in page.by_kind or one is kind]


def _district_chips(wanted: dict[str, str], page: ContactPage) -> list[dict[str, Any]]:
    """One filter per district."""
    return [_chip(wanted, "district", name, name, count) for name, count in page.by_district.items()]


def _chip(wanted: dict[str, str], name: str, value: str, label: str, count: int) -> dict[str, Any]:
    """One filter; a second tap takes it away."""
    is_on = wanted[name] == value
    return {"label": label, "is_on": is_on, "count": count, "url": _url(wanted, **{name: "" if is_on else value})}


@blueprint.route("/<code>/edit", methods=["GET", "POST"])
@requires(Action.SELF)
def edit(code: str) -> str | Redirect | tuple[str, int]:
    """Change how a unit is reached: its own people do, and those who look after all units."""
    unit = find_unit(db.session, code, clock.today())
    if unit is None or not (unit.id == viewer().acts_for_id or permits(Action.UNIT_MANAGE, unit.id)):
        abort(404)
    row = find_contact(db.session, unit.id)
    right = Action.SELF if unit.id == viewer().acts_for_id else Action.UNIT_MANAGE
    desk = open_desk(f"contact:{unit.id}", unit.id, right)
    form = ContactForm(desk.data({name: getattr(row, name) if row is not None else "" for name in FIELDS}))
    status = 200
    if request.method == "POST":
        status = 422 if desk.take() else 409
        if status == 422 and (desk.wants_keep_only or form.validate()):
            return _save(desk, form, unit)
        db.session.commit()
    return render_template("contact/edit.html", unit=unit, form=form, desk=desk), status


def _save(desk: Desk, form: ContactForm, unit: UnitLine) -> Redirect:
    """Keep what was typed, or write it down; the way on."""
    if desk.wants_keep_only:
        db.session.commit()
        return redirect(request.path, 303)
    given = {name: form[name].data or "" for name in FIELDS}
    is_changed = change_contact(db.session, unit.id, given, viewer=viewer(), now=clock.now())
    desk.done()
    db.session.commit()
    flash(_("Đã lưu liên hệ của đơn vị.") if is_changed else _("Không có gì thay đổi."), "success")
    return redirect(url_for("contact.index", q=unit.code), 303)
