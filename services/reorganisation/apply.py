"""Applying a decision: whole or not at all, and never twice. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.dates import format_day, local_day
from core.table_file import Fault
from models.event import Subject
from models.permission import Viewer
from models.reorganisation import Reorganisation, ReorganisationStatus, ReorganisationStep
from services.reorganisation.finding import pass_findings
from services.reorganisation.pass_on import Trail, pass_duties, pass_people
from services.reorganisation.preview import Preview, decision_faults, preview_steps
from services.reorganisation.step import Step, step_of
from services.reorganisation.survey import pass_places
from services.reorganisation.write import UnitWriter
from services.trail import record


class ReorganisationError(ValueError):
    """A decision cannot be applied; ``faults`` say why, with row and column."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Hold the faults in the order of their rows."""
        super().__init__("; ".join(fault.text for fault in faults))
        self.faults = tuple(faults)


def steps_of(session: Session, decision: Reorganisation) -> list[Step]:
    """The steps of a decision in their order. One query."""
    rows = session.scalars(
        select(ReorganisationStep).where(ReorganisationStep.reorganisation_id == decision.id)
        .order_by(ReorganisationStep.position))
    return [step_of(row) for row in rows]


def apply_decision(session: Session, decision: Reorganisation, *, viewer: Viewer | None, now: datetime) -> Preview:
    """Apply a draft and say what was done. A decision that is applied already is left as it is.

    Raises ReorganisationError with every fault; then nothing is written. Does not commit.
    """
    if decision.status is ReorganisationStatus.APPLIED:
        return Preview(preview_steps(session, [], decision.effective_on).outcome, (), counts=dict(decision.result))
    preview = preview_decision(session, decision, local_day(now))
    if preview.faults:
        raise ReorganisationError(preview.faults)
    _write(session, decision, preview, viewer, now)
    return preview


def preview_decision(session: Session, decision: Reorganisation, today: date) -> Preview:
    """What a draft would do, with the faults of the decision as a whole before those of its steps."""
    preview = preview_steps(session, steps_of(session, decision), decision.effective_on)
    return replace(preview, faults=(*decision_faults(session, decision, today), *preview.faults))


def _write(session: Session, decision: Reorganisation, preview: Preview, viewer: Viewer | None,
           now: datetime) -> None:
    """Write what the preview says."""
    trail = Trail(session, viewer, now, named(decision))
    writer = UnitWriter(session, preview.outcome, decision)
    writer.write()
    for unit_id, action, detail in writer.events:
        trail.add(Subject.UNIT, unit_id, action, unit_id,
                  {**detail, "from_day": decision.effective_on.isoformat()})
    pass_duties(session, preview.outcome, preview.duties, writer.ids, trail)
    pass_people(session, preview.outcome, preview.people, writer.ids, trail)
    pass_places(session, preview.outcome, preview.places, writer.ids, trail)
    pass_findings(session, preview.outcome, preview.findings, writer.ids, trail)
    trail.write()
    decision.status, decision.applied_at = ReorganisationStatus.APPLIED, now
    decision.applied_by_id = viewer.account_id if viewer else None
    decision.result = dict(preview.counts)
    record(session, at=now, viewer=viewer, subject=Subject.REORGANISATION, subject_id=decision.id,
           action="apply_decision",
           detail=dict(preview.counts))
    session.flush()
    session.expire_all()


def named(decision: Reorganisation) -> str:
    """A decision as the trail names it: "1679/NQ-UBTVQH15 ngày 16/06/2025"."""
    return f"{decision.number} ngày {format_day(decision.decided_on)}"


__all__ = ["ReorganisationError", "apply_decision", "named", "preview_decision", "steps_of"]
