"""The status board: who has sent what, as a page, on paper and as a workbook."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from core.clock import clock
from core.dates import format_day, parse_day
from core.extensions import db
from core.text import sort_key
from core.translation import _
from exports import board_paper, board_workbook
from models.permission import Action, Reach, reach
from models.unit import UnitKind
from models.waiting import Waiting
from queries.board import FILTERS, Board, BoardOrder, BoardWish, Reading, get_board
from queries.board.document import BoardDocument, describe_board
from queries.review.holding import list_holdings
from queries.unit import get_unit
from views.access import requires, viewer
from views.file_answer import PDF, XLSX, file_name, send
from views.list_file import wants_workbook
from views.obligation import obligation_url

blueprint = Blueprint("board", __name__, url_prefix="/board")
Chips = list[dict[str, object]]


@blueprint.get("")
@requires(Action.BOARD_VIEW)
def show() -> str | Response:
    """Show units × requirements with search and filters that stay in the address; or send it as a workbook."""
    wish = read_wish()
    if wants_workbook():
        return _send(board_workbook.build(_document(wish)), "xlsx", XLSX)
    board = _board(wish)
    return render_template(
        "board/show.html", board=board, wish=wish, chips=_chips(board, wish), url=_url,
        kept={name: _kept(wish, **{name: ""}) for name in ("q", "day")},
        is_narrowed=not {"kind", "district", "day", "order", "reading"}.isdisjoint(_kept(wish)),
        obligation_url=obligation_url,
        holdings=[] if wish.day else list_holdings(db.session, viewer(), clock.today()),
        reminds=reach(viewer().role, Action.REMINDER_SEND) is not Reach.NONE)


@blueprint.get("/board.pdf")
@requires(Action.BOARD_VIEW)
def paper() -> Response:
    """Send the board on paper, exactly as filtered."""
    return _send(board_paper.build(_document(read_wish())), "pdf", PDF)


def _board(wish: BoardWish) -> Board:
    """The board that is asked for."""
    return get_board(db.session, viewer(), on=clock.today(), now=clock.now(), wish=wish)


def _document(wish: BoardWish) -> BoardDocument:
    """The board with what paper says around it."""
    unit = get_unit(db.session, viewer().acts_for_id, clock.today())
    return describe_board(_board(wish), wish, unit, clock.now(),
                          list_holdings(db.session, viewer(), clock.today()))


def _send(content: bytes, ending: str, media_type: str) -> Response:
    """The file, named by the day."""
    return send(content, f"{file_name('theo-doi-nop', f'{clock.today():%d-%m-%Y}')}.{ending}", media_type)


def read_wish() -> BoardWish:
    """What the address asks for; what makes no sense does not filter."""
    asked = request.args.get
    return BoardWish(
        search=asked("q", "").strip()[:100], state=_one(FILTERS, asked("state")),
        waiting=Waiting(value) if (value := _one(Waiting, asked("waiting"))) else None,
        requirement_code=asked("requirement", ""), kind=UnitKind(value) if (value := _one(UnitKind, asked("kind")))
        else None, district=asked("district", ""),
        order=BoardOrder(_one(BoardOrder, asked("order")) or BoardOrder.PLACE),
        reading=Reading(_one(Reading, asked("reading")) or Reading.NOW), day=_day(asked("day", "")))


def _one(choices: Any, value: str | None) -> str:
    """The value when it is one of the choices, else ""."""
    return value if value is not None and value in list(choices) else ""


def _day(text: str) -> Any:
    """An earlier day of the address; None for today and anything else."""
    try:
        day = parse_day(text)
    except ValueError:
        return None
    return day if day < clock.today() else None


def _kept(wish: BoardWish, **changes: str) -> dict[str, str]:
    """The address's parameters that ask for this, with changes; empty ones and those by default are left out."""
    values = {
        "q": wish.search, "state": wish.state, "waiting": wish.waiting or "", "requirement": wish.requirement_code,
        "kind": wish.kind or "", "district": wish.district, "day": format_day(wish.day) if wish.day else "",
        "order": "" if wish.order is BoardOrder.PLACE else wish.order,
        "reading": "" if wish.reading is Reading.NOW else wish.reading}
    return {name: str(value) for name, value in {**values, **changes}.items() if value}


def _url(wish: BoardWish, endpoint: str = "board.show", **changes: str) -> str:
    """The board's address with what is wanted."""
    kept: dict[str, Any] = _kept(wish, **changes)
    return url_for(endpoint, **kept)


def _chips(board: Board, wish: BoardWish) -> dict[str, Chips]:
    """Every filter; the choice that is on leads to the board without it."""
    facets, kept = board.facets, _kept(wish)

    def chip(name: str, value: str, label: str, count: int | None, by_default: bool = False) -> dict[str, object]:
        is_on = kept.get(name) == value or (by_default and name not in kept)
        return {"label": label, "is_on": is_on, "count": count,
                "url": _url(wish, **{name: "" if is_on or by_default else value})}

    return {
        "requirement": [chip("requirement", column.code, f"{_(column.label)} {column.year or ''}".strip(), None)
                        for column in board.columns],
        "state": [chip("state", key, _(label), facets.states.get(key, 0)) for key, (label, _fits) in FILTERS.items()],
        "waiting": [chip("waiting", one.value, _(one.label), facets.waiting.get(one, 0)) for one in Waiting
                    if wish.day is None or one is not Waiting.HEAD],  # what lay ready for signature is kept for no day
        "kind": [chip("kind", one.value, _(one.label), facets.kinds.get(one, 0)) for one in UnitKind
                 if one in facets.kinds or one is wish.kind],
        "district": [chip("district", name, name, facets.districts.get(name, 0)) for name in sorted(
            {*facets.districts, *([wish.district] if wish.district else [])}, key=sort_key)],
        "order": [chip("order", one.value, _(one.label), None, one is BoardOrder.PLACE) for one in BoardOrder],
        "reading": [chip("reading", one.value, _(one.label), None, one is Reading.NOW) for one in Reading],
    }
