"""Lists of activities: filtered, counted and added up in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, exists, extract, func, select
from sqlalchemy.orm import Session

from core.text import fold
from models.activity import Activity, ActivityCost, ActivityReach, activity_attachment, activity_theme
from models.programme import Channel, Medium, Theme
from models.unit import UnitName
from queries.unit import called

UnitIds = Sequence[int] | Select[int]
PAGE_SIZE = 25


class PlanFilter(StrEnum):
    """Whether an activity carries out a planned item."""

    PLANNED = "planned"
    UNPLANNED = "unplanned"


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """Which activities: of which units and programme, and what a person chose; empty values do not filter."""

    unit_ids: UnitIds
    programme_id: int
    search: str = ""
    theme_code: str = ""
    channel_code: str = ""
    medium_codes: tuple[str, ...] = ()
    month: tuple[int, int] | None = None
    """(year, month) in which it starts."""
    first_day: date | None = None
    last_day: date | None = None
    """It counts in the period in which it starts."""
    plan: PlanFilter | None = None
    plan_item_id: int | None = None
    lacks_evidence: bool = False
    """Neither a file nor a link."""
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One activity in a list; amounts in đồng, reach in turns (lượt)."""

    id: int
    unit_id: int
    unit_name: str
    title: str
    starts_on: date
    ends_on: date | None
    medium_label: str
    medium_unit: str
    quantity: int
    reach: int | None
    """None where no reach was given."""
    cost: int | None
    is_planned: bool
    is_integrated: bool
    file_count: int
    link: str
    themes: tuple[tuple[str, str], ...]
    """(code, label), in the programme's order."""


@dataclass(frozen=True, slots=True)
class ActivityTotals:
    """What the activities of a filter add up to; quantities of different units of count are added as they are."""

    count: int
    quantity: int
    reach: int
    cost: int


def _filtered(chosen: ActivityFilter) -> ColumnElement[bool]:
    """The condition of a filter; the statement joins Medium and Channel."""
    ids = chosen.unit_ids
    clauses: list[ColumnElement[bool]] = [
        Activity.unit_id.in_(ids if isinstance(ids, Select) else list(ids)),
        Activity.programme_id == chosen.programme_id,
        Activity.removed_at.is_not(None) if chosen.is_removed else Activity.removed_at.is_(None),
        *(Activity.folded.contains(word, autoescape=True) for word in fold(chosen.search).split()),
    ]
    if chosen.theme_code:
        clauses.append(exists().where(
            activity_theme.c.activity_id == Activity.id, activity_theme.c.theme_id == Theme.id,
            Theme.code == chosen.theme_code))
    if chosen.channel_code:
        clauses.append(Channel.code == chosen.channel_code)
    if chosen.medium_codes:
        clauses.append(Medium.code.in_(chosen.medium_codes))
    if chosen.plan is not None:
        is_planned = Activity.plan_item_id.is_not(None)
        clauses.append(is_planned if chosen.plan is PlanFilter.PLANNED else ~is_planned)
    if chosen.plan_item_id is not None:
        clauses.append(Activity.plan_item_id == chosen.plan_item_id)
    if chosen.lacks_evidence:
        clauses.append(and_(Activity.link == "", ~_has_file()))
    return and_(*clauses, *_days(chosen))


