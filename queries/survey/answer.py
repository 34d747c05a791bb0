"""Answers of surveys for reports: by unit, round and channel in a window of days, from sheets and tallies alike.

A sheet counts by the day it was answered, a tally by its last day. Reports read no survey table themselves.
A unit whose sheets give fewer than five answers to the headline question tells its reports how many sheets there
are and nothing of what they say, alone or within a total (product law 9).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row, Subquery
from sqlalchemy.orm import Session

from core.dates import local_day
from models.codebook import OUTCOME, Codebook
from models.question import SCALED, Body
from models.satisfaction import SMALLEST_GROUP, LevelCounts, pool
from models.survey import SurveyChannel
from queries.survey.answer_row import SHEET, TALLY, VERSION, Days, Units, answer_rows
from queries.survey.count import Count, add_up


@dataclass(frozen=True, slots=True)
class Answers:
    """What one unit got to one questionnaire through one channel of a round, or by one tally."""

    unit_id: int
    questionnaire: str
    title: str
    headline: str
    channel: SurveyChannel
    source_id: int
    """The tally, or the round."""
    first: date
    last: date
    sheets: int
    levels: dict[str, LevelCounts]
    """By code of question on the five levels."""
    factors: dict[str, tuple[int, str, str]]
    """Of each such question its position, and code and name of its factor."""
    judged: int = 0
    """Sheets of knowledge that were judged."""
    passed: int = 0

    @property
    def headline_levels(self) -> LevelCounts:
        """The answers to the headline question; none without one."""
        return self.levels.get(self.headline, LevelCounts())


@dataclass
class _Sheets:
    """Counts of one unit, round and channel on the way."""

    count: Count = field(default_factory=Count)
    loose: list[tuple[bytes, Mapping[str, object] | None]] = field(default_factory=list)
    days: list[date] = field(default_factory=list)


def read_answers(session: Session, days: Days, units: Units, *, headline_only: bool = True) -> list[Answers]:
    """Answers by unit: tallies, then sheets by round and channel, each oldest first. One query.

    ``units`` are ids, or (unit_id, until_at) with a moment up to which each unit's answers count: tallies by the
    moment they were written down, sheets, which know none, to the end of its day. ``headline_only`` leaves out of
    tallies all but the headline question.
    """
    return answers_of(
        row for row in session.execute(answer_rows(days, units, headline_only=headline_only))
        if row.kind in (TALLY, VERSION) or row.until_at is None or row.until_at.year == 9999
        or row.day <= local_day(_aware(row.until_at)))


def answers_of(rows: Iterable[Row[Any]]) -> list[Answers]:
    """Answers by unit from the rows of ``answer_rows``: tallies, then sheets by round and channel, oldest first."""
    sheets: defaultdict[tuple[int, int, str], _Sheets] = defaultdict(_Sheets)
    versions: dict[int, tuple[str, Body, Codebook]] = {}
    tallies: dict[int, Answers] = {}
    for row in rows:
        if row.kind == TALLY:
            _take_tally(tallies, row)
        elif row.kind == VERSION:
            body = Body.load(row.details)
            versions[row.source_id] = (row.text, body, Codebook(body))
        elif row.sheets:
            into = sheets[row.unit_id, row.source_id, row.text]
            into.count.sheets += row.sheets
            into.days.append(row.day)
            if row.kind == SHEET:
                into.loose.append((row.stored, row.details))
            else:
                into.count.counts += Codebook.unsqueeze(row.stored)
    made = [_told(key, found, *versions[key[1]]) for key, found in sheets.items()]
    return [*sorted(tallies.values(), key=_order), *sorted(made, key=_order)]


def _aware(moment: datetime) -> datetime:
    """A moment as a union of statements gives it: SQLite's has lost its zone."""
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _order(row: Answers) -> tuple[int, date, int, str]:
    """By unit, oldest first."""
    return row.unit_id, row.last, row.source_id, row.channel.value


def _take_tally(tallies: dict[int, Answers], row: Row[Any]) -> None:
    """Add a tally's answers to one question."""
    found = tallies.get(row.source_id)
    if found is None:
        found = tallies[row.source_id] = Answers(
            row.unit_id, row.text, row.title, row.headline, SurveyChannel.TALLY, row.source_id, row.first, row.day,
            row.sheets, {}, {})
    if row.question:
        levels = (row.level_1, row.level_2, row.level_3, row.level_4, row.level_5)
        found.levels[row.question] = LevelCounts(levels)
        found.factors[row.question] = (row.position, row.factor, row.factor_name)


def _told(key: tuple[int, int, str], sheets: _Sheets, code: str, body: Body, book: Codebook) -> Answers:
    """Counts as answers."""
    counts = sheets.count.counts + add_up(book, sheets.loose)
    judged = book.read(counts, OUTCOME) if OUTCOME in book.index else None
    names = {factor.code: factor.name.vi for factor in body.factors}
    scaled = [(item.code, question.factor) for question in body.questions() if question.kind in SCALED
              for item in question.items]
    factors = {item: (position, factor, names.get(factor, "")) for position, (item, factor) in enumerate(scaled, 1)}
    return Answers(key[0], code, body.title.vi, body.headline, SurveyChannel(key[2]), key[1], min(sheets.days),
                   max(sheets.days), sheets.count.sheets, {item: book.levels(counts, item) for item in factors},
                   factors, judged.n if judged else 0, judged.values[1] if judged else 0)


def told_of(answers: Iterable[Answers]) -> list[Answers]:
    """Of one unit's answers to one questionnaire those of which more may be told than how many sheets there are.

    Tallies are told as the unit wrote them down; sheets only where five answered, tallies apart, since a total less
    the tallies would tell of them.
    """
    found = list(answers)
    sheets = [row for row in found if row.channel is not SurveyChannel.TALLY]
    answered = pool(row.headline_levels for row in sheets).n
    if not any(row.headline for row in sheets):
        answered = sum(row.sheets for row in sheets)
    return found if answered >= SMALLEST_GROUP else [row for row in found if row.channel is SurveyChannel.TALLY]


@dataclass(frozen=True, slots=True)
class FactorAnswers:
    """Answers of one unit to one question, for sums by factor."""

    unit_id: int
    questionnaire_code: str
    questionnaire: str
    factor_code: str
    factor: str
    is_headline: bool
    levels: LevelCounts
    position: int
    """Of the question, for the order of factors."""


def factor_answers(session: Session, days: Days, included: Subquery) -> list[FactorAnswers]:
    """Answers of units to each question as far as they may be told, to the moment of each unit. One query."""
    return factors_of(read_answers(session, days, included, headline_only=False))


def factors_of(answers: Iterable[Answers]) -> list[FactorAnswers]:
    """Answers of units to each question as far as they may be told."""
    by_unit: defaultdict[tuple[int, str], list[Answers]] = defaultdict(list)
    for row in answers:
        by_unit[row.unit_id, row.questionnaire].append(row)
    found = []
    for rows in by_unit.values():
        for row in told_of(rows):
            for code, levels in row.levels.items():
                position, factor, name = row.factors[code]
                if row.channel is SurveyChannel.TALLY or levels.n:
                    found.append(FactorAnswers(row.unit_id, row.questionnaire, row.title, factor, name,
                                               code == row.headline, levels, position))
    return found


__all__ = ["Answers", "Days", "FactorAnswers", "Units", "answers_of", "factor_answers", "factors_of", "read_answers",
           "told_of"]
