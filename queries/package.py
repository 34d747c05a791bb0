"""What goes into a package, and the packages that a person asked for."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from models.package import Package
from models.permission import Action, Viewer
from models.requirement import Requirement
from models.submission import Submission, SubmissionVersion
from queries.obligation import ObligationLine, list_obligations
from queries.scope import scope
from queries.unit import last_names_by_id


@dataclass(frozen=True, slots=True)
class Content:
    """A unit that owes the paper, with the version that goes into the package; None where it is missing."""

    line: ObligationLine
    parent_name: str
    version_id: int | None = None
    number: int | None = None
    submitted_at: datetime | None = None
    document_number: str = ""


def right_to(requirement: Requirement) -> Action:
    """The right to read the papers of a requirement."""
    return Action.REPORT_VIEW if requirement.kind.is_report else Action.PLAN_VIEW


def list_contents(session: Session, viewer: Viewer, requirement: Requirement, *, on: date, now: datetime,
                  only_accepted: bool, version_ids: Collection[int] | None = None) -> list[Content]:
    """Every unit in the viewer's scope that owes the paper, by the office above it and by name. Three queries.

    A unit's paper is its accepted version, else, unless ``only_accepted``, the last one while it lies with the
    reviewer; or the one of ``version_ids``, whatever became of it since.
    """
    lines = [line for line in list_obligations(session, viewer, on=on, now=now, requirement_ids=[requirement.id],
                                               action=right_to(requirement)) if line.is_owed]
    wanted = [line.submission_id for line in lines if line.is_accepted or (line.is_handed_in and not only_accepted)]
    last = and_(Submission.id.in_(wanted), SubmissionVersion.number == Submission.version_count)
    rows = session.execute(
        select(Submission.obligation_id, SubmissionVersion.id, SubmissionVersion.number,
               SubmissionVersion.submitted_at, Submission.document_number)
        .join(Submission, Submission.id == SubmissionVersion.submission_id)
        .where(last if version_ids is None else SubmissionVersion.id.in_(version_ids))).all()
    versions = {row[0]: row[1:] for row in rows}
    parents = last_names_by_id(session, {line.reviewer_id for line in lines if line.reviewer_id is not None}, on)
    found = [Content(line, parents.get(line.reviewer_id or 0, ""), *versions.get(line.id, ())) for line in lines]
    order = {name: place for place, name in enumerate(dict.fromkeys(parents.values()))}
    return sorted(found, key=lambda content: order.get(content.parent_name, -1))


def list_packages(session: Session, viewer: Viewer, requirement_id: int) -> list[Package]:
    """What the viewer asked for of a requirement, newest first. One query."""
    return list(session.scalars(
        select(Package).where(Package.requirement_id == requirement_id, Package.account_id == viewer.account_id)
        .order_by(Package.id.desc()).limit(20)))


def find_package(session: Session, viewer: Viewer, package_id: int, on: date) -> tuple[Package, Requirement] | None:
    """A package that the viewer asked for and may still read whole, with its requirement, or None. Two queries."""
    row = session.execute(
        select(Package, Requirement).join(Requirement, Requirement.id == Package.requirement_id)
        .where(Package.id == package_id, Package.account_id == viewer.account_id)).first()
    if row is None or not reads_all(session, viewer, right_to(row[1]), row[0].unit_ids, on):
        return None
    return row[0], row[1]


def reads_all(session: Session, viewer: Viewer, action: Action, unit_ids: Sequence[int], on: date) -> bool:
    """Whether the viewer may read every one of these units on a day. One query."""
    seen: Iterable[int] = session.scalars(scope(viewer, action, on))
    return set(unit_ids) <= set(seen)


__all__ = ["Content", "find_package", "list_contents", "list_packages", "reads_all", "right_to"]
