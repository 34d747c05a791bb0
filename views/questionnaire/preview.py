"""The preview: the questions as people will see them, in a frame as wide as a phone; nothing is sent."""

import json

from flask import make_response, render_template
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from models.answering import Answering
from models.permission import Action
from models.question import QuestionKind
from views.access import requires
from views.frame import CONTENT_POLICY
from views.questionnaire.blueprint import blueprint, load_version


@blueprint.get("/<int:questionnaire_id>/preview")
@requires(Action.SURVEY_MANAGE)
def preview(questionnaire_id: int) -> Response:
    """Show the frame."""
    answer = make_response(render_template("questionnaire/preview.html", page=load_version(questionnaire_id)))
    answer.headers["Content-Security-Policy"] = f"{CONTENT_POLICY}; frame-src 'self'"
    return answer


@blueprint.get("/<int:questionnaire_id>/preview/page")
@requires(Action.SURVEY_MANAGE)
def preview_page(questionnaire_id: int) -> Response:
    """Show what is in the frame; it may be framed by the portal itself alone."""
    page = load_version(questionnaire_id)
    asked = [question.code for question in page.body.questions() if question.kind is not QuestionKind.NOTE]
    answer = make_response(render_template(
        "questionnaire/preview_page.html", page=page, body=page.body, language="vi", typed=MultiDict(), errors={},
        relevance=json.dumps(Answering(page.body, is_draft=True).tree()),
        numbers={code: number for number, code in enumerate(asked, start=1)}))
    answer.headers["Content-Security-Policy"] = CONTENT_POLICY.replace("frame-ancestors 'none'",
                                                                       "frame-ancestors 'self'")
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer
