"""Storing sheets: the only place that writes them (product law 9).

A sheet is written once and never changed but for what the Office decides of it. Nothing here commits.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from secrets import randbits
from typing import Any

from sqlalchemy import Connection, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.sheet import SurveySheet, SurveyUncounted
from models.survey import SurveyChannel

_STORE = {
    "postgresql": postgresql.insert(SurveySheet).on_conflict_do_nothing().returning(SurveySheet.id),
    "sqlite": sqlite.insert(SurveySheet).on_conflict_do_nothing().returning(SurveySheet.id),
}
_MARK = insert(SurveyUncounted)


@dataclass(frozen=True, slots=True)
class NewSheet:
    """Answers that were judged and packed, to be stored."""

    place_id: int
    channel: SurveyChannel
    answered_on: date
    choices: bytes
    details: dict[str, Any] | None = None
    suspicion: str = ""
    """Codes of what is odd about it, as "speed source"."""


def store_sheet(session: Session, sheet: NewSheet, sheet_id: int) -> bool:
    """Store a sheet under the key of its page; False where that page's sheet is here already."""
    return store_on(session.connection(), sheet, sheet_id)


def store_on(connection: Connection, sheet: NewSheet, sheet_id: int) -> bool:
    """The same on a connection, for the page that thousands send at once."""
    stored = connection.execute(_STORE[connection.dialect.name], {"id": sheet_id, **_row(sheet)})
    if stored.scalar_one_or_none() is None:
        return False
    connection.execute(_MARK, {"place_id": sheet.place_id, "sheet_id": sheet_id})
    return True


def add_sheets(session: Session, sheets: Iterable[NewSheet]) -> list[int]:
    """Store sheets that came on no page (typed in from paper, uploaded) under random keys; the keys, in their order."""
    rows = [{"id": randbits(63), **_row(sheet)} for sheet in sheets]
    add_rows(session, rows)
    return [int(row["id"]) for row in rows]


def add_rows(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store many sheets that are rows already, to be counted. Does not commit."""
    if rows:
        session.execute(insert(SurveySheet), rows)
        session.execute(_MARK, [{"place_id": row["place_id"], "sheet_id": row["id"]} for row in rows])


def _row(sheet: NewSheet) -> dict[str, Any]:
    """A sheet's columns beside its key."""
    return {"place_id": sheet.place_id, "channel": sheet.channel, "answered_on": sheet.answered_on,
            "choices": sheet.choices, "details": sheet.details, "suspicion": sheet.suspicion, "excluded_reason": ""}
