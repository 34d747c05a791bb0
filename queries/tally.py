"""Tallies of paper sheets: lists, one tally, and what reports pool."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session, selectinload

from models.questionnaire import Questionnaire, SurveyQuestion
from models.satisfaction import LevelCounts
from models.survey import SurveyAnswerCount, SurveyTally
from models.unit import Unit, UnitName
from queries.unit import called

UnitIds = Sequence[int] | Select[int]
PAGE_SIZE = 25
_LEVELS = (SurveyAnswerCount.level_1, SurveyAnswerCount.level_2, SurveyAnswerCount.level_3,
           SurveyAnswerCount.level_4, SurveyAnswerCount.level_5)


@dataclass(frozen=True, slots=True)
class TallyLine:
    """One bundle of sheets in a list; ``headline`` are the answers to the general question."""

    id: int
    unit_id: int
    unit_name: str
    collected_from: date
    collected_to: date
    sheet_count: int
    headline: LevelCounts


@dataclass(frozen=True, slots=True)
class TallyPage:
    """One tally, whole; ``answers`` by question code."""

    id: int
    unit_id: int
    unit_code: str
    unit_name: str
    programme_id: int
    questionnaire_id: int
    collected_from: date
    collected_to: date
    sheet_count: int
    note: str
    created_at: datetime
    removed_at: datetime | None
    answers: dict[str, LevelCounts]


@dataclass(frozen=True, slots=True)
class TallyTotals:
    """How many bundles and sheets there are."""

    tallies: int
    sheets: int


@dataclass(frozen=True, slots=True)
class PooledAnswers:
    """One unit's sheets and its answers to the general question, pooled over its tallies of some days."""

    unit_id: int
    tallies: int
    sheets: int
    satisfied: int
    """Answers at levels 4 and 5."""
    valid: int
    """Answers at levels 1..5: the denominator."""
    points: int
    """Σ of the levels: points ÷ valid is the mean."""


def _of(unit_ids: UnitIds, programme_id: int, is_removed: bool = False) -> list[ColumnElement[bool]]:
    """The conditions on tallies of some units in a programme."""
    removed = SurveyTally.removed_at
    return [
        SurveyTally.unit_id.in_(unit_ids if isinstance(unit_ids, Select) else list(unit_ids)),
        SurveyTally.programme_id == programme_id, removed.is_not(None) if is_removed else removed.is_(None),
    ]


def _headline() -> ColumnElement[bool]:
    """The join from a tally's questionnaire to its general question."""
    return and_(SurveyQuestion.questionnaire_id == Questionnaire.id,
                SurveyQuestion.code == Questionnaire.headline_code)


def list_tallies(session: Session, unit_ids: UnitIds, programme_id: int, on: date, *, is_removed: bool = False,
                 offset: int = 0, limit: int | None = PAGE_SIZE) -> list[TallyLine]:
    """Tallies, newest first, with the units' names of ``on``. One query."""
    rows = session.execute(
        select(SurveyTally, UnitName.name, *_LEVELS, SurveyAnswerCount.not_applicable, SurveyAnswerCount.blank)
        .join(Questionnaire, Questionnaire.id == SurveyTally.questionnaire_id)
        .outerjoin(SurveyQuestion, _headline())
        .outerjoin(SurveyAnswerCount, and_(SurveyAnswerCount.tally_id == SurveyTally.id,
                                           SurveyAnswerCount.question_id == SurveyQuestion.id))
        .outerjoin(UnitName, called(UnitName, SurveyTally.unit_id, on))
        .where(*_of(unit_ids, programme_id, is_removed))
        .order_by(SurveyTally.collected_to.desc(), SurveyTally.id.desc()).offset(offset).limit(limit))
    return [
        TallyLine(tally.id, tally.unit_id, name or "", tally.collected_from, tally.collected_to, tally.sheet_count,
                  _counts(*(count or 0 for count in counts)))
        for tally, name, *counts in rows
    ]


def _counts(one: int, two: int, three: int, four: int, five: int, not_applicable: int, blank: int) -> LevelCounts:
    """Seven numbers as counts."""
    return LevelCounts((one, two, three, four, five), not_applicable, blank)


