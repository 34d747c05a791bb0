"""What is asked of the board: search, filters, order, and by which units of which day it is read."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from core.text import fold
from core.translation import N_
from models.unit import UnitKind
from models.waiting import Waiting
from models.workflow import Status
from queries.board.parts import BoardRow, Facets
from queries.obligation import ObligationLine

FILTERS: dict[str, tuple[str, Callable[[ObligationLine], bool]]] = {
    "late": (N_("Chậm"), lambda line: line.days_late > 0),
    "overdue": (N_("Quá hạn chưa nộp"), lambda line: line.is_overdue),
    "not_started": (N_("Chưa bắt đầu"), lambda line: line.is_owed and line.status is None),
    "waiting": (N_("Chờ duyệt"), lambda line: line.is_owed and line.status is Status.SUBMITTED),
    "returned": (N_("Đang trả lại"), lambda line: line.is_owed and line.status is Status.RETURNED),
    "returned_often": (N_("Trả lại từ 2 lần"), lambda line: line.return_count > 1),
    "accepted": (N_("Đã duyệt"), lambda line: line.is_accepted),
    "extended": (N_("Được gia hạn"), lambda line: line.is_owed and line.extended_to is not None),
    "exempt": (N_("Được miễn"), lambda line: line.is_exempt),
}


class BoardOrder(StrEnum):
    """In which order the units stand; all but the first as one list without groups."""

    PLACE = "place"
    LATE = "late"
    RETURNED = "returned"
    WAITING = "waiting"
    SENT = "sent"

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Chậm nhiều nhất trước'."""
        return {"place": N_("Theo nơi nhận báo cáo"), "late": N_("Chậm nhiều nhất trước"),
                "returned": N_("Trả lại nhiều nhất trước"), "waiting": N_("Chờ duyệt lâu nhất trước"),
                "sent": N_("Mới gửi nhất trước")}[self.value]


class Reading(StrEnum):
    """By which units the board is read (product law 8)."""

    NOW = "now"
    """Today's names and parents; what a closed unit owed stands with those that followed it."""
    THEN = "then"
    """Names and parents of the requirement's due day (of today, while that is still to come)."""

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Theo tên và đầu mối hiện nay'."""
        return {"now": N_("Theo tên và đầu mối hiện nay"), "then": N_("Theo tên và đầu mối lúc đó")}[self.value]


@dataclass(frozen=True, slots=True)
class BoardWish:
    """What is asked for; empty values do not filter. ``requirement_code`` bounds state and waiting to that column."""

    search: str = ""
    state: str = ""
    """A key of FILTERS."""
    waiting: Waiting | None = None
    requirement_code: str = ""
    kind: UnitKind | None = None
    district: str = ""
    order: BoardOrder = BoardOrder.PLACE
    reading: Reading = Reading.NOW
    day: date | None = None
    """How things stood at the end of an earlier day; None is now."""


def passes(row: BoardRow, wish: BoardWish, wanted: set[int]) -> bool:
    """Whether a row is shown; ``wanted`` are the ids of the requirements that state and waiting look at."""
    if wish.search and not _is_found(row, wish.search):
        return False
    if wish.kind not in (None, row.unit_kind) or wish.district not in ("", row.district):
        return False
    if wish.state not in FILTERS and wish.waiting is None:
        return True
    fits = FILTERS[wish.state][1] if wish.state in FILTERS else None
    return any((fits is None or fits(line)) and wish.waiting in (None, line.waiting)
               for line in row.lines if line.requirement_id in wanted)


def _is_found(row: BoardRow, search: str) -> bool:
    """Whether names or code of the row hold every word, with or without marks; its former names too."""
    text = fold(" ".join({row.unit_name, row.unit_code, *(f"{line.unit_name} {line.unit_code}" for line in row.lines)}))
    return all(word in text for word in fold(search).split())


def count_facets(rows: Iterable[BoardRow], wish: BoardWish, wanted: set[int]) -> Facets:
    """Count the choices of each filter among the rows that pass all others but the search."""
    rows, asked = list(rows), replace(wish, search="")
    states: Counter[str] = Counter()
    for row in _passing(rows, replace(asked, state=""), wanted):
        lines = [line for line in row.lines if line.requirement_id in wanted and wish.waiting in (None, line.waiting)]
        states.update(key for key, (_label, fits) in FILTERS.items() if any(map(fits, lines)))
    fits = FILTERS[wish.state][1] if wish.state in FILTERS else None
    waiting: Counter[Waiting] = Counter()
    for row in _passing(rows, replace(asked, waiting=None), wanted):
        waiting.update({line.waiting for line in row.lines if line.waiting is not None
                        and line.requirement_id in wanted and (fits is None or fits(line))})
    return Facets(
        states, waiting, Counter(row.unit_kind for row in _passing(rows, replace(asked, kind=None), wanted)),
        Counter(row.district for row in _passing(rows, replace(asked, district=""), wanted) if row.district))


def _passing(rows: Iterable[BoardRow], wish: BoardWish, wanted: set[int]) -> Iterable[BoardRow]:
    """The rows that are shown."""
    return (row for row in rows if passes(row, wish, wanted))


def arrange(rows: Iterable[BoardRow], order: BoardOrder, wanted: set[int]) -> list[BoardRow]:
    """The rows in an order, ties as they stood (by name)."""
    return sorted(rows, key=lambda row: _key(row, order, wanted))


def _key(row: BoardRow, order: BoardOrder, wanted: set[int]) -> float:
    """What a row is put in order by, the smallest first."""
    lines = [line for line in row.lines if line.requirement_id in wanted]
    sent = [line.submitted_at.timestamp() for line in lines if line.submitted_at is not None
            and (order is BoardOrder.SENT or line.status is Status.SUBMITTED)]
    match order:
        case BoardOrder.LATE:
            return -max((line.days_late for line in lines), default=0)
        case BoardOrder.RETURNED:
            return -max((line.return_count for line in lines), default=0)
        case BoardOrder.WAITING:
            return min(sent, default=float("inf"))
        case BoardOrder.SENT:
            return -max(sent, default=0.0)
    return 0.0


__all__ = ["FILTERS", "BoardOrder", "BoardWish", "Reading", "arrange", "count_facets", "passes"]
