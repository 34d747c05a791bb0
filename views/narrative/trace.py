"""Where the sentences of a report came from: of a frozen version, or as it stands now."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.translation import _
from models.narrative import TRACE, SentenceKind
from models.permission import Action
from models.unit import Unit
from queries.report import consolidates
from queries.submission import SubmissionLine
from services.narrative.trace import Trace, trace_of
from services.report import facts_of
from views.access import permits, requires
from views.narrative.blueprint import blueprint
from views.narrative.words import number_url, version_url
from views.report.common import load, state_of, version_of


@blueprint.get("/<int:obligation_id>/sources")
@requires(Action.CONSOLIDATION_VIEW)
def sources(obligation_id: int) -> str:
    """Show for every sentence its figures and units: of ``version``, else of what stands there now."""
    line = load(obligation_id, Action.CONSOLIDATION_VIEW)
    if not consolidates(line):
        abort(404)
    number = request.args.get("version", type=int)
    if number is None and line.version_count and not line.is_editable:
        number = line.version_count
    headings = _now(line) if number is None else version_of(line, number).content.get(TRACE)
    return render_template(
        "narrative/sources.html", line=line, version=number, headings=_in_words(headings or [], line, number),
        is_known=headings is not None, versions=range(line.version_count, 0, -1),
        can_write=line.is_editable and permits(Action.CONSOLIDATION_WRITE, line.unit_id))


@blueprint.get("/<int:obligation_id>/sources.<any(pdf, docx):kind>")
@requires(Action.CONSOLIDATION_VIEW)
def paper(obligation_id: int, kind: str) -> Response:
    """Lead to the report with the annex of its sources."""
    line = load(obligation_id, Action.CONSOLIDATION_VIEW)
    if not consolidates(line):
        abort(404)
    unit = db.session.get_one(Unit, line.unit_id)
    endpoint = "consolidation.report" if kind == "pdf" else "consolidation.report_word"
    return redirect(url_for(endpoint, code=line.requirement_code, unit_code=unit.code, annex=1,
                            version=request.args.get("version", type=int)), 303)


def _now(line: SubmissionLine) -> Trace:
    """The sources of what people have written so far."""
    state = state_of(line)
    facts = facts_of(db.session, state, sections=frozenset(), on=clock.today())
    return trace_of(db.session, state, facts, clock.today(), written_only=True)


def _in_words(trace: Trace, line: SubmissionLine, version: int | None) -> list[dict[str, Any]]:
    """The headings with their sentences, numbers and sources as links."""
    return [{"title": heading["title"], "code": heading["code"],
             "sentences": [_sentence(one, line, version) for one in heading["sentences"]]} for heading in trace]


def _sentence(sentence: Mapping[str, Any], line: SubmissionLine, version: int | None) -> dict[str, Any]:
    """One sentence in words."""
    return {
        "parts": [(words, number_url(name, line, version) if name else "") for words, name in sentence["parts"]],
        "kind": _(SentenceKind(sentence["kind"]).label),
        "sources": [
            {"unit": row["unit"], "url": version_url(row["submission_id"], row["version"]), "excerpt": row["excerpt"],
             "is_same": row["is_same"], "is_replaced": row["is_replaced"],
             "version": _("bản %(number)s, gửi %(day)s", number=row["version"],
                          day=format_day(date.fromisoformat(row["sent_on"])))}
            for row in sentence["sources"]]}
