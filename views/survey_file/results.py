"""Results of a round as files: the report on paper, the workbook, and single sheets as CSV for the Office."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO

from flask import Response, abort, stream_with_context

from core.clock import clock
from core.extensions import db
from exports import survey_csv, survey_result, survey_workbook
from models.permission import Action, Reach, reach
from queries.survey.paper import report_of
from queries.survey.raw import RawSheets, get_raw
from queries.survey.whole import Whole, get_whole
from views.access import permits, requires, viewer
from views.file_answer import CSV, PDF, XLSX, file_name, send
from views.result.routes import load_result
from views.survey_file.blueprint import blueprint

MOST_AT_ONCE = 150_000
"""Single sheets in a workbook that somebody waits for, some six seconds; ``flask survey results`` writes them all."""
PIECE = 1 << 16


def _load(round_id: int) -> Whole:
    """The results over the unit asked for, as the page shows them, with all units below; or 404."""
    found = load_result(round_id)
    return get_whole(db.session, round_id, found.unit_id) or abort(404)


def _name(whole: Whole, kind: str) -> str:
    """A name that says which round, whose results, of which day."""
    return file_name(kind, whole.result.round.code, whole.result.unit_name, f"{clock.today():%d-%m-%Y}")


def _raw(whole: Whole) -> RawSheets | None:
    """Single sheets for who manages surveys; None for everybody else."""
    if not permits(Action.SURVEY_MANAGE, whole.result.unit_id):
        return None
    with_texts = reach(viewer().role, Action.SURVEY_READ_TEXTS) is Reach.ALL
    return get_raw(db.session, whole.composer, whole.result, with_texts=with_texts)


@blueprint.get("/<int:round_id>/results.pdf")
@requires(Action.SURVEY_VIEW)
def pdf(round_id: int) -> Response:
    """Send the report on results."""
    whole = _load(round_id)
    document = report_of(db.session, whole.result, whole.units, clock.today())
    return send(survey_result.build(document), f"{_name(whole, 'ket-qua-khao-sat')}.pdf", PDF)


@blueprint.get("/<int:round_id>/results.xlsx")
@requires(Action.SURVEY_VIEW)
def workbook(round_id: int) -> Response:
    """Send the workbook; with single sheets for the Office."""
    whole = _load(round_id)
    document = report_of(db.session, whole.result, whole.units, clock.today())
    target = TemporaryFile()  # noqa: SIM115 - closed when it was sent
    survey_workbook.write(target, document, _raw(whole), MOST_AT_ONCE)
    return send(_pieces(target), f"{_name(whole, 'ket-qua-khao-sat')}.xlsx", XLSX)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """A file from its beginning, closed at its end or where the reader goes away."""
    with file:
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


@blueprint.get("/<int:round_id>/results.csv")
@requires(Action.SURVEY_MANAGE)
def sheets(round_id: int) -> Response:
    """Send the single sheets, as they are read."""
    whole = _load(round_id)
    raw = _raw(whole)
    if raw is None:
        abort(404)
    return send(stream_with_context(survey_csv.build(raw)), f"{_name(whole, 'phieu-khao-sat')}.csv", CSV)
