"""The status board: who has sent what."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from core.clock import clock
from core.extensions import db
from core.translation import _
from models.permission import Action, Reach, reach
from queries.board import FILTERS, Board, get_board
from queries.review.holding import list_holdings
from views.access import requires, viewer
from views.obligation import obligation_url

blueprint = Blueprint("board", __name__, url_prefix="/board")


@blueprint.get("")
@requires(Action.BOARD_VIEW)
def show() -> str:
    """Show units × requirements with search and filters that stay in the address."""
    search = request.args.get("q", "").strip()[:100]
    state = request.args.get("state", "")
    requirement = request.args.get("requirement", "")
    board = get_board(db.session, viewer(), on=clock.today(), now=clock.now(), search=search, state=state,
                      requirement_code=requirement)
    return render_template("board/show.html", board=board, search=search, state=state, requirement=requirement,
                           state_chips=_state_chips(board, search, state, requirement),
                           requirement_chips=_requirement_chips(board, search, state, requirement),
                           obligation_url=obligation_url, holdings=list_holdings(db.session, viewer(), clock.today()),
                           reminds=reach(viewer().role, Action.REMINDER_SEND) is not Reach.NONE)


def _url(**wanted: str) -> str:
    """The board's address with what is wanted."""
    kept: dict[str, Any] = {name: value for name, value in wanted.items() if value}
    return url_for("board.show", **kept)


def _state_chips(board: Board, search: str, state: str, requirement: str) -> list[dict[str, object]]:
    """One chip per state; the one that is on leads to the board without it."""
    return [
        {"label": _(label), "is_on": key == state, "count": board.passing[key],
         "url": _url(q=search, state="" if key == state else key, requirement=requirement)}
        for key, (label, _fits) in FILTERS.items()
    ]


def _requirement_chips(board: Board, search: str, state: str, requirement: str) -> list[dict[str, object]]:
    """One chip per requirement."""
    return [
        {"label": _(column.label), "is_on": column.code == requirement, "count": None,
         "url": _url(q=search, state=state, requirement="" if column.code == requirement else column.code)}
        for column in board.columns
    ]
