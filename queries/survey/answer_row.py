"""The one statement behind answers for reports: counts, loose sheets, tallies and the questionnaires of both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    JSON,
    CompoundSelect,
    LargeBinary,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from models.base import Utc
from models.questionnaire import Questionnaire, SurveyQuestion
from models.sheet import SurveyCount, SurveySheet
from models.survey import SurveyAnswerCount, SurveyPlace, SurveyRound, SurveyTally
from queries.survey.count import is_excluded, uncounted

COUNT, SHEET, VERSION, TALLY = range(4)
"""What a row holds: a count, a sheet that is in none yet, the questionnaire of a round, a tally's answer."""
Units = Sequence[int] | Subquery
Columns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Days:
    """Of which programme and days answers are read; both days count."""

    programme_id: int
    first: date
    last: date


def answer_rows(days: Days, units: Units, *, headline_only: bool) -> CompoundSelect[Any]:
    """All rows at once, so that they are of one state of the database; columns by name (``_row``)."""
    return union_all(_sheets(COUNT, days, units), _sheets(SHEET, days, units), _versions(days),
                     _tallies(days, units, headline_only))


def _row(kind: int, values: Columns) -> Select[Any]:
    """A row of every column, empty where no value is given."""
    empty: Columns = {
        "unit_id": literal(0), "text": literal(""), "sheets": literal(0), "stored": cast(null(), LargeBinary),
        "details": cast(null(), JSON(none_as_null=True)), "day": literal(date.min), "first": literal(date.min),
        "source_id": literal(0), "title": literal(""), "headline": literal(""), "question": literal(""),
        "factor": literal(""), "factor_name": literal(""), "position": literal(0),
        **{f"level_{level}": literal(0) for level in range(1, 6)}, "until_at": cast(null(), Utc()),
    }
    columns = empty | values
    return select(literal(kind).label("kind"), *(column.label(name) for name, column in columns.items()))


def _sheets(kind: int, days: Days, units: Units) -> Select[Any]:
    """Counts, or sheets that are in no count yet."""
    table = SurveyCount if kind == COUNT else SurveySheet
    until: Columns = {"until_at": units.c.until_at} if isinstance(units, Subquery) else {}
    own: Columns = {"sheets": SurveyCount.sheet_count, "stored": SurveyCount.counts} if kind == COUNT else {
        "sheets": case((is_excluded(), 0), else_=1), "stored": SurveySheet.choices, "details": SurveySheet.details}
    statement = _row(kind, own | until | {
        "unit_id": SurveyPlace.unit_id, "text": cast(table.channel, String), "day": table.answered_on,
        "source_id": SurveyPlace.round_id,
    })
    statement = uncounted(statement) if kind == SHEET else statement.join_from(
        SurveyCount, SurveyPlace, SurveyPlace.id == SurveyCount.place_id)
    statement = statement.join(SurveyRound, SurveyRound.id == SurveyPlace.round_id)
    if isinstance(units, Subquery):
        statement = statement.join(units, units.c.unit_id == SurveyPlace.unit_id)
    else:
        statement = statement.where(SurveyPlace.unit_id.in_(list(units)))
    return statement.where(SurveyRound.programme_id == days.programme_id,
                           table.answered_on.between(days.first, days.last))


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
    count = SurveyAnswerCount
    values: Columns = {
        "unit_id": SurveyTally.unit_id, "text": Questionnaire.code, "sheets": SurveyTally.sheet_count,
        "day": SurveyTally.collected_to, "first": SurveyTally.collected_from, "source_id": SurveyTally.id,
        "title": Questionnaire.title, "headline": Questionnaire.headline_code,
        **{name: func.coalesce(column, "") for name, column in (
            ("question", SurveyQuestion.code), ("factor", SurveyQuestion.factor_code),
            ("factor_name", SurveyQuestion.factor_name))},
        "position": func.coalesce(SurveyQuestion.position, 0),
        **{f"level_{level}": func.coalesce(getattr(count, f"level_{level}"), 0) for level in range(1, 6)},
    }
    asked = and_(SurveyQuestion.questionnaire_id == Questionnaire.id,
                 SurveyQuestion.code == Questionnaire.headline_code)
    statement = _row(TALLY, values).join_from(
        SurveyTally, Questionnaire, Questionnaire.id == SurveyTally.questionnaire_id)
    if headline_only:
        statement = statement.outerjoin(SurveyQuestion, asked).outerjoin(
            count, and_(count.tally_id == SurveyTally.id, count.question_id == SurveyQuestion.id))
    else:
        statement = statement.join(count, count.tally_id == SurveyTally.id).join(
            SurveyQuestion, SurveyQuestion.id == count.question_id)
    if isinstance(units, Subquery):
        statement = statement.join(units, units.c.unit_id == SurveyTally.unit_id).where(
            SurveyTally.created_at <= units.c.until_at,
            or_(SurveyTally.removed_at.is_(None), SurveyTally.removed_at > units.c.until_at))
    else:
        statement = statement.where(SurveyTally.unit_id.in_(list(units)), SurveyTally.removed_at.is_(None))
    return statement.where(SurveyTally.programme_id == days.programme_id,
                           SurveyTally.collected_to.between(days.first, days.last))


__all__ = ["COUNT", "SHEET", "TALLY", "VERSION", "Days", "Units", "answer_rows"]
