"""The form of a tally for one request: draft, questions, what becomes of it when it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.numbers import format_integer
from core.translation import _
from forms.tally import (
    BLANK,
    LEVEL_CELLS,
    NOT_APPLICABLE,
    TallyForm,
    TallyLimits,
    TallyQuestion,
    cell_name,
    tally_form,
)
from models.permission import Action
from queries.activity import ProgrammeSpan
from queries.questionnaire import QuestionnaireLine
from queries.survey.place import PlacePage
from queries.tally import (
    TallyPage,
    find_tally,
    find_tally_by_token,
    get_tally,
)
from services.draft import Typed, Value, save_fields
from services.tally import TallyInput, TallyTokenTakenError, add_tally, change_tally
from views.access import viewer
from views.drafting import Desk, open_desk

Answer = str | Response | tuple[str, int]
FAR = 2**31
"""A revision no draft has seen: what is kept with it never conflicts."""


@dataclass
class Sheet:
    """One form, filled and ready to be judged or shown."""

    desk: Desk
    form: TallyForm
    questionnaire: QuestionnaireLine
    programme: ProgrammeSpan
    page: TallyPage | None
    """The tally that is being changed; None for a new one."""
    place: PlacePage | None = None
    """The unit's place in the round to which a new tally belongs; None outside any."""

    def given(self) -> TallyInput:
        """What was typed, once it is good."""
        form = self.form
        ids = {question.code: question.id for question in self.questionnaire.questions}
        return TallyInput(
            collected_from=form.collected_from.data, collected_to=form.collected_to.data,
            sheet_count=form.sheet_count.data, note=form.note.data,
            answers={ids[row.question.code]: row.counts(form.sheet_count.data) for row in form.rows})

    def show(self) -> str:
        """The page of the form."""
        texts = {question.code: question for question in self.questionnaire.questions}
        rows = [(number, texts[row.question.code], row) for number, row in enumerate(self.form.rows, start=1)]
        return render_template(
            "tally/form.html", title=_("Sửa phiếu tổng hợp") if self.page else _("Nhập phiếu hài lòng"),
            desk=self.desk, form=self.form, rows=rows, tally=self.page, questionnaire=self.questionnaire,
            place=self.place)

    def not_saved(self) -> Answer:
        """Keep the draft; go back to the form, or show it with what is to be mended or chosen."""
        db.session.commit()
        if self.desk.conflicts:
            return self.show(), 409
        if self.desk.wants_keep_only:
            flash(_("Đã lưu nháp. Số liệu chưa được tính cho đến khi bấm “Lưu phiếu”."), "success")
            return redirect(request.full_path.rstrip("?"), 303)
        return self.show(), 422


def open_sheet(questionnaire: QuestionnaireLine, programme: ProgrammeSpan, unit_id: int,
               page: TallyPage | None = None, place: PlacePage | None = None) -> Sheet:
    """Open the form of a new tally, of a round or outside any, or of ``page``."""
    new = f"tally:new:{viewer().account_id}" + (f":{place.id}" if place else "")
    key = f"tally:{page.id}" if page else new
    desk = open_desk(key, unit_id, Action.SURVEY_WRITE)
    limits = TallyLimits(programme.year, programme.first_day, programme.last_day, clock.today())
    questions = [TallyQuestion(line.code, line.allows_not_applicable) for line in questionnaire.questions]
    form = tally_form(desk.data(texts_of(page) if page else {}), questions, limits)
    return Sheet(desk, form, questionnaire, programme, page, place)


def write_new(sheet: Sheet) -> Answer:
    """Show the form of a new tally, or save it once."""
    if request.method != "POST":
        return sheet.show()
    made = find_tally_by_token(db.session, sheet.desk.token)
    if made is not None:
        return _again(sheet, made)
    if not sheet.desk.take() or sheet.desk.wants_keep_only or not sheet.form.validate():
        return sheet.not_saved()
    try:
        tally = add_tally(
            db.session, sheet.given(), unit_id=sheet.desk.handle.unit_id, programme_id=sheet.programme.id,
            questionnaire_id=sheet.questionnaire.id, form_token=sheet.desk.token, viewer=viewer(), now=clock.now(),
            round_id=sheet.place.round_id if sheet.place else None)
    except TallyTokenTakenError:
        sheet.desk.done()
        return _again(sheet, find_tally_by_token(db.session, sheet.desk.token) or 0)
    sheet.desk.done()
    db.session.commit()
    flash(_("Đã lưu %(count)s phiếu.", count=format_integer(tally.sheet_count)), "success")
    return redirect(url_for("tally.show", tally_id=tally.id), 303)


def write_change(sheet: Sheet, page: TallyPage) -> Answer:
    """Show the form of a tally, or save what was changed in it."""
    if request.method != "POST":
        return sheet.show()
    if not sheet.desk.take() or sheet.desk.wants_keep_only or not sheet.form.validate():
        return sheet.not_saved()
    tally = find_tally(db.session, page.id)
    is_changed = tally is not None and change_tally(
        db.session, tally, sheet.given(), viewer=viewer(), now=clock.now())
    sheet.desk.done()
    db.session.commit()
    flash(_("Đã lưu thay đổi.") if is_changed else _("Không có gì thay đổi."), "success")
    return redirect(url_for("tally.show", tally_id=page.id), 303)


def _again(sheet: Sheet, tally_id: int) -> Answer:
    """The form made its tally already: go to it; what differs now waits in the draft of its own form."""
    page = get_tally(db.session, tally_id, clock.today())
    if page is None or page.unit_id != sheet.desk.handle.unit_id:
        return sheet.not_saved()
    different = _differences(sheet, page)
    if not different:
        db.session.commit()
        return redirect(url_for("tally.show", tally_id=page.id), 303)
    save_fields(
        db.session, key=f"tally:{page.id}", unit_id=page.unit_id, form_token="", tab=sheet.desk.tab,
        account_id=viewer().account_id, now=clock.now(),
        fields={name: Typed(value, FAR) for name, value in different.items()})
    db.session.commit()
    flash(_("Phiếu này đã được lưu trước đó. Những gì vừa nhập khác đi đang ở bản nháp dưới đây; "
            "kiểm tra rồi bấm “Lưu phiếu”."), "warning")
    return redirect(url_for("tally.edit", tally_id=page.id), 303)


def _differences(sheet: Sheet, page: TallyPage) -> dict[str, Value]:
    """Fields that were sent and do not say what was saved; an empty cell says zero, an empty blank the rest."""
    if sheet.form.validate():
        saved = page.answers
        given = {row.question.code: row.counts(sheet.form.sheet_count.data) for row in sheet.form.rows}
        head = (sheet.form.collected_from.data, sheet.form.collected_to.data, sheet.form.sheet_count.data,
                sheet.form.note.data)
        if given == saved and head == (page.collected_from, page.collected_to, page.sheet_count, page.note):
            return {}
    return {field.name: str(field.raw_data[0]) if field.raw_data else "" for field in sheet.form}


def texts_of(page: TallyPage) -> Mapping[str, Value]:
    """A tally as its form shows it."""
    texts: dict[str, Any] = {
        "collected_from": format_day(page.collected_from), "collected_to": format_day(page.collected_to),
        "sheet_count": format_integer(page.sheet_count), "note": page.note,
    }
    for code, counts in page.answers.items():
        cells = zip((*LEVEL_CELLS, NOT_APPLICABLE, BLANK), (*counts.levels, counts.not_applicable, counts.blank),
                    strict=True)
        texts |= {cell_name(code, cell): format_integer(count) for cell, count in cells}
    return texts
