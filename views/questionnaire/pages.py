"""The list of questionnaires, and one version: read, or in the course of being written."""

from itertools import groupby
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_moment, format_span
from core.extensions import db
from core.translation import _
from exports.lists.survey import QUESTIONNAIRES
from forms.questionnaire import NewQuestionnaireForm
from models.event import Subject
from models.permission import Action
from models.question import Body, Words
from models.questionnaire_check import check
from queries.questionnaire import VersionPage, find_discarded, find_draft_id, find_removed, list_versions
from queries.trail import list_trail
from services.questionnaire_draft import DraftExistsError, new_draft
from views.access import requires, viewer
from views.list_file import send_list, wants_workbook
from views.questionnaire.blueprint import blueprint, load_version
from views.questionnaire.words import condition_words, question_words, timeline_of

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@requires(Action.SURVEY_MANAGE)
def index() -> str | Response:
    """List questionnaires with their versions."""
    lines = list_versions(db.session)
    if wants_workbook():
        return send_list("Mẫu phiếu khảo sát", QUESTIONNAIRES, lines)
    groups = [(code, list(versions)) for code, versions in groupby(lines, key=lambda line: line.code)]
    given_up = request.args.get("discarded", type=int)
    return render_template("questionnaire/index.html", groups=groups, moment=format_moment,
                           discarded=given_up if given_up and find_discarded(db.session, given_up) else None)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Action.SURVEY_MANAGE)
def new() -> Answer:
    """Begin a questionnaire from nothing."""
    form = NewQuestionnaireForm(request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate():
        if not any(line.code == form.code.data for line in list_versions(db.session)):
            made = new_draft(db.session, form.code.data, Body(title=Words(form.title.data)), viewer=viewer(),
                             now=clock.now())
            db.session.commit()
            return redirect(url_for("questionnaire.show", questionnaire_id=made.id), 303)
        form.code.errors = [_("Mã này đã có. Mở phiếu đó rồi bấm “Soạn bản mới”, hoặc đặt mã khác.")]
    return render_template("questionnaire/new.html", form=form), 422 if request.method == "POST" else 200


@blueprint.get("/<int:questionnaire_id>")
@requires(Action.SURVEY_MANAGE)
def show(questionnaire_id: int) -> str:
    """Show one version; a draft with everything that can be done to it."""
    return version_page(load_version(questionnaire_id))


def version_page(page: VersionPage) -> str:
    """The page of a version."""
    problems = check(page.body) if page.is_draft else []
    removed = request.args.get("removed", type=int)
    others = {"title", "scales", "factors", "headline"} | {section.code for section in page.body.sections}
    return render_template(
        "questionnaire/show.html", page=page, problems=problems, problem_url=_problem_url(page),
        sections=[(section, _condition(page.body, section.relevant),
                   [question_words(page.body, question, problems) for question in section.questions],
                   [problem.message for problem in problems if problem.where == section.code])
                  for section in page.body.sections],
        whole=[problem for problem in problems if problem.where in others],
        headline=next((item.text.vi for question in page.body.questions() for item in question.items
                       if item.code == page.body.headline), ""),
        published_at=format_moment(page.published_at) if page.published_at else "",
        rounds=[(use, format_span(use.opens_on, use.closes_on)) for use in page.rounds],
        events=timeline_of(list_trail(db.session, Subject.QUESTIONNAIRE, page.id)),
        removed=removed if removed and find_removed(db.session, page.id, removed) else None,
        draft_id=None if page.is_draft else find_draft_id(db.session, page.code))


def _condition(body: Body, text: str) -> str:
    """When a section is asked, in words; "" when always."""
    return condition_words(body, text) if text else ""


def _problem_url(page: VersionPage) -> Any:
    """A function from a problem to where it is mended."""
    homes = {name: question.code for question in page.body.questions() for name in (question.code, *question.names)}
    sections = {section.code for section in page.body.sections}

    def url(where: str) -> str:
        if where in homes:
            return url_for("questionnaire.edit_question", questionnaire_id=page.id, code=homes[where])
        if where in sections:
            return url_for("questionnaire.edit_section", questionnaire_id=page.id, code=where)
        return url_for("questionnaire.about", questionnaire_id=page.id)

    return url


@blueprint.post("/<int:questionnaire_id>/draft")
@requires(Action.SURVEY_MANAGE)
def begin(questionnaire_id: int) -> Response:
    """Begin the next version with what this one asks; one that is begun already is opened."""
    page = load_version(questionnaire_id)
    source = _("Từ bản %(version)s", version=page.version)
    try:
        draft_id = new_draft(db.session, page.code, page.body, viewer=viewer(), now=clock.now(), source=source).id
    except DraftExistsError as error:
        draft_id = error.draft_id
        flash(_("Phiếu này đang có một bản soạn; đây là bản đó."), "warning")
    db.session.commit()
    return redirect(url_for("questionnaire.show", questionnaire_id=draft_id), 303)