def total_tallies(session: Session, unit_ids: UnitIds, programme_id: int, *, is_removed: bool = False) -> TallyTotals:
    """Bundles and sheets of some units. One query."""
    row = session.execute(
        select(func.count(), func.coalesce(func.sum(SurveyTally.sheet_count), 0))
        .where(*_of(unit_ids, programme_id, is_removed))).one()
    return TallyTotals(row[0], int(row[1]))


def counts_of(row: SurveyAnswerCount) -> LevelCounts:
    """A stored row of answers as counts."""
    return LevelCounts(row.levels, row.not_applicable, row.blank)


def find_tally(session: Session, tally_id: int) -> SurveyTally | None:
    """The row itself with its answers, for writing; or None. Not scoped. Two queries."""
    return session.scalar(
        select(SurveyTally).where(SurveyTally.id == tally_id).options(selectinload(SurveyTally.answers)))


def find_tally_by_token(session: Session, form_token: str) -> int | None:
    """The id of the tally that a form made already, or None."""
    return session.scalar(select(SurveyTally.id).where(SurveyTally.form_token == form_token))


def get_tally(session: Session, tally_id: int, on: date) -> TallyPage | None:
    """One tally with the unit's name of ``on``, or None. Not scoped. Two queries."""
    row = session.execute(
        select(SurveyTally, Unit.code, UnitName.name).join(Unit, Unit.id == SurveyTally.unit_id)
        .outerjoin(UnitName, called(UnitName, SurveyTally.unit_id, on))
        .where(SurveyTally.id == tally_id)).first()
    if row is None:
        return None
    tally, unit_code, unit_name = row
    answers = session.execute(
        select(SurveyQuestion.code, SurveyAnswerCount)
        .join(SurveyAnswerCount, SurveyAnswerCount.question_id == SurveyQuestion.id)
        .where(SurveyAnswerCount.tally_id == tally_id).order_by(SurveyQuestion.position))
    return TallyPage(
        id=tally.id, unit_id=tally.unit_id, unit_code=unit_code, unit_name=unit_name or "",
        programme_id=tally.programme_id, questionnaire_id=tally.questionnaire_id,
        collected_from=tally.collected_from, collected_to=tally.collected_to, sheet_count=tally.sheet_count,
        note=tally.note, created_at=tally.created_at, removed_at=tally.removed_at,
        answers={code: counts_of(answer) for code, answer in answers})


def pooled_answers(session: Session, *, unit_ids: UnitIds, programme_id: int, first_day: date, last_day: date,
                   questionnaire_code: str | None = None) -> dict[int, PooledAnswers]:
    """Per unit, the sheets of tallies whose last day lies within the days, and the general question's answers.

    Removed tallies count nowhere; a unit without any has no entry. One query, whatever the number of units.
    """
    level = [func.coalesce(func.sum(column), 0) for column in _LEVELS]
    statement = (
        select(SurveyTally.unit_id, func.count(), func.sum(SurveyTally.sheet_count), *level)
        .join(Questionnaire, Questionnaire.id == SurveyTally.questionnaire_id)
        .outerjoin(SurveyQuestion, _headline())
        .outerjoin(SurveyAnswerCount, and_(SurveyAnswerCount.tally_id == SurveyTally.id,
                                           SurveyAnswerCount.question_id == SurveyQuestion.id))
        .where(*_of(unit_ids, programme_id), SurveyTally.collected_to.between(first_day, last_day))
        .group_by(SurveyTally.unit_id).order_by(SurveyTally.unit_id))
    if questionnaire_code is not None:
        statement = statement.where(Questionnaire.code == questionnaire_code)
    pooled = {}
    for unit_id, tallies, sheets, *levels in session.execute(statement):
        one, two, three, four, five = map(int, levels)
        counts = LevelCounts((one, two, three, four, five))
        pooled[unit_id] = PooledAnswers(unit_id, tallies, int(sheets), counts.satisfied, counts.n, counts.points)
    return pooled


__all__ = [
    "PAGE_SIZE", "PooledAnswers", "TallyLine", "TallyPage", "TallyTotals",
    "UnitIds", "counts_of", "find_tally", "find_tally_by_token", "get_tally",
    "list_tallies", "pooled_answers", "total_tallies",
]
