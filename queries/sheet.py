"""What the public page needs to know of a place, in one statement."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from sqlalchemy import Connection, Text, bindparam, cast, select

from core.prepared import Prepared
from models.questionnaire import Questionnaire
from models.sheet import SurveyPaceKey
from models.survey import SurveyAudience, SurveyPlace, SurveyRound
from models.unit import UnitName


class Standing(Enum):
    """Whether a place takes answers on a day."""

    OPEN = "open"
    FUTURE = "future"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """A unit in a round, as somebody with its address meets it."""

    id: int
    code: str
    unit_name: str
    host: str
    contact: str
    audience: SurveyAudience
    opens_on: date
    closes_on: date
    closed_at: datetime | None
    withdrawn_at: datetime | None
    body: str
    """The version's questions as the JSON that is stored; a page made of it is kept by these very letters."""
    pace_key: bytes | None
    """The key of today's sources, where there is one yet."""

    def standing(self, on: date) -> Standing:
        """Whether answers are taken on a day (the rule of ``SurveyRound.is_open``)."""
        if self.withdrawn_at is not None:
            return Standing.WITHDRAWN
        if self.closed_at is not None or on > self.closes_on:
            return Standing.CLOSED
        return Standing.FUTURE if on < self.opens_on else Standing.OPEN


_LATEST_NAME = (
    select(UnitName.name).where(UnitName.unit_id == SurveyPlace.unit_id, UnitName.valid_from <= bindparam("today"))
    .order_by(UnitName.valid_from.desc(), UnitName.id.desc()).limit(1).scalar_subquery())
_PACE_KEY = select(SurveyPaceKey.key).where(SurveyPaceKey.seen_on == bindparam("today")).scalar_subquery()
_PLACE = (
    select(SurveyPlace.id, SurveyPlace.code, _LATEST_NAME, SurveyRound.host, SurveyRound.contact,
           SurveyRound.audience, SurveyRound.opens_on, SurveyRound.closes_on, SurveyRound.closed_at,
           SurveyPlace.withdrawn_at, cast(Questionnaire.body, Text), _PACE_KEY)
    .join(SurveyRound, SurveyRound.id == SurveyPlace.round_id)
    .join(Questionnaire, Questionnaire.id == SurveyRound.questionnaire_id)
    .where(SurveyPlace.code == bindparam("code")))
_PREPARED = Prepared(_PLACE, *(column.type for column in _PLACE.selected_columns))


def find_place(connection: Connection, code: str, today: date) -> PublicPlace | None:
    """The place of a public address, under the name that its unit bears or last bore; None where there is none."""
    row = _PREPARED.first(connection, {"code": code, "today": today})
    return None if row is None else PublicPlace(*row)


__all__ = ["PublicPlace", "Standing", "find_place"]
