"""Announcements: which ones a person sees, what they say, who has read them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, selectinload

from core.text import fold
from core.translation import N_
from models.announcement import (
    Announcement,
    AnnouncementKind,
    AnnouncementUnit,
    AnnouncementVersion,
    AudienceKind,
    announcement_file,
)
from models.permission import Action, Viewer
from models.unit import Unit, UnitKind, UnitName
from queries.activity.detail import FileLine, file_line
from queries.scope import scope
from queries.unit import called

PAGE_SIZE = 20
NEWS_SIZE = 4
"""How many the home page shows."""
STATES = {"unread": N_("Chưa đọc"), "planned": N_("Chưa đến ngày đăng"), "issued": N_("Do đơn vị mình đăng"),
          "withdrawn": N_("Đã thu hồi")}


@dataclass(frozen=True, slots=True)
class AnnouncementLine:
    """One announcement as one person sees it; units that are closed by now are not counted."""

    id: int
    unit_id: int
    issuer: str
    kind: AnnouncementKind
    title: str
    version: int
    published_on: date
    made_at: datetime
    withdrawn_at: datetime | None
    file_count: int
    unit_count: int
    read_count: int
    """Of these, those that have read the version that holds."""
    read_version: int | None
    """What the person's own unit has read: a version, 0 for none, None when it is not addressed."""
    reminded_on: date | None
    is_planned: bool
    is_own: bool
    """Whether the person's own unit announced it."""

    @property
    def is_to_read(self) -> bool:
        """Whether the person's unit is still to read the version that holds."""
        is_addressed = self.read_version is not None and not self.is_planned and self.withdrawn_at is None
        return is_addressed and self.read_version != self.version

    @property
    def states(self) -> frozenset[str]:
        """The keys of STATES that fit."""
        found = {"unread": self.is_to_read, "planned": self.is_planned and self.withdrawn_at is None,
                 "issued": self.is_own, "withdrawn": self.withdrawn_at is not None}
        return frozenset(key for key, fits in found.items() if fits)


def _lines(viewer: Viewer, on: date) -> Select[*tuple[Any, ...]]:
    """Announcements, newest first, with what they are to the viewer's unit."""
    own = (AnnouncementUnit.announcement_id == Announcement.id) & (AnnouncementUnit.unit_id == viewer.acts_for_id)
    files = (select(func.count()).where(announcement_file.c.version_id == AnnouncementVersion.id).scalar_subquery())
    planned = case((Announcement.published_on > on, True), else_=False)
    return (
        select(Announcement.id, Announcement.unit_id, UnitName.name, Announcement.kind, AnnouncementVersion.title,
               Announcement.version_count, Announcement.published_on, Announcement.made_at, Announcement.withdrawn_at,
               files, _units(on), _units(on, AnnouncementUnit.read_version == Announcement.version_count),
               AnnouncementUnit.read_version, AnnouncementUnit.reminded_on, planned,
               case((Announcement.unit_id == viewer.acts_for_id, True), else_=False))
        .join(AnnouncementVersion, (AnnouncementVersion.announcement_id == Announcement.id)
              & (AnnouncementVersion.number == Announcement.version_count))
        .join(UnitName, called(UnitName, Announcement.unit_id, on))
        .outerjoin(AnnouncementUnit, own)
        .order_by(Announcement.published_on.desc(), Announcement.id.desc()))


def _units(on: date, *which: ColumnElement[bool]) -> Any:
    """How many addressed units that are at work on a day fit."""
    return (select(func.count()).select_from(AnnouncementUnit).join(Unit, Unit.id == AnnouncementUnit.unit_id)
            .where(AnnouncementUnit.announcement_id == Announcement.id, Unit.covering(on), *which)
            .correlate(Announcement).scalar_subquery())


def _visible(viewer: Viewer, on: date) -> ColumnElement[bool]:
    """Published and addressed to a unit that the viewer sees for, or announced by one for which the viewer may."""
    addressed = exists().where(
        AnnouncementUnit.announcement_id == Announcement.id,
        AnnouncementUnit.unit_id.in_(scope(viewer, Action.ANNOUNCEMENT_VIEW, on))).correlate(Announcement)
    return or_(and_(Announcement.published_on <= on, addressed),
               Announcement.unit_id.in_(scope(viewer, Action.ANNOUNCEMENT_WRITE, on)))


@dataclass(frozen=True, slots=True)
class AnnouncementList:
    """One page of announcements, with how many the search found by state and by kind."""

    lines: tuple[AnnouncementLine, ...]
    total: int
    number: int
    page_count: int
    by_state: dict[str, int]
    by_kind: dict[AnnouncementKind, int]
    every: tuple[AnnouncementLine, ...] = ()
    """All that fit, not one page of them."""


