"""The list of consolidated reports, and the page of one."""

from dataclasses import replace

from flask import Response, abort, render_template, request, url_for

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.numbers import format_integer
from core.translation import _
from exports.lists.consolidation import CONSOLIDATIONS, columns, unit_lines
from models.figure import EMPTY, Figure, sum_of
from models.permission import Action
from models.requirement import Requirement
from models.workflow import Status
from queries.board import Reading
from queries.consolidation import (
    NoConsolidationError,
    get_overview,
    inspection_of,
    list_consolidations,
    read_ground,
)
from queries.consolidation.overview import ConsolidationLine, Overview
from queries.consolidation.reading import read_now, read_then
from queries.unit import UnitLine
from views.access import permits, requires, viewer
from views.consolidation.blueprint import blueprint
from views.consolidation.common import figure_url, load, report_url
from views.list_file import send_list, wants_workbook
from views.report.words import figure_words, unit_words


@blueprint.get("")
@requires(Action.CONSOLIDATION_VIEW)
def index() -> str | Response:
    """List the consolidated reports that the viewer may see, by requirement."""
    groups: dict[str, list[ConsolidationLine]] = {}
    lines = list_consolidations(db.session, viewer(), clock.today())
    if wants_workbook():
        return send_list("Báo cáo tổng hợp", CONSOLIDATIONS, lines)
    for line in lines:
        groups.setdefault(line.requirement_title, []).append(line)
    return render_template("consolidation/index.html", groups=groups)


@blueprint.get("/<code>/<unit_code>")
@requires(Action.CONSOLIDATION_VIEW)
def show(code: str, unit_code: str) -> str | Response:
    """Show who is in, who is lacking, what has moved, the totals and the versions."""
    requirement, unit = load(code, unit_code, Action.CONSOLIDATION_VIEW)
    try:
        ground = read_ground(db.session, requirement, unit, clock.today())
    except NoConsolidationError:
        abort(404)
    overview, inspection = get_overview(db.session, ground, clock.now()), inspection_of(db.session, ground)
    reading = _reading()
    totals = (read_now if reading is Reading.NOW else read_then)(db.session, overview, clock.today())
    if wants_workbook():
        return _workbook(replace(overview, groups=totals.groups), reading)
    status = ground.own.status
    return render_template(
        "consolidation/show.html", overview=overview, ground=ground, requirement=requirement, unit=unit,
        facts=_facts(overview), words=figure_words, unit_words=unit_words, cells=_cells, report_url=report_url,
        figure_url=figure_url, can_write=permits(Action.REPORT_WRITE, unit.id),
        can_issue=ground.is_department and permits(Action.CONSOLIDATION_ISSUE, unit.id),
        is_editable=status is None or status.is_editable, is_issued=status is Status.ISSUED,
        standing=_standing_version(overview), inspection=inspection, integer=format_integer, totals=totals,
        readings=_readings(requirement, unit, reading))


def _reading() -> Reading:
    """By which units the totals are read; those of now unless the address says otherwise."""
    return Reading.THEN if request.args.get("reading") == Reading.THEN else Reading.NOW


def _readings(requirement: Requirement, unit: UnitLine, reading: Reading) -> list[dict[str, object]]:
    """Both ways as links, the one that is on marked."""
    return [{"label": _(one.label), "is_on": one is reading, "count": None, "url": url_for(
        "consolidation.show", code=requirement.code, unit_code=unit.code, _anchor="units",
        reading=None if one is Reading.NOW else one.value)} for one in Reading]


def _workbook(overview: Overview, reading: Reading) -> Response:
    """The figures by unit, with how many are in and what the columns are."""
    codes = overview.ground.column_codes
    return send_list(
        "Kết quả theo đơn vị", columns(overview), unit_lines(overview),
        filters=[("Báo cáo", overview.ground.requirement.title), ("Đơn vị tổng hợp", overview.ground.unit.name),
                 ("Cách đọc", reading.label)],
        facts=[("Số liệu tính đến hết ngày", overview.ground.gathered.until),
               ("Báo cáo được duyệt", f"{overview.included}/{overview.owed} đơn vị"),
               *((line.code, line.name) for line in overview.ground.gathered.indicators if line.code in codes)])


def _standing_version(overview: Overview) -> int | None:
    """The version that a download gives: the newest while it stands, none while the report is being written."""
    status = overview.ground.own.status
    stands = status in (Status.SUBMITTED, Status.ACCEPTED, Status.ISSUED)
    return overview.versions[0].number if stands and overview.versions else None


def _facts(overview: Overview) -> list[dict[str, str | None]]:
    """The numbers that lead: who is in, of whom; schools; lateness; the day."""
    late = sum(unit.days_late > 0 for unit in overview.lacking)
    facts = [
        _fact(_("Báo cáo được duyệt"), str(overview.included), _("trên %(owed)s đơn vị", owed=overview.owed), "#units"),
        _fact(_("Chưa có số liệu"), str(len(overview.lacking)), _("đơn vị"), "#lacking" if overview.lacking else None),
    ]
    if overview.schools_owed:
        of = _("trên %(owed)s trường, qua các phòng", owed=overview.schools_owed)
        facts.insert(1, _fact(_("Trường có số liệu"), str(overview.schools_included), of, None))
    if late:
        facts.append(_fact(_("Trong đó quá hạn"), str(late), _("đơn vị"), "#lacking", "lacquer"))
    day = format_day(overview.ground.gathered.until)
    facts[0]["note"] = _("Tính đến hết ngày %(day)s", day=day)
    return facts


def _fact(label: str, value: str, of: str, url: str | None, tone: str | None = None) -> dict[str, str | None]:
    """One number for the component."""
    return {"label": label, "value": value, "of": of, "note": None, "url": url, "tone": tone}


def _cells(overview: Overview, figures: dict[str, Figure]) -> list[str]:
    """The cells of one row of the table by unit, one for each column."""
    lines = {line.code: line for line in overview.ground.gathered.indicators}
    cells = []
    for column in overview.ground.columns:
        codes = column.split("+")
        figure = figures.get(column, EMPTY) if len(codes) == 1 else sum_of(figures.get(c, EMPTY) for c in codes)
        cells.append(figure_words(lines[codes[0]], figure))
    return cells
