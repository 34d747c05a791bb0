"""The board as paper and workbook say it: the same rows, with the day, the filters and the denominators in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.dates import format_day, format_moment, local_day
from models.unit import UnitKind
from queries.board.parts import Board
from queries.board.wish import FILTERS, BoardOrder, BoardWish, Reading
from queries.document import DocumentHead
from queries.obligation import ObligationLine
from queries.review.holding import Holding
from queries.survey.paper import agency_names
from queries.unit import UnitLine

TYPE_NAME, SUBJECT = "BẢNG THEO DÕI", "Tình hình nộp kế hoạch, báo cáo"
SIGNS = {"accepted": "■", "submitted": "→", "returned": "←", "withdrawn": "↓", "draft": "+", "not_started": "□",
         "exempt": "×", "closed": "×"}
"""A sign before each state's word, for who looks down a column; every face of the papers has them."""


@dataclass(frozen=True, slots=True)
class BoardDocument:
    """The board with what is said around it."""

    head: DocumentHead
    board: Board
    day_words: str
    """As "tính đến 10:32 ngày 30/05/2023" or "tính đến hết ngày 20/05/2023"."""
    filters: tuple[tuple[str, str], ...]
    """What was asked for, as ("Tình trạng", "Chậm")."""
    holdings: tuple[Holding, ...]
    """Reviewers beyond their days; of today alone."""


def describe_board(board: Board, wish: BoardWish, unit: UnitLine | None, now: datetime,
                   holdings: Sequence[Holding]) -> BoardDocument:
    """Put the words around a board; ``unit`` is the viewer's, whose name stands above."""
    parent, agency = agency_names(unit) if unit else ("", "")
    head = DocumentHead(
        parent_agency=parent, agency=agency, number="", symbol=unit.symbol if unit else "",
        place=unit.place if unit else "", issued_on=local_day(now), year=now.year, type_name=TYPE_NAME, subject=SUBJECT)
    day = f"tính đến hết ngày {format_day(wish.day)}" if wish.day else f"tính đến {format_moment(now)}"
    return BoardDocument(head, board, day, tuple(_filters(board, wish)), () if wish.day else tuple(holdings))


def _filters(board: Board, wish: BoardWish) -> Iterator[tuple[str, str]]:
    """What was asked for, in words."""
    if wish.requirement_code:
        title = next((column.title for column in board.columns if column.code == wish.requirement_code), "")
        yield "Yêu cầu được lọc", title or wish.requirement_code
    if wish.state:
        yield "Tình trạng", FILTERS[wish.state][0]
    if wish.waiting:
        yield "Đang chờ", wish.waiting.label
    if wish.kind:
        yield "Loại đơn vị", UnitKind(wish.kind).label
    if wish.district:
        yield "Địa bàn", wish.district
    if wish.search:
        yield "Tìm", wish.search
    if wish.reading is not Reading.NOW:
        yield "Cách đọc", wish.reading.label
    if wish.order is not BoardOrder.PLACE:
        yield "Thứ tự", wish.order.label


def holding_words(row: Holding) -> str:
    """The reviewers' clock in a sentence, as page, paper and workbook say it."""
    return f"{row.unit_name} đang giữ {row.count} kế hoạch, báo cáo quá {row.review_days} ngày làm việc"


def line_words(line: ObligationLine) -> str:
    """One line in words with its sign: "→ Đã nộp 28/05/2023, chậm 2 ngày", "□ Chưa bắt đầu, chậm 5 ngày"."""
    words = f"{SIGNS.get(line.state, '•')} {line.state_label}"
    if line.is_owed and line.is_handed_in and line.submitted_at is not None:
        sent = format_day(local_day(line.submitted_at))
        words += f" {sent}" if line.waiting is not None else f", gửi {sent}"
    if line.days_late:
        words += f", chậm {line.days_late} ngày"
    if line.is_owed and line.extended_to is not None:
        words += f" (gia hạn đến {format_day(line.extended_to)})"
    if line.return_count > 1:
        words += f"; đã trả lại {line.return_count} lần"
    return words


def cell_words(cell: Sequence[ObligationLine], row_name: str) -> str:
    """A cell in words, a paragraph a unit where several are one now; "không giao" where nothing is owed."""
    if not cell:
        return "không giao"
    return "\n".join(line_words(line) if len(cell) == 1 and line.unit_name == row_name
                     else f"{line.unit_name}: {line_words(line)}" for line in cell)


__all__ = ["SIGNS", "BoardDocument", "cell_words", "describe_board", "holding_words", "line_words"]
