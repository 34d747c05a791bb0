"""The leadership's page: how things stand in at most six sentences, each number leading to what stands behind it.

Any earlier day can be asked for (``as_of``), of the page and its two pages on paper alike.
"""

import io
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import Blueprint, abort, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from core.chart import Bar, Chart, StackedRow, heat_table, horizontal_bars, stacked_bars
from core.clock import clock
from core.dates import format_day, local_day, parse_day
from core.extensions import db
from core.numbers import format_decimal, format_integer, format_share
from core.translation import N_, _
from models.permission import Action
from models.requirement import Requirement, RequirementKind
from queries.consolidation import NoConsolidationError, list_report_requirements
from queries.leadership import (
    Dashboard,
    LateUnit,
    NotYetAskedError,
    Sentence,
    get_dashboard,
    points_words,
)
from queries.unit import UnitLine, get_unit
from services.consolidation import print_file, print_past_summary
from views.access import requires, viewer
from views.consolidation.common import figure_url, report_url
from views.inspection.listing import finding_row
from views.report.words import figure_words, unit_words

blueprint = Blueprint("leadership", __name__, url_prefix="/leadership")
LEVELS = (
    N_("Rất không hài lòng"), N_("Không hài lòng"), N_("Bình thường"), N_("Hài lòng"), N_("Rất hài lòng"))
MOST_OVERDUE = 25
"""Overdue findings that the page shows; the list of findings has them all."""
WIDE, NARROW, BROAD = 480.0, 270.0, 720.0
_PLACE = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Piece:
    """A piece of a sentence; with an address it is a number that leads on."""

    text: str
    url: str


@dataclass(frozen=True)
class Wish:
    """The day that the address asks for."""

    text: str = ""
    day: date | None = None
    """An earlier day; None is now."""
    problem: str = ""
    """Why there is nothing to show of it."""

    @property
    def on(self) -> date:
        """The day at whose end things are looked at."""
        return self.day or clock.today()


@blueprint.get("")
@requires(Action.LEADERSHIP_VIEW)
def show() -> str:
    """Show the sentences, two charts and the tables behind them for one report, as of a day."""
    requirements = list_report_requirements(db.session)
    wish = _read_wish()
    chosen, unit = _choose(requirements, wish.on), _unit(wish)
    if chosen is None or unit is None:
        return render_template("leadership/none.html")
    known = {"requirement": chosen, "requirements": requirements, "wish": wish}
    if wish.problem:
        return render_template("leadership/no_day.html", problem=wish.problem, **known)
    try:
        found = get_dashboard(db.session, chosen, unit, on=clock.today(), now=clock.now(), day=wish.day)
    except NotYetAskedError as error:
        return render_template("leadership/no_day.html", problem=_not_yet(wish, error), **known)
    except NoConsolidationError:
        return render_template("leadership/none.html")
    return _page(found, unit, known)


def _page(found: Dashboard, unit: UnitLine, known: dict[str, Any]) -> str:
    """The page of what was found."""
    return render_template(
        "leadership/show.html", found=found, unit=unit, **known, report_url=report_url,
        sentences=[_pieces(sentence, found) for sentence in found.sentences],
        notes=[_pieces(note, found) for note in found.notes], paper_url=url_for(
            "leadership.paper", requirement=found.ground.requirement.code, as_of=known["wish"].text or None),
        figure_link=lambda code: _target(f"figure:{code}", found), late_text=_late_text,
        words=figure_words, unit_words=unit_words,
        satisfaction=[_satisfaction(found, width) for width in (WIDE, NARROW)],
        channels=[_channels(found, width) for width in (WIDE, NARROW)],
        themes=[_themes(found, width) for width in (BROAD, NARROW)], share=format_share, decimal=format_decimal,
        points=points_words, overdue=[finding_row(line) for line in found.overdue[:MOST_OVERDUE]],
        integer=format_integer)


@blueprint.get("/summary.pdf")
@requires(Action.LEADERSHIP_VIEW)
def paper() -> Response:
    """Send the two pages: of an earlier day as things stood then, else as the consolidation gives them."""
    wish = _read_wish()
    chosen = _choose(list_report_requirements(db.session), wish.on)
    unit = _unit(wish)
    if chosen is None or unit is None or wish.problem:
        abort(404)
    on, now = clock.today(), clock.now()
    try:
        file = print_past_summary(db.session, chosen, unit, wish.day, on=on, now=now) if wish.day else print_file(
            db.session, chosen, unit, "summary", version=None, on=on, now=now)
    except (NoConsolidationError, NotYetAskedError):
        abort(404)
    if file is None:
        abort(404)
    return send_file(io.BytesIO(file.content), "application/pdf", as_attachment=True, download_name=file.name,
                     max_age=0)


