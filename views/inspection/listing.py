"""Lists: inspections, and findings of all of them by where they stand."""

from typing import Any

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_span
from core.extensions import db
from core.numbers import format_integer
from core.translation import _
from exports.lists.inspection import FINDINGS, INSPECTIONS
from models.finding import Severity, Standing
from models.inspection import InspectionState
from models.permission import Action, Reach, reach
from queries.inspection import (
    PAGE_SIZE,
    FindingLine,
    FindingPage,
    list_inspections,
    page_findings,
    page_inspections,
)
from views.access import requires, viewer
from views.inspection.blueprint import blueprint
from views.inspection.common import STANDING_SIGNS, STATE_SIGNS, standing_words
from views.list_file import send_list, wants_workbook


@blueprint.get("")
@requires(Action.INSPECTION_VIEW)
def index() -> str | Response:
    """Show the inspections that concern units whom the viewer sees."""
    search, state = request.args.get("q", "").strip()[:100], _member(InspectionState, "state")
    found = list_inspections(db.session, viewer(), on=clock.today(), now=clock.now(), search=search)
    if wants_workbook():
        lines = [line for line in found if state in (None, line.state)]
        return send_list("Kiểm tra", INSPECTIONS, lines,
                         filters=[("Tìm", search), ("Tình trạng", state.label if state else "")])
    page = page_inspections(found, state, request.args.get("page", 1, type=int))
    totals = page_findings(db.session, viewer(), on=clock.today(), now=clock.now()).counts
    return render_template(
        "inspection/index.html", page=page, search=search, signs=STATE_SIGNS, span=format_span, totals=totals,
        chips=[_chip("state", member.value, _(member.label), page.by_state[member]) for member in InspectionState],
        may_plan=reach(viewer().role, Action.INSPECTION_WRITE) is not Reach.NONE, pager=_pager(page),
        is_filtered=bool(search or state))


@blueprint.get("/findings")
@requires(Action.INSPECTION_VIEW)
def findings() -> str | Response:
    """Show findings of the units whom the viewer sees, what is due first above."""
    search = request.args.get("q", "").strip()[:100]
    standing, severity = _member(Standing, "standing"), _member(Severity, "severity")
    page = page_findings(
        db.session, viewer(), on=clock.today(), now=clock.now(), standing=standing, severity=severity, search=search,
        number=request.args.get("page", 1, type=int), page_size=None if wants_workbook() else PAGE_SIZE)
    if wants_workbook():
        return send_list(
            "Kiến nghị sau kiểm tra", FINDINGS, page.lines, filters=[
                ("Tìm đơn vị", search), ("Tình trạng", standing.label if standing else ""),
                ("Mức độ", severity.label if severity else "")], facts=_facts(page))
    chips = [_chip("standing", member.value, _(member.label), getattr(page.counts, member.value))
             for member in Standing]
    return render_template(
        "inspection/findings.html", page=page, search=search, rows=[finding_row(line) for line in page.lines],
        chips=chips, severities=[_chip("severity", member.value, _(member.label)) for member in Severity],
        pager=_pager(page), is_filtered=bool(search or standing or severity), kept=_kept())


def finding_row(line: FindingLine) -> dict[str, Any]:
    """One finding as tables show it."""
    return {"line": line, "sign": STANDING_SIGNS[line.standing], "word": standing_words(line),
            "severity": _(line.severity.label), "url": url_for("inspection.finding", finding_id=line.id)}


def _facts(page: FindingPage) -> list[tuple[str, str]]:
    """Counts with their denominator for the workbook."""
    counts = page.counts
    return [(member.label, f"{format_integer(getattr(counts, member.value))}/{format_integer(counts.total)}")
            for member in Standing]


def _member(kind: Any, name: str) -> Any:
    """A member of an enum from the address, or None."""
    text = request.args.get(name, "")
    return kind(text) if text in list(kind) else None


def _kept() -> dict[str, str]:
    """What a new search keeps of the address."""
    return {name: value for name, value in request.args.items() if name not in ("page", "q") and value}


def _url(**changes: str | None) -> str:
    """This list's address with some parameters changed; an empty one goes."""
    kept = {name: value for name, value in request.args.items() if name not in ("page", "format", "list") and value}
    wanted: dict[str, Any] = {name: value for name, value in {**kept, **changes}.items() if value}
    return url_for(request.endpoint or "inspection.index", **wanted)


def _chip(name: str, value: str, label: str, count: int | None = None) -> dict[str, Any]:
    """One filter: a tap sets it, another takes it away."""
    is_on = request.args.get(name) == value
    return {"label": label, "url": _url(**{name: None if is_on else value}), "is_on": is_on, "count": count}


def _pager(page: Any) -> dict[str, Any]:
    """The steps between pages."""
    number, count = page.number, page.page_count
    return {"number": number, "count": count, "total": format_integer(page.total),
            "previous_url": _url(page=str(number - 1)) if number > 1 else None,
            "next_url": _url(page=str(number + 1)) if number < count else None}
