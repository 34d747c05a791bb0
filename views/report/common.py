"""What the pages of a report share: loading it with its rights, its addresses, its words."""

from collections.abc import Callable

from flask import abort, flash, redirect, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.translation import _
from models.permission import Action
from models.requirement import Level
from models.submission import Submission, SubmissionVersion
from models.unit import Unit
from queries.report import ReportState, SectionLine, consolidates, load_state, section_of
from queries.submission import SubmissionLine, get_submission_line, get_version
from queries.unit import last_names
from services.submission import SubmissionError, ensure_submission
from views.access import allow, permits, viewer


def load(obligation_id: int, action: Action) -> SubmissionLine:
    """The line of a report over whose unit the viewer may do ``action``; 404 otherwise."""
    line = get_submission_line(db.session, obligation_id, clock.today())
    if line is None or not line.kind.is_report:
        abort(404)
    allow(action, line.unit_id)
    return line


def state_of(line: SubmissionLine) -> ReportState:
    """The report as it stands today."""
    return load_state(db.session, line, on=clock.today())


def version_of(line: SubmissionLine, number: int | None) -> SubmissionVersion:
    """A version of the report; 404 when there is none."""
    version = get_version(db.session, line.submission_id, number) if line.submission_id and number else None
    if version is None:
        abort(404)
    return version


def show_url(line: SubmissionLine, anchor: str | None = None) -> str:
    """The report's own page."""
    return url_for("report.show", obligation_id=line.obligation_id, _anchor=anchor)


def section_url(line: SubmissionLine, section: SectionLine, anchor: str | None = None) -> str:
    """The page of one section."""
    return url_for("report.section", obligation_id=line.obligation_id, code=section.code, _anchor=anchor)


def figure_url(line: SubmissionLine, code: str, version: int | None = None) -> str:
    """The page that follows one figure."""
    return url_for("report.figure", obligation_id=line.obligation_id, code=code, version=version)


def back_to(line: SubmissionLine) -> Response:
    """Lead back to the report's page."""
    return redirect(show_url(line), 303)


def attempt(line: SubmissionLine, write: Callable[[Submission], object]) -> bool:
    """Start the report if need be and write in it; False, with the reason on the next page, when it is locked.

    What a desk kept before stays kept. Does not commit.
    """
    try:
        with db.session.begin_nested():
            write(ensure_submission(db.session, line.obligation_id, clock.now(), viewer()))
    except SubmissionError as error:
        flash(_(error.message, **error.values), "error")
        return False
    return True


def part_names(state: ReportState) -> dict[str, str]:
    """Each part of the report in words."""
    named = {section.part: section.title for section in state.sections}
    return named | {f"figure:{row.code}": f"{row.code}. {row.name}" for row in state.gathered.indicators}


def part_url(state: ReportState, part: str) -> str | None:
    """Where a part of the report is mended."""
    noun, _colon, code = part.partition(":")
    if noun == "section":
        section = state.section(code)
        return section_url(state.line, section) if section is not None else None
    if noun == "figure":
        section = section_of(state.sections, code)
        return section_url(state.line, section, f"row-{code}") if section is not None else None
    if noun == "document":
        return url_for("report.write_document", obligation_id=state.line.obligation_id)
    return show_url(state.line, "children") if noun == "children" else None


def coverage_words(state: ReportState) -> str:
    """Whose days are counted: "Số liệu tính từ ngày 01/12/2022 đến ngày 25/05/2023", and which closed units' too."""
    days = _("Số liệu tính từ ngày %(since)s đến ngày %(until)s",
             since=format_day(state.gathered.since), until=format_day(state.until))
    closed = last_names(db.session, state.gathered.window.heirs, clock.today())
    return _("%(days)s, gồm cả phần của %(units)s trước khi sắp xếp", days=days, units=", ".join(closed)) \
        if closed else days


def previous_name(line: SubmissionLine) -> str:
    """What the period beside is called."""
    return _("Cùng kỳ năm %(year)s", year=line.year - 1)


def below_name(state: ReportState) -> str:
    """Whose figures are added to the own part: "Từ 3/4 trường, đơn vị trực thuộc"."""
    return _("Từ %(count)s/%(of)s đơn vị trực thuộc",
             count=len(state.gathered.included), of=state.gathered.owed_count)


def paper_words(line: SubmissionLine) -> str:
    """What stands on the unit's paper: "Số 25/BC-THPT. Ngày 26/05/2023. Người ký: Hiệu trưởng …"."""
    words = [_("Số %(number)s.", number=line.document_number) if line.document_number
             else _("Chưa ghi số; bản in chừa chỗ để điền.")]
    if line.document_on is not None:
        words.append(_("Ngày %(day)s.", day=format_day(line.document_on)))
    signer = " ".join(filter(None, [line.signer_position, line.signer_name]))
    if signer:
        words.append(_("Người ký: %(signer)s.", signer=signer))
    return " ".join(words)


def consolidation_url(line: SubmissionLine) -> str | None:
    """The page of the consolidation that the report is, for those who may see it; None for any other report."""
    if not consolidates(line) or not permits(Action.CONSOLIDATION_VIEW, line.unit_id):
        return None
    unit = db.session.get_one(Unit, line.unit_id)
    return url_for("consolidation.show", code=line.requirement_code, unit_code=unit.code)


def desk_url(line: SubmissionLine, section: SectionLine | None = None) -> str | None:
    """The narrative desk of a report, or of one heading, for those who write there; None for any other report."""
    if not consolidates(line) or not permits(Action.CONSOLIDATION_WRITE, line.unit_id):
        return None
    if section is None:
        return url_for("narrative.index", obligation_id=line.obligation_id)
    return url_for("narrative.show", obligation_id=line.obligation_id, code=section.code) if section.has_text else None


def own_name(line: SubmissionLine) -> str:
    """What the own part of a consolidating unit is called."""
    return _("Riêng Sở") if line.level is Level.DEPARTMENT else _("Riêng Phòng")