def _days(chosen: ActivityFilter) -> list[ColumnElement[bool]]:
    """The conditions on the day."""
    clauses: list[ColumnElement[bool]] = []
    if chosen.month is not None:
        year, month = chosen.month
        following = date(year + month // 12, month % 12 + 1, 1)
        clauses += [Activity.starts_on >= date(year, month, 1), Activity.starts_on < following]
    if chosen.first_day is not None:
        clauses.append(Activity.starts_on >= chosen.first_day)
    if chosen.last_day is not None:
        clauses.append(Activity.starts_on <= chosen.last_day)
    return clauses


def _has_file() -> ColumnElement[bool]:
    """Whether an activity has at least one file."""
    return exists().where(activity_attachment.c.activity_id == Activity.id)


def list_activities(session: Session, chosen: ActivityFilter, on: date, *, offset: int = 0,
                    limit: int | None = PAGE_SIZE) -> list[ActivityLine]:
    """Activities of a filter, newest first, with the units' names of ``on``. Two queries."""
    reach = select(func.sum(ActivityReach.turns)).where(ActivityReach.activity_id == Activity.id).scalar_subquery()
    cost = select(func.sum(ActivityCost.amount)).where(ActivityCost.activity_id == Activity.id).scalar_subquery()
    files = (select(func.count()).select_from(activity_attachment)
             .where(activity_attachment.c.activity_id == Activity.id).scalar_subquery())
    rows = session.execute(
        select(Activity.id, Activity.unit_id, UnitName.name, Activity.title, Activity.starts_on, Activity.ends_on,
               Medium.label, Medium.unit, Activity.quantity, reach, cost, Activity.plan_item_id.is_not(None),
               Activity.is_integrated, files, Activity.link)
        .join(Medium, Medium.id == Activity.medium_id).join(Channel, Channel.id == Medium.channel_id)
        .outerjoin(UnitName, called(UnitName, Activity.unit_id, on))
        .where(_filtered(chosen)).order_by(Activity.starts_on.desc(), Activity.id.desc())
        .offset(offset).limit(limit)
    ).all()
    themes = _themes(session, [row[0] for row in rows])
    return [
        ActivityLine(
            id=row[0], unit_id=row[1], unit_name=row[2] or "", title=row[3], starts_on=row[4], ends_on=row[5],
            medium_label=row[6], medium_unit=row[7], quantity=row[8], reach=_whole(row[9]), cost=_whole(row[10]),
            is_planned=bool(row[11]), is_integrated=bool(row[12]), file_count=row[13], link=row[14],
            themes=tuple(themes.get(row[0], ())))
        for row in rows
    ]


def _whole(value: object) -> int | None:
    """A sum as an int (PostgreSQL adds bigints up to a decimal), None where nothing was added."""
    return None if value is None else int(str(value))


def _themes(session: Session, activity_ids: list[int]) -> dict[int, list[tuple[str, str]]]:
    """Codes and labels of the themes of these activities, in the programme's order."""
    rows = session.execute(
        select(activity_theme.c.activity_id, Theme.code, Theme.label)
        .join(Theme, Theme.id == activity_theme.c.theme_id)
        .where(activity_theme.c.activity_id.in_(activity_ids)).order_by(Theme.position))
    themes: dict[int, list[tuple[str, str]]] = {}
    for activity_id, code, label in rows:
        themes.setdefault(activity_id, []).append((code, label))
    return themes


def total_activities(session: Session, chosen: ActivityFilter) -> ActivityTotals:
    """Add up the activities of a filter. One query."""
    found = (
        select(Activity.id, Activity.quantity).join(Medium, Medium.id == Activity.medium_id)
        .join(Channel, Channel.id == Medium.channel_id).where(_filtered(chosen)).cte("found"))
    ids = select(found.c.id)
    row = session.execute(select(
        select(func.count()).select_from(found).scalar_subquery(),
        select(func.coalesce(func.sum(found.c.quantity), 0)).scalar_subquery(),
        select(func.coalesce(func.sum(ActivityReach.turns), 0))
        .where(ActivityReach.activity_id.in_(ids)).scalar_subquery(),
        select(func.coalesce(func.sum(ActivityCost.amount), 0))
        .where(ActivityCost.activity_id.in_(ids)).scalar_subquery(),
    )).one()
    return ActivityTotals(*(int(value) for value in row))


def count_by_month(session: Session, unit_ids: UnitIds, programme_id: int) -> list[tuple[int, int, int]]:
    """Return (year, month, activities) of every month that has any, in order. One query."""
    year, month = extract("year", Activity.starts_on), extract("month", Activity.starts_on)
    rows = session.execute(
        select(year, month, func.count())
        .where(Activity.unit_id.in_(unit_ids if isinstance(unit_ids, Select) else list(unit_ids)),
               Activity.programme_id == programme_id, Activity.removed_at.is_(None))
        .group_by(year, month).order_by(year, month))
    return [(int(found_year), int(found_month), count) for found_year, found_month, count in rows]


def count_removed(session: Session, unit_ids: UnitIds, programme_id: int) -> int:
    """How many activities were taken out and can be put back. One query."""
    return session.scalar(
        select(func.count()).select_from(Activity)
        .where(Activity.unit_id.in_(unit_ids if isinstance(unit_ids, Select) else list(unit_ids)),
               Activity.programme_id == programme_id, Activity.removed_at.is_not(None))) or 0


__all__ = ["PAGE_SIZE", "ActivityFilter", "ActivityLine", "ActivityTotals", "PlanFilter", "UnitIds",
           "count_by_month", "count_removed", "list_activities", "total_activities"]
