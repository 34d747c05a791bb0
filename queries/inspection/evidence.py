"""What can be ticked off at a visit: the unit's activities, files, planned items and figures of the year."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core.dates import format_span
from core.numbers import format_number
from models.activity import Activity, activity_attachment
from models.attachment import Attachment
from models.figure import FigureState
from models.indicator import Indicator
from models.inspection import EvidenceKind, EvidenceMark, Mark
from models.plan import PlanItem
from models.programme import Medium
from models.requirement import Obligation, Requirement, RequirementKind
from models.submission import Submission, SubmissionVersion, VersionFigure

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One thing to tick, with what was said of it before."""

    id: int
    label: str
    about: str
    """A day, a medium, a value: what helps to find it."""
    mark: Mark | None
    note: str


@dataclass(frozen=True, slots=True)
class EvidenceCount:
    """How many things of a kind there are, and how many of them were ticked."""

    kind: EvidenceKind
    total: int
    marked: int


def _activities(unit_id: int, programme_id: int) -> Select[*tuple[Any, ...]]:
    """Activities in the order of their days."""
    return (
        select(Activity.id, Activity.title, Activity.starts_on, Activity.ends_on, Medium.label)
        .join(Medium, Medium.id == Activity.medium_id)
        .where(Activity.unit_id == unit_id, Activity.programme_id == programme_id, Activity.removed_at.is_(None))
        .order_by(Activity.starts_on, Activity.id))


def _files(unit_id: int, programme_id: int) -> Select[*tuple[Any, ...]]:
    """Files that are evidence of activities, each once."""
    used = (
        select(activity_attachment.c.attachment_id, func.min(Activity.title).label("title"))
        .join(Activity, Activity.id == activity_attachment.c.activity_id)
        .where(Activity.unit_id == unit_id, Activity.programme_id == programme_id, Activity.removed_at.is_(None))
        .group_by(activity_attachment.c.attachment_id).subquery())
    return (select(Attachment.id, Attachment.name, used.c.title)
            .join(used, used.c.attachment_id == Attachment.id).order_by(Attachment.id))


def _items(unit_id: int, programme_id: int) -> Select[*tuple[Any, ...]]:
    """Items of the unit's plan, in its order."""
    return (
        select(PlanItem.id, PlanItem.title, PlanItem.starts_on, PlanItem.ends_on, Medium.label)
        .join(Medium, Medium.id == PlanItem.medium_id)
        .join(Submission, Submission.id == PlanItem.submission_id)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .join(Requirement, Requirement.id == Obligation.requirement_id)
        .where(Obligation.unit_id == unit_id, Requirement.programme_id == programme_id,
               PlanItem.removed_at.is_(None))
        .order_by(PlanItem.position, PlanItem.id))


def _figures(unit_id: int, programme_id: int) -> Select[*tuple[Any, ...]]:
    """Figures of the unit's last report that was sent, as it was sent."""
    newest = (
        select(func.max(SubmissionVersion.id))
        .join(Submission, Submission.id == SubmissionVersion.submission_id)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .join(Requirement, Requirement.id == Obligation.requirement_id)
        .where(Obligation.unit_id == unit_id, Requirement.programme_id == programme_id,
               Requirement.kind != RequirementKind.PLAN).scalar_subquery())
    return (
        select(Indicator.id, Indicator.code, Indicator.name, Indicator.unit, VersionFigure.value)
        .join(VersionFigure, VersionFigure.indicator_id == Indicator.id)
        .where(VersionFigure.version_id == newest, VersionFigure.state == FigureState.VALUE)
        .order_by(Indicator.position, Indicator.id))


_STATEMENTS = {
    EvidenceKind.ACTIVITY: (_activities, Activity.id), EvidenceKind.ATTACHMENT: (_files, Attachment.id),
    EvidenceKind.PLAN_ITEM: (_items, PlanItem.id), EvidenceKind.INDICATOR: (_figures, Indicator.id),
}


def _words(kind: EvidenceKind, row: Any) -> tuple[str, str]:
    """How a thing is called, and what helps to find it."""
    match kind:
        case EvidenceKind.ATTACHMENT:
            return row[1], row[2]
        case EvidenceKind.INDICATOR:
            value = "" if row[4] is None else f"{format_number(row[4])} {row[3]}"
            return f"{row[1]}. {row[2]}", value.strip()
        case _:
            return row[1], f"{format_span(row[2], row[3])} · {row[4]}"


def count_evidence(session: Session, visit_id: int, unit_id: int, programme_id: int) -> list[EvidenceCount]:
    """How much of each kind there is to tick. Five queries."""
    marked = dict(session.execute(
        select(EvidenceMark.kind, func.count()).where(EvidenceMark.visit_id == visit_id)
        .group_by(EvidenceMark.kind)).all())
    found = []
    for kind, (statement, _column) in _STATEMENTS.items():
        rows = statement(unit_id, programme_id).order_by(None).subquery()
        total = session.scalar(select(func.count()).select_from(rows)) or 0
        found.append(EvidenceCount(kind, total, marked.get(kind, 0)))
    return found


def list_evidence(session: Session, visit_id: int, unit_id: int, programme_id: int, kind: EvidenceKind, *,
                  offset: int = 0, ids: Sequence[int] | None = None) -> list[EvidenceRow]:
    """A page of things of one kind, or those of the ``ids``, with what was said of them. Two queries."""
    make, column = _STATEMENTS[kind]
    statement = make(unit_id, programme_id)
    statement = statement.where(column.in_(list(ids))) if ids is not None else \
        statement.offset(offset).limit(PAGE_SIZE)
    rows = session.execute(statement).all()
    marks = {row.subject_id: row for row in session.scalars(select(EvidenceMark).where(
        EvidenceMark.visit_id == visit_id, EvidenceMark.kind == kind,
        EvidenceMark.subject_id.in_([row[0] for row in rows])))}
    found = []
    for row in rows:
        said = marks.get(row[0])
        found.append(EvidenceRow(row[0], *_words(kind, row), said.mark if said else None, said.note if said else ""))
    return found


__all__ = ["PAGE_SIZE", "EvidenceCount", "EvidenceRow", "count_evidence", "list_evidence"]
