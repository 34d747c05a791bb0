"""What is done with sentences by a button: picking, merging, moving, taking out and putting back, marks."""

from collections.abc import Callable

from flask import request
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import N_, _
from models.permission import Action
from models.sentence import digest, split_text
from models.sentence_list import Line, Lines, Ref, inserted, merged, moved, parted, picked, removed, restored
from queries.narrative import UnitText, texts_of_versions
from services.narrative.sheet import mark_read, mark_unread, text_before
from services.report import save_section
from views.access import requires, viewer
from views.narrative.blueprint import blueprint
from views.narrative.common import STALE, Bench, do, open_bench, refuse
from views.report.common import attempt

NOTHING = N_("Đánh dấu ít nhất một câu rồi bấm nút.")
Change = Callable[[Lines, set[str]], Lines]
LINES: dict[str, tuple[str, Change]] = {
    "up": (N_("Đã đưa câu lên trước."), lambda lines, keys: moved(lines, keys, -1)),
    "down": (N_("Đã đưa câu xuống sau."), lambda lines, keys: moved(lines, keys, 1)),
    "merge": (N_("Đã gộp thành một câu; sửa lại cho gọn."), merged),
    "part": (N_("Đã đổi chỗ ngắt đoạn."), parted),
    "remove": (N_("Đã bỏ câu khỏi bài. Câu đã bỏ nằm cuối cột này, lấy lại được."), removed),
}
"""Buttons beneath the sentences: what to say, and what to do with the ticked ones."""


@blueprint.post("/<int:obligation_id>/<code>/lines")
@requires(Action.CONSOLIDATION_WRITE)
def arrange(obligation_id: int, code: str) -> Response:
    """Move, merge, part or take out the ticked sentences, or undo the last change."""
    bench = open_bench(obligation_id, code)
    act = request.form.get("act", "")
    if act == "undo":
        return _undo(bench)
    keys = bench.chosen(request.form.getlist("line"))
    if keys is None:
        return refuse(bench, _(STALE))
    if act not in LINES or len(keys) < (2 if act == "merge" else 1):
        return refuse(bench, _("Đánh dấu từ hai câu trở lên để gộp.") if act == "merge" else _(NOTHING))
    done, change = LINES[act]
    return do(bench, lambda lines: change(lines, set(keys)), _(done))


def _undo(bench: Bench) -> Response:
    """Put the section's text back to what it was before the last change; nothing that is known of it is lost."""
    submission_id = bench.line.submission_id
    before = text_before(db.session, submission_id, bench.section.id, bench.raw) if submission_id else None
    if before is None:
        return refuse(bench, _("Không có lần sửa nào để hoàn tác."))
    if not before and bench.draft:
        attempt(bench.line, lambda submission: save_section(
            db.session, submission, bench.section.id, bench.shown(bench.draft), viewer(), clock.now(), is_drafted=True))
        return refuse(bench, _("Mục trở lại câu cổng tự soạn theo số liệu."))
    sheet = bench.known(before)
    return do(bench, lambda _lines: sheet.lines, _("Đã hoàn tác lần sửa cuối."))


@blueprint.post("/<int:obligation_id>/<code>/restore")
@requires(Action.CONSOLIDATION_WRITE)
def put_back(obligation_id: int, code: str) -> Response:
    """Put a sentence that was taken out back to where it stood."""
    bench = open_bench(obligation_id, code)
    key = request.form.get("line", "")
    found = next((one for one in bench.sheet.removed if one.line.key == key), None)
    if found is None:
        return refuse(bench, _(STALE))
    return do(bench, lambda lines: restored(lines, found.line, found.place), _("Đã đưa câu trở lại bài."))


@blueprint.post("/<int:obligation_id>/<code>/figures")
@requires(Action.CONSOLIDATION_WRITE)
def insert(obligation_id: int, code: str) -> Response:
    """Put sentences from figures at the end of the text; their numbers follow the figures."""
    bench = open_bench(obligation_id, code, with_draft=True)
    wanted = set(request.form.getlist("figure"))
    pieces = [(piece.text, piece.opens) for piece in split_text(bench.draft) if digest(piece.text) in wanted]
    if not pieces:
        return refuse(bench, _(NOTHING), "beside")
    return do(bench, lambda lines: inserted(lines, pieces), _("Đã chèn câu từ số liệu."))


@blueprint.post("/<int:obligation_id>/<code>/pick")
@requires(Action.CONSOLIDATION_WRITE)
def pick(obligation_id: int, code: str) -> Response:
    """Put units' ticked sentences into the text, or mark what units wrote as read or unread."""
    bench = open_bench(obligation_id, code)
    ticks = [value.partition(":")[::2] for value in request.form.getlist("pick")]
    marks = request.form.getlist("read") or request.form.getlist("unread")
    ids = {int(number) for number in [*marks, *(version for version, _place in ticks)] if number.isdecimal()}
    texts = {text.version_id: text for text in texts_of_versions(
        db.session, bench.state.gathered, submission_id=bench.line.submission_id, section_id=bench.section.id,
        code=code, version_ids=ids)}
    if marks:
        return _mark(bench, list(texts), is_read=bool(request.form.getlist("read")))
    choices = list(_choices(ticks, texts, code))
    if not choices:
        return refuse(bench, _(NOTHING), "beside")
    return _pick(bench, choices, as_paragraph=request.form.get("act") == "paragraph")


def _choices(ticks: list[tuple[str, str]], texts: dict[int, UnitText], code: str) -> list[tuple[str, Ref]]:
    """The ticked sentences with where they come from; what is not there is left out."""
    found = []
    for version, place in ticks:
        text = texts.get(int(version)) if version.isdecimal() else None
        if text is not None and place.isdecimal() and int(place) < len(text.sentences):
            sentence = text.sentences[int(place)]
            found.append((sentence, Ref(text.version_id, code, sentence)))
    return found


def _pick(bench: Bench, choices: list[tuple[str, Ref]], *, as_paragraph: bool) -> Response:
    """Put sentences into the text and mark their units' texts as read."""
    ids = {ref.version_id for _text, ref in choices}

    def change(lines: Lines) -> tuple[Line, ...]:
        return picked(lines, choices, as_paragraph=as_paragraph)

    attempt(bench.line, lambda submission: mark_read(
        db.session, submission, bench.section.id, ids, viewer(), clock.now()))
    return do(bench, change, _("Đã đưa %(count)s câu vào bài.", count=len(choices)), "beside")


def _mark(bench: Bench, version_ids: list[int], *, is_read: bool) -> Response:
    """Mark texts as read or unread."""
    section_id = bench.section.id
    if not bench.can_write:
        return refuse(bench, _("Báo cáo đang khóa nên chưa ghi được việc đọc."), "beside")
    if is_read:
        attempt(bench.line, lambda submission: mark_read(
            db.session, submission, section_id, version_ids, viewer(), clock.now()))
    elif bench.line.submission_id is not None:
        attempt(bench.line, lambda submission: mark_unread(db.session, submission, section_id, version_ids))
    return refuse(bench, "", "beside")


__all__ = ["LINES", "arrange", "insert", "pick", "put_back"]
