"""The one statement behind answers for reports: counts, loose sheets, tallies and the questionnaires of both.

What a place got through a channel is read from its total where all of it counts, else day by day: a year has few totals
and very many days.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    JSON,
    ColumnElement,
    LargeBinary,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from models.base import Utc
from models.questionnaire import Questionnaire, SurveyQuestion
from models.sheet import SurveyCount, SurveySheet, SurveyTotal
from models.survey import SurveyAnswerCount, SurveyPlace, SurveyRound, SurveyTally
from queries.survey.count import is_excluded, uncounted

COUNT, SHEET, VERSION, TALLY, WHOLE, SUM = range(6)
"""What a row holds: the count of a day, a sheet that is in none yet, the questionnaire of a round, a tally's answer,
the count of all days of a place and channel (from ``first`` to ``day``), the sum of tallies' answers to a question."""
Units = Sequence[int] | Subquery
Columns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Days:
    """Of which programme and days answers are read; both days count."""

    programme_id: int
    first: date
    last: date


class AnswerRow(NamedTuple):
    """One row of the statement; what its kind has no use for is empty."""

    kind: int
    unit_id: int
    text: str
    """The channel; of a questionnaire and a tally its code."""
    sheets: int
    stored: bytes
    """Packed counts (of a day squeezed), or a sheet's choices."""
    details: Mapping[str, Any] | None
    """Of a sheet, or the body of a questionnaire."""
    day: date
    """On which it came, or the last on which any did."""
    first: date
    source_id: int
    """The round or the tally."""
    title: str
    headline: str
    question: str
    factor: str
    factor_name: str
    position: int
    level_1: int
    level_2: int
    level_3: int
    level_4: int
    level_5: int
    until_at: datetime | None
    """Up to which the unit's answers count, where units were given with one (SQLite's has lost its zone)."""

    @property
    def levels(self) -> tuple[int, int, int, int, int]:
        """Answers to a question of tallies."""
        return self.level_1, self.level_2, self.level_3, self.level_4, self.level_5


def read_rows(session: Session, days: Days, units: Units, *, headline_only: bool, by_day: bool = False,
              summed: Collection[int] = ()) -> list[AnswerRow]:
    """All rows at once, so that they are of one state of the database. One query.

    ``headline_only`` leaves out of tallies all but the headline question. ``by_day`` gives every day of its own, else
    days come only from places and channels of which some do not count. Of the units ``summed`` the answers to each
    question of their tallies are added up, besides.
    """
    parts = [_versions(days), _loose(days, units), _tallies(days, units, headline_only)]
    if summed:
        parts.append(_sums(days, units, summed))
    if by_day:
        parts.append(_counts(days, units))
    else:
        spans = _spans(days, units)
        parts += [_wholes(days, spans), _parts(days, spans)]
    return list(map(AnswerRow._make, session.execute(union_all(*parts)).all()))


def _row(kind: int, values: Columns) -> Select[Any]:
    """A row of every column, empty where no value is given."""
    empty: Columns = {
        "unit_id": literal(0), "text": literal(""), "sheets": literal(0), "stored": cast(null(), LargeBinary),
        "details": cast(null(), JSON(none_as_null=True)), "day": literal(date.min), "first": literal(date.min),
        "source_id": literal(0), "title": literal(""), "headline": literal(""), "question": literal(""),
        "factor": literal(""), "factor_name": literal(""), "position": literal(0),
        **{f"level_{level}": literal(0) for level in range(1, 6)}, "until_at": cast(null(), Utc()),
    }
    columns = empty | values | {"kind": literal(kind)}
    return select(*(columns[name].label(name) for name in AnswerRow._fields))


def _of_units(statement: Select[Any], days: Days, units: Units) -> Select[Any]:
    """A statement on places, held to the rounds of the programme and to the units."""
    statement = statement.join(SurveyRound, SurveyRound.id == SurveyPlace.round_id).where(
        SurveyRound.programme_id == days.programme_id)
    if isinstance(units, Subquery):
        return statement.join(units, units.c.unit_id == SurveyPlace.unit_id)
    return statement.where(SurveyPlace.unit_id.in_(list(units)))


