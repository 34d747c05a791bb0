"""Drafts of decisions: recorded, given steps one by one or by file, discarded. Nothing here commits."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from core.table_file import Fault, TableFileError
from core.translation import _
from models.event import Subject
from models.permission import Viewer
from models.reorganisation import Reorganisation, ReorganisationStatus, ReorganisationStep
from services.reorganisation.apply import ReorganisationError, steps_of
from services.reorganisation.check import check_steps
from services.reorganisation.ground import Ground
from services.reorganisation.step import Step, keep_steps, read_steps
from services.trail import record


def add_decision(session: Session, values: Mapping[str, Any], *, token: str, viewer: Viewer | None,
                 now: datetime) -> Reorganisation:
    """Record a draft; the same form sent twice gives the same one.

    ``values``: number, decided_on, issuer, effective_on, title, attachment_id.
    """
    found = session.scalar(select(Reorganisation).where(Reorganisation.form_token == token))
    if found is not None:
        return found
    decision = Reorganisation(**values, form_token=token, created_at=now,
                              created_by_id=viewer.account_id if viewer else None)
    session.add(decision)
    session.flush()
    record(session, at=now, viewer=viewer, subject=Subject.REORGANISATION, subject_id=decision.id,
           action="create_decision",
           detail={"number": decision.number})
    return decision


def change_decision(session: Session, decision: Reorganisation, values: Mapping[str, Any], *, viewer: Viewer | None,
                    now: datetime) -> None:
    """Set what differs in a draft. Raises ReorganisationError when it is no draft any more."""
    _must_be_draft(decision)
    changes = {name: [str(getattr(decision, name) or ""), str(value or "")] for name, value in values.items()
               if getattr(decision, name) != value}
    for name, value in values.items():
        setattr(decision, name, value)
    if changes:
        record(session, at=now, viewer=viewer, subject=Subject.REORGANISATION, subject_id=decision.id,
               action="change_decision", detail=changes)


def discard_decision(session: Session, decision: Reorganisation, *, viewer: Viewer | None, now: datetime) -> None:
    """Let a draft go; it stays to be read. Raises ReorganisationError when it was applied."""
    if decision.status is ReorganisationStatus.DISCARDED:
        return
    _must_be_draft(decision)
    decision.status = ReorganisationStatus.DISCARDED
    record(session, at=now, viewer=viewer, subject=Subject.REORGANISATION, subject_id=decision.id,
           action="discard_decision")


def add_step(session: Session, decision: Reorganisation, step: Step) -> Step:
    """Add one step at the end and give it back with its place. The same step twice is one.

    Raises ReorganisationError with what is wrong with this step beside the others; then nothing is written.
    """
    _must_be_draft(decision)
    steps = steps_of(session, decision)
    same = next((known for known in steps if replace(known, row=step.row) == step), None)
    if same is not None:
        return same
    placed = replace(step, row=(steps[-1].row if steps else 0) + 1)
    wrong = [fault for fault in check_steps(Ground(session, decision.effective_on), [*steps, placed],
                                             is_whole=False) if fault.row == placed.row]
    if wrong:
        raise ReorganisationError(wrong)
    keep_steps(session, decision.id, [placed])
    return placed


def remove_step(session: Session, decision: Reorganisation, step_id: int) -> bool:
    """Take a step out of a draft; False when it is not there. Raises ReorganisationError."""
    _must_be_draft(decision)
    done = session.execute(delete(ReorganisationStep).where(
        ReorganisationStep.id == step_id, ReorganisationStep.reorganisation_id == decision.id))
    return bool(getattr(done, "rowcount", 0))


def load_steps(session: Session, decision: Reorganisation, data: bytes, *, viewer: Viewer | None,
               now: datetime) -> int:
    """Let the steps of a file take the place of a draft's steps: all of them, or none; returns how many.

    Raises ReorganisationError with every fault of cells and of steps.
    """
    _must_be_draft(decision)
    try:
        steps, table = read_steps(data)
    except TableFileError as error:
        raise ReorganisationError(error.faults) from error
    heads = table.heads
    faults = list(table.faults)
    if not faults:
        faults = [Fault(fault.row, heads.get(fault.column, fault.column), fault.message)
                  for fault in check_steps(Ground(session, decision.effective_on), steps)]
    if faults:
        raise ReorganisationError(sorted(faults))
    before = session.scalar(select(func.count()).select_from(ReorganisationStep).where(
        ReorganisationStep.reorganisation_id == decision.id))
    session.execute(delete(ReorganisationStep).where(ReorganisationStep.reorganisation_id == decision.id))
    keep_steps(session, decision.id, steps)
    record(session, at=now, viewer=viewer, subject=Subject.REORGANISATION, subject_id=decision.id, action="load_steps",
           detail={"steps": [before, len(steps)]})
    return len(steps)


def _must_be_draft(decision: Reorganisation) -> None:
    """Raise ReorganisationError when a decision can no longer be changed."""
    if decision.status is not ReorganisationStatus.DRAFT:
        raise ReorganisationError([Fault(0, "", _(
            "Quyết định này đã áp dụng hoặc đã bỏ, chỉ để đọc. Muốn sửa, hãy lập một quyết định mới."))])
