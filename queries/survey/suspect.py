"""Sheets that look odd, for the Office: what is odd about them and what they answered, and nothing else.

Ordered by their random key, so that the list says nothing of who answered when.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from core.translation import N_
from models.sheet import SurveySheet
from models.survey import SurveyChannel, SurveyPlace, SurveyRound
from models.unit import Unit, UnitName

PAGE_SIZE = 25
SUSPICION_LABELS = {
    "speed": N_("trả lời nhanh bất thường"), "source": N_("nhiều phiếu cùng một nơi gửi"),
    "same": N_("nhiều phiếu giống hệt nhau"), "burst": N_("dồn dập trong một ngày"),
}


@dataclass(frozen=True, slots=True)
class SuspectLine:
    """One sheet; ``choices`` are its packed answers."""

    id: int
    place_id: int
    unit_name: str
    channel: SurveyChannel
    answered_on: date
    choices: bytes
    suspicion: tuple[str, ...]
    """Codes of what is odd, as "speed"."""
    excluded_reason: str


@dataclass(frozen=True, slots=True)
class SuspectCount:
    """Sheets of a round that look odd, and those that the Office left out."""

    odd: int
    excluded: int


def _of(round_id: int) -> ColumnElement[bool]:
    """Sheets of a round that look odd or were left out."""
    return and_(SurveyPlace.round_id == round_id,
                or_(SurveySheet.suspicion != "", SurveySheet.excluded_reason != ""))


def count_suspects(session: Session, round_id: int) -> SuspectCount:
    """How many sheets of a round look odd or are left out. One query."""
    odd, excluded = session.execute(
        select(func.count().filter(SurveySheet.suspicion != ""),
               func.count().filter(SurveySheet.excluded_reason != ""))
        .select_from(SurveySheet).join(SurveyPlace, SurveyPlace.id == SurveySheet.place_id)
        .where(_of(round_id))).one()
    return SuspectCount(odd, excluded)


def list_suspects(session: Session, round_id: int, on: date, *, is_excluded: bool = False, offset: int = 0,
                  limit: int | None = PAGE_SIZE) -> list[SuspectLine]:
    """Odd sheets of a round that count, or those left out; all of them without a ``limit``. One query."""
    rows = session.execute(
        select(SurveySheet.id, SurveySheet.place_id, func.coalesce(UnitName.name, Unit.code), SurveySheet.channel,
               SurveySheet.answered_on, SurveySheet.choices, SurveySheet.suspicion, SurveySheet.excluded_reason)
        .join(SurveyPlace, SurveyPlace.id == SurveySheet.place_id).join(Unit, Unit.id == SurveyPlace.unit_id)
        .outerjoin(UnitName, and_(UnitName.unit_id == Unit.id, UnitName.covering(on)))
        .where(_of(round_id), SurveySheet.excluded_reason != "" if is_excluded else SurveySheet.excluded_reason == "")
        .order_by(SurveySheet.id).offset(offset).limit(limit))
    return [SuspectLine(*row[:6], tuple(row[6].split()), row[7]) for row in rows]


@dataclass(frozen=True, slots=True)
class SheetCard:
    """Where a sheet belongs and what the Office decided of it."""

    id: int
    place_id: int
    unit_id: int
    round_code: str
    suspicion: tuple[str, ...]
    excluded_reason: str


def get_sheet(session: Session, round_code: str, sheet_id: int) -> SheetCard | None:
    """One sheet of a round, or None. One query."""
    row = session.execute(
        select(SurveySheet.id, SurveySheet.place_id, SurveyPlace.unit_id, SurveyRound.code, SurveySheet.suspicion,
               SurveySheet.excluded_reason)
        .join(SurveyPlace, SurveyPlace.id == SurveySheet.place_id)
        .join(SurveyRound, SurveyRound.id == SurveyPlace.round_id)
        .where(SurveySheet.id == sheet_id, SurveyRound.code == round_code)).first()
    return None if row is None else SheetCard(*row[:4], tuple(row[4].split()), row[5])


__all__ = ["PAGE_SIZE", "SUSPICION_LABELS", "SheetCard", "SuspectCount", "SuspectLine", "count_suspects", "get_sheet",
           "list_suspects"]
