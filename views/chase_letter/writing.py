"""Making a letter: who is late, what it will say, number, day and signer; then one press."""

import io
from dataclasses import fields as fields_of
from datetime import date

from flask import flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.translation import _
from exports.chase_letter import build
from forms.chase_letter import ChaseLetterForm
from models.permission import Action
from models.requirement import Level, Requirement
from queries.chase_letter import ChaseDocument, Lateness, LetterLine, get_lateness, list_letters, next_round
from services.chase_letter import ChaseLetterError, LetterFields, compose_letter, make_letter, suggest_fields
from views.access import requires, viewer
from views.chase_letter.blueprint import blueprint
from views.drafting import Desk, open_desk
from views.reminder.common import load

Answer = str | Response | tuple[str, int]


@blueprint.route("/requirements/<code>", methods=["GET", "POST"])
@requires(Action.REMINDER_MANAGE)
def write(code: str) -> Answer:
    """Show who is late and ask for number, day and signer; on POST make the letter."""
    requirement, level = load(code), _level()
    desk = open_desk(f"chase-letter:{requirement.id}", viewer().acts_for_id, Action.REMINDER_MANAGE)
    letters = list_letters(db.session, requirement.id)
    suggested = suggest_fields(db.session, requirement, next_round(letters), clock.today())
    form = ChaseLetterForm(desk.data(_texts(suggested)))
    status = 200
    if request.method == "POST":
        answer = _post(desk, form, requirement, level)
        if not isinstance(answer, int):
            return answer
        status = answer
    lateness = get_lateness(db.session, requirement.id, clock.today(), level=level)
    document = _composed(requirement, lateness, letters, suggested)
    return render_template(
        "chase_letter/write.html", requirement=requirement, form=form, desk=desk, letters=letters, lateness=lateness,
        document=document, round=next_round(letters), level=level.value if level else ""), status


@blueprint.get("/requirements/<code>/draft.pdf")
@requires(Action.REMINDER_MANAGE)
def preview(code: str) -> Response:
    """Send the letter as it would be, marked as a draft."""
    requirement, level = load(code), _level()
    letters = list_letters(db.session, requirement.id)
    lateness = get_lateness(db.session, requirement.id, clock.today(), level=level)
    suggested = suggest_fields(db.session, requirement, next_round(letters), clock.today())
    document = _composed(requirement, lateness, letters, suggested)
    if document is None:
        flash(_("Không còn đơn vị nào quá hạn để đôn đốc."), "info")
        return redirect(url_for("chase_letter.write", code=code), 303)
    return send_file(io.BytesIO(build(document)), "application/pdf", as_attachment=True,
                     download_name=f"du-thao-don-doc-{code}.pdf", max_age=0)


def _level() -> Level | None:
    """Units of which level are meant: those that report to the Department, or all."""
    wanted = request.values.get("level", "")
    return Level.FIRST if wanted == Level.FIRST.value else None


def _composed(requirement: Requirement, lateness: Lateness, letters: list[LetterLine],
              fields: LetterFields) -> ChaseDocument | None:
    """The letter as it would be, or None when nobody is late."""
    try:
        return compose_letter(db.session, requirement, lateness, letters, fields, is_draft=True)
    except ChaseLetterError:
        return None


def _post(desk: Desk, form: ChaseLetterForm, requirement: Requirement, level: Level | None) -> Response | int:
    """Keep what was typed, check it, make the letter: the answer, or the status with which to show the form again."""
    if not desk.take():
        db.session.commit()
        return 409
    if desk.wants_keep_only or not form.validate():
        db.session.commit()
        return redirect(request.full_path, 303) if desk.wants_keep_only else 422
    try:
        with db.session.begin_nested():
            letter = make_letter(db.session, requirement, _fields(form), level=level, submit_key=desk.token[:64],
                                 viewer=viewer(), on=clock.today(), now=clock.now())
    except ChaseLetterError as error:
        form.form_errors.append(str(error))
        db.session.commit()
        return 422
    desk.done()
    db.session.commit()
    flash(_("Đã lập công văn đôn đốc. Tệp PDF được giữ nguyên và hiện ở trang của từng đơn vị."), "success")
    return redirect(url_for("chase_letter.show", letter_id=letter.id), 303)


def _texts(fields: LetterFields) -> dict[str, str | list[str]]:
    """What the form begins with."""
    values = {field.name: getattr(fields, field.name) for field in fields_of(fields)}
    return {name: format_day(value) if isinstance(value, date) else value for name, value in values.items()}


def _fields(form: ChaseLetterForm) -> LetterFields:
    """What was typed, as the service takes it."""
    number = form.number.data or ""
    return LetterFields(
        number=f"0{number}" if number.isdigit() and len(number) == 1 else number, symbol=form.symbol.data,
        issued_on=form.issued_on.data, answer_by=form.answer_by.data, authority=(form.authority.data or "").upper(),
        position=form.position.data.upper(), name=form.name.data)
