"""A unit's page in a round: its address and QR code, how far it has come, and the ways to bring answers in."""

import io
from typing import Any

import segno
from flask import Response as FileResponse
from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_span
from core.extensions import db
from core.numbers import format_integer
from core.translation import _
from exports.slip import build
from forms.survey import CodesForm
from models.event import Subject
from models.permission import Action
from models.survey import SurveyAudience, SurveyChannel, SurveyPlace
from queries.survey.document import SlipDocument
from queries.survey.place import PlacePage, list_batches
from queries.trail import list_trail
from services.survey_code import BatchTakenError, make_batch, next_batch, take_batch_back
from views.access import permits, requires, viewer
from views.survey.blueprint import blueprint
from views.survey.common import STATE_SIGNS, Answer, address_of, load_place, manages, state_of
from views.survey.history import timeline_of


@blueprint.get("/places/<int:place_id>")
@requires(Action.SURVEY_VIEW)
def place(place_id: int) -> str:
    """Show a unit's place in a round."""
    return _page(load_place(place_id, Action.SURVEY_VIEW), CodesForm())


def _page(page: PlacePage, form: CodesForm) -> str:
    """The page of a place."""
    state, today = state_of(page), clock.today()
    may_write = permits(Action.SURVEY_WRITE, page.unit_id)
    return render_template(
        "survey/place.html", page=page, place=page.place, sign=STATE_SIGNS[state], state_word=_(state.label),
        span=format_span(page.opens_on, page.closes_on), address=address_of(page.place.code), form=form,
        is_open=page.is_open(today), takes_paper=page.takes_paper(today), may_write=may_write, may_manage=manages(),
        may_print=may_write or manages(), is_staff=page.audience is SurveyAudience.STAFF,
        may_read=permits(Action.SURVEY_READ_TEXTS, page.unit_id), facts=_facts(page), channels=_channels(page),
        batches=list_batches(db.session, page.id), batch=next_batch(db.session, page.id),
        events=timeline_of(list_trail(db.session, Subject.PLACE, page.id)))


def _facts(page: PlacePage) -> list[dict[str, Any]]:
    """Sheets, the sample to reach, and the people that could answer."""
    unit = page.place
    wanted = _("trên %(wanted)s cần có", wanted=format_integer(unit.wanted)) if unit.wanted else None
    missing = max((unit.wanted or 0) - unit.sheet_count, 0)
    note = None if not unit.wanted else (
        _("còn thiếu %(missing)s phiếu", missing=format_integer(missing)) if missing else _("đã đủ cỡ mẫu"))
    rows = [
        (_("Phiếu đã nhận"), format_integer(unit.sheet_count), wanted, note, None if missing or not note else "leaf"),
        (_("Số người có thể trả lời (N)"), format_integer(unit.population) if unit.population else "–", None,
         _("cỡ mẫu cho sai số ±5 điểm phần trăm") if unit.population else _("Văn phòng Sở chưa nhập"), None),
    ]
    return [{"label": label, "value": value, "of": of, "note": said, "url": None, "tone": tone}
            for label, value, of, said, tone in rows]


def _channels(page: PlacePage) -> list[tuple[str, str]]:
    """Sheets by channel, each apart; those that this audience cannot use are left out while empty."""
    staff_only = {SurveyChannel.LINK, SurveyChannel.QR} if page.audience is SurveyAudience.STAFF else {
        SurveyChannel.STAFF}
    return [(_(channel.label), format_integer(count)) for channel, count in page.place.sheets.items()
            if count or channel not in staff_only]


@blueprint.get("/places/<int:place_id>/qr.svg")
@requires(Action.SURVEY_VIEW)
def qr(place_id: int) -> FileResponse:
    """Send the place's QR code as a picture."""
    page = load_place(place_id, Action.SURVEY_VIEW)
    picture = io.BytesIO()
    segno.make(f"{address_of(page.place.code)}?k=qr", error="m", micro=False).save(
        picture, kind="svg", scale=6, border=4, light="#fff")
    return FileResponse(picture.getvalue(), mimetype="image/svg+xml", headers={
        "Content-Disposition": f'inline; filename="qr-{page.place.code}.svg"'})


def _load_to_print(place_id: int) -> PlacePage:
    """A place for whose unit the person writes, or any for the Office; else 404."""
    page = load_place(place_id, Action.SURVEY_VIEW)
    if not (permits(Action.SURVEY_WRITE, page.unit_id) or manages()):
        abort(404)
    return page


@blueprint.post("/places/<int:place_id>/codes")
@requires(Action.SURVEY_VIEW)
def codes(place_id: int) -> Answer:
    """Make a batch of single-use codes and send their slips, this once."""
    page = _load_to_print(place_id)
    form = CodesForm(request.form)
    if page.place.withdrawn_at is not None or page.audience is not SurveyAudience.STAFF:
        abort(404)
    if not form.validate():
        return _page(page, form), 422
    try:
        made = make_batch(db.session, db.session.get_one(SurveyPlace, page.id), form.count.data,
                          request.form.get("batch", 0, type=int), viewer=viewer(), now=clock.now())
    except BatchTakenError:
        db.session.rollback()
        flash(_("Lô mã này đã được tạo. Nếu chưa nhận được tệp in, thu hồi lô đó rồi tạo lô mới."), "warning")
        return redirect(url_for("survey.place", place_id=place_id), 303)
    paper = build(SlipDocument(page.place.unit_name.upper(), page.round_title, address_of(page.place.code),
                               page.closes_on, tuple(made)))
    db.session.commit()
    return FileResponse(paper, mimetype="application/pdf", headers={
        "Content-Disposition": f'attachment; filename="ma-{page.place.code}.pdf"'})


@blueprint.post("/places/<int:place_id>/codes/<int:batch>/withdraw")
@requires(Action.SURVEY_VIEW)
def withdraw_codes(place_id: int, batch: int) -> Response:
    """Take the unused codes of a batch out of use."""
    page = _load_to_print(place_id)
    count = take_batch_back(db.session, db.session.get_one(SurveyPlace, page.id), batch, viewer=viewer(),
                            now=clock.now())
    db.session.commit()
    flash(_("Đã thu hồi %(count)s mã chưa dùng.", count=format_integer(count)), "success")
    return redirect(url_for("survey.place", place_id=place_id), 303)
