"""Findings: written at a visit, answered by the unit, accepted, asked about again or closed by the inspectors."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.dates import format_day, local_day
from core.translation import N_
from models.activity import Activity
from models.attachment import Attachment
from models.event import Subject
from models.finding import (
    RULES,
    Deed,
    Finding,
    FindingError,
    FindingStatus,
    FindingStep,
    Severity,
    deadline,
    next_status,
)
from models.inspection import InspectedUnit
from models.permission import Viewer
from services.trail import record


@dataclass(frozen=True)
class FindingInput:
    """A finding as a checked form gives it."""

    what: str
    severity: Severity
    theme_id: int | None
    due_on: date


@dataclass(frozen=True)
class StepInput:
    """An answer or a word on it, as a checked form gives it."""

    deed: Deed
    text: str = ""
    due_on: date | None = None
    """The new date, of deeds that set one."""
    activity_ids: tuple[int, ...] = ()
    attachment_ids: tuple[int, ...] = ()


def raise_finding(session: Session, visit: InspectedUnit, given: FindingInput, *, form_token: str,
                  viewer: Viewer | None, now: datetime) -> Finding:
    """Write a finding down and send it to the unit of the visit; the same ``form_token`` twice makes one.

    Raises FindingError before the visit took place. Does not commit.
    """
    session.execute(select(InspectedUnit.id).where(InspectedUnit.id == visit.id).with_for_update())
    made = session.scalar(select(Finding).where(Finding.form_token == form_token))
    if made is not None:
        return made
    if visit.visited_on is None:
        raise FindingError(N_("Ghi ngày kiểm tra tại đơn vị trước khi ghi kiến nghị."))
    number = session.scalar(select(func.max(Finding.number)).where(Finding.visit_id == visit.id)) or 0
    finding = Finding(
        visit_id=visit.id, unit_id=visit.unit_id, number=number + 1, what=given.what, severity=given.severity,
        theme_id=given.theme_id, due_on=given.due_on, deadline_at=deadline(given.due_on), status=FindingStatus.OPEN,
        raised_on=local_day(now), raised_at=now, raised_by_id=viewer.account_id if viewer else None,
        form_token=form_token)
    session.add(finding)
    session.flush()
    record(session, at=now, viewer=viewer, subject=Subject.FINDING, subject_id=finding.id, action="raise_finding",
           unit_id=finding.unit_id, detail={"day": format_day(given.due_on)})
    return finding


def change_finding(session: Session, finding: Finding, given: FindingInput, *, viewer: Viewer | None,
                   now: datetime) -> bool:
    """Mend the words or the date of a finding; False when nothing differs. Raises FindingError when it is settled.

    Does not commit.
    """
    if finding.status.is_settled:
        raise FindingError(N_("Kiến nghị đã khép lại; mở lại trước khi sửa."))
    before = _describe(finding)
    finding.what, finding.severity, finding.theme_id = given.what, given.severity, given.theme_id
    finding.due_on, finding.deadline_at = given.due_on, deadline(given.due_on)
    after = _describe(finding)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changed:
        record(session, at=now, viewer=viewer, subject=Subject.FINDING, subject_id=finding.id,
               action="change_finding", unit_id=finding.unit_id, detail=changed)
    session.flush()
    return bool(changed)


def _describe(finding: Finding) -> dict[str, Any]:
    """A finding in plain values for the trail's before and after."""
    return {"what": finding.what, "severity": Severity(finding.severity).label, "theme_id": finding.theme_id,
            "due_on": format_day(finding.due_on)}


def take_step(session: Session, finding: Finding, given: StepInput, *, form_token: str, viewer: Viewer | None,
              now: datetime) -> FindingStep:
    """Do what ``models.finding`` allows, with its words and evidence; the same ``form_token`` twice is one step.

    Evidence of other units is left out. Raises FindingError when the deed does not fit. Does not commit.
    """
    session.execute(select(Finding.id).where(Finding.id == finding.id).with_for_update())
    done = session.scalar(select(FindingStep).where(FindingStep.form_token == form_token))
    if done is not None:
        return done
    session.refresh(finding)
    rule, before = RULES[given.deed], finding.status
    finding.status = next_status(before, given.deed)
    if rule.needs_text and not given.text.strip():
        raise FindingError(N_("Ghi nội dung trước khi gửi."))
    if rule.sets_due and given.due_on is not None:
        finding.due_on, finding.deadline_at = given.due_on, deadline(given.due_on)
    if given.deed is Deed.ANSWER:
        finding.answered_at = now
    finding.settled_at = now if finding.status.is_settled else None
    step = _write_step(session, finding, given, form_token, viewer, now)
    record(session, at=now, viewer=viewer, subject=Subject.FINDING, subject_id=finding.id,
           action=f"{given.deed.value}_finding", unit_id=finding.unit_id, reason=given.text,
           detail={"status": [before.value, finding.status.value]})
    return step


def _write_step(session: Session, finding: Finding, given: StepInput, form_token: str, viewer: Viewer | None,
                now: datetime) -> FindingStep:
    """The step's own row, once; the evidence is the unit's own."""
    step = FindingStep(
        finding_id=finding.id, deed=given.deed, text=given.text.strip(),
        due_on=given.due_on if RULES[given.deed].sets_due else None, at=now,
        by_id=viewer.account_id if viewer else None, by_name=viewer.name if viewer else "", form_token=form_token,
        activities=list(session.scalars(select(Activity).where(
            Activity.id.in_(given.activity_ids), Activity.unit_id == finding.unit_id))),
        attachments=list(session.scalars(select(Attachment).where(
            Attachment.id.in_(given.attachment_ids), Attachment.unit_id == finding.unit_id))))
    session.add(step)
    session.flush()
    return step


__all__ = ["FindingInput", "StepInput", "change_finding", "raise_finding", "take_step"]
