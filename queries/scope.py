"""Which units a person may see or act for: the only way to a list (product laws 8 and 10).

What a closed unit recorded is read by the people of the units that followed it (``INHERITED`` actions); no right to
write ever passes over.
"""

from datetime import date

from sqlalchemy import Select, exists, false, literal, select
from sqlalchemy.orm import Session

from models.permission import INHERITED, Action, Reach, Viewer, reach
from models.unit import Unit, UnitParent, UnitSuccessor


def tree_of(unit_id: int, on: date) -> Select[int]:
    """Ids of a unit and of all units below it on a day."""
    tree = select(literal(unit_id).label("id")).cte("tree", recursive=True)
    below = select(UnitParent.unit_id).join(tree, UnitParent.parent_id == tree.c.id).where(UnitParent.covering(on))
    tree = tree.union(below)
    return select(tree.c.id)


def with_predecessors(units: Select[int], on: date) -> Select[int]:
    """Ids of units and of the closed units that they followed by a day, however many steps back."""
    line = units.cte("line", recursive=True)
    present = line.c[0]
    before = (
        select(UnitSuccessor.old_unit_id)
        .join(line, UnitSuccessor.new_unit_id == present)
        .join(Unit, Unit.id == UnitSuccessor.old_unit_id)
        .where(UnitSuccessor.from_day <= on, Unit.valid_to <= on))
    line = line.union(before)
    return select(line.c[0])


def scope(viewer: Viewer, action: Action, on: date) -> Select[int]:
    """Ids of the units over which ``viewer`` may do ``action`` on a day; use as ``Unit.id.in_(scope(…))``."""
    far = reach(viewer.role, action)
    units = _reached(viewer, far, on)
    is_inherited = action in INHERITED and far in (Reach.OWN, Reach.TREE)
    return with_predecessors(units, on) if is_inherited else units


def _reached(viewer: Viewer, far: Reach, on: date) -> Select[int]:
    """Ids of the units that a reach covers on a day, without those that they followed."""
    match far:
        case Reach.OWN:
            return select(Unit.id).where(Unit.id == viewer.acts_for_id)
        case Reach.BELOW:
            return select(UnitParent.unit_id).where(
                UnitParent.parent_id == viewer.acts_for_id, UnitParent.covering(on))
        case Reach.TREE:
            return tree_of(viewer.acts_for_id, on)
        case Reach.ALL:
            return select(Unit.id)
        case _:
            return select(Unit.id).where(false())


def may(session: Session, viewer: Viewer, action: Action, unit_id: int, on: date) -> bool:
    """Whether ``viewer`` may do ``action`` for a unit on a day. One query at most."""
    far = reach(viewer.role, action)
    if far is Reach.NONE:
        return False
    if far is Reach.ALL:
        return True
    if unit_id == viewer.acts_for_id:
        return far is not Reach.BELOW
    if far is Reach.OWN and action not in INHERITED:
        return False
    reachable = scope(viewer, action, on).subquery()
    return bool(session.scalar(select(exists().where(reachable.c[0] == unit_id))))


__all__ = ["may", "scope", "tree_of", "with_predecessors"]
