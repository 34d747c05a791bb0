"""What inspections found and a closing unit has not mended yet: the unit that takes over its duties mends it.

Settled findings stay with the unit that was inspected (product law 8). Does not commit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.draft import Draft
from models.event import Subject
from models.finding import Finding, FindingStatus
from services.reorganisation.outcome import Outcome
from services.reorganisation.pass_on import Trail

_OPEN = [status for status in FindingStatus if not status.is_settled]


@dataclass(frozen=True, slots=True)
class FindingChange:
    """An open finding with a closing unit, and the code of the unit that mends it from now on."""

    finding_id: int
    unit_id: int
    heir: str


def finding_changes(session: Session, outcome: Outcome) -> list[FindingChange]:
    """Open findings of units that close, as far as somebody takes over their duties. One query."""
    heirs = {ending.place.id: ending.duties_to[0] for code, ending in outcome.endings.items()
             if outcome.is_gone(code) and ending.duties_to}
    if not heirs:
        return []
    rows = session.execute(select(Finding.id, Finding.unit_id).where(
        Finding.unit_id.in_(heirs), Finding.status.in_(_OPEN)).order_by(Finding.id))
    return [FindingChange(finding_id, unit_id, heirs[unit_id]) for finding_id, unit_id in rows]


def pass_findings(session: Session, outcome: Outcome, changes: Sequence[FindingChange], ids: Mapping[str, int],
                  trail: Trail) -> None:
    """Hand them over, with what was being typed into an answer. ``ids``: units by code."""
    for change in changes:
        heir = ids[change.heir]
        session.execute(update(Finding).where(Finding.id == change.finding_id).values(unit_id=heir)
                        .execution_options(synchronize_session=False))
        session.execute(update(Draft).where(Draft.key == f"finding:{change.finding_id}:answer").values(unit_id=heir)
                        .execution_options(synchronize_session=False))
        trail.add(Subject.FINDING, change.finding_id, "hand_over", change.unit_id,
                  {"to": outcome.name_of(change.heir)})


__all__ = ["FindingChange", "finding_changes", "pass_findings"]