def _until(units: Units) -> Columns:
    """The moment up to which answers count, where units have one."""
    return {"until_at": units.c.until_at} if isinstance(units, Subquery) else {}


def _counts(days: Days, units: Units) -> Select[Any]:
    """Counts by day."""
    statement = _row(COUNT, _until(units) | {
        "unit_id": SurveyPlace.unit_id, "source_id": SurveyPlace.round_id, **_day_columns()})
    statement = statement.join_from(SurveyCount, SurveyPlace, SurveyPlace.id == SurveyCount.place_id)
    return _of_units(statement, days, units).where(SurveyCount.answered_on.between(days.first, days.last))


def _day_columns() -> Columns:
    """What a day's count holds."""
    return {"text": cast(SurveyCount.channel, String), "day": SurveyCount.answered_on,
            "sheets": SurveyCount.sheet_count, "stored": SurveyCount.counts}


def _loose(days: Days, units: Units) -> Select[Any]:
    """Sheets that are in no count yet."""
    statement = uncounted(_row(SHEET, _until(units) | {
        "unit_id": SurveyPlace.unit_id, "source_id": SurveyPlace.round_id,
        "text": cast(SurveySheet.channel, String), "day": SurveySheet.answered_on,
        "sheets": case((is_excluded(), 0), else_=1), "stored": SurveySheet.choices, "details": SurveySheet.details}))
    return _of_units(statement, days, units).where(SurveySheet.answered_on.between(days.first, days.last))


def _spans(days: Days, units: Units) -> CTE:
    """Places and channels with the first and last day of what they got that counts, and whether all of it does.

    A unit's moment is compared by the day that the database calls it: at most fourteen hours ahead of Greenwich,
    a day that is over there is over here, too.
    """
    own = and_(SurveyCount.place_id == SurveyTotal.place_id, SurveyCount.channel == SurveyTotal.channel,
               SurveyCount.sheet_count > 0)
    first, last = (
        select(edge(SurveyCount.answered_on)).where(own).correlate(SurveyTotal).scalar_subquery()
        for edge in (func.min, func.max))
    until = {name: column.label(name) for name, column in _until(units).items()}
    spans = _of_units(
        select(SurveyTotal.place_id, SurveyTotal.channel, SurveyPlace.unit_id, SurveyPlace.round_id,
               first.label("first"), last.label("last"), *until.values())
        .join(SurveyPlace, SurveyPlace.id == SurveyTotal.place_id).where(SurveyTotal.sheet_count > 0), days, units)
    return spans.cte("spans")


def _is_whole(days: Days, spans: CTE) -> ColumnElement[bool]:
    """Whether all days of a span count."""
    inside = [spans.c.first >= days.first, spans.c.last <= days.last]
    if "until_at" in spans.c:
        inside.append(func.date(spans.c.until_at) > spans.c.last)
    return and_(*inside)


def _wholes(days: Days, spans: CTE) -> Select[Any]:
    """Counts of all days, where all of them count."""
    return _row(WHOLE, {
        "unit_id": spans.c.unit_id, "source_id": spans.c.round_id, "text": cast(spans.c.channel, String),
        "sheets": SurveyTotal.sheet_count, "stored": SurveyTotal.counts, "first": spans.c.first, "day": spans.c.last,
    }).join_from(spans, SurveyTotal, and_(
        SurveyTotal.place_id == spans.c.place_id, SurveyTotal.channel == spans.c.channel)).where(_is_whole(days, spans))


def _parts(days: Days, spans: CTE) -> Select[Any]:
    """Counts by day of the others."""
    until = {name: spans.c[name] for name in ("until_at",) if name in spans.c}
    return _row(COUNT, until | {
        "unit_id": spans.c.unit_id, "source_id": spans.c.round_id, **_day_columns(),
    }).join_from(spans, SurveyCount, and_(
        SurveyCount.place_id == spans.c.place_id, SurveyCount.channel == spans.c.channel)).where(
        not_(_is_whole(days, spans)), SurveyCount.answered_on.between(days.first, days.last))


