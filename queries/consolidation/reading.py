"""By which units the totals of a consolidation are read: those of then, or those that follow them now (law 8).

The sums are the same; only under whose name they stand differs. Figures of a unit that was split stand with all that
followed it together, since nothing says how they would part.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.text import sort_key
from models.figure import Figure, IndicatorRule, total
from models.unit import Unit, UnitKind, UnitName, UnitSuccessor
from queries.consolidation.overview import GroupRow, Overview
from queries.consolidation.standing import Standing
from queries.reorganisation import follow
from queries.unit import called, unit_names

Row = tuple[Standing, Mapping[str, Figure]]


@dataclass(frozen=True, slots=True)
class Heir:
    """A unit that followed another."""

    id: int
    code: str
    name: str
    kind: UnitKind


@dataclass(frozen=True)
class Totals:
    """The table of totals by unit, read one way."""

    groups: tuple[GroupRow, ...]
    former: Mapping[int, tuple[Standing, ...]]
    """By unit of a row that stands for others: those of then whose figures it holds."""


def read_then(session: Session, overview: Overview, on: date) -> Totals:
    """Units by the names of the requirement's due day, or of ``on`` before it. One query."""
    day = min(overview.ground.requirement.due_on, on)
    names = unit_names(session, [row.unit_id for group in overview.groups for row, _figures in group.units], day)
    return Totals(tuple(
        replace(group, units=tuple((replace(row, name=names.get(row.unit_id, row.name)), figures)
                                   for row, figures in group.units)) for group in overview.groups), {})


def read_now(session: Session, overview: Overview, on: date) -> Totals:
    """Units of ``on``, with the figures of the closed ones that they followed. One query; none without any."""
    rows = [row for group in overview.groups for row in group.units]
    closed = {row.unit_id for row, _figures in rows
              if row.past is not None and row.past.unit_closed_on is not None and row.past.unit_closed_on <= on}
    if not closed:
        return Totals(overview.groups, {})
    told = [(row, {code: figure for code, figure in figures.items() if code not in overview.withheld})
            for row, figures in rows]  # a second way of adding up would tell what the first withholds
    return regroup(told, _heirs(session, closed, on), [line.rule for line in overview.ground.gathered.indicators])


def regroup(rows: Iterable[Row], heirs: Mapping[int, Sequence[Heir]], rules: Sequence[IndicatorRule]) -> Totals:
    """Put rows of then under the units that follow them; ``heirs`` by closed unit of then."""
    members: defaultdict[tuple[int, ...], list[Row]] = defaultdict(list)
    known: dict[tuple[int, ...], Sequence[Heir]] = {}
    for row in rows:
        found = heirs.get(row[0].unit_id, ())
        key = tuple(sorted(heir.id for heir in found)) or (row[0].unit_id,)
        members[key].append(row)
        known.setdefault(key, found)
        known[key] = known[key] or found
    merged: list[Row] = []
    former: dict[int, tuple[Standing, ...]] = {}
    for key, found_rows in members.items():
        row = _merge(key, found_rows, known[key], rules)
        merged.append(row)
        if len(found_rows) > 1 or known[key]:
            former[row[0].unit_id] = tuple(standing for standing, _figures in found_rows)
    return Totals(tuple(_groups(merged, rules)), former)


def _merge(key: tuple[int, ...], rows: Sequence[Row], heirs: Sequence[Heir], rules: Sequence[IndicatorRule]) -> Row:
    """One row for what several units of then are now; it is in when one of them is."""
    if not heirs:
        return rows[0]
    first = next((standing for standing, _figures in rows if standing.is_included), rows[0][0])
    figures = total(rules, [found for standing, found in rows if standing.is_included])
    return replace(first, unit_id=key[0], code=heirs[0].code, kind=heirs[0].kind,
                   name=", ".join(heir.name for heir in heirs)), figures


def _groups(rows: Sequence[Row], rules: Sequence[IndicatorRule]) -> Iterable[GroupRow]:
    """The rows by kind, alphabetically, each kind with its total."""
    for kind in sorted({row.kind for row, _figures in rows}, key=list(UnitKind).index):
        units = tuple(sorted(((row, figures) for row, figures in rows if row.kind is kind),
                             key=lambda pair: sort_key(pair[0].name)))
        included = [figures for row, figures in units if row.is_included]
        yield GroupRow(kind.label, kind, len(included), len(units), units, total(rules, included))


def _heirs(session: Session, closed: Iterable[int], on: date) -> dict[int, Sequence[Heir]]:
    """Who stands on a day for units that are closed; missing where nobody followed. One query."""
    rows = session.execute(
        select(UnitSuccessor.old_unit_id, Unit.id, Unit.code, UnitName.name, Unit.kind, Unit.covering(on))
        .join(Unit, Unit.id == UnitSuccessor.new_unit_id).outerjoin(UnitName, called(UnitName, Unit.id, on))
        .where(UnitSuccessor.from_day <= on).order_by(UnitSuccessor.from_day, UnitSuccessor.id))
    after: defaultdict[int, list[int]] = defaultdict(list)
    present: dict[int, Heir] = {}
    for old, id_, code, name, kind, is_present in rows:
        after[old].append(id_)
        if is_present:
            present[id_] = Heir(id_, code, name or code, kind)
    found = {old: [present[id_] for id_ in follow(old, after, present.keys())] for old in closed}
    return {old: heirs for old, heirs in found.items() if heirs}


__all__ = ["Heir", "Totals", "read_now", "read_then", "regroup"]
