"""Whose report counts what a closed unit recorded, so that nothing is lost and nothing is counted twice (law 8)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Exists, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.requirement import Obligation
from models.unit import Unit, UnitSuccessor


@dataclass(frozen=True, slots=True)
class Succession:
    """One unit that follows a closed one, with what both have to do with a requirement."""

    old: int
    new: int
    is_told: bool
    """Whether the closed unit's own report stands: handed in, or excused."""
    is_owed: bool
    """Whether the new unit owes the report."""


def heirs_of(session: Session, requirement_id: int, unit_ids: Collection[int] | None = None) -> dict[int, int]:
    """Closed units by id with the unit whose report of a requirement counts their records. One query.

    ``unit_ids`` are the units that count; without it all.
    """
    rows = session.execute(
        select(UnitSuccessor.old_unit_id, UnitSuccessor.new_unit_id, _stands(requirement_id, UnitSuccessor.old_unit_id),
               _stands(requirement_id, UnitSuccessor.new_unit_id))
        .join(Unit, Unit.id == UnitSuccessor.old_unit_id).where(Unit.valid_to.is_not(None))
        .order_by(UnitSuccessor.from_day, UnitSuccessor.id))
    found = choose_heirs([Succession(*row) for row in rows])
    return {old: heir for old, heir in found.items() if unit_ids is None or heir in unit_ids}


def choose_heirs(successions: Sequence[Succession]) -> dict[int, int]:
    """The one heir of each closed unit whose own report does not stand: the first that owes it, however far down.

    A closed unit that several followed is counted by one of them alone; one whose heirs owe nothing by nobody.
    """
    below: defaultdict[int, list[Succession]] = defaultdict(list)
    for row in successions:
        below[row.old].append(row)
    heirs = {old: _first(old, below, frozenset()) for old, rows in below.items() if not rows[0].is_told}
    return {old: heir for old, heir in heirs.items() if heir is not None}


def _first(old: int, below: Mapping[int, Sequence[Succession]], seen: frozenset[int]) -> int | None:
    """The first that owes it among those that followed a unit, else among those that followed them."""
    rows = [] if old in seen else below.get(old, [])
    owing = next((row.new for row in rows if row.is_owed), None)
    if owing is not None:
        return owing
    further = (_first(row.new, below, seen | {old}) for row in rows)
    return next((heir for heir in further if heir is not None), None)


def _stands(requirement_id: int, unit_id: InstrumentedAttribute[int]) -> Exists:
    """Whether a unit has an obligation for a requirement that was not closed."""
    return exists().where(Obligation.unit_id == unit_id, Obligation.requirement_id == requirement_id,
                          Obligation.closed_at.is_(None))


__all__ = ["Succession", "choose_heirs", "heirs_of"]
