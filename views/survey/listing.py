"""The list of rounds, and one round with its places."""

from collections.abc import Sequence
from typing import Any

from flask import Response, abort, render_template, request, url_for

from core.clock import clock
from core.dates import format_span
from core.extensions import db
from core.numbers import format_integer
from core.text import fold
from core.translation import _
from exports.lists.survey import PLACES, rounds
from models.event import Subject
from models.permission import Action
from queries.survey.place import PAGE_SIZE, PlaceLine, list_places
from queries.survey.round import RoundLine, add_counts, list_rounds
from queries.trail import list_trail
from views.access import permits, requires, viewer
from views.list_file import send_list, wants_workbook
from views.survey.blueprint import blueprint
from views.survey.common import STATE_SIGNS, channel_words, load_round, manages, round_head
from views.survey.history import timeline_of


@blueprint.get("")
@requires(Action.SURVEY_VIEW)
def index() -> str | Response:
    """List the rounds in which a unit takes part that the person sees."""
    lines = list_rounds(db.session, viewer(), clock.today(), sees_all=manages())
    if wants_workbook():
        return send_list("Đợt khảo sát", rounds(clock.today()), lines)
    return render_template(
        "survey/index.html", rows=[_row(line) for line in lines], may_manage=manages(),
        may_write=permits(Action.SURVEY_WRITE, viewer().acts_for_id))


def _row(line: RoundLine) -> dict[str, Any]:
    """One round as the list shows it; who sees one place only is led to it."""
    state = line.state(clock.today())
    to_place = line.only_place_id is not None and not manages()
    return {
        "line": line, "sign": STATE_SIGNS[state], "state": _(state.label),
        "span": format_span(line.opens_on, line.closes_on), "sheets": format_integer(line.sheet_count),
        "channels": channel_words(line.sheets),
        "places": f"{format_integer(line.answered_count)}/{format_integer(line.place_count)}",
        "url": url_for("survey.place", place_id=line.only_place_id) if to_place
        else url_for("survey.show", code=line.code),
    }


@blueprint.get("/<code>")
@requires(Action.SURVEY_VIEW)
def show(code: str) -> str | Response:
    """Show one round: what came in by channel and by unit."""
    line = load_round(code)
    places = list_places(db.session, line.id, viewer(), clock.today())
    if not places and not manages():
        abort(404)
    search = request.args.get("q", "").strip()[:100]
    words = fold(search).split()
    found = [place for place in places if all(word in fold(f"{place.unit_name} {place.unit_code}") for word in words)]
    if wants_workbook():
        return send_list(f"Đơn vị tham gia {line.title}", PLACES, found, filters=[("Tìm", search)])
    last = max(1, -(-len(found) // PAGE_SIZE))
    number = max(1, min(request.args.get("page", 1, type=int), last))
    return render_template(
        "survey/show.html", **round_head(line), facts=_facts(places), search=search, found=len(found),
        rows=[_place_row(place) for place in found[(number - 1) * PAGE_SIZE:number * PAGE_SIZE]],
        pager=_pager(code, search, number, last), may_manage=manages(),
        events=timeline_of(list_trail(db.session, Subject.ROUND, line.id)) if manages() else [])


def _facts(places: Sequence[PlaceLine]) -> list[dict[str, Any]]:
    """Units with sheets, sheets by channel, and the sample to reach."""
    inside = [place for place in places if place.withdrawn_at is None]
    answered = sum(1 for place in inside if place.sheet_count)
    total = add_counts(place.sheets for place in places)
    wanted = sum(place.wanted or 0 for place in inside)
    rows = [
        (_("Đơn vị đã có phiếu"), format_integer(answered), _("trên %(all)s", all=format_integer(len(inside))), None),
        (_("Phiếu đã nhận"), format_integer(sum(total.values())),
         _("trên %(wanted)s cần có", wanted=format_integer(wanted)) if wanted else None, channel_words(total) or None),
    ]
    return [{"label": label, "value": value, "of": of, "note": note, "url": None, "tone": None}
            for label, value, of, note in rows]


def _place_row(place: PlaceLine) -> dict[str, Any]:
    """One unit of a round."""
    return {
        "place": place, "sheets": format_integer(place.sheet_count), "channels": channel_words(place.sheets),
        "population": format_integer(place.population) if place.population else "–",
        "wanted": format_integer(place.wanted) if place.wanted else "–",
        "is_reached": place.wanted is not None and place.sheet_count >= place.wanted,
    }


def _pager(code: str, search: str, number: int, last: int) -> dict[str, Any]:
    """What the pager shows."""
    kept: dict[str, Any] = {"code": code, "q": search or None}
    return {
        "number": number, "count": last,
        "previous_url": url_for("survey.show", page=number - 1, **kept) if number > 1 else None,
        "next_url": url_for("survey.show", page=number + 1, **kept) if number < last else None,
    }
