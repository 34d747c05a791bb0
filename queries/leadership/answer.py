"""Answers of surveys for the leadership's page: to a day, and of an earlier period or round beside them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.dates import end_of_day
from models.disclosure import told_until
from models.requirement import Requirement, RequirementKind, RequirementStatus
from models.survey import SurveyChannel
from queries.consolidation.counted import all_units
from queries.survey.answer import (
    Answers,
    Days,
    FactorAnswers,
    answers_of,
    pooled_factors,
    read_answers,
    summed_factors,
    told_by_unit,
)
from queries.survey.answer_row import COUNT, SHEET, TALLY, VERSION, AnswerRow, read_rows


@dataclass(frozen=True)
class Rounds:
    """Two rounds that put the same questionnaire to the same people, one after the other."""

    earlier_id: int
    later_id: int
    earlier: str
    """The title of the earlier one."""
    later: str


@dataclass(frozen=True)
class Told:
    """What is told of the sheets of a period."""

    answers: Sequence[Answers]
    raw: Sequence[Answers]
    """The same with what may only be counted."""
    pooled: Sequence[FactorAnswers]
    """What is told of all units together, question by question."""
    rounds: Rounds | None
    """The two last rounds that got answers; None with fewer."""
    whole: Sequence[Answers] | None = None
    """Of an earlier day: what is told of all that came by today, which the day's must not tell more of."""
    withheld: int = 0
    """Sheets that came by the day and are not in: too few since the last batch."""


def read_told(session: Session, requirement: Requirement, unit_id: int, until: date, *, today: date,
              groups: Mapping[int, object] | None, heirs: Mapping[int, int], owing: Collection[int]) -> Told:
    """What may be told of answers to a unit and all below it to the end of ``until``. One query.

    Together are told the units that owe, ``owing``, and the closed ones that they follow, ``heirs``.
    ``groups`` are given for an earlier day: the group of each unit, as the page shows them. Sheets of a group are then
    told in batches (``models.disclosure.told_until``), reckoned from all that came by today, so that two days beside
    each other tell of nobody.
    """
    last = until if groups is None else min(requirement.cut_off_on, today)
    days = Days(requirement.programme_id, requirement.coverage_from, last)
    units = all_units(requirement.id, unit_id, None if groups is None else end_of_day(until), heirs)
    together = {*owing, *heirs}
    if groups is None:
        rows = read_rows(session, days, units, headline_only=True, summed=together)
        raw = answers_of(rows)
        told = told_by_unit(raw)
        sheets = (row for row in told if row.unit_id in together and row.channel is not SurveyChannel.TALLY)
        return Told(told, raw, [*summed_factors(rows), *pooled_factors(sheets)], _rounds(rows, told))
    rows = read_rows(session, days, units, headline_only=False, by_day=True)
    whole = told_by_unit(answers_of(rows))
    keys = {(row.unit_id, row.source_id, row.channel.value) for row in whole}
    open_rows = [row for row in rows if row.kind in (TALLY, VERSION) or (row.unit_id, row.source_id, row.text) in keys]
    kept = _told_rows(open_rows, groups, until)
    answers = answers_of(kept)
    pooled = pooled_factors(row for row in answers if row.unit_id in together)
    return Told(answers, answers, pooled, _rounds(rows, answers), whole, _sheets(rows, until) - _sheets(kept, until))


def _sheets(rows: Iterable[AnswerRow], until: date) -> int:
    """How many sheets came by the end of a day."""
    return sum(row.sheets for row in rows if row.kind in (COUNT, SHEET) and row.day <= until)


def _told_rows(rows: Sequence[AnswerRow], groups: Mapping[int, object], until: date) -> list[AnswerRow]:
    """Those that may be told of the end of a day; tallies as their units wrote them down."""
    days: defaultdict[tuple[object, int], Counter[date]] = defaultdict(Counter)
    for row in rows:
        if row.kind in (COUNT, SHEET):
            days[groups.get(row.unit_id), row.source_id][row.day] += row.sheets
    lasts = {place: told_until(by_day, until) for place, by_day in days.items()}

    def is_told(row: AnswerRow) -> bool:
        if row.kind in (TALLY, VERSION):
            return row.kind == VERSION or bool(row.day <= until)
        last = lasts[groups.get(row.unit_id), row.source_id]
        return last is not None and bool(row.day <= last)

    return [row for row in rows if is_told(row)]


def _rounds(rows: Sequence[AnswerRow], answers: Sequence[Answers]) -> Rounds | None:
    """The newest round that has answers, with the one before it that put the same to the same people."""
    answered = {row.source_id for row in answers if row.headline_levels.n}
    rounds = sorted((row for row in rows if row.kind == VERSION and row.headline and row.source_id in answered),
                    key=lambda row: (row.first, row.source_id), reverse=True)
    for later in rounds:
        for earlier in rounds:
            if earlier.day < later.first and (earlier.text, earlier.headline, earlier.factor) == (
                    later.text, later.headline, later.factor):
                return Rounds(earlier.source_id, later.source_id, earlier.title, later.title)
    return None


@dataclass(frozen=True)
class EarlierPeriod:
    """What is told of the answers of the period that this one is compared with."""

    title: str
    answers: Sequence[Answers]


def read_earlier(session: Session, requirement: Requirement, unit_id: int,
                 until: datetime | None) -> EarlierPeriod | None:
    """The last report of the same kind that covered other days, with its answers. One query, two where there is one.

    Periods that overlap are not compared: their difference could tell of a few people. ``until`` is the moment up to
    which tallies count; None is now. An ad hoc report is compared with none.
    """
    if requirement.kind is RequirementKind.AD_HOC:
        return None
    found = session.scalars(
        select(Requirement).where(
            Requirement.kind == requirement.kind,
            Requirement.status != RequirementStatus.DRAFT, Requirement.coverage_to < requirement.coverage_from)
        .order_by(Requirement.coverage_to.desc(), Requirement.id.desc()).limit(1)).first()
    if found is None:
        return None
    days = Days(found.programme_id, found.coverage_from, found.coverage_to)
    return EarlierPeriod(found.title, told_by_unit(read_answers(session, days, all_units(found.id, unit_id, until))))


__all__ = ["EarlierPeriod", "Rounds", "Told", "read_earlier", "read_told"]
