"""What happened to a thing, as a list: the timeline of its page."""

from dataclasses import dataclass
from datetime import datetime

from exports.list_book import Columns, ListColumn


@dataclass(frozen=True, slots=True)
class TrailItem:
    """One thing that happened, in the words of the page."""

    at: datetime
    who: str
    what: str
    note: str


TRAIL: Columns[TrailItem] = (
    ListColumn("Lúc", lambda line: line.at, 18),
    ListColumn("Ai", lambda line: line.who, 30),
    ListColumn("Việc", lambda line: line.what, 60),
    ListColumn("Ghi chú", lambda line: line.note, 80),
)
