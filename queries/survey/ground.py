"""What results of a round are made of: its units as a tree of the round's last day, and their packed counts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Date, and_, literal, select, true, union_all
from sqlalchemy.orm import Session

from models.codebook import NOT_APPLICABLE, NOT_ASKED, Cell, Codebook
from models.disclosure import Tree
from models.question import Body
from models.questionnaire import Questionnaire, SurveyQuestion
from models.survey import SurveyAnswerCount, SurveyChannel, SurveyPlace, SurveyRound, SurveyTally
from models.unit import Unit, UnitKind, UnitName, UnitParent
from queries.survey.count import Count, round_counts
from queries.survey.result import RoundHead

Counted = Mapping[tuple[int, SurveyChannel], Count]


@dataclass(frozen=True, slots=True)
class Member:
    """A unit in the tree of a round."""

    id: int
    name: str
    kind: UnitKind
    sort_key: str


@dataclass(frozen=True)
class RoundGround:
    """One round, read once. A unit that has units below it has its own sheets under minus its id (``Tree``)."""

    head: RoundHead
    body: Body
    book: Codebook
    tree: Tree
    above: Mapping[int, int]
    members: Mapping[int, Member]
    populations: Mapping[int, int | None]
    """N by unit that was asked and not withdrawn."""
    counted: Counted
    """By leaf of the tree and channel, tallies included."""

    def leaf(self, unit_id: int) -> int:
        """Where the sheets of a unit itself stand in the tree."""
        return -unit_id if unit_id in self.tree.children else unit_id


def read_ground(session: Session, round_id: int) -> RoundGround | None:
    """A round with all its counts, or None. Five queries."""
    found = session.execute(
        select(SurveyRound, Questionnaire).join(Questionnaire, Questionnaire.id == SurveyRound.questionnaire_id)
        .where(SurveyRound.id == round_id)).first()
    if found is None:
        return None
    row, version = found
    body = Body.load(version.body)
    book = Codebook(body)
    head = RoundHead(row.id, row.code, row.title, row.audience, row.host, row.opens_on, row.closes_on, version.id,
                     version.code, version.version, body.title, body.headline)
    places = session.execute(
        select(SurveyPlace.unit_id, SurveyPlace.population, SurveyPlace.withdrawn_at)
        .where(SurveyPlace.round_id == round_id)).all()
    counted = dict(round_counts(session, round_id, book))
    for (_round, unit_id), count in tally_counts(session, {round_id: book}).items():
        counted[unit_id, SurveyChannel.TALLY] = count
    units = {unit_id for unit_id, _n, _out in places} | {unit_id for unit_id, _channel in counted}
    tree, above, members = read_tree(session, units, row.closes_on)
    populations = {unit_id: population for unit_id, population, out in places if out is None}
    return RoundGround(head, body, book, tree, above, members, populations, on_leaves(tree, counted))


def on_leaves(tree: Tree, counted: Counted) -> dict[tuple[int, SurveyChannel], Count]:
    """Counts of units as counts of leaves; those of units outside the tree fall to its root."""
    known = set(tree.walk())
    found: dict[tuple[int, SurveyChannel], Count] = {}
    for (unit_id, channel), count in counted.items():
        at = unit_id if unit_id in known else tree.root
        leaf = -at if at in tree.children else at
        into = found.setdefault((leaf, channel), Count())
        into.sheets += count.sheets
        into.excluded += count.excluded
        into.counts += count.counts
    return found


Units = tuple[Mapping[int, Member], Mapping[int, int]]
"""All units by id, and the unit above each that has one."""


def read_tree(session: Session, unit_ids: Iterable[int],
              on: date) -> tuple[Tree, dict[int, int], Mapping[int, Member]]:
    """Some units and all above them up to the Department, as on a day; with the unit above each. One query.

    A unit that reported to nobody then stands directly below the Department.
    """
    units = read_units(session, on)
    tree = tree_of(units, unit_ids)
    return tree, {child: up for up, below in tree.children.items() for child in below}, units[0]


def read_units(session: Session, on: date) -> Units:
    """All units as they stood on a day. One query."""
    return read_units_of_days(session, [on])[on]


def read_units_of_days(session: Session, days: Iterable[date]) -> dict[date, Units]:
    """All units as they stood on each of some days. One query."""
    wanted = sorted(set(days))
    if not wanted:
        return {}
    asked = union_all(*(select(literal(day, Date).label("on_day")) for day in wanted)).subquery()
    on = asked.c.on_day
    rows = session.execute(
        select(on, Unit.id, Unit.kind, Unit.code, UnitName.name, UnitName.sort_key, UnitParent.parent_id)
        .select_from(asked).join(Unit, true())
        .outerjoin(UnitName, and_(UnitName.unit_id == Unit.id, UnitName.covering(on)))
        .outerjoin(UnitParent, and_(UnitParent.unit_id == Unit.id, UnitParent.covering(on))))
    members: dict[date, dict[int, Member]] = {day: {} for day in wanted}
    parents: dict[date, dict[int, int]] = {day: {} for day in wanted}
    for day, id_, kind, code, name, key, parent in rows:
        members[day][id_] = Member(id_, name or code, kind, key or code)
        if parent is not None:
            parents[day][id_] = parent
    return {day: (members[day], parents[day]) for day in wanted}


def tree_of(units: Units, unit_ids: Iterable[int]) -> Tree:
    """Some of the units and all above them as a tree, as ``read_tree`` tells."""
    members, parents = units
    wanted = set(unit_ids)
    heads = [id_ for id_, member in members.items() if member.kind is UnitKind.DEPARTMENT]
    root = min(heads, default=min(wanted, default=0))
    children: defaultdict[int, set[int]] = defaultdict(set)
    for unit_id in wanted - {root}:
        at = unit_id
        while at != root:
            up = parents.get(at, root)
            children[up].add(at)
            at = up
    ordered: dict[int, list[int]] = {
        up: [-up] * (up in wanted) + sorted(below, key=lambda id_: (members[id_].sort_key, id_))
        for up, below in children.items()}
    return Tree(root, ordered)


def tally_counts(session: Session, books: Mapping[int, Codebook]) -> dict[tuple[int, int], Count]:
    """Sheets that were counted by hand, by round and unit, as counts of the round's codebook. One query.

    Questions that a tally does not tell of count as not asked.
    """
    count = SurveyAnswerCount
    rows = session.execute(
        select(SurveyTally.id, SurveyTally.round_id, SurveyTally.unit_id, SurveyTally.sheet_count, SurveyQuestion.code,
               count.level_1, count.level_2, count.level_3, count.level_4, count.level_5, count.not_applicable,
               count.blank)
        .outerjoin(count, count.tally_id == SurveyTally.id)
        .outerjoin(SurveyQuestion, SurveyQuestion.id == count.question_id)
        .where(SurveyTally.round_id.in_(books), SurveyTally.removed_at.is_(None)))
    told: defaultdict[tuple[int, int, int, int], dict[str, Sequence[int]]] = defaultdict(dict)
    for id_, round_id, unit_id, sheets, code, *answers in rows:
        answered = told[round_id or 0, unit_id, id_, sheets]
        if code is not None:
            answered[code] = answers
    found: defaultdict[tuple[int, int], Count] = defaultdict(Count)
    for (round_id, unit_id, _id, sheets), by_code in told.items():
        into = found[round_id, unit_id]
        into.sheets += sheets
        into.counts += sum(_lanes(cell, sheets, by_code.get(cell.code)) for cell in books[round_id].cells)
    return dict(found)


def _lanes(cell: Cell, sheets: int, answers: Sequence[int] | None) -> int:
    """A tally's answers to one question as counts; what it does not account for was not asked."""
    if answers is None or len(cell.values) != len(answers) - 2:
        return sheets << cell.lane(NOT_ASKED)
    *levels, not_applicable, blank = answers
    counts = sum(number << cell.lane(level) for level, number in enumerate(levels, start=1))
    rest = max(0, sheets - sum(answers))
    return counts + (not_applicable << cell.lane(NOT_APPLICABLE)) + (blank << cell.lane(0)) + (
        rest << cell.lane(NOT_ASKED))


__all__ = ["Counted", "Member", "RoundGround", "Units", "on_leaves", "read_ground", "read_tree", "read_units",
           "tally_counts", "tree_of"]
