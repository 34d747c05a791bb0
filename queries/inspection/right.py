"""Who writes an inspection: the division that inspects, and the Office for any of them."""

from models.account import Role
from models.permission import Action, Reach, Viewer, reach


def writes(viewer: Viewer, owner_unit_id: int) -> bool:
    """Whether a person plans, visits and judges in inspections of this division or of the Office."""
    if reach(viewer.role, Action.INSPECTION_WRITE) is Reach.NONE:
        return False
    return viewer.role is not Role.DIVISION or viewer.unit_id == owner_unit_id


__all__ = ["writes"]
