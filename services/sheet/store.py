"""Storing sheets: the only place that writes them (product law 9).

A sheet is written once and never changed but for what the Office decides of it. Nothing here commits; a sheet of the
public page is committed by its own statement where the database needs no transaction for it (``core.chain``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from secrets import randbits
from typing import Any

from sqlalchemy import Connection, bindparam, case, insert, select
from sqlalchemy.orm import Session

from core.chain import Chain, Link, given
from models.sheet import SurveySheet, SurveyUncounted
from models.survey import SurveyChannel
from services.sheet.pace import IS_SUSPECT, IS_TAKEN, ONE_MORE, REFUSED_FROM, SUSPECT_FROM

_TABLES = SurveySheet.metadata.tables
_SHEETS, _UNCOUNTED = _TABLES[SurveySheet.__tablename__], _TABLES[SurveyUncounted.__tablename__]
_GIVEN = given(*_SHEETS.columns)
_MARK = Link(_UNCOUNTED, {"place_id": _GIVEN["place_id"], "sheet_id": _GIVEN["id"]})
_IS_STORED = select(_SHEETS.c.id).where(_SHEETS.c.id == _GIVEN["id"])
_STORE = Chain(Link(_SHEETS, _GIVEN), _MARK)
_ODD = case((IS_SUSPECT, bindparam("crowded", type_=_SHEETS.c.suspicion.type)), else_=_GIVEN["suspicion"])
_STORE_FROM = Chain(Link(_SHEETS, _GIVEN | {"suspicion": _ODD}, IS_TAKEN), _MARK, ONE_MORE)


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
    return _STORE.run(connection, {"id": sheet_id, **_row(sheet)})


def store_from(connection: Connection, sheet: NewSheet, sheet_id: int, source: bytes) -> bool:
    """The same for a sheet from a source, which is counted with it; False, too, where too many came from there today.

    From ``SUSPECT_FROM`` on the sheet is marked "source".
    """
    crowded = f"source {sheet.suspicion}".rstrip()
    return _STORE_FROM.run(connection, {
        "id": sheet_id, **_row(sheet), "source": source, "seen_on": sheet.answered_on, "crowded": crowded,
        "suspect_from": SUSPECT_FROM, "refused_from": REFUSED_FROM})


def is_stored(connection: Connection, sheet_id: int) -> bool:
    """Whether the sheet of a page is here."""
    return connection.execute(_IS_STORED, {"id": sheet_id}).first() is not None


def add_sheets(session: Session, sheets: Iterable[NewSheet]) -> list[int]:
    """Store sheets that came on no page (typed in from paper, uploaded) under random keys; the keys, in their order."""
    rows = [{"id": randbits(63), **_row(sheet)} for sheet in sheets]
    add_rows(session, rows)
    return [int(row["id"]) for row in rows]


def add_rows(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store many sheets that are rows already, to be counted. Does not commit."""
    if rows:
        session.execute(insert(SurveySheet), rows)
        session.execute(insert(SurveyUncounted),
                        [{"place_id": row["place_id"], "sheet_id": row["id"]} for row in rows])


def _row(sheet: NewSheet) -> dict[str, Any]:
    """A sheet's columns beside its key."""
    return {"place_id": sheet.place_id, "channel": sheet.channel, "answered_on": sheet.answered_on,
            "choices": sheet.choices, "details": sheet.details, "suspicion": sheet.suspicion, "excluded_reason": ""}
