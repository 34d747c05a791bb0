"""What people wrote in their own words, for the unit and the Office."""

from flask import render_template, request, url_for

from core.extensions import db
from core.translation import _
from models.permission import Action
from queries.questionnaire import get_version
from queries.survey.text import PAGE_SIZE, place_texts
from views.access import requires
from views.survey.blueprint import blueprint
from views.survey.common import load_place


@blueprint.get("/places/<int:place_id>/texts")
@requires(Action.SURVEY_READ_TEXTS)
def texts(place_id: int) -> str:
    """Show the texts of a place, shuffled, where enough sheets came in."""
    page = load_place(place_id, Action.SURVEY_READ_TEXTS)
    version = get_version(db.session, page.questionnaire_id)
    found = place_texts(db.session, place_id, version.body) if version else None
    texts = found.texts if found else ()
    questions = {question.code: question.text.vi for question in version.body.questions()} if version else {}
    last = max(1, -(-len(texts) // PAGE_SIZE))
    number = max(1, min(request.args.get("page", 1, type=int), last))
    shown = texts[(number - 1) * PAGE_SIZE:number * PAGE_SIZE]
    return render_template(
        "survey/texts.html", page=page, is_released=bool(found and found.is_released),
        rows=[(questions.get(code, code), text) for code, text in shown], pager={
            "number": number, "count": last, "total": _("%(count)s ý kiến", count=len(texts)),
            "previous_url": url_for("survey.texts", place_id=place_id, page=number - 1) if number > 1 else None,
            "next_url": url_for("survey.texts", place_id=place_id, page=number + 1) if number < last else None})