def _versions(days: Days) -> Select[Any]:
    """The questionnaires of the programme's rounds, one row a round; its audience stands as factor."""
    return _row(VERSION, {
        "text": Questionnaire.code, "details": Questionnaire.body, "source_id": SurveyRound.id,
        "title": SurveyRound.title, "first": SurveyRound.opens_on, "day": SurveyRound.closes_on,
        "headline": Questionnaire.headline_code, "factor": cast(SurveyRound.audience, String),
    }).join_from(SurveyRound, Questionnaire, Questionnaire.id == SurveyRound.questionnaire_id).where(
        SurveyRound.programme_id == days.programme_id)


def _tallies(days: Days, units: Units, headline_only: bool) -> Select[Any]:
    """Tallies with their answers to the headline question, or to all."""
    statement = _row(TALLY, _question_columns() | {
        "unit_id": SurveyTally.unit_id, "sheets": SurveyTally.sheet_count, "day": SurveyTally.collected_to,
        "first": SurveyTally.collected_from, "source_id": SurveyTally.id, **_level_columns(),
    }).join_from(SurveyTally, Questionnaire, Questionnaire.id == SurveyTally.questionnaire_id)
    if headline_only:
        asked = and_(SurveyQuestion.questionnaire_id == Questionnaire.id,
                     SurveyQuestion.code == Questionnaire.headline_code)
        statement = statement.outerjoin(SurveyQuestion, asked).outerjoin(SurveyAnswerCount, and_(
            SurveyAnswerCount.tally_id == SurveyTally.id, SurveyAnswerCount.question_id == SurveyQuestion.id))
    else:
        statement = _answered(statement)
    return _standing(statement, days, units)


def _sums(days: Days, units: Units, summed: Collection[int]) -> Select[Any]:
    """Answers to each question of the tallies of some of the units, added up."""
    columns = _question_columns()
    levels = {name: func.sum(column) for name, column in _level_columns().items()}
    statement = _row(SUM, columns | levels).join_from(
        SurveyTally, Questionnaire, Questionnaire.id == SurveyTally.questionnaire_id)
    return _standing(_answered(statement), days, units).where(
        SurveyTally.unit_id.in_(sorted(summed))).group_by(*columns.values())


def _question_columns() -> Columns:
    """A questionnaire with one of its questions."""
    return {
        "text": Questionnaire.code, "title": Questionnaire.title, "headline": Questionnaire.headline_code,
        **{name: func.coalesce(column, "") for name, column in (
            ("question", SurveyQuestion.code), ("factor", SurveyQuestion.factor_code),
            ("factor_name", SurveyQuestion.factor_name))},
        "position": func.coalesce(SurveyQuestion.position, 0)}


def _level_columns() -> Columns:
    """How many answered on each of the five levels."""
    names = [f"level_{level}" for level in range(1, 6)]
    return {name: func.coalesce(getattr(SurveyAnswerCount, name), 0) for name in names}


def _answered(statement: Select[Any]) -> Select[Any]:
    """A statement on tallies with each question that they answer."""
    return statement.join(SurveyAnswerCount, SurveyAnswerCount.tally_id == SurveyTally.id).join(
        SurveyQuestion, SurveyQuestion.id == SurveyAnswerCount.question_id)


def _standing(statement: Select[Any], days: Days, units: Units) -> Select[Any]:
    """A statement on tallies, held to the programme, the days, the units and what stood at their moments."""
    if isinstance(units, Subquery):
        statement = statement.join(units, units.c.unit_id == SurveyTally.unit_id).where(
            SurveyTally.created_at <= units.c.until_at,
            or_(SurveyTally.removed_at.is_(None), SurveyTally.removed_at > units.c.until_at))
    else:
        statement = statement.where(SurveyTally.unit_id.in_(list(units)), SurveyTally.removed_at.is_(None))
    return statement.where(SurveyTally.programme_id == days.programme_id,
                           SurveyTally.collected_to.between(days.first, days.last))


__all__ = ["COUNT", "SHEET", "SUM", "TALLY", "VERSION", "WHOLE", "AnswerRow", "Days", "Units", "read_rows"]
