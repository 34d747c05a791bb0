"""Sheets that look odd, for the Office: left out with a reason, or counted again."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.numbers import format_integer
from core.translation import _
from exports.lists.survey import SUSPECTS
from models.codebook import BLANK, NOT_APPLICABLE, NOT_ASKED, UNTICKED, Cell, Codebook
from models.permission import Action
from models.question import Body, QuestionKind
from queries.questionnaire import get_version
from queries.survey.round import RoundLine
from queries.survey.suspect import (
    PAGE_SIZE,
    SUSPICION_LABELS,
    SheetCard,
    count_suspects,
    get_sheet,
    list_suspects,
)
from services.survey_review import exclude_sheet, include_sheet, look_through
from views.access import requires, viewer
from views.list_file import send_list, wants_workbook
from views.survey.blueprint import blueprint
from views.survey.common import Answer, Step, decide, load_round

_SIGNS = {BLANK: "·", NOT_ASKED: " ", NOT_APPLICABLE: "n"}


@blueprint.get("/<code>/suspects")
@requires(Action.SURVEY_MANAGE)
def suspects(code: str) -> Answer:
    """List the odd sheets of a round that count, or those left out."""
    line = load_round(code)
    is_excluded = request.args.get("state") == "excluded"
    if wants_workbook():
        return _workbook(line, is_excluded=is_excluded)
    count = count_suspects(db.session, line.id)
    number = max(1, request.args.get("page", 1, type=int))
    lines = list_suspects(db.session, line.id, clock.today(), is_excluded=is_excluded,
                          offset=min(number - 1, 10**6) * PAGE_SIZE, limit=PAGE_SIZE + 1)
    version = get_version(db.session, line.questionnaire_id) or abort(404)
    rows = [{
        "sheet": sheet, "channel": _(sheet.channel.label), "day": format_day(sheet.answered_on),
        "odd": ", ".join(_(SUSPICION_LABELS[part]) for part in sheet.suspicion if part in SUSPICION_LABELS),
        "answers": answers_line(version.body, sheet.choices),
    } for sheet in lines[:PAGE_SIZE]]
    return render_template(
        "survey/suspects.html", line=line, rows=rows, is_excluded=is_excluded,
        odd=format_integer(count.odd), excluded=count.excluded,
        pager=_pager(code, is_excluded, number, len(lines) > PAGE_SIZE))


def _workbook(line: RoundLine, *, is_excluded: bool) -> Response:
    """All of the list as a file."""
    lines = list_suspects(db.session, line.id, clock.today(), is_excluded=is_excluded, limit=None)
    return send_list("Phiếu cần xem lại", SUSPECTS, lines, filters=[
        ("Đợt khảo sát", line.title), ("Tình trạng", "Không tính" if is_excluded else "")])


def answers_line(body: Body, choices: bytes) -> list[dict[str, str]]:
    """Packed answers in short, question by question: [{"code": "Q1", "answer": "5"}, …]; ticks run together."""
    found: dict[str, str] = {}
    for cell, value in zip(Codebook(body).cells, choices, strict=True):
        name = cell.code.partition(".")[0]
        found[name] = found.get(name, "") + _sign(cell, value)
    return [{"code": name, "answer": text or "·"} for name, text in found.items()]


def _sign(cell: Cell, value: int) -> str:
    """One cell as a sign: the number of the option, "n" for not applicable, a dot for blank."""
    is_tick = cell.question is not None and cell.question.kind is QuestionKind.MULTIPLE
    if is_tick:
        return cell.code.rpartition(".")[2] if value not in (BLANK, NOT_ASKED, UNTICKED) else ""
    return _SIGNS.get(value, str(value))


def _pager(code: str, is_excluded: bool, number: int, has_more: bool) -> dict[str, Any]:
    """What the pager shows."""
    kept: dict[str, Any] = {"code": code, "state": "excluded" if is_excluded else None}
    return {
        "previous_url": url_for("survey.suspects", page=number - 1, **kept) if number > 1 else None,
        "next_url": url_for("survey.suspects", page=number + 1, **kept) if has_more else None,
    }


@blueprint.post("/<code>/suspects/find")
@requires(Action.SURVEY_MANAGE)
def find_suspects(code: str) -> Response:
    """Look through a round for sheets that are alike or came in bursts."""
    line = load_round(code)
    count = look_through(db.session, line.id, viewer=viewer(), now=clock.now())
    db.session.commit()
    flash(_("Đã rà soát: thêm %(count)s phiếu cần xem.", count=format_integer(count)), "success")
    return redirect(url_for("survey.suspects", code=code), 303)


def _load_sheet(code: str, sheet_id: str) -> SheetCard:
    """An odd sheet of the round, or 404. Its key has 63 bits, more than numbers in addresses have elsewhere."""
    number = int(sheet_id) if sheet_id.isascii() and sheet_id.isdecimal() and len(sheet_id) < 20 else 2**63
    sheet = get_sheet(db.session, code, number) if number < 2**63 else None
    return sheet or abort(404)


@blueprint.route("/<code>/suspects/<sheet_id>/exclude", methods=["GET", "POST"])
@requires(Action.SURVEY_MANAGE)
def exclude(code: str, sheet_id: str) -> Answer:
    """Leave a sheet out, with a reason."""
    sheet = _load_sheet(code, sheet_id)
    return decide(Step(
        _("Không tính phiếu này"), load_round(code).title,
        _("Phiếu vẫn được giữ và được đếm riêng là phiếu không tính; kết quả không còn phiếu này."),
        _("Đã bỏ phiếu ra khỏi kết quả."), url_for("survey.suspects", code=code),
        lambda reason: exclude_sheet(db.session, sheet.id, reason, place_id=sheet.place_id, unit_id=sheet.unit_id,
                                     viewer=viewer(), now=clock.now())))


@blueprint.route("/<code>/suspects/<sheet_id>/include", methods=["GET", "POST"])
@requires(Action.SURVEY_MANAGE)
def include(code: str, sheet_id: str) -> Answer:
    """Let a sheet count again, with a reason."""
    sheet = _load_sheet(code, sheet_id)
    return decide(Step(
        _("Tính lại phiếu này"), load_round(code).title, _("Phiếu được tính vào kết quả như trước."),
        _("Đã tính lại phiếu."), url_for("survey.suspects", code=code, state="excluded"),
        lambda reason: include_sheet(db.session, sheet.id, reason, place_id=sheet.place_id, unit_id=sheet.unit_id,
                                     viewer=viewer(), now=clock.now())))
