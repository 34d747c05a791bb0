"""Posters and the paper form of a unit's place in a round."""

from collections.abc import Callable

from flask import Response, abort

from core.clock import clock
from core.extensions import db
from exports import paper_form, poster
from models.permission import Action
from queries.survey.document import PosterDocument
from queries.survey.paper import get_paper_form, get_poster
from views.access import requires
from views.file_answer import PDF, file_name, send
from views.survey.common import address_of, load_place
from views.survey_file.blueprint import blueprint


@blueprint.get("/places/<int:place_id>/poster-a4.pdf")
@requires(Action.SURVEY_VIEW)
def poster_a4(place_id: int) -> Response:
    """Send the poster on A4."""
    return _poster(place_id, poster.build_a4, "a4")


@blueprint.get("/places/<int:place_id>/poster-a5.pdf")
@requires(Action.SURVEY_VIEW)
def poster_a5(place_id: int) -> Response:
    """Send the poster on A5."""
    return _poster(place_id, poster.build_a5, "a5")


@blueprint.get("/places/<int:place_id>/poster-a5x2.pdf")
@requires(Action.SURVEY_VIEW)
def poster_two(place_id: int) -> Response:
    """Send two posters of A5 on a sheet of A4."""
    return _poster(place_id, poster.build_two, "a5-hai-to")


def _poster(place_id: int, build: Callable[[PosterDocument], bytes], size: str) -> Response:
    """A poster of one size."""
    page = load_place(place_id, Action.SURVEY_VIEW)
    document = get_poster(db.session, place_id, address_of(page.place.code), clock.today()) or abort(404)
    name = file_name("ap-phich-khao-sat", size, page.place.unit_name)
    return send(build(document), f"{name}.pdf", PDF)


@blueprint.get("/places/<int:place_id>/paper-form.pdf")
@requires(Action.SURVEY_VIEW)
def form(place_id: int) -> Response:
    """Send the questionnaire as a form for a pen."""
    page = load_place(place_id, Action.SURVEY_VIEW)
    document = get_paper_form(db.session, place_id, address_of(page.place.code), clock.today()) or abort(404)
    return send(paper_form.build(document), f"{file_name('phieu-giay', page.place.unit_name)}.pdf", PDF)
