"""Units: the list, one unit with its history, and who heads it."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.translation import _
from exports.lists.obligation import OF_A_UNIT
from exports.lists.trail import TRAIL
from exports.lists.unit import UNITS
from forms.unit import UnitForm
from models.event import Subject
from models.permission import Action, Reach, reach
from models.requirement import Obligation
from models.unit import UnitKind
from queries.obligation import list_obligations
from queries.reorganisation import old_papers, predecessors, successors
from queries.unit import PAGE_SIZE, UnitCard, UnitLine, get_unit, get_unit_card, list_units, page_units
from services.unit_change import LaterChangeError, change_head, change_marks
from views.access import allow, permits, requires, viewer
from views.drafting import Desk, open_desk
from views.history import history_of, trail_of
from views.list_file import send_list, wants_workbook
from views.obligation import obligation_url
from views.unit.blueprint import blueprint


@blueprint.get("")
@requires(Action.UNIT_VIEW)
def index() -> str | Response:
    """List units with search and filters that stay in the address."""
    wanted = {"q": request.args.get("q", "").strip()[:100], "kind": request.args.get("kind", ""),
              "district": request.args.get("district", "")}
    kind = UnitKind(wanted["kind"]) if wanted["kind"] in list(UnitKind) else None
    page = page_units(db.session, viewer(), clock.today(), search=wanted["q"], kind=kind,
                      district=wanted["district"], page=request.args.get("page", 1, type=int),
                      page_size=None if wants_workbook() else PAGE_SIZE)
    if wants_workbook():
        return send_list("Đơn vị", UNITS, page.lines, filters=[
            ("Tìm", wanted["q"]), ("Loại", kind.label if kind else ""), ("Địa bàn", wanted["district"])])
    kind_chips = [_chip(wanted, "kind", one.value, _(one.label), page.by_kind.get(one, 0))
                  for one in UnitKind if one in page.by_kind or one is kind]
    district_chips = [_chip(wanted, "district", name, name, count) for name, count in page.by_district.items()]
    return render_template("unit/index.html", page=page, wanted=wanted, kind_chips=kind_chips,
                           district_chips=district_chips, page_url=lambda number: _url(wanted, page=number),
                           may_reorganise=_reaches(Action.UNIT_REORGANISE), may_manage=_reaches(Action.UNIT_MANAGE),
                           may_lead=_reaches(Action.LEADERSHIP_VIEW))


def _reaches(action: Action) -> bool:
    """Whether the viewer has a right at all."""
    return reach(viewer().role, action) is not Reach.NONE


def _url(wanted: dict[str, str], **changes: Any) -> str:
    """The list's address with what is wanted."""
    return url_for("unit.index", **{name: value for name, value in {**wanted, **changes}.items() if value})


def _chip(wanted: dict[str, str], name: str, value: str, label: str, count: int) -> dict[str, Any]:
    """One filter; a second tap takes it away."""
    is_on = wanted[name] == value
    return {"label": label, "is_on": is_on, "count": count, "url": _url(wanted, **{name: "" if is_on else value})}


def _load(code: str, action: Action) -> UnitCard:
    """The unit; 404 when there is none or it is none of the viewer's."""
    card = get_unit_card(db.session, code, clock.today())
    if card is None:
        abort(404)
    allow(action, card.id)
    return card


@blueprint.get("/<code>")
@requires(Action.UNIT_VIEW)
def show(code: str) -> str | Response:
    """Show one unit: its names, parents and heads by day, the units below it, what it owes."""
    card = _load(code, Action.UNIT_VIEW)
    on, now = clock.today(), clock.now()
    if wants_workbook("history"):
        return send_list(f"Nhật ký {card.name}", TRAIL, trail_of(Subject.UNIT, card.id))
    children = list_units(db.session, viewer(), on, parent_id=card.id)
    if wants_workbook("children"):
        return send_list(f"Đơn vị trực thuộc {card.name}", UNITS, children)
    obligations = list_obligations(db.session, viewer(), on=on, now=now, units_only=False,
                                   where=Obligation.unit_id == card.id)
    if wants_workbook("obligations"):
        return send_list(f"Kế hoạch và báo cáo của {card.name}", OF_A_UNIT, obligations)
    return render_template(
        "unit/show.html", unit=card, children=children, obligations=obligations,
        obligation_url=obligation_url, events=history_of(Subject.UNIT, card.id),
        may_manage=card.closed_on is None and permits(Action.UNIT_MANAGE, card.id), **_related(card))


def _related(card: UnitCard) -> dict[str, Any]:
    """The units before and after, and of those before that may be read: their plans and reports."""
    before = predecessors(db.session, card.id)
    readable = {one.id for one in before if permits(Action.PLAN_VIEW, one.id)}
    return {"before": before, "after": successors(db.session, card.id), "readable": readable,
            "papers": old_papers(db.session, readable) if readable else {}}


@blueprint.route("/<code>/edit", methods=["GET", "POST"])
@requires(Action.UNIT_MANAGE)
def edit(code: str) -> str | Response | tuple[str, int]:
    """Change the head from a day on, the symbol and the place."""
    card = _load(code, Action.UNIT_MANAGE)
    line = get_unit(db.session, card.id, clock.today())
    if line is None:  # closed: its papers stay as they were
        abort(404)
    desk = open_desk(f"unit:{card.id}", card.id, Action.UNIT_MANAGE)
    form = UnitForm(desk.data(_texts(line)))
    status = 200
    if request.method == "POST":
        status = 422
        if not desk.take():
            status = 409
        elif desk.wants_keep_only or (form.validate() and _save(desk, form, card)):
            db.session.commit()
            return redirect(request.path if desk.wants_keep_only else url_for("unit.show", code=card.code), 303)
        db.session.commit()
    return render_template("unit/edit.html", unit=card, form=form, desk=desk), status


def _texts(line: UnitLine) -> dict[str, str | list[str]]:
    """The unit as the texts of its form."""
    return {"head_name": line.head_name, "head_position": line.head_position, "symbol": line.symbol,
            "place": line.place, "from_day": format_day(clock.today())}


def _save(desk: Desk, form: UnitForm, card: UnitCard) -> bool:
    """Record what changed; False, with a message, when a later change stands in the way."""
    now, who = clock.now(), viewer()
    assert form.from_day.data is not None
    try:
        is_changed = change_head(
            db.session, card.id, full_name=form.head_name.data or "", position=form.head_position.data or "",
            from_day=form.from_day.data, now=now, viewer=who)
    except LaterChangeError as error:
        form.from_day.errors = [_("Đã ghi một thay đổi từ ngày %(day)s. Chọn ngày đó hoặc ngày sau đó.",
                                  day=format_day(error.from_day))]
        return False
    marks = {"symbol": form.symbol.data or "", "place": form.place.data or ""}
    is_changed = change_marks(db.session, card.id, marks, now=now, viewer=who) or is_changed
    desk.done()
    flash(_("Đã lưu thông tin đơn vị.") if is_changed else _("Không có gì thay đổi."), "success")
    return True
