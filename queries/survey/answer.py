"""Answers of surveys for reports: by unit, round and channel in a window of days, from sheets and tallies alike.

A sheet counts by the day it was answered, a tally by its last day. Reports read no survey table themselves.
A unit whose sheets give fewer than five answers to the headline question tells its reports how many sheets there
are and nothing of what they say, alone or within a total (product law 9).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from sqlalchemy import Subquery
from sqlalchemy.orm import Session

from core.dates import local_day
from models.codebook import OUTCOME, Codebook
from models.question import SCALED, Body
from models.satisfaction import SMALLEST_GROUP, LevelCounts, pool
from models.survey import SurveyChannel
from queries.survey.answer_row import SHEET, SUM, TALLY, VERSION, WHOLE, AnswerRow, Days, Units, read_rows
from queries.survey.count import Count, add_up


class PackedLevels(Mapping[str, LevelCounts]):
    """Answers to the questions on the five levels by code, read from packed counts when they are asked for."""

    __slots__ = ("book", "codes", "counts", "known")

    def __init__(self, book: Codebook, counts: int, codes: Collection[str]) -> None:
        """Keep the counts; ``codes`` are the questions, in their order."""
        self.book, self.counts, self.codes = book, counts, codes
        self.known: dict[str, LevelCounts] = {}

    def __getitem__(self, code: str) -> LevelCounts:
        """One question's answers. Raises KeyError."""
        if code not in self.codes:
            raise KeyError(code)
        found = self.known.get(code)
        if found is None:
            found = self.known[code] = self.book.levels(self.counts, code)
        return found

    def __iter__(self) -> Iterator[str]:
        """The codes in the order of the questions."""
        return iter(self.codes)

    def __len__(self) -> int:
        """How many questions there are."""
        return len(self.codes)


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
    levels: Mapping[str, LevelCounts]
    """By code of question on the five levels."""
    factors: Mapping[str, tuple[int, str, str]]
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
        row for row in read_rows(session, days, units, headline_only=headline_only)
        if row.kind in (TALLY, VERSION, WHOLE) or row.until_at is None or row.until_at.year == 9999
        or row.day <= local_day(_aware(row.until_at)))


def answers_of(rows: Iterable[AnswerRow]) -> list[Answers]:
    """Answers by unit from the rows of ``read_rows``: tallies, then sheets by round and channel, oldest first.

    Sums of tallies are nobody's answers (``summed_factors``).
    """
    sheets: defaultdict[tuple[int, int, str], _Sheets] = defaultdict(_Sheets)
    versions: dict[int, _Version] = {}
    tallies: dict[int, Answers] = {}
    for row in rows:
        if row.kind == TALLY:
            _take_tally(tallies, row)
        elif row.kind == VERSION:
            versions[row.source_id] = _version(row.text, Body.load(row.details or {}))
        elif row.kind != SUM and row.sheets:
            into = sheets[row.unit_id, row.source_id, row.text]
            into.count.sheets += row.sheets
            into.days.append(row.day)
            if row.kind == WHOLE:
                into.days.append(row.first)
                into.count.counts += Codebook.unpack(row.stored)
            elif row.kind == SHEET:
                into.loose.append((row.stored, row.details))
            else:
                into.count.counts += Codebook.unsqueeze(row.stored)
    made = [_told(key, found, versions[key[1]]) for key, found in sheets.items()]
    return [*sorted(tallies.values(), key=_order), *sorted(made, key=_order)]


def _aware(moment: datetime) -> datetime:
    """A moment as a union of statements gives it: SQLite's has lost its zone."""
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _order(row: Answers) -> tuple[int, date, int, str]:
    """By unit, oldest first."""
    return row.unit_id, row.last, row.source_id, row.channel.value


def _take_tally(tallies: dict[int, Answers], row: AnswerRow) -> None:
    """Add a tally's answers to one question."""
    found = tallies.get(row.source_id)
    if found is None:
        found = tallies[row.source_id] = Answers(
            row.unit_id, row.text, row.title, row.headline, SurveyChannel.TALLY, row.source_id, row.first, row.day,
            row.sheets, {}, {})
    if row.question:
        assert isinstance(found.levels, dict) and isinstance(found.factors, dict)
        found.levels[row.question] = LevelCounts(row.levels)
        found.factors[row.question] = (row.position, row.factor, row.factor_name)


