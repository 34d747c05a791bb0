"""Following one figure: what it means, how it came about, and what stands behind it (product law 6)."""

from typing import Any

from flask import abort, render_template, request, url_for

from core.dates import format_moment
from core.extensions import db
from core.translation import _
from models.event import Subject
from models.permission import Action
from queries.figure import IndicatorLine, list_indicators
from queries.submission import SubmissionLine, list_versions
from queries.timeline import list_timeline
from views.access import permits, requires
from views.report.blueprint import blueprint
from views.report.common import figure_url, load, state_of, version_of
from views.report.story import Story, frozen_story, working_story
from views.report.words import aggregate_words, formula_words, unit_words

PAGE_SIZE = 25


@blueprint.get("/<int:obligation_id>/figures/<code>")
@requires(Action.REPORT_VIEW)
def figure(obligation_id: int, code: str) -> str:
    """Show what stands behind one figure, as it is now or as it was in a version."""
    line = load(obligation_id, Action.REPORT_VIEW)
    number = request.args.get("version", type=int)
    indicator, story = _working(line, code) if number is None else _frozen(line, code, number)
    return render_template(
        "report/figure.html", line=line, indicator=indicator, story=story, unit=unit_words(indicator),
        how=aggregate_words(indicator), formula=formula_words(indicator), version=number,
        versions=_versions(line, code), history=_history(line, code), **_page(line, code, number, story))


def _working(line: SubmissionLine, code: str) -> tuple[IndicatorLine, Story]:
    """The figure as it stands now; 404 when the programme has none of this code."""
    state = state_of(line)
    indicator = next((row for row in state.gathered.indicators if row.code == code), None)
    if indicator is None:
        abort(404)
    may_write = line.is_editable and permits(Action.REPORT_WRITE, line.unit_id)
    return indicator, working_story(state, indicator, may_write=may_write)


def _frozen(line: SubmissionLine, code: str, number: int) -> tuple[IndicatorLine, Story]:
    """The figure as it was in a version; 404 when there is none."""
    version = version_of(line, number)
    indicators = {row.code: row for row in list_indicators(db.session, line.programme_id, line.requirement_id)}
    indicator = indicators.get(code)
    story = frozen_story(line, version, indicators, indicator) if indicator is not None else None
    if indicator is None or story is None:
        abort(404)
    return indicator, story


def _page(line: SubmissionLine, code: str, number: int | None, story: Story) -> dict[str, Any]:
    """The page of activities asked for, and the addresses of its neighbours."""
    count = max(1, -(-len(story.activities) // PAGE_SIZE))
    page = min(max(1, request.args.get("page", type=int, default=1)), count)
    start = (page - 1) * PAGE_SIZE

    def url(other: int) -> str | None:
        if not 1 <= other <= count:
            return None
        return url_for("report.figure", obligation_id=line.obligation_id, code=code, version=number, page=other)

    return {"activities": story.activities[start:start + PAGE_SIZE], "activity_count": len(story.activities),
            "page": page, "page_count": count, "previous_url": url(page - 1), "next_url": url(page + 1)}


def _versions(line: SubmissionLine, code: str) -> list[dict[str, Any]]:
    """Where the same figure stands in each version that was sent."""
    if line.submission_id is None or not line.version_count:
        return []
    return [{"number": row.number, "when": format_moment(row.submitted_at), "url": figure_url(line, code, row.number)}
            for row in list_versions(db.session, line.submission_id)]


def _history(line: SubmissionLine, code: str) -> list[dict[str, Any]]:
    """What was written of this figure, newest first."""
    if line.submission_id is None:
        return []
    entries = list_timeline(db.session, Subject.SUBMISSION, line.submission_id)
    return [_entry(entry) for entry in entries if entry.detail.get("part") == f"figure:{code}"]


def _entry(entry: Any) -> dict[str, Any]:
    """One change of the figure."""
    old, new = entry.detail.get("figure", ["", ""])
    what = _("Từ %(old)s thành %(new)s", old=_word(old), new=_word(new))
    counted = entry.detail.get("counted", "")
    if entry.action == "override":
        what = _("%(change)s; cổng đếm được %(counted)s", change=what, counted=_word(counted))
    return {"when": format_moment(entry.at), "who": entry.actor or _("Hệ thống"), "what": what,
            "note": entry.reason or None, "tone": entry.tone or None, "url": None}


def _word(text: str) -> str:
    """A figure as the trail keeps it, in the reader's language."""
    if not text:
        return _("chưa ghi")
    return text if text[0].isdigit() else _(text)
