"""Points and ranks: the list of a year, and one unit's points with the explanation of each."""

from typing import Any

from flask import Response, abort, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as BaseResponse

from core.extensions import db
from core.text import fold
from core.translation import _
from exports.lists.emulation import PointLine, columns_of
from models.permission import Action
from models.unit import Unit
from queries.emulation import Group
from queries.programme import find_programme, list_years
from views.access import allow, requires
from views.emulation.blueprint import Shown, blueprint, load, manages, seen_ids, shown
from views.emulation.words import points_words, rank_words, reason_words, trace_url
from views.list_file import send_list, wants_workbook

PAGE_SIZE = 50


@blueprint.get("")
@requires(Action.EMULATION_VIEW)
def index() -> str | Response | BaseResponse:
    """Show the points of a year for all units that the viewer sees; one's own unit alone goes to its own page."""
    asked = request.args.get("year", type=int)
    programme = find_programme(db.session, asked)
    if programme is None:
        return abort(404) if asked else render_template("emulation/none.html")
    ids = seen_ids()
    if len(ids) == 1 and not request.args:
        code = db.session.scalars(select(Unit.code).where(Unit.id.in_(ids))).one()
        return redirect(url_for("emulation.show", year=programme.year, code=code), 303)
    found = shown(programme, None if manages() else ids)
    lines = _lines(found, ids)
    search, group = request.args.get("q", "").strip()[:100], request.args.get("group", "")
    chosen = [line for line in lines if group in ("", line.group.code) and _fits(line, search)]
    if wants_workbook():
        return send_list(_("Điểm thi đua năm %(year)s", year=programme.year), columns_of(found.year), chosen,
                         filters=[("Tìm", search), ("Nhóm", next(
                             (one.label for one in found.year.groups if one.code == group), ""))])
    return render_template("emulation/index.html", found=found, search=search, group=group,
                           has_rules=bool(found.frozen or found.year.rows),
                           chips=_chips(found, lines, search, group), years=list_years(db.session),
                           points=points_words, rank=rank_words, manages=manages(), **_page(chosen))


def _lines(found: Shown, ids: set[int]) -> list[PointLine]:
    """The units that the viewer sees, in the order of groups and ranks; ranks of today are the Office's alone."""
    with_ranks = found.frozen is not None or manages()
    lines = [PointLine(row, group, with_ranks) for group in found.year.groups for row in group.standings
             if row.unit.id in ids]
    if not with_ranks:
        lines.sort(key=lambda line: (found.year.groups.index(line.group), line.row.unit.name))
    return lines


def _fits(line: PointLine, search: str) -> bool:
    """Whether name or code of a unit holds every word, with or without marks."""
    text = f"{fold(line.row.unit.name)} {line.row.unit.code.lower()}"
    return all(word in text for word in fold(search).split())


def _page(lines: list[PointLine]) -> dict[str, Any]:
    """One page of the list."""
    count = max(1, -(-len(lines) // PAGE_SIZE))
    number = min(max(request.args.get("page", 1, type=int), 1), count)
    first = (number - 1) * PAGE_SIZE
    return {"lines": lines[first:first + PAGE_SIZE], "total": len(lines), "number": number, "count": count,
            "previous_url": _url(page=number - 1) if number > 1 else None,
            "next_url": _url(page=number + 1) if number < count else None}


def _url(**wanted: Any) -> str:
    """This page's address with other parameters; empty ones are left out."""
    kept = {**request.args.to_dict(), **wanted}
    return url_for("emulation.index", **{name: value for name, value in kept.items() if value not in ("", None)})


def _chips(found: Shown, lines: list[PointLine], search: str, group: str) -> list[dict[str, object]]:
    """One chip a group; the one that is on leads to the list without it."""
    def size(one: Group) -> int:
        return sum(line.group.code == one.code and _fits(line, search) for line in lines)
    return [{"label": _(one.label), "is_on": one.code == group, "count": size(one), "url": _url(
        group="" if one.code == group else one.code, page="")} for one in found.year.groups if size(one)]


@blueprint.get("/<int:year>/units/<code>")
@requires(Action.EMULATION_VIEW)
def show(year: int, code: str) -> str:
    """Show one unit's points: every one with its sentences, each leading to its record."""
    unit = db.session.execute(select(Unit.id, Unit.code).where(Unit.code == code)).first() or abort(404)
    allow(Action.EMULATION_VIEW, unit.id)
    programme = load(year)
    found = shown(programme, None if manages() else {unit.id}, beside=unit.id)
    row = found.year.standings.get(unit.id)
    with_rank = row is not None and row.rank is not None and (found.frozen is not None or manages())
    return render_template(
        "emulation/show.html", found=found, row=row, code=code, with_rank=with_rank, manages=manages(),
        group=found.year.group_of(unit.id) if row else None, points=points_words, rank=rank_words,
        sentence=reason_words, trace=lambda reason: trace_url(reason, row.unit, year) if row else "")
