"""The page about one consolidation: who is in, who is lacking and on whom it waits, drift, versions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.account import Account
from models.figure import EMPTY, Figure, total
from models.issued import Recall
from models.permission import Action, Viewer
from models.programme import Programme
from models.requirement import Level, Obligation, Requirement, RequirementKind, RequirementStatus
from models.submission import IssuedDocument, Submission, SubmissionVersion
from models.unit import Unit, UnitKind, UnitName
from models.withheld import Node
from models.workflow import Status
from queries.consolidation.annex import lacking_words
from queries.consolidation.ground import Ground
from queries.consolidation.standing import Standing
from queries.consolidation.told import withheld
from queries.figure import IndicatorLine, frozen_figures
from queries.scope import scope
from queries.unit import called


@dataclass(frozen=True, slots=True)
class ConsolidationLine:
    """One consolidation in the list: a unit and a report that it makes of others' reports."""

    requirement_code: str
    requirement_title: str
    kind: RequirementKind
    due_on: date
    unit_code: str
    unit_name: str
    is_department: bool
    status: Status | None
    version_count: int
    owed: int
    included: int


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One frozen version, with what was issued of it."""

    id: int
    number: int
    submitted_at: datetime
    submitted_by: str
    data_until: date
    content_hash: str
    document_number: str
    """As "05/BC-SGDĐT"; empty when it was not issued or carries no number."""
    issued_on: date | None
    signer: str
    reason: str
    pdf_sha256: str
    code: str
    """At the foot of its pages; empty for versions of before there were codes."""
    recalled_on: date | None
    recall_reason: str

    @property
    def is_issued(self) -> bool:
        """Whether it was issued as a document."""
        return bool(self.pdf_sha256)


@dataclass(frozen=True, slots=True)
class LackingUnit:
    """A unit that is not in: why, and on whom it waits."""

    standing: Standing
    why: str
    waits_on: str
    days_late: int


@dataclass(frozen=True, slots=True)
class Drift:
    """A figure that has moved since the last version."""

    indicator: IndicatorLine
    then: Figure
    now: Figure


@dataclass(frozen=True, slots=True)
class GroupRow:
    """Units of one kind: how many are in, the units themselves, their figures together."""

    label: str
    kind: UnitKind
    included: int
    owed: int
    units: tuple[tuple[Standing, Mapping[str, Figure]], ...]
    total: Mapping[str, Figure]


@dataclass(frozen=True)
class Overview:
    """What the page shows."""

    ground: Ground
    year: int
    groups: tuple[GroupRow, ...]
    lacking: tuple[LackingUnit, ...]
    schools_included: int
    schools_owed: int
    versions: tuple[VersionRow, ...]
    drift: tuple[Drift, ...]
    figures: Mapping[str, Figure]
    """Of all together, without what may not be told."""
    withheld: frozenset[str] = frozenset()
    """Codes of figures that are withheld of some unit (product law 9)."""

    @property
    def included(self) -> int:
        """Units reporting directly that are in."""
        return sum(group.included for group in self.groups)

    @property
    def owed(self) -> int:
        """Units reporting directly that owe it."""
        return sum(group.owed for group in self.groups)


def list_consolidations(session: Session, viewer: Viewer, on: date) -> list[ConsolidationLine]:
    """Consolidations in the viewer's scope, the Department's first, newest requirement first. Two queries."""
    rows = session.execute(
        select(Requirement, Obligation.unit_id, Obligation.due_on, Unit.code, UnitName.name, Unit.kind,
               Submission.status, Submission.version_count)
        .join(Obligation, Obligation.requirement_id == Requirement.id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .join(UnitName, called(UnitName, Unit.id, on))
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .where(Requirement.status != RequirementStatus.DRAFT, Requirement.kind != RequirementKind.PLAN,
               Obligation.unit_id.in_(scope(viewer, Action.CONSOLIDATION_VIEW, on)),
               Obligation.level != Level.SECOND)
        .order_by(Requirement.due_on.desc(), Requirement.id.desc(), UnitName.sort_key, Unit.id)).all()
    counts = _count_reporters(session, {row[0].id for row in rows})
    lines = [
        ConsolidationLine(
            requirement.code, requirement.title, requirement.kind, due_on, code, name, kind is UnitKind.DEPARTMENT,
            status, version_count or 0, *counts[requirement.id, unit_id])
        for requirement, unit_id, due_on, code, name, kind, status, version_count in rows
        if (requirement.id, unit_id) in counts
    ]
    return sorted(lines, key=lambda line: (not line.is_department,))


def _count_reporters(session: Session, requirement_ids: set[int]) -> dict[tuple[int, int], tuple[int, int]]:
    """How many units owe and are in, by requirement and reviewer. One query."""
    rows = session.execute(
        select(Obligation.requirement_id, Obligation.reviewer_id, Submission.status)
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .where(Obligation.requirement_id.in_(requirement_ids), Obligation.reviewer_id.is_not(None),
               Obligation.exempted_at.is_(None), Obligation.closed_at.is_(None)))
    counts: dict[tuple[int, int], tuple[int, int]] = {}
    for requirement_id, reviewer_id, status in rows:
        assert reviewer_id is not None
        owed, included = counts.get((requirement_id, reviewer_id), (0, 0))
        counts[requirement_id, reviewer_id] = owed + 1, included + (status is Status.ACCEPTED)
    return counts


def get_overview(session: Session, ground: Ground, now: datetime) -> Overview:
    """The page of a consolidation. Three queries beside those of the ground."""
    versions = list_version_rows(session, ground.own.submission_id)
    year = session.get_one(Programme, ground.requirement.programme_id).year
    schools = [row for office in ground.direct if office.kind.is_intermediate
               for row in ground.schools_of(office.unit_id)]
    groups, figures, codes = _told(ground)
    return Overview(
        ground, year, groups, tuple(_lacking(ground, now)), sum(map(len, ground.inside.values())),
        len(schools), versions, _drift(session, ground, versions), figures, codes)


def list_version_rows(session: Session, submission_id: int | None) -> tuple[VersionRow, ...]:
    """The frozen versions of a submission, newest first. One query, none without a submission."""
    if submission_id is None:
        return ()
    rows = session.execute(
        select(SubmissionVersion.id, SubmissionVersion.number, SubmissionVersion.submitted_at, Account.full_name,
               SubmissionVersion.data_until, SubmissionVersion.content_hash, IssuedDocument, SubmissionVersion.code,
               Recall)
        .outerjoin(Recall, Recall.version_id == SubmissionVersion.id)
        .outerjoin(Account, Account.id == SubmissionVersion.submitted_by_id)
        .outerjoin(IssuedDocument, IssuedDocument.version_id == SubmissionVersion.id)
        .where(SubmissionVersion.submission_id == submission_id).order_by(SubmissionVersion.number.desc()))
    return tuple(_version(*row) for row in rows)


def _version(version_id: int, number: int, submitted_at: datetime, submitted_by: str | None, data_until: date,
             content_hash: str, issued: IssuedDocument | None, code: str, recall: Recall | None) -> VersionRow:
    """One row."""
    if issued is None:
        return VersionRow(version_id, number, submitted_at, submitted_by or "", data_until, content_hash, "", None, "",
                          "", "", code, None, "")
    document_number = f"{issued.number}/{issued.symbol}" if issued.number else ""
    return VersionRow(version_id, number, submitted_at, submitted_by or "", data_until, content_hash, document_number,
                      issued.issued_on, issued.signer_name, issued.reason, issued.pdf_sha256, code,
                      recall.recalled_on if recall is not None else None, recall.reason if recall is not None else "")


def _groups(ground: Ground) -> tuple[GroupRow, ...]:
    """Units by kind with the figures of those that are in."""
    parts = {part.unit_id: part.figures for part in ground.gathered.parts if part.is_included}
    rules = [line.rule for line in ground.gathered.indicators]
    groups = []
    for kind in sorted({row.kind for row in ground.direct}, key=list(UnitKind).index):
        units = tuple((row, parts.get(row.unit_id, {})) for row in ground.direct if row.kind is kind)
        included = [figures for row, figures in units if row.is_included]
        groups.append(GroupRow(kind.label, kind, len(included), len(units), units, total(rules, included)))
    return tuple(groups)


def _told(ground: Ground) -> tuple[tuple[GroupRow, ...], Mapping[str, Figure], frozenset[str]]:
    """The groups and the figures of all, without what may not be told (product law 9), and the codes of that."""
    groups = _groups(ground)
    own = Node({code: cell.figure for code, cell in ground.gathered.own.items()})
    nodes = tuple(Node(group.total, tuple(Node(figures) for _row, figures in group.units)) for group in groups)
    whole = Node(ground.gathered.figures, (own, *nodes))
    root = withheld(ground.gathered.indicators, whole)
    told = tuple(
        replace(group, total=node.figures, units=tuple(
            (row, below.figures) for (row, _figures), below in zip(group.units, node.below, strict=True)))
        for group, node in zip(groups, root.below[1:], strict=True))
    codes = frozenset(code for before, after in zip(whole.walk(), root.walk(), strict=True)
                      for code, figure in before.figures.items() if figure != after.figures[code])
    return told, root.figures, codes


def _lacking(ground: Ground, now: datetime) -> list[LackingUnit]:
    """Units of the first level that are not in, then schools whose office is in without them."""
    names = {row.unit_id: row.name for row in ground.reports} | {ground.unit.id: ground.unit.name}
    lacking = [
        LackingUnit(row, row.why_not, _waits_on(row, names), row.days_late(now))
        for row in ground.direct if not row.is_included]
    for office in ground.direct:
        if office.kind.is_intermediate and office.is_included:
            inside = {child.unit_id for child in ground.inside.get(office.unit_id, ())}
            lacking += [
                LackingUnit(row, lacking_words(row, office), office.name if row.is_included else _waits_on(row, names),
                            row.days_late(now))
                for row in ground.schools_of(office.unit_id) if row.unit_id not in inside]
    return lacking


def _waits_on(row: Standing, names: Mapping[int, str]) -> str:
    """Whose turn it is: the reviewer's for what was handed in, else the unit's own."""
    return names.get(row.reviewer_id or 0, "") if row.status is Status.SUBMITTED else row.name


def _drift(session: Session, ground: Ground, versions: tuple[VersionRow, ...]) -> tuple[Drift, ...]:
    """What has moved since the last version. One query, none without a version."""
    if not versions:
        return ()
    then = frozen_figures(session, [versions[0].id]).get(versions[0].id, {})
    return tuple(
        Drift(line, then.get(line.code, EMPTY), ground.gathered.figures.get(line.code, EMPTY))
        for line in ground.gathered.indicators
        if not _alike(then.get(line.code, EMPTY), ground.gathered.figures.get(line.code, EMPTY)))


def _alike(one: Figure, other: Figure) -> bool:
    """Whether two figures are the same to six decimal places."""
    if one.state is not other.state:
        return False
    return one.value is None or other.value is None or round(one.value, 6) == round(other.value, 6)


__all__ = ["ConsolidationLine", "Drift", "GroupRow", "LackingUnit", "Overview", "VersionRow", "get_overview",
           "list_consolidations", "list_version_rows"]
