"""Frozen years of emulation: versions, one whole version, one unit's part of it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.account import Account
from models.emulation import EmulationScore, EmulationYear
from queries.emulation.standing import Group, Standing, Year, load_standing


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a year's points."""

    id: int
    version: int
    counted_on: date
    reason: str
    made_at: datetime
    made_by: str
    """Name of who published it; empty for a command."""


def list_versions(session: Session, programme_id: int) -> list[VersionLine]:
    """The versions of a year, newest first. One query."""
    year = EmulationYear
    rows = session.execute(
        select(year.id, year.version, year.counted_on, year.reason, year.made_at, Account.full_name)
        .outerjoin(Account, Account.id == year.made_by_id)
        .where(year.programme_id == programme_id).order_by(year.version.desc()))
    return [VersionLine(id_, version, on, reason, at, name or "") for id_, version, on, reason, at, name in rows]


def find_version(session: Session, programme_id: int, version: int | None = None) -> EmulationYear | None:
    """A version of a year, else the newest; None where there is none. One query."""
    statement = select(EmulationYear).where(EmulationYear.programme_id == programme_id)
    if version is not None:
        statement = statement.where(EmulationYear.version == version)
    return session.scalar(statement.order_by(EmulationYear.version.desc()).limit(1))


def load_year(session: Session, frozen: EmulationYear, *, beside: int | None = None) -> Year:
    """A frozen version, whole or the group of the unit ``beside`` alone. One query."""
    score = EmulationScore
    by_group: defaultdict[str, list[Standing]] = defaultdict(list)
    statement = (select(score.unit_id, score.group_code, score.first_rank, score.last_rank, score.content)
                 .where(score.year_id == frozen.id).order_by(score.position))
    if beside is not None:
        own = select(score.group_code).where(score.year_id == frozen.id, score.unit_id == beside)
        statement = statement.where(score.group_code == own.scalar_subquery())
    for row in session.execute(statement):
        by_group[row[1]].append(load_standing(*row))
    content: Mapping[str, Any] = frozen.content
    groups = tuple(Group(group["code"], group["label"], tuple(by_group[group["code"]]))
                   for group in content["groups"])
    return Year(content["year"], frozen.counted_on, tuple(content["rules"]), groups, frozen.version)


__all__ = ["VersionLine", "find_version", "list_versions", "load_year"]
