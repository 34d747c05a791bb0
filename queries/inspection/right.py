"""Who writes an inspection: the division that inspects, and the Office for any of them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.account import Role
from models.finding import Finding
from models.inspection import InspectedUnit, Inspection
from models.permission import Action, Reach, Viewer, reach
from queries.inspection.count import FindingCounts, count_where, total_of


def writes(viewer: Viewer, owner_unit_id: int) -> bool:
    """Whether a person plans, visits and judges in inspections of this division or of the Office."""
    if reach(viewer.role, Action.INSPECTION_WRITE) is Reach.NONE:
        return False
    return viewer.role is not Role.DIVISION or viewer.unit_id == owner_unit_id


def count_to_judge(session: Session, viewer: Viewer, *, now: datetime) -> FindingCounts | None:
    """How findings of the own inspections stand; None for who writes none. One query."""
    if reach(viewer.role, Action.INSPECTION_WRITE) is Reach.NONE:
        return None
    own = (
        select(Finding.id).join(InspectedUnit, InspectedUnit.id == Finding.visit_id)
        .join(Inspection, Inspection.id == InspectedUnit.inspection_id))
    if viewer.role is Role.DIVISION:
        own = own.where(Inspection.owner_unit_id == viewer.unit_id)
    return total_of(count_where(session, [Finding.id.in_(own)], now))


__all__ = ["count_to_judge", "writes"]
