"""What a package would hold for a person today, and the packages that a person may still open."""

from datetime import date, datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from core.dates import local_day
from core.text import sort_key
from models.package import Entry, Package, PackageStatus
from models.permission import Action, Viewer
from models.requirement import Obligation, Requirement, RequirementKind
from models.submission import Submission, SubmissionVersion
from models.unit import UnitName
from queries.obligation import ObligationLine, list_obligations
from queries.scope import scope
from queries.unit import called

_Version = tuple[int, int, datetime]
_BY_ITSELF = ""


def action_of(requirement: Requirement) -> Action:
    """The right that opens its papers."""
    return Action.PLAN_VIEW if requirement.kind is RequirementKind.PLAN else Action.REPORT_VIEW


def list_entries(session: Session, viewer: Viewer, requirement: Requirement, *, only_accepted: bool, on: date,
                 now: datetime) -> list[Entry]:
    """The units in the viewer's scope that owe it, by group and name, with their frozen versions. Three queries."""
    found = list_obligations(session, viewer, on=on, now=now, requirement_ids=[requirement.id],
                             action=action_of(requirement))
    lines = [line for line in found if line.is_owed]
    versions = _versions(session, requirement.id)
    parents = {line.parent_id for line in lines if line.parent_id is not None}
    names: dict[int, str] = dict(session.execute(
        select(UnitName.unit_id, UnitName.name).where(
            UnitName.unit_id.in_(parents), called(UnitName, UnitName.unit_id, on))).all())
    heads = {line.unit_id: line.unit_name for line in lines if line.unit_id in parents}

    def group(line: ObligationLine) -> str:
        """Its district office, itself where it is one, else the Department."""
        return heads.get(line.unit_id) or names.get(line.parent_id or 0, _BY_ITSELF) or line.unit_name

    ordered = sorted(lines, key=lambda line: (
        line.unit_id not in heads and line.parent_id not in heads, sort_key(group(line)), line.unit_id not in heads,
        sort_key(line.unit_name), line.unit_id))
    return [_entry(line, group(line), versions, only_accepted) for line in ordered]


def _entry(line: ObligationLine, group: str, versions: dict[int, _Version], only_accepted: bool) -> Entry:
    """One unit with its version, where that may go in."""
    wanted = line.is_accepted if only_accepted else line.is_handed_in
    found = versions.get(line.submission_id or 0) if wanted else None
    version_id, number, at = found if found else (None, None, None)
    return Entry(line.unit_id, line.unit_name, group, line.state_label, version_id, number,
                 local_day(at).isoformat() if at else "")


def _versions(session: Session, requirement_id: int) -> dict[int, _Version]:
    """The accepted version of each submission, else the last one: id, number, when. One query."""
    rows = session.execute(
        select(Submission.id, SubmissionVersion.id, SubmissionVersion.number, SubmissionVersion.submitted_at)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .join(SubmissionVersion, and_(
            SubmissionVersion.submission_id == Submission.id,
            SubmissionVersion.number == func.coalesce(Submission.accepted_version, Submission.version_count)))
        .where(Obligation.requirement_id == requirement_id))
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def may_open(session: Session, viewer: Viewer, package: Package, on: date) -> bool:
    """Whether it is the viewer's, who is still what they were and still sees every unit in it. Two queries."""
    if (viewer.account_id, viewer.role, viewer.unit_id) != (package.asked_by_id, package.role, package.unit_id):
        return False
    action = action_of(session.get_one(Requirement, package.requirement_id))
    seen = set(session.scalars(scope(viewer, action, on)))
    return {entry.unit_id for entry in package.entries} <= seen


def find_package(session: Session, viewer: Viewer, package_id: int, on: date) -> Package | None:
    """A package that the viewer may open today, or None."""
    package = session.get(Package, package_id)
    return package if package is not None and may_open(session, viewer, package, on) else None


def list_packages(session: Session, viewer: Viewer, requirement_id: int) -> list[Package]:
    """The viewer's latest packages of a requirement, the newest first. One query."""
    return list(session.scalars(
        select(Package).where(Package.requirement_id == requirement_id, Package.asked_by_id == viewer.account_id,
                              Package.role == viewer.role, Package.unit_id == viewer.unit_id)
        .order_by(Package.id.desc()).limit(10)))


def find_equal(session: Session, viewer: Viewer, requirement_id: int, digest: str) -> Package | None:
    """The viewer's package of the same content that is ready or being made, or None."""
    return session.scalar(
        select(Package).where(
            Package.requirement_id == requirement_id, Package.asked_by_id == viewer.account_id,
            Package.role == viewer.role, Package.unit_id == viewer.unit_id, Package.digest == digest,
            Package.status.in_((PackageStatus.WAITING, PackageStatus.WORKING, PackageStatus.READY)))
        .order_by(Package.id.desc()).limit(1))


__all__ = ["action_of", "find_equal", "find_package", "list_entries", "list_packages", "may_open"]
