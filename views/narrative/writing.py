"""Wording: changing one sentence, and writing on at the end of a section."""

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.narrative import SentenceForm
from models.permission import Action
from models.sentence import digest
from models.sentence_list import changed, typed
from queries.narrative import Sentence
from services.draft import Conflict
from views.access import requires, viewer
from views.drafting import Desk, open_desk
from views.narrative.blueprint import blueprint
from views.narrative.common import Bench, open_bench, save
from views.narrative.page import render_desk

NEW = "new"
"""In place of a sentence's name: what is written on at the end."""
Answer = str | Response | tuple[str, int]


@blueprint.route("/<int:obligation_id>/<code>/sentences/<key>", methods=["GET", "POST"])
@requires(Action.CONSOLIDATION_WRITE)
def write(obligation_id: int, code: str, key: str) -> Answer:
    """Show a sentence in a box beside what units wrote, and save its wording."""
    bench = open_bench(obligation_id, code)
    found = bench.sheet.find(key)
    if not bench.can_write or (found is None and key != NEW and request.method == "GET"):
        if bench.can_write:
            flash(_("Câu này vừa được bỏ hoặc thay. Xem lại bài dưới đây."), "warning")
        return redirect(bench.url(), 303)
    is_gone = found is None and key != NEW
    desk = _desk(bench, NEW if is_gone else key)
    if is_gone and desk.draft is not None and not desk.has_pending:
        desk.revision = desk.draft.revision  # the page knew another draft
    form = SentenceForm(desk.data({"text": found.line.text if found is not None else ""}))
    if request.method == "POST":
        answer = _post(bench, desk, form, found, is_gone=is_gone)
        db.session.commit()
        return answer
    return render_desk(bench, form=form, desk=desk, editing=key, seen=_seen(found))


def _desk(bench: Bench, key: str) -> Desk:
    """The drafts desk of a sentence, which all who write it share; of what is added, a person's own."""
    name = f"{key}:{viewer().account_id}" if key == NEW else key
    return open_desk(f"narrative:{bench.line.obligation_id}:{bench.section.code}:{name}", bench.line.unit_id,
                     Action.CONSOLIDATION_WRITE)


def _seen(found: Sentence | None) -> str:
    """The wording that the page shows, by its short name."""
    return digest(found.line.text) if found is not None else ""


def _post(bench: Bench, desk: Desk, form: SentenceForm, found: Sentence | None, *, is_gone: bool) -> Answer:
    """Keep what was typed; save it unless somebody else changed the sentence meanwhile."""
    key = found.line.key if found is not None else NEW
    is_mine = desk.take()
    if is_gone:
        flash(_("Câu này vừa được bỏ hoặc thay ở nơi khác. Nội dung vừa gõ được giữ dưới đây để ghi thành câu mới."),
              "warning")
        return render_desk(bench, form=form, desk=desk, editing=NEW, seen=""), 409
    if request.form.get("choice-text") == "theirs":
        desk.done()
        return redirect(bench.url(anchor="own"), 303)
    if is_mine and found is not None and _is_elsewhere_changed(found):
        desk.conflicts, is_mine = [_conflict(form, found)], False
    if not is_mine:
        return render_desk(bench, form=form, desk=desk, editing=key, seen=_seen(found)), 409
    if desk.wants_keep_only:
        return redirect(bench.url("write", key=key), 303)
    if not form.validate():
        return render_desk(bench, form=form, desk=desk, editing=key, seen=_seen(found)), 422
    return _save(bench, desk, form.text.data or "", key)


def _save(bench: Bench, desk: Desk, text: str, key: str) -> Response:
    """Save a wording, or what is written on."""
    lines = bench.sheet.lines
    if save(bench, typed(lines, text) if key == NEW else changed(lines, key, text)):
        desk.done()
        flash(_("Đã lưu câu."), "success")
    return redirect(bench.url(anchor="own"), 303)


def _is_elsewhere_changed(found: Sentence) -> bool:
    """Whether the sentence no longer says what the page showed, and nobody has chosen between the two."""
    return request.args.get("seen") != digest(found.line.text) and request.form.get("choice-text") != "mine"


def _conflict(form: SentenceForm, found: Sentence) -> Conflict:
    """What was typed beside what stands there now."""
    return Conflict("text", form.text.data or "", found.line.text, found.changed_by, found.changed_at or clock.now(), 0)
