"""The list of tallies."""

from typing import Any

from flask import Response, render_template, request, url_for

from core.clock import clock
from core.dates import format_span
from core.extensions import db
from core.numbers import format_decimal, format_integer
from core.translation import _
from exports.lists.tally import TALLIES
from models.permission import Action
from models.satisfaction import TOO_FEW, satisfied_share
from queries.activity import programme_on
from queries.questionnaire import latest_questionnaire
from queries.tally import (
    PAGE_SIZE,
    TallyLine,
    TallyPage,
    get_tally,
    list_tallies,
    total_tallies,
)
from views.access import permits
from views.list_file import send_list, wants_workbook
from views.whose import EVERY, Whose, find_whose


def show_list() -> str | Response:
    """The page of the list, or all of it as a workbook. At most nine queries."""
    programme, whose = programme_on(db.session, clock.today()), find_whose(Action.SURVEY_VIEW)
    if programme is None or latest_questionnaire(db.session) is None:
        return render_template("tally/none.html")
    is_removed = request.args.get("state") == "removed"
    if wants_workbook():
        lines = list_tallies(db.session, whose.ids, programme.id, clock.today(), is_removed=is_removed, limit=None)
        return send_list("Phiếu hài lòng", TALLIES, lines, filters=[
            ("Chương trình năm", str(programme.year)), ("Đơn vị", whose.unit.name if whose.unit else ""),
            ("Tình trạng", "Đã bỏ" if is_removed else "")])
    totals = total_tallies(db.session, whose.ids, programme.id, is_removed=is_removed)
    out = totals if is_removed else total_tallies(db.session, whose.ids, programme.id, is_removed=True)
    last = max(1, -(-totals.tallies // PAGE_SIZE))
    number = max(1, min(request.args.get("page", 1, type=int), last))
    lines = list_tallies(db.session, whose.ids, programme.id, clock.today(), is_removed=is_removed,
                         offset=(number - 1) * PAGE_SIZE)
    return render_template(
        "tally/index.html", whose=whose, every=EVERY, programme=programme, lines=list(map(_row, lines)),
        is_removed=is_removed, facts=_facts(totals.tallies, totals.sheets), removed=_just_removed(),
        removed_count=out.tallies, pager=_pager(number, last, whose, is_removed),
        may_write=whose.unit is not None and permits(Action.SURVEY_WRITE, whose.unit.id))


def _row(line: TallyLine) -> dict[str, Any]:
    """One tally as the table shows it."""
    share = satisfied_share(line.headline)
    return {
        "id": line.id, "unit_name": line.unit_name, "span": format_span(line.collected_from, line.collected_to),
        "sheets": format_integer(line.sheet_count),
        "share": f"{format_decimal(share * 100)}%" if line.headline.is_shown and share is not None else _(TOO_FEW),
        "of": _("%(satisfied)s trên %(n)s", satisfied=format_integer(line.headline.satisfied),
                n=format_integer(line.headline.n)) if line.headline.is_shown else "",
    }


def _facts(tallies: int, sheets: int) -> list[dict[str, Any]]:
    """How many bundles and sheets there are."""
    rows = [(_("Lần nhập phiếu"), tallies), (_("Phiếu giấy hợp lệ"), sheets)]
    return [{"label": label, "value": format_integer(value), "of": None, "note": None, "url": None, "tone": None}
            for label, value in rows]


def _pager(number: int, last: int, whose: Whose, is_removed: bool) -> dict[str, Any]:
    """What the pager shows."""
    kept: dict[str, Any] = {"unit": whose.code, "state": "removed" if is_removed else None}
    return {
        "number": number, "count": last,
        "previous_url": url_for("tally.index", page=number - 1, **kept) if number > 1 else None,
        "next_url": url_for("tally.index", page=number + 1, **kept) if number < last else None,
    }


def _just_removed() -> TallyPage | None:
    """The tally that was taken out a moment ago, to be put back by one press; or None."""
    tally_id = request.args.get("removed", type=int)
    page = get_tally(db.session, tally_id, clock.today()) if tally_id is not None else None
    if page is None or page.removed_at is None or not permits(Action.SURVEY_WRITE, page.unit_id):
        return None
    return page
