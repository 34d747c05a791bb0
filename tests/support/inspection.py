"""Inspections for tests: planned, visited, with findings and answers, through the portal's own services."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.finding import Deed, Finding, Severity
from models.inspection import InspectedUnit, Inspection
from models.programme import Programme
from models.unit import Unit
from services.inspection import (
    FindingInput,
    InspectionInput,
    StepInput,
    VisitInput,
    add_inspection,
    add_units,
    raise_finding,
    take_step,
    write_visit,
)


def make_inspection(session: Session, programme: Programme, owner: Unit, units: list[Unit], *, on: date, now: datetime,
                    visited: bool = True) -> Inspection:
    """An inspection of units, all visited on one day unless told otherwise."""
    made = add_inspection(
        session, InspectionInput(
            title="Kiểm tra chuyên đề (minh họa)", basis="", decision_number="12/QĐ", decided_on=on, theme_codes=(),
            content="", host_programme="", starts_on=on, ends_on=on, team=""),
        programme_id=programme.id, owner_unit_id=owner.id, form_token=f"inspection-{owner.id}-{on}", viewer=None,
        now=now)
    add_units(session, made, [unit.id for unit in units], viewer=None, now=now)
    if visited:
        for unit in units:
            write_visit(session, visit_of(session, made, unit), VisitInput(on, "", "Tốt (minh họa)"), viewer=None,
                        now=now)
    return made


def visit_of(session: Session, inspection: Inspection, unit: Unit) -> InspectedUnit:
    """The visit of an inspection to a unit."""
    return session.scalars(select(InspectedUnit).where(
        InspectedUnit.inspection_id == inspection.id, InspectedUnit.unit_id == unit.id)).one()


def make_finding(session: Session, inspection: Inspection, unit: Unit, *, due_on: date, now: datetime,
                 what: str = "Chưa niêm yết thủ tục (minh họa)", token: str = "") -> Finding:
    """A finding with the unit."""
    visit = visit_of(session, inspection, unit)
    return raise_finding(session, visit, FindingInput(what, Severity.FAULT, None, due_on),
                         form_token=token or f"finding-{visit.id}-{what}", viewer=None, now=now)


def step(session: Session, finding: Finding, deed: Deed, now: datetime, due_on: date | None = None) -> None:
    """One step of a finding's history."""
    take_step(session, finding, StepInput(deed, "Nội dung (minh họa)", due_on),
              form_token=f"{finding.id}-{deed}-{now}", viewer=None, now=now)
