"""Figures of other periods of the same unit: last year's, and the first half of this year."""

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from models.figure import Figure, FigureState
from models.indicator import Indicator
from models.programme import Programme
from models.requirement import Obligation, Requirement, RequirementKind
from models.submission import Submission, SubmissionVersion, VersionFigure


def frozen_of_period(session: Session, unit_id: int, kind: RequirementKind, year: int) -> dict[str, Figure]:
    """The frozen figures of a unit's report of a kind and year, by code; empty when there is none. One query.

    Of several versions the accepted one speaks, else the last one sent. Ad hoc reports have no year before.
    """
    if kind is RequirementKind.AD_HOC:
        return {}
    spoken = func.coalesce(Submission.accepted_version, Submission.version_count)
    rows = session.execute(
        select(Indicator.code, VersionFigure.state, VersionFigure.value, VersionFigure.numerator,
               VersionFigure.denominator)
        .join(VersionFigure, VersionFigure.indicator_id == Indicator.id)
        .join(SubmissionVersion, SubmissionVersion.id == VersionFigure.version_id)
        .join(Submission, and_(Submission.id == SubmissionVersion.submission_id,
                               SubmissionVersion.number == spoken))
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .join(Requirement, Requirement.id == Obligation.requirement_id)
        .join(Programme, Programme.id == Requirement.programme_id)
        .where(Obligation.unit_id == unit_id, Requirement.kind == kind, Programme.year == year))
    return {code: Figure(FigureState(state), *rest) for code, state, *rest in rows}
