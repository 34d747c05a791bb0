"""What unit and inspectors say of a finding: the answer with its evidence, and what is decided on it."""

from pathlib import Path
from typing import Any, BinaryIO, cast

from flask import abort, current_app, flash, redirect, request
from werkzeug.datastructures import MultiDict

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.storage import FileStore
from core.translation import N_, _
from forms.activity import Option
from forms.inspection import EVIDENCE, AnswerForm, WordForm
from models.finding import RULES, Deed, Finding, FindingError, possible_deeds
from models.permission import Action
from queries.activity import ActivityFilter, list_activities, list_files
from queries.inspection import FindingLine
from services.attachment import FOLDER, FileRefusedError, receive_file
from services.inspection import StepInput, take_step
from views.access import allow, requires, viewer
from views.drafting import open_desk
from views.inspection.blueprint import blueprint
from views.inspection.common import (
    Answer,
    desk_of,
    judge_post,
    load_finding,
    load_inspection,
    refuse,
    show_form,
)
from views.inspection.finding import finding_crumb

MOST_OFFERED = 60
"""Activities that the form offers as evidence, the newest."""


@blueprint.route("/findings/<int:finding_id>/answer", methods=["GET", "POST"])
@requires(Action.FINDING_ANSWER)
def answer(finding_id: int) -> Answer:
    """Answer a finding as its unit."""
    line = load_finding(finding_id)
    allow(Action.FINDING_ANSWER, line.unit_id)
    if not possible_deeds(line.status, Action.FINDING_ANSWER):
        flash(_("Kiến nghị này đã khép lại nên không cần trả lời nữa."), "info")
        return redirect(finding_crumb(line)["url"], 303)
    desk = open_desk(f"finding:{finding_id}:answer", line.unit_id, Action.FINDING_ANSWER)
    texts = desk.data({})
    refusals = _receive(line.unit_id, texts)
    files = {str(file.id): file for file in list_files(
        db.session, line.unit_id, [int(text) for text in texts.getlist("attachments") if text.isdecimal()])}
    texts.setlist("attachments", [text for text in texts.getlist("attachments") if text in files])
    form = AnswerForm(texts, _activities(line), {key: file.name for key, file in files.items()})
    form.files.process_errors = refusals
    result: Any = judge_post(desk, form, multiple=EVIDENCE,
                             worked_out={"attachments": texts.getlist("attachments")}) \
        if request.method == "POST" else 200
    if result is None:
        given = StepInput(Deed.ANSWER, form.text.data, None, _ids(form.activities.data), _ids(form.attachments.data))
        result = _take(desk, form, line, given, _("Đã gửi trả lời. Đoàn kiểm tra sẽ xem xét."))
    if not isinstance(result, int):
        return result  # type: ignore[no-any-return]  # a redirect
    return show_form(_("Trả lời kiến nghị"), desk, form, submit=_("Gửi trả lời"), status=result, lead=line.what,
                     crumbs=[finding_crumb(line)], back=finding_crumb(line)["url"], files=files,
                     notes=[_("Hạn khắc phục: %(day)s", day=format_day(line.due_on))])


def _take(desk: Any, form: Any, line: FindingLine, given: StepInput, done: str) -> Any:
    """Take the step: a redirect, or the status with which to show the form again."""
    try:
        with db.session.begin_nested():
            take_step(db.session, db.session.get_one(Finding, line.id), given, form_token=desk.token[:64],
                      viewer=viewer(), now=clock.now())
    except FindingError as error:
        return refuse(form, error)
    desk.done()
    db.session.commit()
    flash(done, "success")
    return redirect(finding_crumb(line)["url"], 303)


def _ids(texts: list[str] | None) -> tuple[int, ...]:
    """Ticked ids."""
    return tuple(int(text) for text in texts or [])


def _activities(line: FindingLine) -> list[Option]:
    """The unit's own activities since the visit, newest first."""
    programme_id = load_inspection(line.inspection_id).programme_id
    rows = list_activities(db.session, ActivityFilter(
        [line.unit_id], programme_id, first_day=line.visited_on or line.raised_on), clock.today(),
                           limit=MOST_OFFERED)
    return [Option(str(row.id), f"{format_day(row.starts_on)} · {row.title}") for row in rows]


def _receive(unit_id: int, texts: MultiDict[str, str]) -> list[str]:
    """Take in the files that came and tick them; gives back what is wrong with the others."""
    store = FileStore(Path(current_app.config["SETTINGS"].instance) / FOLDER)
    refusals = []
    for upload in request.files.getlist("files"):
        if not upload.filename:
            continue
        try:
            kept = receive_file(db.session, store, unit_id=unit_id, name=upload.filename,
                                stream=cast(BinaryIO, upload.stream), viewer=viewer(), now=clock.now())
        except FileRefusedError as error:
            refusals.append(str(error))
        else:
            if str(kept.id) not in texts.getlist("attachments"):
                texts.add("attachments", str(kept.id))
    return refusals


@blueprint.route("/findings/<int:finding_id>/judge/<deed>", methods=["GET", "POST"])
@requires(Action.INSPECTION_WRITE)
def judge(finding_id: int, deed: str) -> Answer:
    """Accept an answer, ask again, close a finding or open it again."""
    line = load_finding(finding_id, to_write=True)
    if deed not in list(Deed) or RULES[Deed(deed)].action is not Action.INSPECTION_WRITE:
        abort(404)
    wanted, rule = Deed(deed), RULES[Deed(deed)]
    if line.status not in rule.sources:
        flash(_("Kiến nghị đã chuyển sang tình trạng khác. Xem lại rồi làm tiếp."), "info")
        return redirect(finding_crumb(line)["url"], 303)
    desk = desk_of(f"finding:{finding_id}:{deed}", line.owner_id)
    suggested = {"due_on": format_day(max(line.due_on, clock.today()))} if rule.sets_due else {}
    form = WordForm(desk.data(suggested), label=_(_LABELS[wanted]), needs_text=rule.needs_text, sets_due=rule.sets_due,
                    first_day=clock.today())
    result: Any = judge_post(desk, form) if request.method == "POST" else 200
    if result is None:
        due_on = form.due_on.data if rule.sets_due else None
        result = _take(desk, form, line, StepInput(wanted, form.text.data or "", due_on), _("Đã ghi."))
    if not isinstance(result, int):
        return result  # type: ignore[no-any-return]  # a redirect
    return show_form(_(wanted.label), desk, form, submit=_(wanted.label), status=result, lead=line.what,
                     crumbs=[finding_crumb(line)], back=finding_crumb(line)["url"], notes=[line.unit_name])


_LABELS: dict[Deed, str] = {
    Deed.ACCEPT: N_("Ý kiến của đoàn kiểm tra"), Deed.ASK: N_("Cần bổ sung, làm rõ điều gì?"),
    Deed.CLOSE: N_("Lý do khép lại"), Deed.REOPEN: N_("Lý do mở lại")}
