"""A visit to one unit: when, whom the inspectors met, what they saw of its evidence, what they conclude."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.dates import format_day, local_day
from models.event import Subject
from models.inspection import EvidenceKind, EvidenceMark, InspectedUnit, Mark
from models.permission import Viewer
from queries.unit import unit_names
from services.trail import record


@dataclass(frozen=True)
class VisitInput:
    """A visit as a checked form gives it."""

    visited_on: date
    met: str
    conclusion: str


@dataclass(frozen=True)
class MarkInput:
    """What is said of one piece of evidence; ``mark`` None takes back what was said."""

    label: str
    mark: Mark | None
    note: str = ""


def write_visit(session: Session, visit: InspectedUnit, given: VisitInput, *, viewer: Viewer | None,
                now: datetime) -> bool:
    """Write a visit down or change it; False when nothing differs. Does not commit."""
    before = _describe(visit)
    visit.visited_on, visit.met, visit.conclusion = given.visited_on, given.met, given.conclusion
    after = _describe(visit)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changed:
        record(session, at=now, viewer=viewer, subject=Subject.INSPECTION, subject_id=visit.inspection_id,
               action="visit", unit_id=visit.unit_id, detail={"unit": _name(session, visit, now), **changed})
    session.flush()
    return bool(changed)


def _name(session: Session, visit: InspectedUnit, now: datetime) -> str:
    """The unit's name, as the trail keeps it."""
    return unit_names(session, [visit.unit_id], local_day(now)).get(visit.unit_id, "")


def _describe(visit: InspectedUnit) -> dict[str, str]:
    """A visit in plain values for the trail's before and after."""
    day = format_day(visit.visited_on) if visit.visited_on else ""
    return {"visited_on": day, "met": visit.met or "", "conclusion": visit.conclusion or ""}


def mark_evidence(session: Session, visit: InspectedUnit, kind: EvidenceKind, given: Mapping[int, MarkInput], *,
                  viewer: Viewer | None, now: datetime) -> int:
    """Tick evidence off, by the id of each thing; gives back how many ticks changed. Does not commit."""
    rows = {row.subject_id: row for row in session.scalars(
        select(EvidenceMark).where(EvidenceMark.visit_id == visit.id, EvidenceMark.kind == kind,
                                   EvidenceMark.subject_id.in_(list(given))))}
    changed: dict[str, list[str]] = {}
    for subject_id, said in given.items():
        row = rows.get(subject_id)
        before = f"{row.mark.label} {row.note}".strip() if row is not None else ""
        after = f"{said.mark.label} {said.note}".strip() if said.mark is not None else ""
        if before == after:
            continue
        changed[said.label] = [before, after]
        if said.mark is None and row is not None:
            session.delete(row)
        elif said.mark is not None:
            row = row or EvidenceMark(visit_id=visit.id, kind=kind, subject_id=subject_id)
            row.mark, row.note, row.label = said.mark, said.note, said.label
            row.marked_at, row.marked_by_id = now, viewer.account_id if viewer else None
            session.add(row)
    if changed:
        record(session, at=now, viewer=viewer, subject=Subject.INSPECTION, subject_id=visit.inspection_id,
               action="mark_evidence", unit_id=visit.unit_id,
               detail={"unit": _name(session, visit, now), "kind": kind.label, "count": len(changed), "marks": changed})
    session.flush()
    return len(changed)


__all__ = ["MarkInput", "VisitInput", "mark_evidence", "write_visit"]
