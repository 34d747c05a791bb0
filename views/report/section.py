"""Filling in one section of a report: its figures and its text."""

from dataclasses import replace

from flask import abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.report import NOTHING, ticks
from models.figure import EMPTY, NIL
from models.permission import Action
from models.report import FigureEntry, ReasonNeededError
from models.submission import Submission
from services.draft import Conflict, discard_draft
from services.narrative import OFFERED_ONLY, draft_section
from services.report import facts_of, save_figures, save_section
from views.access import requires, viewer
from views.report.blueprint import blueprint
from views.report.common import attempt, load, section_url, show_url, state_of
from views.report.editor import Editor, editor_of

Answer = str | Response | tuple[str, int]
REDRAFTS = {"replace", "append"}


@blueprint.route("/<int:obligation_id>/sections/<code>", methods=["GET", "POST"])
@requires(Action.REPORT_WRITE)
def section(obligation_id: int, code: str) -> Answer:
    """Show one section and save what is answered in it."""
    line = load(obligation_id, Action.REPORT_WRITE)
    state = state_of(line)
    found = state.section(code)
    if found is None:
        abort(404)
    if not line.is_editable:
        return redirect(show_url(line), 303)
    editor = editor_of(state, found)
    if request.method == "POST":
        answer = _post(editor)
        db.session.commit()
        return answer
    return _page(editor)


@blueprint.post("/<int:obligation_id>/nothing")
@requires(Action.REPORT_WRITE)
def say_nothing(obligation_id: int) -> Response:
    """Say "không phát sinh" of every open figure of which neither the unit nor the portal knows anything."""
    line = load(obligation_id, Action.REPORT_WRITE)
    state = state_of(line)
    codes = [
        row.code for step in state.steps for row in state.indicators_of(step)
        if not row.is_formula and state.allows_figure(step, row.code)
        and state.gathered.figures.get(row.code, EMPTY).is_empty]
    entries = {code: FigureEntry(NIL) for code in codes}
    done = attempt(line, lambda submission: save_figures(
        db.session, submission, entries, viewer(), clock.now()))
    db.session.commit()
    if done:
        flash(_("Đã ghi “Không phát sinh” cho %(count)s ô.", count=len(codes)), "success")
    return redirect(show_url(line), 303)


def _post(editor: Editor) -> Answer:
    """Keep what was typed, then save it if it can be."""
    desk, form, line = editor.desk, editor.form, editor.state.line
    if request.form.get("act") == "discard":
        discard_draft(db.session, desk.key, clock.now())
        flash(_("Đã bỏ phần đang gõ; mục trở lại như lần lưu trước."), "success")
        return redirect(section_url(line, editor.section), 303)
    if not desk.take(worked_out=ticks(form)):
        desk.conflicts = [_in_words(item) for item in desk.conflicts if item.name in form]
        return _page(editor, 409)
    if desk.wants_keep_only:
        return redirect(section_url(line, editor.section), 303)
    if not form.validate():
        return _page(editor, 422)
    try:
        saved = attempt(line, lambda submission: _save(editor, submission))
    except ReasonNeededError:
        flash(_("Số cổng đếm được vừa thay đổi. Xem lại số liệu rồi lưu."), "warning")
        return redirect(section_url(line, editor.section), 303)
    if not saved:
        return redirect(show_url(line), 303)
    desk.done()
    return redirect(_next_url(editor), 303)


def _in_words(conflict: Conflict) -> Conflict:
    """Both versions of a tick box as words."""
    if not conflict.name.startswith(NOTHING):
        return conflict
    ticked, bare = _("Không phát sinh"), _("(không đánh dấu)")
    return replace(conflict, mine=ticked if conflict.mine else bare, theirs=ticked if conflict.theirs else bare)


def _save(editor: Editor, submission: Submission) -> None:
    """Save figures, then the text: it may be the draft made from the figures just saved."""
    session, act, section = db.session, request.form.get("act", ""), editor.section
    entries = editor.form.entries(nil_rest=act == "nil")
    save_figures(session, submission, entries, viewer(), clock.now())
    if not (section.has_text and editor.state.allows_text(section)):
        return
    text = editor.form.text.data or ""
    if act in REDRAFTS:
        fresh = state_of(editor.state.line)
        draft = draft_section(section.code, facts_of(
            session, fresh, sections=frozenset({section.code}), on=clock.today()))
        text = draft if act == "replace" else "\n".join(filter(None, [editor.kept_live(text.rstrip()), draft]))
        save_section(session, submission, section.id, text, viewer(), clock.now(), is_drafted=text == draft)
    elif text != editor.shown_text:
        is_drafted = text == editor.draft and section.code not in OFFERED_ONLY
        text = text if is_drafted else editor.kept_live(text)
        save_section(session, submission, section.id, text, viewer(), clock.now(), is_drafted=is_drafted)


def _next_url(editor: Editor) -> str:
    """Where to go after saving: on to the next section, or stay."""
    line, following = editor.state.line, editor.following
    if request.form.get("act") == "next":
        flash(_("Đã lưu mục %(section)s.", section=editor.section.title), "success")
        return section_url(line, following) if following is not None else show_url(line)
    flash(_("Đã lưu."), "success")
    return section_url(line, editor.section)


def _page(editor: Editor, status: int = 200) -> tuple[str, int]:
    """The section's page."""
    return render_template("report/section.html", **editor.context()), status
