"""The addresses of results."""

from flask import Response, abort, jsonify, render_template, request

from core.clock import clock
from core.dates import format_span
from core.extensions import db
from core.numbers import format_decimal, format_integer, format_share
from models.permission import Action
from models.satisfaction import FORMULA_NAME, WITHHELD
from queries.scope import may
from queries.survey.compose import get_result
from queries.survey.result import SurveyResult
from views.access import permits, requires, viewer
from views.frame import choose_language
from views.result.blueprint import blueprint
from views.result.plain import plain_result
from views.result.words import (
    charts_of,
    facts_of,
    margin_words,
    margins_of,
    mean_words,
    share_words,
    steps_of,
)


def load_result(round_id: int) -> SurveyResult:
    """The results over the unit asked for, else over the widest group the viewer may see; or 404."""
    asked = request.args.get("unit", "")
    if asked and not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        abort(404)
    found = get_result(db.session, round_id, int(asked) if asked else None)
    if found is not None and not asked and not permits(Action.SURVEY_VIEW, found.unit_id):
        found = get_result(db.session, round_id, viewer().acts_for_id)
    if found is None or not permits(Action.SURVEY_VIEW, found.unit_id):
        abort(404)
    return found


@blueprint.get("/<int:round_id>/results")
@requires(Action.SURVEY_VIEW)
def show(round_id: int) -> str:
    """Show what came of a round over one unit and all below it."""
    found = load_result(round_id)
    above = [(id_, name) for id_, name in found.path
             if may(db.session, viewer(), Action.SURVEY_VIEW, id_, clock.today())]
    return render_template(
        "result/show.html", found=found, above=above, language=choose_language(), facts=facts_of(found),
        charts=charts_of(found, choose_language()), margins=margins_of(found), steps=steps_of(found, above),
        span=format_span(found.round.opens_on, found.round.closes_on), formula=FORMULA_NAME, withheld=WITHHELD,
        integer=format_integer, share=share_words, mean=mean_words, margin=margin_words, decimal=format_decimal,
        percent=format_share, may_read_raw=permits(Action.SURVEY_MANAGE, found.unit_id))


@blueprint.get("/<int:round_id>/results.json")
@requires(Action.SURVEY_VIEW)
def show_json(round_id: int) -> Response:
    """The same numbers for programs."""
    return jsonify(plain_result(load_result(round_id)))
