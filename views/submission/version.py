"""The frozen versions of a plan or report: listed, read, compared."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import abort, current_app, render_template, request, url_for

from core.clock import clock
from core.dates import format_day, format_moment
from core.extensions import db
from models.permission import Action
from queries.issued import get_paper
from queries.review import VersionContent, compare, read_version
from queries.submission import SubmissionLine, find_submission_line, get_version, list_versions
from views.access import allow, permits, requires
from views.obligation import obligation_url
from views.paper_words import reading_words, standing_words
from views.submission.blueprint import blueprint


@dataclass(frozen=True)
class VersionRow:
    """One version in the list, in words, with its addresses."""

    number: int
    submitted_at: str
    submitted_by: str
    data_until: str
    code: str
    """The beginning of its hash, to quote."""
    url: str
    compare_url: str | None
    pdf_url: str | None


@blueprint.get("/<int:submission_id>/versions")
@requires(Action.PLAN_VIEW)
def index(submission_id: int) -> str:
    """List what was sent, newest first."""
    line = _load(submission_id)
    rows = [
        VersionRow(
            row.number, format_moment(row.submitted_at), row.submitted_by, format_day(row.data_until),
            row.content_hash[:12], url_for("submission.show_version", submission_id=submission_id, number=row.number),
            _compare_url(submission_id, row.number), _pdf_url(line, row.number))
        for row in list_versions(db.session, submission_id)]
    return render_template("submission/versions.html", line=line, versions=rows, back=_back(line))


@blueprint.get("/<int:submission_id>/versions/<int:number>")
@requires(Action.PLAN_VIEW)
def show_version(submission_id: int, number: int) -> str:
    """Read one version as it was sent."""
    line = _load(submission_id)
    content = _content(submission_id, number)
    version = get_version(db.session, submission_id, number)
    assert version is not None
    paper = get_paper(db.session, version.id)
    assert paper is not None
    return render_template(
        "submission/version.html", line=line, content=content, back=_back(line),
        when=format_moment(version.submitted_at), data_until=format_day(version.data_until),
        code=version.content_hash[:12], compare_url=_compare_url(submission_id, number),
        pdf_url=_pdf_url(line, number), others=_others(line, number),
        paper=paper, standing=standing_words(paper), verify_url=url_for("verify.show", code=paper.code or "-"),
        copies=[(copy, reading_words(copy)) for copy in paper.copies],
        can_attach=permits(Action.PAPER_ATTACH, line.unit_id),
        can_recall=paper.is_issued and paper.recalled_on is None
        and permits(Action.CONSOLIDATION_ISSUE, line.unit_id))


@blueprint.get("/<int:submission_id>/compare")
@requires(Action.PLAN_VIEW)
def show_changes(submission_id: int) -> str:
    """Show what changed between two versions, both values side by side."""
    line = _load(submission_id)
    new_number = request.args.get("new", type=int, default=line.version_count)
    old_number = request.args.get("old", type=int, default=new_number - 1)
    old, new = _content(submission_id, old_number), _content(submission_id, new_number)
    return render_template(
        "submission/changes.html", line=line, changes=compare(old, new), old=old_number, new=new_number,
        numbers=range(1, line.version_count + 1), back=_back(line))


def _load(submission_id: int) -> SubmissionLine:
    """The line of a submission that the viewer may read; 404 otherwise."""
    line = find_submission_line(db.session, submission_id, clock.today())
    if line is None:
        abort(404)
    allow(Action.REPORT_VIEW if line.kind.is_report else Action.PLAN_VIEW, line.unit_id)
    return line


def _content(submission_id: int, number: int) -> VersionContent:
    """A version's content; 404 when there is none."""
    version = get_version(db.session, submission_id, number)
    if version is None:
        abort(404)
    return read_version(db.session, version)


def _compare_url(submission_id: int, number: int) -> str | None:
    """Where a version is compared with the one before."""
    if number < 2:
        return None
    return url_for("submission.show_changes", submission_id=submission_id, old=number - 1, new=number)


def _pdf_url(line: SubmissionLine, number: int) -> str | None:
    """Where a version is downloaded, when its noun prints versions."""
    endpoint = "report.download" if line.kind.is_report else "plan.download"
    if endpoint not in current_app.view_functions:
        return None
    return url_for(endpoint, obligation_id=line.obligation_id, version=number)


def _others(line: SubmissionLine, number: int) -> Iterable[int]:
    """The numbers of the other versions."""
    return [other for other in range(1, line.version_count + 1) if other != number]


def _back(line: SubmissionLine) -> str:
    """The page of the plan or report itself."""
    return obligation_url(line.kind, line.obligation_id)