def list_announcements(session: Session, viewer: Viewer, on: date, *, search: str = "") -> list[AnnouncementLine]:
    """What the viewer sees, newest first; ``search`` finds every word in title or text, without marks. One query."""
    statement = _lines(viewer, on).where(_visible(viewer, on))
    for word in fold(search).split():
        statement = statement.where(AnnouncementVersion.folded.contains(word, autoescape=True))
    return [AnnouncementLine(*row) for row in session.execute(statement)]


def page_announcements(session: Session, viewer: Viewer, on: date, *, search: str = "", state: str = "",
                       kind: AnnouncementKind | None = None, page: int = 1) -> AnnouncementList:
    """PAGE_SIZE announcements that fit, those to read first. One query."""
    found = list_announcements(session, viewer, on, search=search)
    lines = [line for line in found if kind in (None, line.kind) and (not state or state in line.states)]
    lines.sort(key=lambda line: not line.is_to_read)
    page_count = max(1, -(-len(lines) // PAGE_SIZE))
    number = min(max(page, 1), page_count)
    first = (number - 1) * PAGE_SIZE
    return AnnouncementList(
        tuple(lines[first:first + PAGE_SIZE]), len(lines), number, page_count,
        dict(Counter(key for line in found if kind in (None, line.kind) for key in line.states)),
        dict(Counter(line.kind for line in found if not state or state in line.states)), tuple(lines))


@dataclass(frozen=True, slots=True)
class News:
    """What the home page shows: the newest that the unit has still to read, and how many there are."""

    lines: tuple[AnnouncementLine, ...]
    unread: int


def get_news(session: Session, viewer: Viewer, on: date) -> News:
    """Announcements that the viewer's unit has still to read, newest first. One query."""
    statement = _lines(viewer, on).where(
        AnnouncementUnit.id.is_not(None), AnnouncementUnit.read_version != Announcement.version_count,
        Announcement.published_on <= on, Announcement.withdrawn_at.is_(None))
    lines = [AnnouncementLine(*row) for row in session.execute(statement)]
    return News(tuple(lines[:NEWS_SIZE]), len(lines))


@dataclass(frozen=True, slots=True)
class VersionPage:
    """What an announcement said from one correction to the next."""

    number: int
    title: str
    text: str
    note: str
    made_at: datetime
    files: tuple[FileLine, ...]


@dataclass(frozen=True, slots=True)
class AnnouncementPage:
    """One announcement with all its versions, newest first."""

    line: AnnouncementLine
    audience: AudienceKind
    audience_words: tuple[str, ...]
    """Vietnamese: kinds of units, or the name of the unit at the head of the tree."""
    by_mail: bool
    withdrawal_reason: str
    versions: tuple[VersionPage, ...]

    @property
    def current(self) -> VersionPage:
        """The version that holds."""
        return self.versions[0]


def find_page(session: Session, viewer: Viewer, announcement_id: int, on: date) -> AnnouncementPage | None:
    """One announcement that the viewer sees, or None. Five queries at most."""
    row = session.execute(
        _lines(viewer, on).where(Announcement.id == announcement_id, _visible(viewer, on))).first()
    if row is None:
        return None
    announcement = session.get_one(Announcement, announcement_id)
    versions = session.scalars(
        select(AnnouncementVersion).where(AnnouncementVersion.announcement_id == announcement_id)
        .options(selectinload(AnnouncementVersion.files)).order_by(AnnouncementVersion.number.desc()))
    return AnnouncementPage(
        AnnouncementLine(*row), announcement.audience, _audience_words(session, announcement, on),
        announcement.by_mail, announcement.withdrawal_reason,
        tuple(VersionPage(one.number, one.title, one.text, one.note, one.made_at, tuple(map(file_line, one.files)))
              for one in versions))


def _audience_words(session: Session, announcement: Announcement, on: date) -> tuple[str, ...]:
    """What was chosen, in words."""
    match announcement.audience:
        case AudienceKind.KINDS:
            return tuple(UnitKind(code).label for code in announcement.audience_codes)
        case AudienceKind.TREE:
            return tuple(session.scalars(
                select(UnitName.name).join(Unit, Unit.id == UnitName.unit_id)
                .where(Unit.code.in_(announcement.audience_codes), called(UnitName, Unit.id, on))))
    return ()


__all__ = [
    "STATES", "AnnouncementLine", "AnnouncementList", "AnnouncementPage", "News", "VersionPage", "find_page",
    "get_news", "list_announcements", "page_announcements",
]
