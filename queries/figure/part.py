"""The parts of a consolidation: units below with their accepted, frozen figures, and those that lack."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from core.translation import N_
from models.event import Event, Subject
from models.figure import Figure, FigureState, IndicatorRule, total
from models.indicator import Indicator
from models.requirement import Obligation
from models.submission import Submission, SubmissionVersion, VersionFigure
from models.unit import Unit, UnitKind, UnitName
from models.workflow import Status
from queries.unit import called

NOT_SENT = N_("Chưa nộp")
NOT_REVIEWED = N_("Đã nộp, chưa duyệt")
RETURNED = N_("Trả lại")
REOPENED = N_("Đang mở lại")
WITHDRAWN = N_("Đã rút")
EXEMPT = N_("Được miễn")
_WHY_NOT = {
    Status.DRAFT: NOT_SENT, Status.SUBMITTED: NOT_REVIEWED, Status.RETURNED: RETURNED,
    Status.WITHDRAWN: WITHDRAWN,
}
_LAST_WAY_BACK = (
    select(Event.action).where(
        Event.subject_kind == Subject.SUBMISSION, Event.subject_id == Submission.id,
        Event.action.in_(("return", "reopen")))
    .order_by(Event.id.desc()).limit(1).correlate(Submission).scalar_subquery())
"""How a submission last came back to its unit: only what had been accepted is opened again."""


@dataclass(frozen=True, slots=True)
class ChildPart:
    """One unit below: its accepted version's frozen figures, or why they are lacking."""

    unit_id: int
    code: str
    name: str
    kind: UnitKind
    status: Status | None
    """None means the unit never started."""
    version: int | None
    """Number of the accepted version."""
    figures: Mapping[str, Figure] = field(default_factory=dict)
    is_included: bool = False
    why_not: str = ""
    """In Vietnamese, as "Chưa nộp"; empty when included."""
    obligation_id: int = 0
    version_id: int | None = None
    submission_id: int | None = None

    @property
    def is_exempt(self) -> bool:
        """Whether the unit is excused, and so is not lacking."""
        return self.why_not == EXEMPT


def child_parts(session: Session, *, requirement_id: int, unit_id: int, on: date) -> list[ChildPart]:
    """The units that report to ``unit_id``, alphabetically by their names of a day. Two queries.

    Only accepted versions carry figures. A unit that ceased to owe it is named only if it was accepted.
    """
    rows = session.execute(
        select(
            Obligation, Unit.id, Unit.code, UnitName.name, Unit.kind, Submission.id, Submission.status,
            SubmissionVersion.id, SubmissionVersion.number, _LAST_WAY_BACK)
        .join(Unit, Unit.id == Obligation.unit_id)
        .join(UnitName, called(UnitName, Unit.id, on))
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .outerjoin(SubmissionVersion, and_(SubmissionVersion.submission_id == Submission.id,
                                           SubmissionVersion.number == Submission.accepted_version))
        .where(Obligation.requirement_id == requirement_id, Obligation.reviewer_id == unit_id)
        .order_by(UnitName.sort_key, Unit.id)).all()
    figures = frozen_figures(session, [row[7] for row in rows if row[7] is not None])
    parts = []
    for obligation, id_, code, name, kind, submission_id, status, version_id, number, way_back in rows:
        part = ChildPart(
            id_, code, name, kind, status, None, obligation_id=obligation.id, submission_id=submission_id,
            why_not=EXEMPT if obligation.exempted_at is not None else why_lacking(
                status, status is Status.RETURNED and way_back == "reopen"))
        if version_id is not None and obligation.exempted_at is None:
            part = replace(part, version=number, version_id=version_id, figures=figures[version_id],
                           is_included=True, why_not="")
        if part.is_included or obligation.closed_at is None:
            parts.append(part)
    return parts


def why_lacking(status: Status | None, is_reopened: bool = False) -> str:
    """Why a unit's figures are not in, in Vietnamese."""
    if is_reopened:
        return REOPENED
    return NOT_SENT if status is None else _WHY_NOT.get(status, NOT_REVIEWED)


def frozen_figures(session: Session, version_ids: Iterable[int]) -> dict[int, dict[str, Figure]]:
    """Frozen figures by version and indicator code. One query, none without versions."""
    ids = list(version_ids)
    found: defaultdict[int, dict[str, Figure]] = defaultdict(dict)
    if not ids:
        return found
    rows = session.execute(
        select(VersionFigure.version_id, Indicator.code, VersionFigure.state, VersionFigure.value,
               VersionFigure.numerator, VersionFigure.denominator)
        .join(Indicator, Indicator.id == VersionFigure.indicator_id).where(VersionFigure.version_id.in_(ids)))
    for version_id, code, state, value, numerator, denominator in rows:
        found[version_id][code] = Figure(FigureState(state), value, numerator, denominator)
    return found


def consolidated_figures(rules: Iterable[IndicatorRule], own: Mapping[str, Figure],
                         parts: Iterable[ChildPart]) -> dict[str, Figure]:
    """The own part and the accepted parts together, by code; rates are recomputed from the totals (law 5)."""
    return total(rules, [own, *(part.figures for part in parts if part.is_included)])
