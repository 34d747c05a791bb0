"""Satisfaction for emulation: of each unit what results of surveys may tell of it, and nothing more (product law 9).

All units of a round are looked at together, so that no group under five can be worked out from the points of the
units beside it; a round of which a unit may not be told gives it nothing, lest other rounds tell of it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from core.translation import N_
from models.codebook import Codebook
from models.disclosure import ALL, Cell, Tree, hidden_cells
from models.emulation import RuleKind
from models.emulation_score import Measure, Part, Reason
from models.programme import Programme
from models.question import Body
from models.questionnaire import Questionnaire, SurveyQuestion
from models.satisfaction import SMALLEST_GROUP, LevelCounts, pool
from models.survey import SurveyAnswerCount, SurveyChannel, SurveyPlace, SurveyRound, SurveyTally
from queries.survey.ground import Units, read_units_of_days, tree_of
from queries.survey.trend import Earlier, headline_counts

NOT_TOLD = N_("Chưa đủ phiếu khảo sát để công bố")
NONE = N_("Chưa có phiếu khảo sát")


@dataclass(frozen=True, slots=True)
class _Opinion:
    """Answers to a headline question that a unit got in one round, or by tallies of no round, through one channel."""

    unit_id: int
    group: str
    """What is published together: "round:3", "tally:HL-TTHC"."""
    channel: SurveyChannel
    sheets: int
    levels: LevelCounts
    trace: str
    closes_on: date | None
    """The last day of the round; None for tallies of no round."""


def measure_opinions(session: Session, programme: Programme, unit_ids: Sequence[int],
                     measures: defaultdict[int, dict[RuleKind, Measure]], on: date) -> None:
    """The share of answers at levels 4 and 5 to headline questions of the year's surveys.

    Five queries. What is hidden of a round is judged by the units of its last day, as its results are; ``on`` is the
    day for tallies of no round.
    """
    found = [*_rounds(session, programme.id), *_tallies(session, programme.id)]
    placed = _placed(session, programme.id)
    days = {row.closes_on or on for row in found}
    units = read_units_of_days(session, days)
    by_unit: defaultdict[int, list[_Opinion]] = defaultdict(list)
    for row in _told(units, placed, found, on):
        by_unit[row.unit_id].append(row)
    asked = {row.unit_id for row in found}
    for unit_id in unit_ids:
        measures[unit_id][RuleKind.SATISFACTION] = _measure(by_unit[unit_id], is_asked=unit_id in asked)


def _rounds(session: Session, programme_id: int) -> Iterator[_Opinion]:
    """Answers on sheets. Two queries, one without a round."""
    rounds = [Earlier(id_, code, title, closes_on, Codebook(Body.load(body)), headline)
              for id_, code, title, closes_on, body, headline in session.execute(
                  select(SurveyRound.id, SurveyRound.code, SurveyRound.title, SurveyRound.closes_on, Questionnaire.body,
                         Questionnaire.headline_code)
                  .join(Questionnaire, Questionnaire.id == SurveyRound.questionnaire_id)
                  .where(SurveyRound.programme_id == programme_id, Questionnaire.headline_code != ""))]
    books = {row.id: row for row in rounds}
    counts = headline_counts(session, rounds) if rounds else {}
    for (round_id, unit_id, channel), count in counts.items():
        row = books[round_id]
        yield _Opinion(unit_id, f"round:{round_id}", channel, count.sheets, row.book.levels(count.counts, row.headline),
                       f"round:{round_id}:{unit_id}", row.closes_on)


def _placed(session: Session, programme_id: int) -> dict[str, set[int]]:
    """The units that were asked in each round, by its group: they stand in its tree even where nobody answered."""
    placed: defaultdict[str, set[int]] = defaultdict(set)
    for round_id, unit_id in session.execute(
            select(SurveyPlace.round_id, SurveyPlace.unit_id).join(SurveyRound, SurveyRound.id == SurveyPlace.round_id)
            .where(SurveyRound.programme_id == programme_id)):
        placed[f"round:{round_id}"].add(unit_id)
    return placed


def _tallies(session: Session, programme_id: int) -> Iterator[_Opinion]:
    """Answers that units counted by hand, of a round or of none. One query."""
    count = SurveyAnswerCount
    levels = [func.coalesce(getattr(count, f"level_{level}"), 0) for level in range(1, 6)]
    rows = session.execute(
        select(SurveyTally.id, SurveyTally.unit_id, SurveyTally.round_id, SurveyRound.closes_on, Questionnaire.code,
               SurveyTally.sheet_count, *levels)
        .join(Questionnaire, Questionnaire.id == SurveyTally.questionnaire_id)
        .outerjoin(SurveyRound, SurveyRound.id == SurveyTally.round_id)
        .outerjoin(SurveyQuestion, and_(SurveyQuestion.questionnaire_id == Questionnaire.id,
                                        SurveyQuestion.code == Questionnaire.headline_code))
        .outerjoin(count, and_(count.tally_id == SurveyTally.id, count.question_id == SurveyQuestion.id))
        .where(SurveyTally.programme_id == programme_id, SurveyTally.removed_at.is_(None),
               Questionnaire.headline_code != "").order_by(SurveyTally.id))
    for id_, unit_id, round_id, closes_on, code, sheets, one, two, three, four, five in rows:
        yield _Opinion(unit_id, f"round:{round_id}" if round_id else f"tally:{code}", SurveyChannel.TALLY, sheets,
                       LevelCounts((one, two, three, four, five)), f"tally:{id_}", closes_on)


def _told(units: Mapping[date, Units], placed: Mapping[str, Collection[int]], found: Iterable[_Opinion],
          on: date) -> list[_Opinion]:
    """The answers of units that may be told of, one group that is published together after the other."""
    groups: defaultdict[str, list[_Opinion]] = defaultdict(list)
    for row in found:
        groups[row.group].append(row)
    told = []
    for group, rows in groups.items():
        tree = tree_of(units[rows[0].closes_on or on], {row.unit_id for row in rows}.union(placed.get(group, ())))
        sheets: defaultdict[Cell, int] = defaultdict(int)
        valid: defaultdict[Cell, int] = defaultdict(int)
        for row in rows:
            cell = (_leaf(tree, row.unit_id), row.channel.value)
            sheets[cell] += row.sheets
            valid[cell] += row.levels.n
        hidden = hidden_cells(tree, tree.add_up(sheets))
        hidden |= hidden_cells(tree, tree.add_up(valid), hidden)
        told += [row for row in rows if (_leaf(tree, row.unit_id), ALL) not in hidden]
    return told


def _leaf(tree: Tree, unit_id: int) -> int:
    """Where the sheets of a unit itself stand in the tree."""
    return -unit_id if unit_id in tree.children else unit_id


def _measure(rows: Sequence[_Opinion], *, is_asked: bool) -> Measure:
    """One unit's measure; it does not apply where there is no survey or too few answered."""
    levels = pool(row.levels for row in rows)
    if levels.n < SMALLEST_GROUP:
        return Measure((), (Reason(NOT_TOLD if is_asked else NONE),))
    largest = max(rows, key=lambda row: (row.levels.n, row.trace))
    return Measure((Part(Fraction(100 * levels.satisfied, levels.n), Reason(
        N_("%(done)s/%(all)s câu trả lời ở mức hài lòng và rất hài lòng"),
        (("done", str(levels.satisfied)), ("all", str(levels.n))), largest.trace)),))


__all__ = ["measure_opinions"]
