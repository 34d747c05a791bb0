"""The places of a round: lists, one place, its codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import Session

from models.permission import Action, Viewer
from models.questionnaire import Questionnaire
from models.satisfaction import sample_size
from models.sheet import SurveyCode, SurveyCount, SurveySheet, SurveyUncounted
from models.survey import SurveyAudience, SurveyChannel, SurveyPlace, SurveyRound, SurveyTally
from models.unit import Unit, UnitKind, UnitName
from queries.scope import scope
from queries.survey.count import sheet_counts

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A unit in a round."""

    id: int
    unit_id: int
    unit_code: str
    unit_name: str
    unit_kind: UnitKind
    code: str
    """Its public address is /s/<code>."""
    population: int | None
    withdrawn_at: datetime | None
    sheets: Mapping[SurveyChannel, int] = field(default_factory=dict)

    @property
    def sheet_count(self) -> int:
        """Sheets of all channels."""
        return sum(self.sheets.values())

    @property
    def wanted(self) -> int | None:
        """Sheets to reach for ±5 points; None where nobody knows how many people there are."""
        return sample_size(self.population) if self.population else None


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A place with its round, in plain values."""

    place: PlaceLine
    round_id: int
    round_code: str
    round_title: str
    programme_id: int
    questionnaire_id: int
    questionnaire_code: str
    questionnaire_version: int
    audience: SurveyAudience
    opens_on: date
    closes_on: date
    closed_at: datetime | None

    @property
    def id(self) -> int:
        """The place's own."""
        return self.place.id

    @property
    def unit_id(self) -> int:
        """The unit's."""
        return self.place.unit_id

    def takes_paper(self, on: date) -> bool:
        """Whether sheets on paper may be brought in: from the first day, until the round is closed by hand.

        Paper is typed in after it was collected, so the last day does not end it.
        """
        return self.closed_at is None and self.place.withdrawn_at is None and on >= self.opens_on

    def is_open(self, on: date) -> bool:
        """Whether people may answer."""
        return self.takes_paper(on) and on <= self.closes_on


@dataclass(frozen=True, slots=True)
class CodeBatch:
    """Codes that were made together."""

    batch: int
    made: int
    used: int
    withdrawn: int

    @property
    def left(self) -> int:
        """Codes that still let somebody answer."""
        return self.made - self.used - self.withdrawn


def channel_counts(session: Session, place_ids: Sequence[int]) -> dict[int, dict[SurveyChannel, int]]:
    """Sheets by place and channel, those counted by hand among them. Two queries."""
    counts = sheet_counts(session, place_ids)
    tallied = session.execute(
        select(SurveyPlace.id, func.sum(SurveyTally.sheet_count))
        .join(SurveyTally, and_(SurveyTally.round_id == SurveyPlace.round_id,
                                SurveyTally.unit_id == SurveyPlace.unit_id))
        .where(SurveyPlace.id.in_(list(place_ids)), SurveyTally.removed_at.is_(None)).group_by(SurveyPlace.id))
    for place_id, count in tallied:
        counts.setdefault(place_id, {})[SurveyChannel.TALLY] = int(count)
    return counts


def _places(on: date) -> Select[*tuple[object, ...]]:
    """The statement behind places: with the units' names of a day, or their code where they have none."""
    return (
        select(SurveyPlace.id, SurveyPlace.unit_id, Unit.code.label("unit_code"),
               func.coalesce(UnitName.name, Unit.code).label("unit_name"), Unit.kind, SurveyPlace.code,
               SurveyPlace.population, SurveyPlace.withdrawn_at)
        .join(Unit, Unit.id == SurveyPlace.unit_id)
        .outerjoin(UnitName, and_(UnitName.unit_id == Unit.id, UnitName.covering(on)))
        .order_by(UnitName.sort_key, Unit.id))


