"""One inspection and one visit, as far as a person sees them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.finding import Finding
from models.inspection import (
    EvidenceKind,
    EvidenceMark,
    InspectedUnit,
    Inspection,
    Mark,
    inspection_theme,
)
from models.permission import Viewer
from models.programme import Theme
from models.unit import Unit, UnitKind, UnitName
from queries.inspection.finding import FindingLine, list_lines
from queries.inspection.listing import InspectionLine, list_inspections, seen
from queries.unit import called


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One unit of an inspection."""

    id: int
    unit_id: int
    unit_code: str
    unit_name: str
    kind: UnitKind
    visited_on: date | None
    met: str
    conclusion: str
    is_removed: bool
    finding_count: int


@dataclass(frozen=True)
class InspectionCard:
    """One inspection with its units; of those only what the viewer sees."""

    line: InspectionLine
    programme_id: int
    basis: str
    content: str
    team: str
    reason: str
    themes: tuple[tuple[str, str], ...]
    """(code, label)."""
    visits: tuple[VisitLine, ...]

    @property
    def present(self) -> list[VisitLine]:
        """Units that were not taken out."""
        return [visit for visit in self.visits if not visit.is_removed]


@dataclass(frozen=True)
class MarkLine:
    """One tick."""

    kind: EvidenceKind
    label: str
    mark: Mark
    note: str


@dataclass(frozen=True)
class VisitCard:
    """One visit with its inspection, ticks and findings."""

    inspection: InspectionCard
    visit: VisitLine
    marks: tuple[MarkLine, ...]
    findings: tuple[FindingLine, ...]


def get_inspection(session: Session, viewer: Viewer, inspection_id: int, *, on: date,
                   now: datetime) -> InspectionCard | None:
    """One inspection of which the viewer sees a unit, or None. Six queries."""
    lines = list_inspections(session, viewer, on=on, now=now, ids=[inspection_id])
    row = session.get(Inspection, inspection_id)
    if not lines or row is None:
        return None
    themes = session.execute(
        select(Theme.code, Theme.label).join(inspection_theme, inspection_theme.c.theme_id == Theme.id)
        .where(inspection_theme.c.inspection_id == inspection_id).order_by(Theme.position, Theme.id))
    return InspectionCard(
        lines[0], row.programme_id, row.basis, row.content, row.team, row.reason,
        tuple((code, label) for code, label in themes), tuple(_visits(session, viewer, inspection_id, on)))


def _visits(session: Session, viewer: Viewer, inspection_id: int, on: date) -> list[VisitLine]:
    """The units of an inspection that the viewer sees, alphabetically. One query."""
    findings = select(func.count()).where(Finding.visit_id == InspectedUnit.id).scalar_subquery()
    rows = session.execute(
        select(InspectedUnit, Unit.code, Unit.kind, UnitName.name, findings)
        .join(Unit, Unit.id == InspectedUnit.unit_id)
        .outerjoin(UnitName, called(UnitName, InspectedUnit.unit_id, on))
        .where(InspectedUnit.inspection_id == inspection_id, seen(viewer, on))
        .order_by(UnitName.sort_key, InspectedUnit.id))
    return [_visit(row) for row in rows]


def _visit(row: Any) -> VisitLine:
    """One unit of an inspection."""
    visit, code, kind, name, count = row
    return VisitLine(visit.id, visit.unit_id, code, name or code, kind, visit.visited_on, visit.met, visit.conclusion,
                     visit.removed_at is not None, count)


def get_visit(session: Session, viewer: Viewer, visit_id: int, *, on: date, now: datetime) -> VisitCard | None:
    """One visit that the viewer sees, or None. Nine queries."""
    row = session.get(InspectedUnit, visit_id)
    card = get_inspection(session, viewer, row.inspection_id, on=on, now=now) if row is not None else None
    visit = next((line for line in card.visits if line.id == visit_id), None) if card is not None else None
    if card is None or visit is None:
        return None
    marks = session.scalars(
        select(EvidenceMark).where(EvidenceMark.visit_id == visit_id).order_by(EvidenceMark.kind, EvidenceMark.id))
    return VisitCard(
        card, visit, tuple(MarkLine(mark.kind, mark.label, mark.mark, mark.note) for mark in marks),
        tuple(list_lines(session, [Finding.visit_id == visit_id], on=on, now=now)))


__all__ = ["InspectionCard", "MarkLine", "VisitCard", "VisitLine", "get_inspection", "get_visit"]
