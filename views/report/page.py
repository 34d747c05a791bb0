"""A report's own page: how it stands, its sections as tasks, what was sent, and the paper."""

from decimal import Decimal
from typing import Any

from flask import render_template, url_for

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.numbers import format_number
from core.translation import _
from models.permission import Action
from queries.figure import Drift, drift
from queries.inspection import FindingLine
from queries.inspection.document import finding_rows, load_findings, own_findings
from queries.paper_print import report_parts
from queries.report import ReportState, SectionLine
from queries.report.pending import pending_sections
from queries.submission import SubmissionLine
from views.access import requires
from views.printing import printing_of
from views.report.blueprint import blueprint
from views.report.common import (
    below_name,
    consolidation_url,
    coverage_words,
    desk_url,
    load,
    own_name,
    paper_words,
    part_names,
    part_url,
    section_url,
    state_of,
    version_of,
)
from views.report.editor import section_status
from views.report.reading import read_frozen, read_working
from views.submission.panel import Panel, build_panel


@blueprint.get("/<int:obligation_id>")
@requires(Action.REPORT_VIEW)
def show(obligation_id: int) -> str:
    """Show the report: to its writers as a list of tasks, to others as it reads; once sent, as it was sent."""
    line = load(obligation_id, Action.REPORT_VIEW)
    if line.version_count and not line.is_editable:
        return _show_sent(line)
    state = state_of(line)
    panel = _panel(state)
    found = _findings(state)
    findings = finding_rows(db.session, found)
    if not panel.can_write:
        return render_template("report/read.html", line=line, panel=panel, coverage=coverage_words(state),
                               sections=read_working(state, found), drift=None, parts=_parts(state), findings=findings,
                               printing=printing_of(line, report_parts(state)),
                               consolidation_url=consolidation_url(line), paper_words=paper_words(line))
    progress = state.whole_progress
    return render_template(
        "report/show.html", line=line, panel=panel, tasks=_tasks(state), progress=progress,
        coverage=coverage_words(state), parts=_parts(state), consolidates=state.gathered.consolidates,
        consolidation_url=consolidation_url(line), paper_words=paper_words(line),
        below_label=below_name(state), own_label=own_name(line), findings=findings, narrative_url=desk_url(line),
        next_url=_first_open(state), printing=printing_of(line, report_parts(state)))


def _show_sent(line: SubmissionLine) -> str:
    """The page of a report that is locked: its last version, and what has moved since."""
    version = version_of(line, line.version_count)
    panel = build_panel(line, submit_url=None)
    moved = drift(db.session, version, on=clock.today())
    coverage = _("Số liệu tính đến hết ngày %(day)s", day=format_day(version.data_until))
    return render_template(
        "report/read.html", line=line, panel=panel, coverage=coverage, sections=read_frozen(line, version),
        drift=None if moved.is_empty else _drift_rows(line, moved), parts=version.content.get("children", []),
        findings=load_findings(version.content),
        consolidation_url=consolidation_url(line), paper_words=paper_words(line))


def _findings(state: ReportState) -> list[FindingLine]:
    """Findings of the unit that this report tells of, as they stand today. One query."""
    return own_findings(db.session, state.requirement, state.line.unit_id, until=state.until, on=clock.today())


def _panel(state: ReportState) -> Panel:
    """The panel with the report's parts named."""
    line = state.line
    return build_panel(
        line, part_names=part_names(state), part_url=lambda part: part_url(state, part),
        submit_url=None if line.reviewer_id is None else url_for("report.check", obligation_id=line.obligation_id))


def _tasks(state: ReportState) -> list[dict[str, Any]]:
    """The sections as tasks."""
    pending = pending_sections(db.session, state.line.obligation_id)
    return [_task(state, section, pending) for section in state.steps]


def _task(state: ReportState, section: SectionLine, pending: dict[str, int]) -> dict[str, Any]:
    """One section as a task."""
    kind, word = section_status(state, section)
    asked = "; ".join(dict.fromkeys(state.returned_parts(section).values()))
    unsaved = _("Có nội dung đã gõ chưa lưu vào báo cáo.") if section.code in pending else ""
    return {
        "due": section.full_mark, "due_kind": None, "due_on": None, "label": section.name,
        "url": section_url(state.line, section), "status": kind, "status_label": word, "note": asked or unsaved or None}


def _first_open(state: ReportState) -> str | None:
    """The first section that wants something, or None."""
    wanting = (row for row in state.steps if section_status(state, row)[0] != "accepted")
    found = next(wanting, None)
    return section_url(state.line, found) if found is not None else None


def _parts(state: ReportState) -> list[dict[str, Any]]:
    """The units below with how their reports stand."""
    return [
        {"name": part.name, "version": part.version, "why_not": part.why_not, "obligation_id": part.obligation_id}
        for part in state.gathered.parts]


def _drift_rows(line: SubmissionLine, moved: Drift) -> dict[str, Any]:
    """What moved since the version was sent, in words."""
    return {
        "figures": [
            {"label": f"{row.code}. {row.name}", "frozen": _plain(row.frozen.value), "now": _plain(row.now.value),
             "unit": row.unit, "url": url_for("report.figure", obligation_id=line.obligation_id, code=row.code)}
            for row in moved.figures],
        "children": [{"name": row.name, "frozen": row.frozen, "now": row.now} for row in moved.children]}


def _plain(value: Decimal | None) -> str:
    """A counted number, or a dash."""
    return "–" if value is None else format_number(value)
