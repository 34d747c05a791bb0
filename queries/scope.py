"""Which units a person may see or act for: the only way to a list (product laws 8 and 10)."""

from datetime import date

from sqlalchemy import Select, exists, false, literal, select
from sqlalchemy.orm import Session

from models.permission import Action, Reach, Viewer, reach
from models.unit import Unit, UnitParent


def tree_of(unit_id: int, on: date) -> Select[int]:
    """Ids of a unit and of all units below it on a day."""
    tree = select(literal(unit_id).label("id")).cte("tree", recursive=True)
    below = select(UnitParent.unit_id).join(tree, UnitParent.parent_id == tree.c.id).where(UnitParent.covering(on))
    tree = tree.union(below)
    return select(tree.c.id)


def scope(viewer: Viewer, action: Action, on: date) -> Select[int]:
    """Ids of the units over which ``viewer`` may do ``action`` on a day; use as ``Unit.id.in_(scope(…))``."""
    match reach(viewer.role, action):
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
    if far is Reach.OWN or unit_id == viewer.acts_for_id:
        return unit_id == viewer.acts_for_id and far is not Reach.BELOW
    reachable = scope(viewer, action, on).subquery()
    return bool(session.scalar(select(exists().where(reachable.c[0] == unit_id))))


__all__ = ["may", "scope", "tree_of"]
