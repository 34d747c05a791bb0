"""What the pages of survey rounds share: loading, words of states and channels, steps with a reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_span
from core.extensions import db
from core.numbers import format_integer
from core.translation import _
from forms.survey import DecisionForm
from models.permission import Action, Reach, reach
from models.survey import SurveyChannel
from queries.survey.place import PlacePage, get_place
from queries.survey.round import RoundLine, RoundState, get_round
from views.access import allow, viewer

Answer = str | Response | tuple[str, int]
STATE_SIGNS = {RoundState.UPCOMING: "submitted", RoundState.OPEN: "accepted", RoundState.CLOSED: "not_started"}
"""With which sign and colour of components/status.html a state is shown."""


def manages() -> bool:
    """Whether the viewer opens and closes rounds."""
    return reach(viewer().role, Action.SURVEY_MANAGE) is not Reach.NONE


def load_round(code: str) -> RoundLine:
    """One round, or 404."""
    return get_round(db.session, code) or abort(404)


def load_place(place_id: int, action: Action) -> PlacePage:
    """One place over whose unit the person may do ``action``, or 404."""
    page = get_place(db.session, place_id, clock.today())
    if page is None:
        abort(404)
    allow(action, page.unit_id)
    return page


def channel_words(sheets: Mapping[SurveyChannel, int]) -> str:
    """Sheets by channel in words, those with sheets only: "Mã QR 120 · Phiếu giấy 40"."""
    return " · ".join(f"{_(channel.label)} {format_integer(count)}" for channel, count in sheets.items() if count)


def round_head(line: RoundLine) -> dict[str, Any]:
    """What every page of a round says of it."""
    state = line.state(clock.today())
    return {"line": line, "state": state, "sign": STATE_SIGNS[state], "state_word": _(state.label),
            "span": format_span(line.opens_on, line.closes_on)}


def state_of(page: PlacePage) -> RoundState:
    """Upcoming, open or closed: a place that was withdrawn is closed."""
    today = clock.today()
    if page.closed_at is not None or page.place.withdrawn_at is not None or today > page.closes_on:
        return RoundState.CLOSED
    return RoundState.OPEN if today >= page.opens_on else RoundState.UPCOMING


def address_of(code: str) -> str:
    """The whole public address of a place, as people type it: under PORTAL_URL, else where this page was asked for."""
    base: str = current_app.config["SETTINGS"].public_url or request.url_root
    return f"{base.rstrip('/')}/s/{code}"


@dataclass(frozen=True)
class Step:
    """A step that needs a reason: its words, what it does, and where it leads."""

    title: str
    lead: str
    explanation: str
    done: str
    back: str
    act: Callable[[str], bool]
    """Gets the reason; False when there was nothing to do. Does not commit."""


def decide(step: Step) -> Answer:
    """Show the form of a step, or take it once and lead back."""
    form = DecisionForm(request.form)
    if request.method == "POST" and form.validate():
        if step.act(form.reason.data):
            flash(step.done, "success")
        db.session.commit()
        return redirect(step.back, 303)
    page = render_template("survey/decide.html", form=form, step=step)
    return (page, 422) if request.method == "POST" else page
