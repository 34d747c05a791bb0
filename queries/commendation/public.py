"""What anybody may read: published texts, never the unit's own; a name only with consent."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from core.text import fold
from models.attachment import Attachment
from models.commendation import (
    Commendation,
    CommendationKind,
    CommendationStatus,
    commendation_photo,
    commendation_theme,
)
from models.programme import Programme, Theme
from models.unit import UnitName
from queries.unit import called

PAGE_SIZE = 12
PICTURES = ("image/jpeg", "image/png")


@dataclass(frozen=True, slots=True)
class PublicModel:
    """One published example. ``person`` is empty unless the person agreed to be named."""

    id: int
    kind: CommendationKind
    title: str
    text: str
    person: str
    unit_name: str
    year: int
    published_at: datetime


@dataclass(frozen=True, slots=True)
class PublicPage:
    """One page of the list, and how many there are in all."""

    models: tuple[PublicModel, ...]
    total: int
    number: int
    page_count: int


IS_PUBLIC = and_(Commendation.published_at.is_not(None), Commendation.status == CommendationStatus.ACCEPTED)
PERSON = case((and_(Commendation.shows_name, Commendation.has_consent), Commendation.person_name), else_="")
"""The person's name where it may be told."""


def _where(search: str, theme_code: str, year: int | None) -> ColumnElement[bool]:
    """What a stranger asked for."""
    clauses = [IS_PUBLIC, *(Commendation.public_folded.contains(word, autoescape=True)
                            for word in fold(search).split())]
    if theme_code:
        clauses.append(exists().where(
            commendation_theme.c.commendation_id == Commendation.id, commendation_theme.c.theme_id == Theme.id,
            Theme.code == theme_code))
    if year is not None:
        asked = aliased(Programme)  # the list joins the programme itself
        clauses.append(exists().where(asked.id == Commendation.programme_id, asked.year == year))
    return and_(*clauses)


def page_public(session: Session, on: date, *, search: str = "", theme_code: str = "", year: int | None = None,
                page: int = 1) -> PublicPage:
    """A page of what is published, newest first. Two queries."""
    where = _where(search, theme_code, year)
    total = session.scalar(select(func.count()).select_from(Commendation).where(where)) or 0
    page_count = max(1, -(-total // PAGE_SIZE))
    number = min(max(page, 1), page_count)
    rows = session.execute(
        _select(on).where(where).order_by(Commendation.published_at.desc(), Commendation.id.desc())
        .offset((number - 1) * PAGE_SIZE).limit(PAGE_SIZE))
    return PublicPage(tuple(PublicModel(*row) for row in rows), total, number, page_count)


def find_public(session: Session, commendation_id: int, on: date) -> PublicModel | None:
    """One published example, or None. One query."""
    row = session.execute(_select(on).where(IS_PUBLIC, Commendation.id == commendation_id)).first()
    return PublicModel(*row) if row is not None else None


def _select(on: date) -> Select[*tuple[Any, ...]]:
    """The columns of ``PublicModel``."""
    return (
        select(Commendation.id, Commendation.kind, Commendation.public_title, Commendation.public_text, PERSON,
               func.coalesce(UnitName.name, ""), Programme.year, Commendation.published_at)
        .join(Programme, Programme.id == Commendation.programme_id)
        .outerjoin(UnitName, called(UnitName, Commendation.unit_id, on)))


def public_years(session: Session) -> list[int]:
    """Years of which something is published, newest first. One query."""
    return list(session.scalars(
        select(Programme.year).where(exists().where(Commendation.programme_id == Programme.id, IS_PUBLIC))
        .order_by(Programme.year.desc())))


def public_themes(session: Session) -> list[tuple[str, str]]:
    """Themes as (code, label) under which something is published, each code once by its newest label. One query."""
    rows = session.execute(
        select(Theme.code, Theme.label).join(Programme, Programme.id == Theme.programme_id)
        .where(exists().where(commendation_theme.c.theme_id == Theme.id,
                              commendation_theme.c.commendation_id == Commendation.id, IS_PUBLIC))
        .order_by(Programme.year, Theme.position, Theme.id))
    return list(dict(rows.all()).items())


def public_photos(session: Session, commendation_id: int) -> list[tuple[int, str]]:
    """Photos as (id, hash of the content) chosen for a published example. One query."""
    rows = session.execute(
        select(Attachment.id, Attachment.sha256)
        .join(commendation_photo, commendation_photo.c.attachment_id == Attachment.id)
        .join(Commendation, Commendation.id == commendation_photo.c.commendation_id)
        .where(Commendation.id == commendation_id, IS_PUBLIC, Attachment.media_type.in_(PICTURES))
        .order_by(Attachment.id))
    return [(row[0], row[1]) for row in rows]


__all__ = ["IS_PUBLIC", "PAGE_SIZE", "PERSON", "PICTURES", "PublicModel", "PublicPage", "find_public", "page_public",
           "public_photos", "public_themes", "public_years"]
