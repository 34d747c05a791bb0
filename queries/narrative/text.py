"""What the units wrote under one heading, from the accepted versions that a consolidation adds up."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from core.text import fold
from core.translation import N_
from models.activity import Activity, activity_theme
from models.narrative import NarrativeMark
from models.programme import Programme, Theme
from models.requirement import Obligation, Requirement, RequirementKind
from models.sentence import split_text
from models.submission import Submission, SubmissionVersion
from models.unit import UnitKind
from queries.figure import Gathered, Window
from queries.figure.part import ChildPart
from queries.narrative.sentence import Source

PAGE_SIZE = 8
STATES = {"unread": N_("Chưa đọc"), "read": N_("Đã đọc"), "used": N_("Đã dùng"), "unused": N_("Chưa dùng")}


@dataclass(frozen=True, slots=True)
class UnitText:
    """What one unit wrote, sentence by sentence."""

    unit_id: int
    unit_name: str
    kind: UnitKind
    office_id: int | None
    """The office whose report brought it in; None for a unit that reports directly."""
    office_name: str
    obligation_id: int
    submission_id: int
    version_id: int
    version: int
    sent_at: datetime
    sentences: tuple[str, ...]
    is_read: bool
    used: frozenset[int]
    """Places of sentences that stand in the report word for word as its sources."""
    is_used: bool
    """Whether anything of the unit's report under this heading is a source, of an earlier version too."""

    @property
    def states(self) -> frozenset[str]:
        """The keys of STATES that fit."""
        return frozenset(["read" if self.is_read else "unread", "used" if self.is_used else "unused"])


@dataclass(frozen=True)
class Wish:
    """Which texts are asked for."""

    office_id: int | None = None
    kind: UnitKind | None = None
    theme: str = ""
    """A theme, as the programme calls it."""
    state: str = ""
    search: str = ""
    page: int = 1

    @property
    def is_wide(self) -> bool:
        """Whether units below the offices are asked for as well."""
        return bool(self.office_id or self.kind or self.theme or self.search)


@dataclass(frozen=True, slots=True)
class TextList:
    """One page of units' texts."""

    texts: tuple[UnitText, ...]
    total: int
    number: int
    page_count: int
    by_state: Mapping[str, int]
    """How many fit but for the state."""
    silent: int
    """Units that wrote nothing under the heading."""


@dataclass(frozen=True, slots=True)
class Place:
    """One accepted version with whose it is."""

    unit_id: int
    name: str
    kind: UnitKind
    obligation_id: int
    version_id: int
    office: ChildPart | None
    """The office whose report brought it in."""
    inside: tuple[int, ...] = ()
    """Units whose figures are in it."""


