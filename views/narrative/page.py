"""The headings of a report that is being written, and the desk of one of them."""

from dataclasses import replace
from typing import Any

from flask import render_template, request, url_for

from core.clock import clock
from core.dates import format_moment
from core.extensions import db
from core.translation import _
from models.permission import Action
from models.programme import Theme
from models.sentence import digest, split_text
from models.unit import UnitKind
from queries.narrative import STATES, TextList, Wish, earlier_text, list_headings, list_texts
from queries.programme import labels_of
from queries.report import period_name
from services.narrative import is_drafted
from views.access import requires
from views.narrative.blueprint import blueprint
from views.narrative.common import Bench, open_bench, open_report
from views.narrative.words import parts_of, sentence_view, version_url
from views.report.common import section_url

PANES = ("units", "earlier", "figures")


@blueprint.get("/<int:obligation_id>")
@requires(Action.CONSOLIDATION_WRITE)
def index(obligation_id: int) -> str:
    """List the headings: what stands there, and what is still to be read."""
    state = open_report(obligation_id)
    headings = list_headings(db.session, state, clock.today())
    drafted = {row.section.code for row in headings
               if row.section.is_own or is_drafted(row.section.code, consolidates=True)}
    return render_template("narrative/index.html", line=state.line, headings=headings, drafted=drafted)


@blueprint.get("/<int:obligation_id>/<code>")
@requires(Action.CONSOLIDATION_WRITE)
def show(obligation_id: int, code: str) -> str:
    """Show the sentences of a heading beside what units wrote under it."""
    return render_desk(open_bench(obligation_id, code, with_draft=request.args.get("pane") == "figures"))


def render_desk(bench: Bench, **editing: Any) -> str:
    """The desk; ``editing`` holds the form of the sentence under hand, if one is."""
    pane = request.args.get("pane", "")
    pane = pane if pane in PANES else "units"
    line, numbers = bench.line, bench.numbers
    pages = _earlier(bench) if pane == "earlier" else _figures(bench) if pane == "figures" \
        else _units(bench, with_themes=not editing)
    return render_template(
        "narrative/show.html", bench=bench, line=line, section=bench.section, pane=pane, panes=_panes(bench, pane),
        sentences=[sentence_view(one, line, numbers) for one in bench.sheet.sentences],
        removed=[sentence_view(one, line, numbers) for one in bench.sheet.removed], preview=bench.shown(bench.raw),
        neighbours=_neighbours(bench), form_url=section_url(line, bench.section),
        **{"form": None, "desk": None, "editing": "", **pages, **editing})


def _panes(bench: Bench, current: str) -> list[dict[str, Any]]:
    """What may stand beside the text."""
    names = {"units": _("Đơn vị viết"), "earlier": _("Kỳ trước"), "figures": _("Câu từ số liệu")}
    return [{"label": label, "url": bench.url(pane=pane, anchor="beside"), "is_current": pane == current}
            for pane, label in names.items()]


def _neighbours(bench: Bench) -> list[tuple[str, str]]:
    """The headings before and after, with their addresses."""
    steps = [step for step in bench.state.steps if step.has_text]
    place = steps.index(bench.section)
    found = [(_("Mục trước"), steps[place - 1])] if place else []
    found += [(_("Mục sau"), steps[place + 1])] if place + 1 < len(steps) else []
    obligation_id = bench.line.obligation_id
    return [(f"{label}: {step.title}", url_for("narrative.show", obligation_id=obligation_id, code=step.code))
            for label, step in found]


def _units(bench: Bench, *, with_themes: bool) -> dict[str, Any]:
    """What units wrote under the heading, and the filters; a theme waits while a sentence is under hand."""
    wish, state = read_wish(), bench.state
    wish = wish if with_themes else replace(wish, theme="")
    found = list_texts(
        db.session, bench.places_for(wish), state.gathered.window, submission_id=bench.line.submission_id,
        section_id=bench.section.id, code=bench.section.code, sources=bench.sheet.sources, wish=wish)
    offices = [part for part in state.gathered.included if part.kind.is_intermediate]
    kinds = sorted({part.kind for part in state.gathered.included} | (_BELOW if offices else set()), key=_ORDER.index)
    return {
        "found": found, "wish": wish, "chips": _chips(bench, found, wish), "offices": offices, "kinds": kinds,
        "themes": _themes(bench, wish) if with_themes else [], "moment": format_moment,
        "version_url": version_url, "page_url": lambda number: bench.url(page=number, anchor="beside")}


def _themes(bench: Bench, wish: Wish) -> list[str]:
    """The programme's themes to filter by, as the facts tell them where they were read already.

    Beside what is filtered by one theme, this theme alone: all come back with the way to all units.
    """
    if wish.theme:
        return [wish.theme]
    told = [label for label, _count in bench.facts.themes]
    return told or [row.label for row in labels_of(db.session, bench.line.programme_id, Theme)[0]]


_ORDER = list(UnitKind)
_BELOW = {UnitKind.KINDERGARTEN, UnitKind.PRIMARY, UnitKind.LOWER_SECONDARY, UnitKind.PRIMARY_LOWER_SECONDARY}
"""Kinds of unit that report to a district office."""


def read_wish() -> Wish:
    """Which texts the address asks for; what it says wrong is left out."""
    args = request.args
    kind = args.get("kind", "")
    return Wish(args.get("district", type=int), UnitKind(kind) if kind in list(UnitKind) else None,
                args.get("theme", "")[:500], args.get("state", ""), args.get("q", "").strip()[:100],
                args.get("page", 1, type=int))


def _chips(bench: Bench, found: TextList, wish: Wish) -> list[dict[str, Any]]:
    """Filters by what was read and used."""
    return [{"label": _(label), "is_on": wish.state == state, "count": found.by_state[state],
             "url": bench.url(state=None if wish.state == state else state, page=None, anchor="beside")}
            for state, label in STATES.items()]


def _earlier(bench: Bench) -> dict[str, Any]:
    """What the last period's report said under the heading."""
    line = bench.line
    found = earlier_text(db.session, bench.state.requirement, line.unit_id, line.year, bench.section.code)
    name = ""
    if found is not None:
        name = _("Bản %(number)s của chính báo cáo này", number=found.number) if found.is_own \
            else _("Báo cáo %(period)s", period=period_name(found.kind, found.year))
    return {"earlier": found, "earlier_name": name}


def _figures(bench: Bench) -> dict[str, Any]:
    """Sentences from figures that may be put into the text."""
    standing = {line.text for line in bench.sheet.lines}
    return {"figures": [
        {"key": digest(piece.text), "parts": list(parts_of(piece.text, bench.line, bench.numbers)),
         "stands": piece.text in standing} for piece in split_text(bench.draft)]}
