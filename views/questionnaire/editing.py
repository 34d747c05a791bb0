"""The forms of a draft: the whole, a section, a question. What is typed is kept by the desk until it is saved."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.questionnaire import TICKS, QuestionForm, SectionForm, question_form, question_texts
from forms.questionnaire_about import AboutForm
from forms.validators import ValidationError
from models.permission import Action
from models.question import Body, Question, QuestionKind
from models.questionnaire_edit import find_question, find_section, put_question, put_section, taken_codes
from queries.questionnaire import VersionPage
from services.questionnaire_draft import StaleDraftError, save_draft
from views.access import requires, viewer
from views.drafting import Desk, open_desk
from views.questionnaire.blueprint import blueprint, load_draft

Answer = str | Response | tuple[str, int]


def _desk(page: VersionPage, part: str) -> Desk:
    """The desk of one form of a draft."""
    return open_desk(f"questionnaire:{page.id}:{part}", viewer().acts_for_id, Action.SURVEY_MANAGE)


def _answer(page: VersionPage, desk: Desk, form: Any, change: Callable[[], Body], anchor: str,
            show: Callable[[], str]) -> Answer:
    """Show a form, or save what it says; two people at once: the second is told, and keeps what was typed."""
    if request.method != "POST":
        return show()
    if not desk.take(TICKS):
        db.session.commit()
        return show(), 409
    if desk.wants_keep_only:
        db.session.commit()
        return redirect(request.full_path.rstrip("?"), 303)
    if not form.validate():
        db.session.commit()
        return show(), 422
    try:
        body = change()
        if body != page.body:
            save_draft(db.session, page.id, body, page.revision, viewer=viewer(), now=clock.now(),
                       detail={"what": anchor.partition("-")[2] or _("Nội dung chung")})
    except StaleDraftError:
        db.session.commit()
        flash(_("Người khác vừa sửa bản này. Những gì vừa nhập còn ở dưới; xem lại rồi bấm lưu lần nữa."), "warning")
        return show(), 409
    desk.done()
    db.session.commit()
    return redirect(url_for("questionnaire.show", questionnaire_id=page.id, _anchor=anchor or None), 303)


@blueprint.route("/<int:questionnaire_id>/about", methods=["GET", "POST"])
@requires(Action.SURVEY_MANAGE)
def about(questionnaire_id: int) -> Answer:
    """Change what is said of the whole questionnaire."""
    page = load_draft(questionnaire_id)
    desk = _desk(page, "about")
    form = AboutForm(desk.data(AboutForm.texts(page.body)))
    form.offer(page.body)
    return _answer(page, desk, form, lambda: form.written(page.body), "",
                   lambda: render_template("questionnaire/about.html", page=page, desk=desk, form=form))


@blueprint.route("/<int:questionnaire_id>/sections/new", methods=["GET", "POST"])
@requires(Action.SURVEY_MANAGE)
def new_section(questionnaire_id: int) -> Answer:
    """Add a section at the end."""
    return _section(load_draft(questionnaire_id), "")


@blueprint.route("/<int:questionnaire_id>/sections/<code>", methods=["GET", "POST"])
@requires(Action.SURVEY_MANAGE)
def edit_section(questionnaire_id: int, code: str) -> Answer:
    """Change a section's heading and condition."""
    return _section(load_draft(questionnaire_id), code)


def _section(page: VersionPage, code: str) -> Answer:
    """The form of a section; one that somebody deleted meanwhile is added anew."""
    place = find_section(page.body, code) if code else None
    if code and place is None and request.method != "POST":
        abort(404)
    desk = _desk(page, f"section:{code}")
    form = SectionForm(desk.data({} if place is None else SectionForm.texts(page.body.sections[place])))

    def change() -> Body:
        return put_section(page.body, form.made(), code)

    if request.method == "POST" and form.code.data != code and find_section(page.body, form.code.data) is not None:
        form.code.validators = [*form.code.validators, _taken]
    return _answer(page, desk, form, change, f"s-{form.code.data}", lambda: render_template(
        "questionnaire/section.html", page=page, desk=desk, form=form, code=code, is_gone=bool(code) and place is None))


def _taken(_form: Any, _field: Any) -> None:
    """A code that stands elsewhere."""
    raise ValidationError(_("Mã này đã dùng trong phiếu. Đặt mã khác."))


@blueprint.get("/<int:questionnaire_id>/questions/kind")
@requires(Action.SURVEY_MANAGE)
def choose_kind(questionnaire_id: int) -> str:
    """Choose what kind of question to add; its form depends on it."""
    page = load_draft(questionnaire_id)
    return render_template("questionnaire/kind.html", page=page, kinds=list(QuestionKind),
                           section=request.args.get("section", ""))


@blueprint.route("/<int:questionnaire_id>/questions/new", methods=["GET", "POST"])
@requires(Action.SURVEY_MANAGE)
def new_question(questionnaire_id: int) -> Answer:
    """Add a question at the end of a section."""
    page, kind = load_draft(questionnaire_id), request.args.get("kind", "")
    if kind not in list(QuestionKind) or not page.body.sections:
        return redirect(url_for("questionnaire.choose_kind", questionnaire_id=page.id), 303)
    return _question(page, "", QuestionKind(kind), request.args.get("section", ""))


@blueprint.route("/<int:questionnaire_id>/questions/<code>", methods=["GET", "POST"])
@requires(Action.SURVEY_MANAGE)
def edit_question(questionnaire_id: int, code: str) -> Answer:
    """Change a question; ?kind= makes it one of another kind."""
    page, kind = load_draft(questionnaire_id), request.args.get("kind", "")
    found = find_question(page.body, code)
    if found is None:
        if request.method != "POST" or kind not in list(QuestionKind) or not page.body.sections:
            abort(404)
        return _question(page, code, QuestionKind(kind), "")
    section = page.body.sections[found[0]]
    present = section.questions[found[1]]
    return _question(page, code, QuestionKind(kind) if kind in list(QuestionKind) else present.kind, section.code,
                     present)


def _question(page: VersionPage, code: str, kind: QuestionKind, section: str,
              present: Question | None = None) -> Answer:
    """The form of a question; one that somebody deleted meanwhile is added anew."""
    desk = _desk(page, f"question:{code}" if code else f"new:{kind.value}")
    scale = page.body.scales[0][0] if page.body.scales else ""
    initial = question_texts(present or Question(_free_code(page.body), kind, scale=scale), section)
    form = question_form(kind, desk.data(initial), page.body)
    if request.method == "POST" and _is_taken(page.body, form, code):
        form.code.validators = [*form.code.validators, _taken]

    def change() -> Body:
        return put_question(page.body, form.made(), form.section.data, code)

    return _answer(page, desk, form, change, f"q-{form.code.data}", lambda: render_template(
        "questionnaire/question.html", page=page, desk=desk, form=form, code=code, kind=kind, kinds=list(QuestionKind),
        is_gone=bool(code) and present is None))


def _is_taken(body: Body, form: QuestionForm, code: str) -> bool:
    """Whether another question or row bears the code."""
    others = [question for question in body.questions() if question.code != code]
    names = {name.casefold() for question in others for name in (question.code, *question.names)}
    return str(form.code.data or "").casefold() in names


def _free_code(body: Body) -> str:
    """The next code of the form Q5 that nothing bears."""
    taken, number = {code.casefold() for code in taken_codes(body)}, 1
    while f"q{number}" in taken:
        number += 1
    return f"Q{number}"