def _read_wish() -> Wish:
    """The day of the address; today and none are now, what is no day or still to come is said."""
    text = request.args.get("as_of", "").strip()[:40]
    if not text:
        return Wish()
    try:
        day = parse_day(text)
    except ValueError:
        return Wish(text, problem=_("Không đọc được ngày “%(text)s”. Ghi ngày như 20/05/2023.", text=text))
    today = clock.today()
    if day > today:
        return Wish(text, problem=_("Ngày %(day)s chưa đến nên chưa có gì để xem.", day=format_day(day)))
    return Wish() if day == today else Wish(format_day(day), day)


def _unit(wish: Wish) -> UnitLine | None:
    """The Department as it was called on the day, or (before it was) as it is called today."""
    unit_id = viewer().acts_for_id
    return get_unit(db.session, unit_id, wish.on) or get_unit(db.session, unit_id, clock.today())


def _not_yet(wish: Wish, error: NotYetAskedError) -> str:
    """Why an earlier day has nothing to show."""
    return _("Đến hết ngày %(day)s, báo cáo này chưa được giao nên chưa có gì để tổng hợp. Báo cáo được giao ngày "
             "%(opened)s.", day=wish.text, opened=format_day(local_day(error.opened_at)))


def _choose(requirements: list[Requirement], on: date) -> Requirement | None:
    """The report asked for, else the newest periodic one that could be sent on the day, else the first to come."""
    code = request.args.get("requirement", "")
    if code:
        return next((row for row in requirements if row.code == code), None) or abort(404)
    begun = [row for row in requirements if row.opens_on <= on]
    periodic = [row for row in begun if row.kind is not RequirementKind.AD_HOC]
    return next(iter([*periodic, *begun, *sorted(requirements, key=lambda row: (row.opens_on, row.id))]), None)


def _pieces(sentence: Sentence, found: Dashboard) -> list[Piece]:
    """A sentence in the reader's language, cut at its numbers."""
    cut = _PLACE.split(_(sentence.template))
    pieces = []
    for place, text in enumerate(cut):
        part = sentence.values.get(text) if place % 2 else None
        pieces.append(Piece(part.text, _target(part.target, found)) if part is not None else Piece(text, ""))
    return [piece for piece in pieces if piece.text]


def _target(target: str, found: Dashboard) -> str:
    """Where a number leads: the board, the consolidation, a figure's page, or a table on this page.

    Of an earlier day, to what tells of that day: the board as of it, and the figures by unit on this page.
    """
    kind, _colon, code = target.partition(":")
    requirement = found.ground.requirement.code
    match kind:
        case "":
            return ""
        case "reports":
            day = format_day(found.day) if found.day is not None else None
            return url_for("board.show", requirement=requirement, day=day)
        case "consolidation" | "figure" if found.day is not None:
            return "#figures"
        case "consolidation":
            return url_for("consolidation.show", code=requirement, unit_code=found.ground.unit.code)
        case "figure":
            return figure_url(found.ground.own.obligation_id, code)
    return f"#{kind}"


def _late_text(unit: LateUnit) -> str:
    """How late a unit is, in words; empty when it still has time."""
    return _("chậm %(days)s ngày", days=unit.days_late) if unit.days_late else ""


def _satisfaction(found: Dashboard, width: float) -> Chart:
    """Shares of the five levels, a bar a factor; every bar has at least five answers."""
    rows = [StackedRow(bar.label, bar.counts) for bar in found.satisfaction]
    return stacked_bars(
        _("Mức độ hài lòng theo yếu tố"), _("Tỷ lệ trả lời ở năm mức, từ thấp đến cao."),
        [_(level) for level in LEVELS], rows, heads=(_("Yếu tố"), _("Tổng số trả lời")), width=width)


def _channels(found: Dashboard, width: float) -> Chart:
    """Activities by channel."""
    bars = [Bar(bar.label, bar.value, format_integer(bar.value)) for bar in found.channels]
    return horizontal_bars(
        _("Số hoạt động theo hình thức tuyên truyền"), _("Hoạt động đã ghi trên cổng, theo hình thức."), bars,
        heads=(_("Hình thức"), _("Số hoạt động")), width=width)


def _themes(found: Dashboard, width: float) -> Chart:
    """Activities by theme and by district or kind of unit."""
    heat = replace(found.heat, rows=tuple(replace(row, label=_(row.label)) for row in found.heat.rows))
    return heat_table(
        _("Số hoạt động theo nội dung tuyên truyền và địa bàn"),
        _("Hoạt động đã ghi trên cổng, theo nội dung; càng nhiều ô càng đậm."), heat,
        head=_("Địa bàn, khối đơn vị"), nothing=_("chưa có"), width=width)
