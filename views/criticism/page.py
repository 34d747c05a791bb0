"""What is recorded of places that do badly, what the portal's data point to, and the internal report."""

import io
from typing import Any

from flask import Response, render_template, request, send_file, url_for

from core.clock import clock
from core.dates import format_moment
from core.extensions import db
from core.numbers import format_integer
from core.text import fold
from core.translation import _
from exports.criticism import build
from exports.lists.criticism import CRITICISMS, SUSPECTS
from models.criticism import Basis
from models.permission import Action
from queries.criticism import criticism_document, list_criticisms, list_steps, list_suspects
from views.access import requires
from views.criticism.blueprint import blueprint, load, page_of, the_programme
from views.list_file import send_list, wants_workbook

PAGE_SIZE = 25


@blueprint.get("")
@requires(Action.CRITICISM_VIEW)
def index() -> str | Response:
    """List what is recorded, or send the list as a workbook."""
    programme, search, basis = the_programme(), _search(), _basis()
    lines = list_criticisms(db.session, programme.id, clock.today(), search=search, basis=basis)
    if wants_workbook():
        return send_list("Nơi làm chưa tốt (nội bộ)", CRITICISMS, lines,
                         filters=_filters(programme.year, search, basis))
    shown, pager = _cut(lines, "criticism.index")
    return render_template("criticism/index.html", programme=programme, lines=shown, search=search, basis=basis,
                           pager=pager, kept=_kept("q"), bases=_chips("criticism.index"))


@blueprint.get("/suspects")
@requires(Action.CRITICISM_VIEW)
def suspects() -> str | Response:
    """List the places that the portal's own data point to, with their figures and pages."""
    programme, search, basis = the_programme(), _search(), _basis()
    words = fold(search).split()
    lines = [row for row in list_suspects(db.session, programme, on=clock.today(), now=clock.now())
             if basis in (None, row.basis) and all(word in fold(row.unit_name) for word in words)]
    if wants_workbook():
        return send_list("Nơi cần xem xét theo số liệu (nội bộ)", SUSPECTS, lines,
                         filters=_filters(programme.year, search, basis))
    shown, pager = _cut(lines, "criticism.suspects")
    return render_template("criticism/suspects.html", programme=programme, lines=shown, search=search, basis=basis,
                           pager=pager, kept=_kept("q"), bases=_chips("criticism.suspects"), page_of=page_of)


@blueprint.get("/<int:criticism_id>")
@requires(Action.CRITICISM_VIEW)
def show(criticism_id: int) -> str:
    """Show one matter with its figures and its own trail."""
    line = load(criticism_id)
    events = [{"when": format_moment(step.at), "who": step.by or _("Cổng báo cáo"), "what": _(step.deed.label),
               "note": step.reason or step.before or None, "tone": None, "url": None}
              for step in list_steps(db.session, line.id)]
    return render_template("criticism/show.html", line=line, events=events)


@blueprint.get("/report.pdf")
@requires(Action.CRITICISM_VIEW)
def report() -> Response:
    """Send the internal report of what is open, with room for number and day."""
    programme = the_programme()
    document = criticism_document(db.session, programme, clock.today())
    return send_file(io.BytesIO(build(document)), "application/pdf", as_attachment=True, max_age=0,
                     download_name=f"bao-cao-noi-bo-{programme.year}.pdf")


def _search() -> str:
    """What was typed into the search."""
    return request.args.get("q", "").strip()[:100]


def _basis() -> Basis | None:
    """The basis asked for; what makes no sense does not filter."""
    basis = request.args.get("basis", "")
    return Basis(basis) if basis in list(Basis) else None


def _filters(year: int, search: str, basis: Basis | None) -> list[tuple[str, str]]:
    """What was asked for, in words."""
    return [("Năm", str(year)), ("Tìm", search), ("Căn cứ", basis.label if basis else "")]


def _kept(*without: str) -> dict[str, Any]:
    """What a new search or filter keeps of the address."""
    return {name: request.args[name] for name in ("year", "q", "basis")
            if name not in without and request.args.get(name)}


def _chips(endpoint: str) -> list[dict[str, Any]]:
    """Filters by basis: a tap sets one, another takes it away."""
    chosen = _basis()
    return [{"label": _(basis.label), "is_on": basis is chosen, "count": None, "url": url_for(
        endpoint, **_kept("basis"), basis=None if basis is chosen else basis.value)} for basis in Basis]


def _cut(lines: list[Any], endpoint: str) -> tuple[list[Any], dict[str, Any]]:
    """One page of the lines, and what the pager shows."""
    last = max(1, -(-len(lines) // PAGE_SIZE))
    number = max(1, min(request.args.get("page", 1, type=int), last))
    pager = {
        "number": number, "count": last, "total": _("%(count)s dòng", count=format_integer(len(lines))),
        "previous_url": url_for(endpoint, **_kept(), page=number - 1) if number > 1 else None,
        "next_url": url_for(endpoint, **_kept(), page=number + 1) if number < last else None}
    return lines[(number - 1) * PAGE_SIZE:number * PAGE_SIZE], pager
