"""The leadership's page: how things stand in at most six sentences, each number leading to what stands behind it."""

import re
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request, url_for

from core.chart import Bar, Chart, StackedRow, horizontal_bars, stacked_bars
from core.clock import clock
from core.extensions import db
from core.numbers import format_decimal, format_integer, format_share
from core.translation import N_, _
from models.permission import Action
from models.requirement import Requirement, RequirementKind
from queries.consolidation import NoConsolidationError, list_report_requirements
from queries.leadership import Dashboard, LateUnit, Sentence, get_dashboard
from queries.unit import get_unit
from views.access import requires, viewer
from views.consolidation.common import figure_url, report_url
from views.inspection.listing import finding_row
from views.report.words import figure_words

blueprint = Blueprint("leadership", __name__, url_prefix="/leadership")
LEVELS = (
    N_("Rất không hài lòng"), N_("Không hài lòng"), N_("Bình thường"), N_("Hài lòng"), N_("Rất hài lòng"))
MOST_OVERDUE = 25
"""Overdue findings that the page shows; the list of findings has them all."""
WIDE, NARROW = 480.0, 270.0
_PLACE = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Piece:
    """A piece of a sentence; with an address it is a number that leads on."""

    text: str
    url: str


@blueprint.get("")
@requires(Action.LEADERSHIP_VIEW)
def show() -> str:
    """Show the sentences, two charts and the tables behind them for one report."""
    requirements = list_report_requirements(db.session)
    chosen = _choose(requirements)
    unit = get_unit(db.session, viewer().acts_for_id, clock.today())
    if chosen is None or unit is None:
        return render_template("leadership/none.html")
    try:
        found = get_dashboard(db.session, chosen, unit, on=clock.today(), now=clock.now())
    except NoConsolidationError:
        return render_template("leadership/none.html")
    return render_template(
        "leadership/show.html", found=found, requirement=chosen, requirements=requirements, unit=unit,
        sentences=[_pieces(sentence, found) for sentence in found.sentences], report_url=report_url,
        figure_link=lambda code: figure_url(found.ground.own.obligation_id, code), late_text=_late_text,
        words=figure_words, satisfaction=[_satisfaction(found, width) for width in (WIDE, NARROW)],
        channels=[_channels(found, width) for width in (WIDE, NARROW)], share=format_share, decimal=format_decimal,
        overdue=[finding_row(line) for line in found.overdue[:MOST_OVERDUE]],
        integer=format_integer)


def _choose(requirements: list[Requirement]) -> Requirement | None:
    """The report asked for, else the newest periodic one that can be sent already, else the newest."""
    code = request.args.get("requirement", "")
    if code:
        return next((row for row in requirements if row.code == code), None) or abort(404)
    begun = [row for row in requirements if row.opens_on <= clock.today()]
    periodic = [row for row in begun if row.kind is not RequirementKind.AD_HOC]
    return next(iter([*periodic, *begun, *requirements]), None)


def _pieces(sentence: Sentence, found: Dashboard) -> list[Piece]:
    """A sentence in the reader's language, cut at its numbers."""
    cut = _PLACE.split(_(sentence.template))
    pieces = []
    for place, text in enumerate(cut):
        part = sentence.values.get(text) if place % 2 else None
        pieces.append(Piece(part.text, _target(part.target, found)) if part is not None else Piece(text, ""))
    return [piece for piece in pieces if piece.text]


def _target(target: str, found: Dashboard) -> str:
    """Where a number leads: the board, the consolidation, a figure's page, or a table on this page."""
    kind, _colon, code = target.partition(":")
    requirement = found.ground.requirement.code
    match kind:
        case "":
            return ""
        case "reports":
            return url_for("board.show", requirement=requirement)
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
