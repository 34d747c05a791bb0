"""How many proposals of each unit were picked, for the points of emulation."""

from collections.abc import Collection

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from models.commendation import Commendation, CommendationStatus


def count_commendations(session: Session, unit_ids: Collection[int] | Select[int],
                        programme_id: int) -> dict[int, int]:
    """How many proposals of a programme are picked for the report, by unit; units without any are missing.

    Not scoped. One query.
    """
    rows = session.execute(
        select(Commendation.unit_id, func.count())
        .where(Commendation.programme_id == programme_id, Commendation.status == CommendationStatus.ACCEPTED,
               Commendation.picked_at.is_not(None), Commendation.unit_id.in_(unit_ids))
        .group_by(Commendation.unit_id))
    return dict(rows.all())
