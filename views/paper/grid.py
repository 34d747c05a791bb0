"""The grid: one sheet after the other by keyboard; each is stored as soon as it is typed."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import DayFormatError, format_day, parse_day
from core.extensions import db
from core.numbers import format_integer
from core.translation import _
from forms.paper import CollectedForm
from models.answering import SHEET, Answering, Judged
from models.paper import PaperCell, read_signs
from models.permission import Action
from models.survey import SurveyChannel
from queries.survey.place import PlacePage, count_paper
from services.paper import store_paper, undo_paper
from services.sheet import issue_ticket, read_ticket
from views.access import requires
from views.paper.blueprint import asked, blueprint, load

Answer = str | Response | tuple[str, int] | tuple[Response, int]
KEPT_TICKETS = 8
"""Sheets that can be taken back one after the other without scripts."""
SESSION_KEY = "paper"


@dataclass
class Typing:
    """One sheet of the grid, for one request."""

    page: PlacePage
    answering: Answering
    cells: tuple[PaperCell, ...]
    form: CollectedForm
    errors: dict[str, str]
    """By field; SHEET for the whole."""

    def judge(self) -> Judged | None:
        """Judge what was typed; None, with ``errors``, when something is to be mended."""
        posted, self.errors = read_signs(self.cells, request.form)
        if not self.form.validate():
            self.errors["_day"] = " ".join(map(str, self.form.day.errors))
        if self.errors:
            return None
        judged = self.answering.judge(posted, today=clock.today(), drop_hidden=True)
        self.errors = {name: str(message) for name, message in judged.errors.items()}
        if not self.errors and judged.is_empty:
            self.errors = {SHEET: _("Phiếu chưa có câu trả lời nào. Phiếu trắng không nhập.")}
        return None if self.errors else judged

    def show(self, status: int = 200) -> Answer:
        """The page, with everything that was typed."""
        main = [cell for cell in self.cells if cell.kind != "free"]
        day = self.form.day.data or last_day(self.page)
        on_day, total = count_paper(db.session, self.page.id, day)
        page = render_template(
            "paper/grid.html", page=self.page, form=self.form, main=main, typed=request.form, errors=self.errors,
            free=[cell for cell in self.cells if cell.kind == "free"],
            ticket=request.form.get("_sheet_ticket") or ticket_of(self.page),
            undo=last_ticket(self.page.id), tree=json.dumps(self.answering.tree()["steps"]),
            on_day=format_integer(on_day), total=format_integer(total), count=len(self.errors))
        return (page, status) if status != 200 else page


def ticket_of(page: PlacePage) -> str:
    """A ticket for the next sheet."""
    return issue_ticket(page.id, SurveyChannel.PAPER, int(clock.now().timestamp()))


def last_day(page: PlacePage) -> date:
    """The last day on which sheets may have been collected so far."""
    return min(clock.today(), page.closes_on)


def open_grid(page: PlacePage) -> Typing:
    """The grid of a place, filled with what was posted or with the day of the address."""
    answering, cells = asked(page.questionnaire_id)
    form = CollectedForm(request.form or None, page.opens_on, last_day(page))
    if request.method != "POST":
        try:
            form.day.data = parse_day(request.args.get("day", ""))
        except DayFormatError:
            form.day.data = last_day(page)
    return Typing(page, answering, cells, form, {})


@blueprint.get("/<int:place_id>/paper")
@requires(Action.SURVEY_WRITE)
def grid(place_id: int) -> Answer:
    """Show the grid for the next sheet."""
    page = load(place_id)
    if not page.takes_paper(clock.today()):
        return _closed(page)
    return open_grid(page).show()


@blueprint.post("/<int:place_id>/paper")
@requires(Action.SURVEY_WRITE)
def save(place_id: int) -> Answer:
    """Store the sheet that was typed, once; a script is answered in JSON."""
    page = load(place_id)
    if not page.takes_paper(clock.today()):
        if not _is_script():
            return _closed(page)
        return jsonify(errors={SHEET: _("Đợt này không nhận thêm phiếu giấy.")}), 409
    typing = open_grid(page)
    ticket = read_ticket(request.form.get("_sheet_ticket", ""))
    judged = typing.judge()
    if ticket is None or ticket.place_id != page.id or ticket.channel is not SurveyChannel.PAPER:
        typing.errors[SHEET] = _("Trang mở đã lâu. Tải lại trang rồi nhập lại phiếu này.")
    if judged is None or ticket is None or typing.errors:
        return (jsonify(errors=typing.errors), 422) if _is_script() else typing.show(422)
    store_paper(db.session, ticket, typing.form.day.data, judged)
    db.session.commit()
    if _is_script():
        return jsonify(_state(page, typing.form.day.data))
    keep_ticket(page.id, request.form["_sheet_ticket"])
    return redirect(url_for("paper.grid", place_id=place_id, day=format_day(typing.form.day.data)), 303)


@blueprint.post("/<int:place_id>/paper/undo")
@requires(Action.SURVEY_WRITE)
def undo(place_id: int) -> Answer:
    """Take back the sheet of a ticket of this page."""
    page = load(place_id)
    text = request.form.get("_sheet_ticket", "")
    ticket = read_ticket(text)
    is_back = ticket is not None and ticket.place_id == page.id and page.takes_paper(clock.today()) and undo_paper(
        db.session, ticket, int(clock.now().timestamp()))
    db.session.commit()
    drop_ticket(page.id, text)
    day = _day_of(request.form.get("_day", ""), page)
    if _is_script():
        return jsonify(_state(page, day) | {"undone": is_back})
    flash(_("Đã bỏ phiếu vừa nhập.") if is_back else _("Phiếu này đã bỏ trước đó hoặc không bỏ được nữa."),
          "success" if is_back else "warning")
    return redirect(url_for("paper.grid", place_id=place_id, day=format_day(day)), 303)


def _state(page: PlacePage, day: date) -> dict[str, Any]:
    """What a script shows after a sheet: how many there are now, and the ticket of the next one."""
    on_day, total = count_paper(db.session, page.id, day)
    return {"ticket": ticket_of(page), "on_day": format_integer(on_day), "total": format_integer(total)}


def _day_of(text: str, page: PlacePage) -> date:
    """The day of the batch; the last possible one where it cannot be read."""
    try:
        return parse_day(text)
    except DayFormatError:
        return last_day(page)


def _is_script() -> bool:
    """Whether a script sent the sheet."""
    return request.accept_mimetypes.best == "application/json"


def _closed(page: PlacePage) -> Response:
    """Lead back to the place, which says why nothing more is taken."""
    flash(_("Đợt này không nhận thêm phiếu giấy."), "warning")
    return redirect(url_for("survey.place", place_id=page.id), 303)


def keep_ticket(place_id: int, ticket: str) -> None:
    """Remember in the browser's own session which sheets it typed last."""
    kept = session.get(SESSION_KEY, {})
    tickets = kept.get("tickets", []) if kept.get("place") == place_id else []
    session[SESSION_KEY] = {"place": place_id, "tickets": [*tickets, ticket][-KEPT_TICKETS:]}


def last_ticket(place_id: int) -> str:
    """The ticket of the sheet that this browser typed last without scripts; empty without one."""
    kept = session.get(SESSION_KEY, {})
    tickets = kept.get("tickets", []) if kept.get("place") == place_id else []
    return str(tickets[-1]) if tickets else ""


def drop_ticket(place_id: int, ticket: str) -> None:
    """Forget a sheet that was taken back."""
    kept = session.get(SESSION_KEY, {})
    if kept.get("place") == place_id and ticket in kept.get("tickets", []):
        session[SESSION_KEY] = {"place": place_id, "tickets": [each for each in kept["tickets"] if each != ticket]}