def list_places(session: Session, round_id: int, viewer: Viewer, on: date) -> list[PlaceLine]:
    """Places of a round that the viewer sees, alphabetically, with their sheets. Two queries and the counts."""
    rows = session.execute(_places(on).where(
        SurveyPlace.round_id == round_id, SurveyPlace.unit_id.in_(scope(viewer, Action.SURVEY_VIEW, on)))).all()
    counts = channel_counts(session, [row.id for row in rows])
    return [_line(tuple(row), counts.get(row.id, {})) for row in rows]


def get_place(session: Session, place_id: int, on: date) -> PlacePage | None:
    """One place with its round, or None. Not scoped: the caller authorises its unit. One query and the counts."""
    row = session.execute(
        _places(on).add_columns(
            SurveyRound.id.label("round_id"), SurveyRound.code.label("round_code"),
            SurveyRound.title.label("round_title"), SurveyRound.programme_id, SurveyRound.questionnaire_id,
            Questionnaire.code.label("questionnaire_code"), Questionnaire.version, SurveyRound.audience,
            SurveyRound.opens_on, SurveyRound.closes_on, SurveyRound.closed_at)
        .join(SurveyRound, SurveyRound.id == SurveyPlace.round_id)
        .join(Questionnaire, Questionnaire.id == SurveyRound.questionnaire_id)
        .where(SurveyPlace.id == place_id)).first()
    if row is None:
        return None
    values: tuple[Any, ...] = tuple(row)
    line = _line(values[:8], channel_counts(session, [place_id]).get(place_id, {}))
    return PlacePage(line, *values[8:])


def _line(values: tuple[Any, ...], counts: Mapping[SurveyChannel, int]) -> PlaceLine:
    """A place of a row; every channel named."""
    sheets = {channel: counts.get(channel, 0) for channel in SurveyChannel}
    return PlaceLine(*(*values, sheets))


def list_batches(session: Session, place_id: int) -> list[CodeBatch]:
    """Batches of codes of a place, in the order in which they were made. One query."""
    used, withdrawn = SurveyCode.is_used.is_(True), SurveyCode.is_withdrawn.is_(True)
    rows = session.execute(
        select(SurveyCode.batch, func.count(), func.sum(case((used, 1), else_=0)),
               func.sum(case((withdrawn, 1), else_=0)))
        .where(SurveyCode.place_id == place_id).group_by(SurveyCode.batch).order_by(SurveyCode.batch))
    return [CodeBatch(batch, made, int(used or 0), int(out or 0)) for batch, made, used, out in rows]


def count_paper(session: Session, place_id: int, day: date) -> tuple[int, int]:
    """Sheets typed in from paper at a place: those collected on ``day``, and all. Two queries."""
    counted = session.execute(
        select(func.sum(case((SurveyCount.answered_on == day, SurveyCount.sheet_count), else_=0)),
               func.sum(SurveyCount.sheet_count))
        .where(SurveyCount.place_id == place_id, SurveyCount.channel == SurveyChannel.PAPER)).one()
    loose = session.execute(
        select(func.count().filter(SurveySheet.answered_on == day), func.count())
        .join_from(SurveyUncounted, SurveySheet, SurveySheet.id == SurveyUncounted.sheet_id)
        .where(SurveyUncounted.place_id == place_id, SurveySheet.channel == SurveyChannel.PAPER,
               SurveySheet.excluded_reason == "")).one()
    return int(counted[0] or 0) + loose[0], int(counted[1] or 0) + loose[1]


def open_places(session: Session, unit_id: int, on: date) -> list[PlaceLine]:
    """Places where a unit still brings paper in, the last round to open first. One query; without counts."""
    rows = session.execute(
        _places(on).join(SurveyRound, SurveyRound.id == SurveyPlace.round_id).where(
            SurveyPlace.unit_id == unit_id, SurveyPlace.withdrawn_at.is_(None), SurveyRound.closed_at.is_(None),
            SurveyRound.opens_on <= on).order_by(None).order_by(SurveyRound.opens_on.desc(), SurveyPlace.id))
    return [_line(tuple(row), {}) for row in rows]


__all__ = ["PAGE_SIZE", "CodeBatch", "PlaceLine", "PlacePage", "channel_counts", "count_paper", "get_place",
           "list_batches", "list_places", "open_places"]
