"""One proposal with all that belongs to it, and what its form offers."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models.activity import Activity
from models.commendation import Commendation, CommendationKind, CommendationStatus
from models.programme import Programme
from models.unit import Unit, UnitName
from queries.activity import FileLine
from queries.activity.detail import file_line
from queries.unit import called

MOST_ACTIVITIES = 300
"""So many of a unit's activities are offered, the newest first."""


@dataclass(frozen=True, slots=True)
class ActivityMark:
    """An activity that stands for a proposal."""

    id: int
    title: str
    starts_on: date


@dataclass(frozen=True, slots=True)
class CommendationPage:
    """One proposal, whole."""

    id: int
    unit_id: int
    unit_code: str
    unit_name: str
    programme_id: int
    year: int
    kind: CommendationKind
    title: str
    person_name: str
    person_post: str
    has_consent: bool
    consent_note: str
    description: str
    results: str
    status: CommendationStatus
    reason: str
    proposed_at: datetime
    opinion: str
    opinion_by: str
    public_title: str
    public_text: str
    shows_name: bool
    picked_at: datetime | None
    published_at: datetime | None
    revision: int
    themes: tuple[tuple[str, str], ...]
    """(code, label), in the programme's order."""
    activities: tuple[ActivityMark, ...]
    files: tuple[FileLine, ...]
    photo_ids: frozenset[int]
    """Files that the Office chose for the public page."""

    @property
    def is_picked(self) -> bool:
        """Whether it stands in the report."""
        return self.picked_at is not None

    @property
    def is_public(self) -> bool:
        """Whether it stands on the public page."""
        return self.published_at is not None


_COPIED = ("id", "unit_id", "programme_id", "kind", "title", "person_name", "person_post", "has_consent",
           "consent_note", "description", "results", "status", "reason", "proposed_at", "opinion", "opinion_by",
           "public_title", "public_text", "shows_name", "picked_at", "published_at", "revision")


def get_commendation(session: Session, commendation_id: int, on: date) -> CommendationPage | None:
    """One proposal with the unit's name of ``on``, or None. Not scoped. Five queries."""
    row = session.execute(
        select(Commendation, Unit.code, UnitName.name, Programme.year)
        .join(Unit, Unit.id == Commendation.unit_id)
        .join(Programme, Programme.id == Commendation.programme_id)
        .outerjoin(UnitName, called(UnitName, Commendation.unit_id, on))
        .where(Commendation.id == commendation_id).options(*_WHOLE)).first()
    if row is None:
        return None
    found, unit_code, unit_name, year = row
    return CommendationPage(
        **{name: getattr(found, name) for name in _COPIED}, unit_code=unit_code, unit_name=unit_name or "", year=year,
        themes=tuple((theme.code, theme.label) for theme in found.themes),
        activities=tuple(ActivityMark(held.id, held.title, held.starts_on) for held in found.activities),
        files=tuple(map(file_line, found.attachments)), photo_ids=frozenset(file.id for file in found.photos))


_WHOLE = (selectinload(Commendation.themes), selectinload(Commendation.activities),
          selectinload(Commendation.attachments), selectinload(Commendation.photos))


def find_commendation(session: Session, commendation_id: int) -> Commendation | None:
    """The row of a proposal, loaded whole and held against others, or None. Not scoped. Five queries."""
    return session.scalar(
        select(Commendation).where(Commendation.id == commendation_id).options(*_WHOLE).with_for_update()
        .execution_options(populate_existing=True))


def find_by_token(session: Session, form_token: str) -> int | None:
    """The id of the proposal that a form made already, or None. One query."""
    return session.scalar(select(Commendation.id).where(Commendation.form_token == form_token))


def list_own_activities(session: Session, unit_id: int, programme_id: int) -> tuple[ActivityMark, ...]:
    """A unit's activities of a year that may stand for a proposal, newest first. One query."""
    rows = session.execute(
        select(Activity.id, Activity.title, Activity.starts_on)
        .where(Activity.unit_id == unit_id, Activity.programme_id == programme_id, Activity.removed_at.is_(None))
        .order_by(Activity.starts_on.desc(), Activity.id.desc()).limit(MOST_ACTIVITIES))
    return tuple(ActivityMark(*row) for row in rows)


__all__ = ["ActivityMark", "CommendationPage", "find_by_token", "find_commendation", "get_commendation",
           "list_own_activities"]
