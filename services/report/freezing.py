"""A report as it stands now, ready to become a version: content, figures, and what to mind before sending."""

from datetime import date

from sqlalchemy.orm import Session

from core.translation import N_
from models.narrative import TRACE
from models.report import doubts
from models.requirement import Obligation, Requirement, RequirementKind
from models.submission import Submission
from queries.consolidation import DOCUMENT, build_document, dump_document, read_material
from queries.consolidation.planned import planned_figures
from queries.figure import get_records
from queries.inspection.document import FINDINGS, dump_findings, finding_rows, own_findings
from queries.report import ReportState, frozen_of_period, load_state
from queries.report.content import content_of
from queries.report.pending import pending_sections
from queries.submission import SubmissionLine, get_submission_line
from queries.unit import get_unit
from services.figure import freeze_figures
from services.narrative.trace import trace_of
from services.report.facts import facts_of, written_text
from services.submission import FrozenContent, Problem, SubmissionError

MOST_NAMES = 12
"""How many names a warning lists before it counts the rest."""


def freeze_report(session: Session, submission: Submission, obligation: Obligation, requirement: Requirement,
                  until: date) -> FrozenContent:
    """The report as it stands, its figures up to ``until``. Reads only; thirty queries for any number below.

    Raises SubmissionError when the obligation is not there.
    """
    session.flush()
    line = get_submission_line(session, obligation.id, until)
    if line is None or line.submission_id != submission.id or line.requirement_id != requirement.id:
        raise SubmissionError(N_("Không tìm thấy yêu cầu này."))
    return preview_report(session, line, until)


def preview_report(session: Session, line: SubmissionLine, on: date) -> FrozenContent:
    """The report of an obligation as it would be frozen on ``on``, begun or not. Reads only.

    A unit that consolidates others freezes its whole document too, to be printed again to the same bytes.
    """
    unit = get_unit(session, line.unit_id, on)
    if unit is None:
        raise SubmissionError(N_("Không tìm thấy yêu cầu này."))
    state = load_state(session, line, on=on)
    records = get_records(session, line.unit_id, state.gathered.window)
    findings = own_findings(session, state.requirement, line.unit_id, until=state.until, on=on)
    facts = facts_of(session, state, records=records, on=on, findings=findings)
    texts = {row.code: written_text(state, row.id, row.code, facts) for row in state.sections if row.has_text}
    planned = planned_figures(session, state.gathered.indicators, line.programme_id, line.unit_id)
    previous = frozen_of_period(session, line.unit_id, line.kind, line.year - 1)
    content = content_of(line, unit, state.gathered, state.sections, texts, records, planned, previous,
                         state.requirement.legal_basis)
    content[FINDINGS] = dump_findings(finding_rows(session, findings))
    if state.gathered.consolidates:
        material = read_material(session, state.requirement, unit, on, state)
        content[DOCUMENT] = dump_document(build_document(session, material, texts))
        content[TRACE] = trace_of(session, state, facts, on)
    return FrozenContent(
        content=content, figures=freeze_figures(state.gathered), data_until=state.until,
        problems=find_problems(session, state), warnings=find_warnings(session, state))


def find_problems(session: Session, state: ReportState) -> list[Problem]:
    """What stands in the way of sending: something typed that is not in the report yet. One query."""
    pending = pending_sections(session, state.line.obligation_id)
    return [
        Problem(section.part, N_("Mục %(mark)s %(heading)s còn nội dung đã gõ nhưng chưa lưu vào báo cáo."),
                {"mark": section.mark, "heading": section.heading})
        for section in state.steps if section.code in pending
    ]


def find_warnings(session: Session, state: ReportState) -> list[Problem]:
    """What is only worth a second look: gaps, contradictions, paper without number, nobody signed off."""
    warnings = [*_gaps(state), *_contradictions(session, state)]
    line = state.line
    if not line.document_number or line.document_on is None:
        warnings.append(Problem("document", N_("Chưa ghi số, ngày của văn bản giấy.")))
    if not line.is_signed_off:
        warnings.append(Problem("sign_off", N_("Thủ trưởng chưa ký duyệt nội bộ nội dung đang có.")))
    return warnings


def _gaps(state: ReportState) -> list[Problem]:
    """Units below that are lacking, and core indicators about which nothing is said."""
    found = []
    lacking = state.gathered.lacking
    if lacking:
        found.append(Problem(
            "children", N_("Còn %(count)s/%(of)s đơn vị trực thuộc chưa có báo cáo được duyệt: %(names)s."),
            {"count": len(lacking), "of": state.gathered.owed_count, "names": _listed([p.name for p in lacking])}))
    unanswered = {row.code: row for row in state.unanswered_core()}
    for section in state.steps:
        codes = [code for code in section.indicator_codes if code in unanswered]
        if codes:
            found.append(Problem(
                section.part, N_("Mục %(section)s còn %(count)s chỉ tiêu chính chưa có số liệu: %(codes)s."),
                {"section": section.title, "count": len(codes), "codes": ", ".join(codes)}))
    return found


def _contradictions(session: Session, state: ReportState) -> list[Problem]:
    """Figures that contradict each other, or the first half of the year. One query for an annual report."""
    line, gathered = state.line, state.gathered
    earlier = {}
    if line.kind is RequirementKind.ANNUAL:
        earlier = frozen_of_period(session, line.unit_id, RequirementKind.HALF_YEAR, line.year)
    names = {row.code: f"{row.code} {row.name}" for row in gathered.indicators}
    rules = [row.rule for row in gathered.indicators]
    return [
        Problem(f"figure:{doubt.code}", doubt.message, dict(doubt.values))
        for doubt in doubts(rules, names, gathered.figures, earlier)
    ]


def _listed(names: list[str]) -> str:
    """Names one after another, the rest counted."""
    shown = "; ".join(names[:MOST_NAMES])
    return shown if len(names) <= MOST_NAMES else f"{shown}; … (+{len(names) - MOST_NAMES})"
