"""The headline of earlier rounds of the same questionnaire, beside this one's."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import String, case, cast, func, literal, select, union_all
from sqlalchemy.orm import Session

from models.codebook import Codebook
from models.disclosure import ALL, hidden_cells
from models.question import Body
from models.questionnaire import Questionnaire
from models.satisfaction import LevelCounts, mean_of, satisfied_share
from models.sheet import SurveySheet, SurveyTotal
from models.survey import SurveyChannel, SurveyPlace, SurveyRound
from queries.survey.count import Count, is_excluded, uncounted
from queries.survey.ground import RoundGround, on_leaves, tally_counts
from queries.survey.result import TrendPoint

MOST_ROUNDS = 6
"""Earlier rounds that are looked at."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier round; ``place`` is where its codebook keeps the headline."""

    id: int
    code: str
    title: str
    closes_on: date
    book: Codebook
    headline: str

    @property
    def place(self) -> int:
        """The byte of a sheet that holds the headline."""
        return self.book.index[self.headline]


def read_trend(session: Session, ground: RoundGround, unit_id: int) -> tuple[TrendPoint, ...]:
    """Earlier rounds that asked the same headline question, oldest first, over the unit's tree of this round.

    One query where there is none, else three whatever their number. A group under five is not told.
    """
    rounds = _earlier(session, ground)
    found = headline_counts(session, rounds) if rounds else {}
    tallies = tally_counts(session, {row.id: row.book for row in rounds}) if rounds else {}
    found |= {(round_id, unit, SurveyChannel.TALLY): count for (round_id, unit), count in tallies.items()}
    return tuple(_point(ground, row, unit_id, {
        (unit, channel): count for (round_id, unit, channel), count in found.items() if round_id == row.id})
        for row in rounds)


def _earlier(session: Session, ground: RoundGround) -> list[Earlier]:
    """Rounds of the same questionnaire that closed before this one opened, oldest first. One query."""
    head = ground.head
    if not head.headline:
        return []
    rows = session.execute(
        select(SurveyRound.id, SurveyRound.code, SurveyRound.title, SurveyRound.closes_on, Questionnaire.body)
        .join(Questionnaire, Questionnaire.id == SurveyRound.questionnaire_id)
        .where(Questionnaire.code == head.questionnaire_code, SurveyRound.closes_on < head.opens_on,
               Questionnaire.headline_code == head.headline, SurveyRound.audience == head.audience)
        .order_by(SurveyRound.closes_on.desc(), SurveyRound.id.desc()).limit(MOST_ROUNDS))
    found = [Earlier(id_, code, title, closes_on, Codebook(Body.load(body)), head.headline)
             for id_, code, title, closes_on, body in rows]
    return found[::-1]


def headline_counts(session: Session, rounds: Sequence[Earlier]) -> dict[tuple[int, int, SurveyChannel], Count]:
    """The headline's lanes alone, by round (one at least), unit and channel: the database cuts them out. One query."""
    books = {row.id: row for row in rounds}
    parts = []
    for row in rounds:
        cell = row.book.cells[row.place]
        counted = select(
            literal(row.id), SurveyPlace.unit_id, cast(SurveyTotal.channel, String), SurveyTotal.sheet_count,
            func.substr(SurveyTotal.counts, cell.offset // 8 + 1, cell.width // 8), literal(0))
        loose = uncounted(select(
            literal(row.id), SurveyPlace.unit_id, cast(SurveySheet.channel, String),
            case((is_excluded(), 0), else_=1), func.substr(SurveySheet.choices, row.place + 1, 1), literal(1)))
        counted = counted.join(SurveyPlace, SurveyPlace.id == SurveyTotal.place_id)
        parts += [statement.where(SurveyPlace.round_id == row.id) for statement in (counted, loose)]
    found: defaultdict[tuple[int, int, SurveyChannel], Count] = defaultdict(Count)
    for round_id, unit_id, channel, sheets, stored, is_sheet in session.execute(union_all(*parts)):
        row, count = books[round_id], found[round_id, unit_id, SurveyChannel(channel)]
        cell = row.book.cells[row.place]
        count.sheets += sheets
        if not is_sheet:
            count.counts += int.from_bytes(stored, "little") << cell.offset
        elif sheets:
            count.counts += 1 << cell.lane(stored[0])
    return dict(found)


def _point(ground: RoundGround, row: Earlier, unit_id: int,
           counts: dict[tuple[int, SurveyChannel], Count]) -> TrendPoint:
    """One earlier round over a unit and all below it."""
    tree = ground.tree
    counted = on_leaves(tree, counts)
    levels = {(leaf, channel): row.book.levels(count.counts, row.headline)
              for (leaf, channel), count in counted.items()}
    sheets = tree.add_up({(leaf, channel.value): count.sheets for (leaf, channel), count in counted.items()})
    hidden = hidden_cells(tree, sheets)
    hidden |= hidden_cells(
        tree, tree.add_up({(leaf, channel.value): found.n for (leaf, channel), found in levels.items()}), hidden)
    within = set(tree.walk(unit_id))
    total = sum((found for (leaf, _channel), found in levels.items() if leaf in within), LevelCounts())
    shown = total if (unit_id, ALL) not in hidden and total.n else None
    return TrendPoint(row.id, row.code, row.title, row.closes_on, sheets.get((unit_id, ALL), 0), shown,
                      satisfied_share(shown) if shown else None, mean_of(shown) if shown else None)


__all__ = ["MOST_ROUNDS", "Earlier", "headline_counts", "read_trend"]
