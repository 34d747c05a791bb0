"""The list of proposals and the page of one."""

from typing import Any

from flask import Response, render_template, request, url_for

from core.clock import clock
from core.extensions import db
from core.numbers import format_integer
from core.translation import _
from exports.lists.commendation import COMMENDATIONS
from models.commendation import CommendationKind, CommendationStatus, possible_deeds
from models.event import Subject
from models.permission import Action, Reach, reach
from models.programme import Programme
from queries.activity import list_themes
from queries.commendation import (
    PAGE_SIZE,
    CommendationCounts,
    CommendationFilter,
    count_by_state,
    list_commendations,
)
from queries.programme import find_programme, list_years
from queries.trail import list_trail
from views.access import permits, requires, viewer
from views.commendation.blueprint import blueprint, load, rights_over
from views.commendation.words import SIGNS, buttons_of, particulars_of, timeline_of
from views.list_file import send_list, wants_workbook
from views.whose import EVERY, Whose, find_whose

KEPT = ("unit", "year", "q", "kind", "status", "theme", "mark")


@blueprint.get("")
@requires(Action.COMMENDATION_VIEW)
def index() -> str | Response:
    """List proposals with search and filters, or send the list as a workbook."""
    programme = find_programme(db.session, request.args.get("year", type=int)) or find_programme(db.session)
    if programme is None:
        return render_template("commendation/none.html")
    whose = find_whose(Action.COMMENDATION_VIEW)
    chosen = _filter(whose, programme.id)
    if wants_workbook():
        return _workbook(chosen, programme.year)
    counts = count_by_state(db.session, CommendationFilter(whose.ids, programme.id))
    total = counts.total if chosen == CommendationFilter(whose.ids, programme.id) else count_by_state(
        db.session, chosen).total
    number = max(1, min(request.args.get("page", 1, type=int), -(-total // PAGE_SIZE)))
    lines = list_commendations(db.session, chosen, clock.today(), offset=(number - 1) * PAGE_SIZE)
    return render_template(
        "commendation/index.html", whose=whose, every=EVERY, programme=programme, chosen=chosen, lines=lines,
        signs=SIGNS, counts=counts, chips=_chips(chosen, counts, programme), pager=_pager(number, total),
        kept=_kept("q"), may_write=whose.unit is not None and permits(Action.COMMENDATION_WRITE, whose.unit.id),
        sees_criticism=reach(viewer().role, Action.CRITICISM_VIEW) is not Reach.NONE)


@blueprint.get("/<int:commendation_id>")
@requires(Action.COMMENDATION_VIEW)
def show(commendation_id: int) -> str:
    """Show one proposal: the unit's words, the Office's text beside them, what may be done, what happened."""
    page = load(commendation_id, Action.COMMENDATION_VIEW)
    rights = rights_over(page.unit_id)
    deeds = possible_deeds(page.status, is_picked=page.is_picked, is_public=page.is_public,
                           has_consent=page.has_consent, rights=rights)
    return render_template(
        "commendation/show.html", page=page, particulars=particulars_of(page), signs=SIGNS,
        buttons=buttons_of(deeds, page.id), photos=[file for file in page.files if file.id in page.photo_ids],
        events=timeline_of(list_trail(db.session, Subject.COMMENDATION, page.id)))


def _filter(whose: Whose, programme_id: int) -> CommendationFilter:
    """Read the filters from the address; what makes no sense does not filter."""
    args = request.args
    kind, status = args.get("kind", ""), args.get("status", "")
    return CommendationFilter(
        whose.ids, programme_id, search=args.get("q", "").strip()[:100],
        kind=CommendationKind(kind) if kind in list(CommendationKind) else None,
        status=CommendationStatus(status) if status in list(CommendationStatus) else None,
        theme_code=args.get("theme", "")[:60], is_picked=args.get("mark") == "picked",
        is_public=args.get("mark") == "public")


def _workbook(chosen: CommendationFilter, year: int) -> Response:
    """All proposals of the filter as a file."""
    lines = list_commendations(db.session, chosen, clock.today(), limit=None)
    marks = [_("Chọn vào báo cáo")] * chosen.is_picked + [_("Đăng công khai")] * chosen.is_public
    return send_list("Nêu gương", COMMENDATIONS, lines, filters=[
        ("Năm", str(year)), ("Tìm", chosen.search), ("Loại", chosen.kind.label if chosen.kind else ""),
        ("Tình trạng", chosen.status.label if chosen.status else ""), ("Nội dung", chosen.theme_code),
        ("Dùng ở đâu", "; ".join(marks))])


def _kept(*without: str) -> dict[str, str]:
    """What a new search or filter keeps of the address."""
    return {name: request.args[name] for name in KEPT if name not in without and request.args.get(name)}


def _url(**changes: str | None) -> str:
    """This list's address with some parameters changed; an empty one goes."""
    wanted: dict[str, Any] = {name: value for name, value in {**_kept(), **changes}.items() if value}
    return url_for("commendation.index", **wanted)


def _chip(name: str, value: str, label: str, count: int | None = None) -> dict[str, Any]:
    """One filter: a tap sets it, another takes it away."""
    is_on = request.args.get(name) == value
    return {"label": label, "url": _url(**{name: None if is_on else value}), "is_on": is_on, "count": count}


def _chips(chosen: CommendationFilter, counts: CommendationCounts, programme: Programme) -> list[dict[str, Any]]:
    """The filters, group by group; a group without choices is left out."""
    states = [_chip("status", status.value, _(status.label), counts.by_status.get(status, 0))
              for status in CommendationStatus if counts.by_status.get(status) or status is chosen.status]
    marks = [_chip("mark", "picked", _("Chọn vào báo cáo"), counts.picked),
             _chip("mark", "public", _("Đăng công khai"), counts.public)]
    years = [_chip("year", str(year), str(year)) for year in list_years(db.session)]
    groups = [
        (_("Lọc theo tình trạng"), states + marks),
        (_("Lọc theo loại"), [_chip("kind", kind.value, _(kind.label)) for kind in CommendationKind]),
        (_("Lọc theo nội dung"), [_chip("theme", theme.code, theme.label)
                                  for theme in list_themes(db.session, programme.id)]),
        (_("Lọc theo năm"), years if len(years) > 1 else []),
    ]
    return [{"label": label, "chips": chips} for label, chips in groups if chips]


def _pager(number: int, total: int) -> dict[str, Any]:
    """What the pager shows."""
    last = max(1, -(-total // PAGE_SIZE))
    return {
        "number": number, "count": last, "total": _("%(count)s đề xuất", count=format_integer(total)),
        "previous_url": _url(page=str(number - 1)) if number > 1 else None,
        "next_url": _url(page=str(number + 1)) if number < last else None,
    }
