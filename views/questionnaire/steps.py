"""One press on a draft: move, delete and undo, publish, give up."""

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from models.permission import Action
from models.question import Body
from models.questionnaire_edit import (
    find_section,
    move_question,
    move_section,
    remove_question,
    remove_section,
    restore,
)
from queries.questionnaire import find_discarded, find_removed
from services.questionnaire_draft import (
    DraftExistsError,
    StaleDraftError,
    UnsoundQuestionnaireError,
    discard,
    new_draft,
    publish,
    save_draft,
)
from views.access import requires, viewer
from views.questionnaire.blueprint import blueprint, load_draft

WAYS = {"up": -1, "down": 1}


def _back(draft_id: int, anchor: str = "", removed: int | None = None) -> Response:
    """Back to the draft, at the part that was touched."""
    return redirect(url_for("questionnaire.show", questionnaire_id=draft_id, removed=removed,
                            _anchor=anchor or None), 303)


def _seen() -> int:
    """The revision that the page has seen."""
    return request.form.get("revision", type=int, default=0)


def _stale(draft_id: int) -> Response:
    """Somebody was quicker: say so and show how the draft stands now."""
    db.session.rollback()
    flash(_("Người khác vừa sửa bản này nên thao tác chưa thực hiện. Xem lại nội dung mới rồi bấm lần nữa."), "warning")
    return redirect(url_for("questionnaire.show", questionnaire_id=draft_id), 303)


@blueprint.post("/<int:questionnaire_id>/move")
@requires(Action.SURVEY_MANAGE)
def move(questionnaire_id: int) -> Response:
    """Move a question or a section one place."""
    page = load_draft(questionnaire_id)
    code, way = request.form.get("code", ""), WAYS.get(request.form.get("way", ""), 0)
    is_section = request.form.get("what") == "section"
    body = (move_section if is_section else move_question)(page.body, code, way)
    try:
        if body != page.body:
            save_draft(db.session, page.id, body, page.revision, viewer=viewer(), now=clock.now(),
                       detail={"what": _("Đổi chỗ %(code)s", code=code)})
    except StaleDraftError:
        return _stale(page.id)
    db.session.commit()
    return _back(page.id, f"s-{code}" if is_section else f"q-{code}")


@blueprint.post("/<int:questionnaire_id>/remove")
@requires(Action.SURVEY_MANAGE)
def remove(questionnaire_id: int) -> Response:
    """Take a question or a section out; the page then offers to put it back."""
    page = load_draft(questionnaire_id)
    code, is_section = request.form.get("code", ""), request.form.get("what") == "section"
    try:
        body, taken = (remove_section if is_section else remove_question)(page.body, code)
        event_id = save_draft(db.session, page.id, body, _seen(), viewer=viewer(), now=clock.now(), action="remove",
                              detail={"what": code, "removed": taken})
    except KeyError:
        return _back(page.id)  # pressed twice: it is gone already
    except StaleDraftError:
        return _stale(page.id)
    db.session.commit()
    return _back(page.id, removed=event_id)


@blueprint.post("/<int:questionnaire_id>/restore/<int:event_id>")
@requires(Action.SURVEY_MANAGE)
def undo(questionnaire_id: int, event_id: int) -> Response:
    """Put back what was taken out."""
    page = load_draft(questionnaire_id)
    detail = find_removed(db.session, page.id, event_id)
    if detail is None:
        abort(404)
    body: Body = restore(page.body, detail["removed"])
    try:
        if body != page.body:
            save_draft(db.session, page.id, body, page.revision, viewer=viewer(), now=clock.now(), action="restore",
                       detail={"what": detail["what"]})
    except StaleDraftError:
        return _stale(page.id)
    db.session.commit()
    code = detail["what"]
    return _back(page.id, f"s-{code}" if find_section(body, code) is not None else f"q-{code}")


@blueprint.post("/<int:questionnaire_id>/publish")
@requires(Action.SURVEY_MANAGE)
def issue(questionnaire_id: int) -> Response:
    """Fix a draft for ever."""
    page = load_draft(questionnaire_id)
    try:
        made = publish(db.session, page.id, _seen(), viewer=viewer(), now=clock.now())
    except StaleDraftError:
        return _stale(page.id)
    except UnsoundQuestionnaireError:
        db.session.rollback()
        flash(_("Bản này còn chỗ cần sửa nên chưa ban hành được."), "warning")
        return _back(page.id)
    db.session.commit()
    flash(_("Đã ban hành bản %(version)s. Bản này không đổi được nữa.", version=made.version), "success")
    return _back(page.id)


@blueprint.post("/<int:questionnaire_id>/discard")
@requires(Action.SURVEY_MANAGE)
def give_up(questionnaire_id: int) -> Response:
    """Give a draft up; the list then offers to bring it back."""
    page = load_draft(questionnaire_id)
    try:
        event_id = discard(db.session, page.id, _seen(), viewer=viewer(), now=clock.now())
    except StaleDraftError:
        return _stale(page.id)
    db.session.commit()
    return redirect(url_for("questionnaire.index", discarded=event_id), 303)


@blueprint.post("/revive/<int:event_id>")
@requires(Action.SURVEY_MANAGE)
def revive(event_id: int) -> Response:
    """Begin a draft again with the text of one that was given up."""
    detail = find_discarded(db.session, event_id)
    if detail is None:
        abort(404)
    try:
        draft_id = new_draft(db.session, detail["code"], Body.load(detail["body"]), viewer=viewer(), now=clock.now(),
                             source=_("Khôi phục bản soạn đã bỏ")).id
    except DraftExistsError as error:
        draft_id = error.draft_id
    db.session.commit()
    return redirect(url_for("questionnaire.show", questionnaire_id=draft_id), 303)