def list_texts(session: Session, places: Iterable[Place], window: Window, *, submission_id: int | None,
               section_id: int, code: str, sources: Iterable[Source], wish: Wish) -> TextList:
    """Units' texts of ``places`` under the heading ``code`` that fit, each office before its schools.

    One query, and one for a theme.
    """
    places = [place for place in places if _fits(place, wish)]
    if wish.theme:
        active = _active(session, window, wish.theme)
        places = [place for place in places if place.unit_id in active or active.intersection(place.inside)]
    written = _written(session, places, submission_id, section_id, code)
    used = {(one.ref.version_id, one.ref.excerpt) for one in sources if one.ref.section_code == code}
    reports = {one.submission_id for one in sources if one.ref.section_code == code}
    texts = [_text(place, written[place.version_id], used, reports) for place in places
             if place.version_id in written and written[place.version_id][0]]
    found = [text for text in texts if _holds(text, wish.search)]
    states = {state: sum(state in text.states for text in found) for state in STATES}
    kept = [text for text in found if wish.state not in STATES or wish.state in text.states]
    count = max(1, -(-len(kept) // PAGE_SIZE))
    number = min(max(wish.page, 1), count)
    return TextList(tuple(kept[(number - 1) * PAGE_SIZE:number * PAGE_SIZE]), len(kept), number, count, states,
                    len(places) - len(texts))


def texts_of_versions(session: Session, gathered: Gathered, *, submission_id: int | None, section_id: int, code: str,
                      version_ids: Collection[int]) -> list[UnitText]:
    """What versions of the ground hold under a heading; others are left out. Two queries."""
    places = [place for place in list_places(session, gathered, is_wide=True) if place.version_id in version_ids]
    written = _written(session, places, submission_id, section_id, code)
    return [_text(place, written[place.version_id], (), ()) for place in places if place.version_id in written]


def list_places(session: Session, gathered: Gathered, *, is_wide: bool) -> list[Place]:
    """The accepted versions of those that report directly and, when ``is_wide``, of those behind each office.

    One query to look behind offices, else none.
    """
    parts = [part for part in gathered.included if part.version_id is not None]
    offices = [part.version_id for part in parts if part.kind.is_intermediate]
    children: dict[int, Any] = {}
    if is_wide and offices:
        rows = session.execute(select(SubmissionVersion.id, SubmissionVersion.content["children"])
                               .where(SubmissionVersion.id.in_(offices)))
        children = {version_id: found or () for version_id, found in rows}
    places = []
    for part in parts:
        assert part.version_id is not None
        inside = [row for row in children.get(part.version_id, ()) if row.get("version_id") is not None]
        places.append(Place(part.unit_id, part.name, part.kind, part.obligation_id, part.version_id, None,
                            tuple(row["unit_id"] for row in inside)))
        places += [Place(row["unit_id"], row["name"], UnitKind(row["kind"]), row["obligation_id"], row["version_id"],
                         part) for row in inside]
    return places


def _fits(place: Place, wish: Wish) -> bool:
    """Whether the unit is of the district and kind asked for; schools are not, where nothing is asked for."""
    if place.office is not None and not wish.is_wide:
        return False
    office_id = place.office.unit_id if place.office is not None else place.unit_id
    if wish.office_id is not None and office_id != wish.office_id:
        return False
    return wish.kind is None or place.kind is wish.kind


def _active(session: Session, window: Window, theme: str) -> set[int]:
    """Units with an activity of a theme in the period. One query."""
    return set(session.scalars(
        select(Activity.unit_id).distinct()
        .join(activity_theme, activity_theme.c.activity_id == Activity.id)
        .join(Theme, Theme.id == activity_theme.c.theme_id)
        .where(Theme.label == theme, Activity.programme_id == window.programme_id, Activity.removed_at.is_(None),
               Activity.starts_on.between(window.since, window.until))))


Written = tuple[tuple[str, ...], int, datetime, int, bool]
"""(sentences, version number, sent at, submission, is read)."""


def _written(session: Session, places: Iterable[Place], submission_id: int | None, section_id: int,
             code: str) -> dict[int, Written]:
    """What stands under a heading, by version, with whether it was read. One query."""
    mark = and_(NarrativeMark.version_id == SubmissionVersion.id, NarrativeMark.section_id == section_id,
                NarrativeMark.submission_id == (submission_id or 0))
    rows = session.execute(
        select(SubmissionVersion.id, SubmissionVersion.content["sections"], SubmissionVersion.number,
               SubmissionVersion.submitted_at, SubmissionVersion.submission_id, NarrativeMark.id)
        .outerjoin(NarrativeMark, mark).where(SubmissionVersion.id.in_([place.version_id for place in places])))
    found = {}
    for version_id, sections, number, sent_at, report_id, mark_id in rows:
        text = next((row["text"] for row in sections or () if row["code"] == code), "")
        sentences = tuple(piece.text for piece in split_text(text))
        found[version_id] = (sentences, number, sent_at, report_id, mark_id is not None)
    return found


def _text(place: Place, written: Written, used: Collection[tuple[int, str]], reports: Collection[int]) -> UnitText:
    """One unit's text."""
    sentences, number, sent_at, report_id, is_read = written
    office = place.office
    marks = frozenset(n for n, text in enumerate(sentences) if (place.version_id, text) in used)
    return UnitText(place.unit_id, place.name, place.kind, office.unit_id if office else None,
                    office.name if office else "", place.obligation_id, report_id, place.version_id, number, sent_at,
                    sentences, is_read or report_id in reports, marks, report_id in reports)


def _holds(text: UnitText, search: str) -> bool:
    """Whether every word is in the text or the unit's name, without marks."""
    if not search:
        return True
    whole = fold(" ".join([text.unit_name, *text.sentences]))
    return all(word in whole for word in fold(search).split())


@dataclass(frozen=True, slots=True)
class EarlierText:
    """What an earlier report of the same unit said under the heading."""

    year: int
    kind: RequirementKind
    number: int
    text: str
    is_own: bool
    """Whether it is an earlier version of the very report that is being written."""


def earlier_text(session: Session, requirement: Requirement, unit_id: int, year: int,
                 code: str) -> EarlierText | None:
    """The last period's text under a heading: last year's same report, else the last version of this one. One query."""
    rows = session.execute(
        select(Programme.year, Requirement.kind, SubmissionVersion.number, SubmissionVersion.content["sections"],
               Requirement.id)
        .join(Requirement, Requirement.programme_id == Programme.id)
        .join(Obligation, Obligation.requirement_id == Requirement.id)
        .join(Submission, Submission.obligation_id == Obligation.id)
        .join(SubmissionVersion, and_(SubmissionVersion.submission_id == Submission.id,
                                      SubmissionVersion.number == Submission.version_count))
        .where(Obligation.unit_id == unit_id, Requirement.kind == requirement.kind,
               Programme.year.in_((year, year - 1)))
        .order_by(Programme.year, Requirement.id))
    best = None
    for found_year, kind, number, sections, requirement_id in rows:
        is_own = requirement_id == requirement.id
        text = next((row["text"] for row in sections or () if row["code"] == code), "")
        if text and (is_own or (found_year < year and kind is not RequirementKind.AD_HOC)):
            best = best or EarlierText(found_year, kind, number, text, is_own)
    return best
