"""The list of proposals: filtered and counted in SQL, within the units that a person sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session

from core.text import fold
from models.commendation import Commendation, CommendationKind, CommendationStatus, commendation_theme
from models.programme import Theme
from models.unit import UnitName
from queries.unit import called

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class CommendationFilter:
    """Which proposals: of which units and programme, and what a person chose; empty values do not filter."""

    unit_ids: Sequence[int] | Select[int]
    programme_id: int
    search: str = ""
    kind: CommendationKind | None = None
    status: CommendationStatus | None = None
    theme_code: str = ""
    is_picked: bool = False
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class CommendationLine:
    """One proposal in a list."""

    id: int
    unit_id: int
    unit_name: str
    kind: CommendationKind
    title: str
    status: CommendationStatus
    proposed_at: datetime
    is_picked: bool
    is_public: bool


def _filtered(chosen: CommendationFilter) -> ColumnElement[bool]:
    """The condition of a filter."""
    ids = chosen.unit_ids
    clauses: list[ColumnElement[bool]] = [
        Commendation.unit_id.in_(ids if isinstance(ids, Select) else list(ids)),
        Commendation.programme_id == chosen.programme_id,
        *(Commendation.folded.contains(word, autoescape=True) for word in fold(chosen.search).split()),
    ]
    if chosen.kind is not None:
        clauses.append(Commendation.kind == chosen.kind)
    if chosen.status is not None:
        clauses.append(Commendation.status == chosen.status)
    if chosen.theme_code:
        clauses.append(exists().where(
            commendation_theme.c.commendation_id == Commendation.id, commendation_theme.c.theme_id == Theme.id,
            Theme.code == chosen.theme_code))
    if chosen.is_picked:
        clauses.append(Commendation.picked_at.is_not(None))
    if chosen.is_public:
        clauses.append(Commendation.published_at.is_not(None))
    return and_(*clauses)


def list_commendations(session: Session, chosen: CommendationFilter, on: date, *, offset: int = 0,
                       limit: int | None = PAGE_SIZE) -> list[CommendationLine]:
    """Proposals of a filter, those that wait first, then the newest, with the units' names of ``on``. One query."""
    waits = Commendation.status == CommendationStatus.PROPOSED
    rows = session.execute(
        select(Commendation.id, Commendation.unit_id, func.coalesce(UnitName.name, ""), Commendation.kind,
               Commendation.title, Commendation.status, Commendation.proposed_at,
               Commendation.picked_at.is_not(None), Commendation.published_at.is_not(None))
        .outerjoin(UnitName, called(UnitName, Commendation.unit_id, on)).where(_filtered(chosen))
        .order_by(waits.desc(), Commendation.proposed_at.desc(), Commendation.id.desc())
        .offset(offset).limit(limit))
    return [CommendationLine(*row[:7], bool(row[7]), bool(row[8])) for row in rows]


@dataclass(frozen=True, slots=True)
class CommendationCounts:
    """How many proposals a filter finds: by state, picked, public, in all."""

    total: int
    by_status: dict[CommendationStatus, int]
    picked: int
    public: int


def count_by_state(session: Session, chosen: CommendationFilter) -> CommendationCounts:
    """Count the proposals of a filter. One query."""
    rows = session.execute(
        select(Commendation.status, func.count(), func.count(Commendation.picked_at),
               func.count(Commendation.published_at))
        .where(_filtered(chosen)).group_by(Commendation.status)).all()
    return CommendationCounts(
        sum(row[1] for row in rows), {row[0]: row[1] for row in rows}, sum(row[2] for row in rows),
        sum(row[3] for row in rows))


__all__ = ["PAGE_SIZE", "CommendationCounts", "CommendationFilter", "CommendationLine", "count_by_state",
           "list_commendations"]