@dataclass(frozen=True)
class _Version:
    """The questionnaire of a round, read once."""

    code: str
    body: Body
    book: Codebook
    factors: Mapping[str, tuple[int, str, str]]


def _version(code: str, body: Body) -> _Version:
    """Read it: its codebook, and of each question on the five levels its place and factor."""
    names = {factor.code: factor.name.vi for factor in body.factors}
    scaled = [(item.code, question.factor) for question in body.questions() if question.kind in SCALED
              for item in question.items]
    return _Version(code, body, Codebook(body), {
        item: (position, factor, names.get(factor, "")) for position, (item, factor) in enumerate(scaled, 1)})


def _told(key: tuple[int, int, str], sheets: _Sheets, version: _Version) -> Answers:
    """Counts as answers."""
    body, book = version.body, version.book
    counts = sheets.count.counts + (add_up(book, sheets.loose) if sheets.loose else 0)
    judged = book.read(counts, OUTCOME) if OUTCOME in book.index else None
    return Answers(key[0], version.code, body.title.vi, body.headline, SurveyChannel(key[2]), key[1], min(sheets.days),
                   max(sheets.days), sheets.count.sheets, PackedLevels(book, counts, version.factors), version.factors,
                   judged.n if judged else 0, judged.values[1] if judged else 0)


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
    return [found for row in told_by_unit(answers) for found in _factors(row)]


def told_by_unit(answers: Iterable[Answers]) -> list[Answers]:
    """Of all answers those that may be told of their units (``told_of``)."""
    by_unit: defaultdict[tuple[int, str], list[Answers]] = defaultdict(list)
    for row in answers:
        by_unit[row.unit_id, row.questionnaire].append(row)
    return [row for rows in by_unit.values() for row in told_of(rows)]


def _factors(row: Answers) -> Iterator[FactorAnswers]:
    """The answers to each question."""
    for code, levels in row.levels.items():
        position, factor, name = row.factors[code]
        if row.channel is SurveyChannel.TALLY or levels.n:
            yield FactorAnswers(row.unit_id, row.questionnaire, row.title, factor, name, code == row.headline, levels,
                                position)


def pooled_factors(told: Iterable[Answers]) -> list[FactorAnswers]:
    """Answers of all units together to each question, as of unit 0; counts are added up before they are read."""
    packed: dict[int, tuple[Answers, int]] = {}
    typed: dict[tuple[str, str, tuple[int, str, str], bool], LevelCounts] = {}
    for row in told:
        if isinstance(row.levels, PackedLevels):
            key = id(row.levels.book)
            packed[key] = (row, row.levels.counts + (packed[key][1] if key in packed else 0))
            continue
        for code, levels in row.levels.items():
            question = (row.questionnaire, row.title, row.factors[code], code == row.headline)
            typed[question] = typed[question] + levels if question in typed else levels
    found = [FactorAnswers(0, questionnaire, title, factor, name, is_headline, levels, position)
             for (questionnaire, title, (position, factor, name), is_headline), levels in typed.items()]
    for row, counts in packed.values():
        assert isinstance(row.levels, PackedLevels)
        whole = PackedLevels(row.levels.book, counts, row.levels.codes)
        found += _factors(replace(row, unit_id=0, levels=whole))
    return found


def summed_factors(rows: Iterable[AnswerRow]) -> list[FactorAnswers]:
    """Answers to each question of tallies that the database has added up, as of unit 0."""
    return [FactorAnswers(0, row.text, row.title, row.factor, row.factor_name, row.question == row.headline,
                          LevelCounts(row.levels), row.position) for row in rows if row.kind == SUM]


__all__ = ["Answers", "Days", "FactorAnswers", "PackedLevels", "Units", "answers_of", "factor_answers",
           "factors_of", "pooled_factors", "read_answers", "summed_factors", "told_by_unit", "told_of"]
