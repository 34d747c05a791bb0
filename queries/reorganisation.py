"""Decisions that reorganise units, who followed whom, and figures of then by the units of now (product law 8)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.account import Account
from models.reorganisation import Reorganisation, ReorganisationStatus, ReorganisationStep, StepKind
from models.requirement import Level, Obligation, Requirement, RequirementStatus
from models.submission import Submission
from models.unit import SuccessionKind, Unit, UnitName, UnitSuccessor
from models.workflow import Status
from queries.unit import called


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision in a list."""

    id: int
    number: str
    decided_on: date
    issuer: str
    effective_on: date
    title: str
    status: ReorganisationStatus
    step_count: int
    applied_at: datetime | None
    applied_by: str


def list_decisions(session: Session) -> list[DecisionLine]:
    """All decisions, drafts first, then the latest in force. One query."""
    steps = (
        select(ReorganisationStep.reorganisation_id, func.count().label("steps"))
        .group_by(ReorganisationStep.reorganisation_id).subquery())
    rows = session.execute(
        select(Reorganisation, steps.c.steps, Account.full_name)
        .outerjoin(steps, steps.c.reorganisation_id == Reorganisation.id)
        .outerjoin(Account, Account.id == Reorganisation.applied_by_id)
        .order_by(Reorganisation.status != ReorganisationStatus.DRAFT, Reorganisation.effective_on.desc(),
                  Reorganisation.id.desc()))
    return [
        DecisionLine(row.id, row.number, row.decided_on, row.issuer, row.effective_on, row.title, row.status,
                     count or 0, row.applied_at, name or "") for row, count, name in rows]


def find_decision(session: Session, decision_id: int) -> Reorganisation | None:
    """One decision, or None."""
    return session.get(Reorganisation, decision_id)


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step with the names of what it is about; a unit that is not there yet shows by its code."""

    id: int
    row: int
    kind: StepKind
    unit: str
    unit_code: str
    says: str
    """What the step says beside the unit: the new name, the unit that takes over, the new parent."""


def list_steps(session: Session, decision_id: int, on: date) -> list[StepLine]:
    """The steps of a decision, units by their names on ``on`` or their last ones. Two queries."""
    rows = list(session.scalars(
        select(ReorganisationStep).where(ReorganisationStep.reorganisation_id == decision_id)
        .order_by(ReorganisationStep.position)))
    names: dict[str, str] = dict(session.execute(
        select(Unit.code, UnitName.name).join(UnitName, called(UnitName, Unit.id, on))).all()) if rows else {}
    names |= {row.unit_code: row.name for row in rows if row.kind is StepKind.FOUND}

    def named(code: str) -> str:
        return names.get(code, code)

    return [
        StepLine(row.id, row.position, row.kind, named(row.unit_code), row.unit_code, " · ".join(filter(None, (
            named(row.target_code) if row.target_code else "",
            row.name if row.kind is not StepKind.FOUND else "",
            named(row.parent_code) if row.parent_code else "",
            " ".join(filter(None, (row.head_position, row.head)))))))
        for row in rows]


def unit_choices(session: Session, decision_id: int, on: date) -> dict[str, str]:
    """Names by code of every unit that a step may name, those that the decision founds too. Two queries."""
    names: dict[str, str] = dict(session.execute(
        select(Unit.code, UnitName.name).join(UnitName, called(UnitName, Unit.id, on)).order_by(UnitName.sort_key))
        .all())
    founded = session.execute(
        select(ReorganisationStep.unit_code, ReorganisationStep.name).where(
            ReorganisationStep.reorganisation_id == decision_id, ReorganisationStep.kind == StepKind.FOUND))
    return names | dict(founded.all())


@dataclass(frozen=True, slots=True)
class Related:
    """A unit before or after another, with the decision and what the portal holds of it."""

    id: int
    code: str
    name: str
    kind: SuccessionKind
    from_day: date
    decision_number: str
    decided_on: date | None


def predecessors(session: Session, unit_id: int) -> list[Related]:
    """Units that this one directly followed, newest first, by the last names they bore. One query."""
    return _related(session, unit_id, is_before=True)


def successors(session: Session, unit_id: int) -> list[Related]:
    """Units that directly followed this one, newest first. One query."""
    return _related(session, unit_id, is_before=False)


def _related(session: Session, unit_id: int, *, is_before: bool) -> list[Related]:
    """One step back or forth; names as of the day of the decision, or the last before it."""
    own, other = (UnitSuccessor.new_unit_id, UnitSuccessor.old_unit_id) if is_before else (
        UnitSuccessor.old_unit_id, UnitSuccessor.new_unit_id)
    newest = select(func.max(UnitName.id)).where(UnitName.unit_id == Unit.id).correlate(Unit).scalar_subquery()
    rows = session.execute(
        select(Unit.id, Unit.code, UnitName.name, UnitSuccessor.kind, UnitSuccessor.from_day,
               UnitSuccessor.decision_number, UnitSuccessor.decided_on)
        .join(Unit, Unit.id == other).outerjoin(UnitName, UnitName.id == newest)
        .where(own == unit_id).order_by(UnitSuccessor.from_day.desc(), UnitName.sort_key, Unit.id))
    return [Related(row[0], row[1], row[2] or row[1], *row[3:]) for row in rows]


@dataclass(frozen=True, slots=True)
class OldPaper:
    """What a unit was asked for, with what became of it."""

    obligation_id: int
    unit_id: int
    title: str
    status: Status | None
    accepted_at: datetime | None
    is_plan: bool


def old_papers(session: Session, unit_ids: Iterable[int]) -> dict[int, list[OldPaper]]:
    """Plans and reports that units began, by unit, newest due first. One query. The caller authorises the units."""
    rows = session.execute(
        select(Obligation.id, Obligation.unit_id, Requirement.title, Submission.status, Submission.accepted_at,
               Requirement.kind)
        .join(Requirement, Requirement.id == Obligation.requirement_id)
        .join(Submission, Submission.obligation_id == Obligation.id)
        .where(Obligation.unit_id.in_(list(unit_ids)), Requirement.status != RequirementStatus.DRAFT)
        .order_by(Requirement.due_on.desc(), Obligation.id))
    found: defaultdict[int, list[OldPaper]] = defaultdict(list)
    for row in rows:
        found[row[1]].append(OldPaper(*row[:5], is_plan=not row[5].is_report))
    return dict(found)


def as_now(session: Session, unit_ids: Iterable[int], then: date, now: date) -> dict[int, tuple[int, ...]]:
    """Who stands on ``now`` for each unit of ``then``: itself, its successors, or nobody when it simply closed.

    Follows every decision in force after ``then`` until ``now``, however many steps. Two queries.
    """
    wanted = list(unit_ids)
    rows = session.execute(
        select(UnitSuccessor.old_unit_id, UnitSuccessor.new_unit_id)
        .where(UnitSuccessor.from_day > then, UnitSuccessor.from_day <= now)
        .order_by(UnitSuccessor.from_day, UnitSuccessor.id))
    after: defaultdict[int, list[int]] = defaultdict(list)
    for old, new in rows:
        after[old].append(new)
    present = set(session.scalars(select(Unit.id).where(Unit.covering(now))))
    return {unit_id: tuple(follow(unit_id, after, present)) for unit_id in wanted}


def follow(unit_id: int, after: Mapping[int, list[int]], present: Collection[int]) -> list[int]:
    """Walk from a unit to those that are there now, each once."""
    seen: set[int] = set()
    found: list[int] = []
    waiting = [unit_id]
    while waiting:
        one = waiting.pop(0)
        if one in seen:
            continue
        seen.add(one)
        if one in present:
            found.append(one)
        else:
            waiting += after.get(one, ())
    return found


@dataclass(frozen=True, slots=True)
class NowLine:
    """The reports of then of those units that are one unit (or one group of units) now."""

    units: tuple[str, ...]
    """Names of now; several where a unit was split, none where it closed without a successor."""
    then: tuple[str, ...]
    """Names of then."""
    owed: int
    accepted: int


def completeness_as_now(session: Session, requirement: Requirement, now: date) -> list[NowLine]:
    """How complete a report of then is by the units of now. A unit that was split counts once. Four queries."""
    rows = session.execute(
        select(Obligation.unit_id, UnitName.name, Submission.status).select_from(Obligation)
        .outerjoin(UnitName, called(UnitName, Obligation.unit_id, requirement.due_on))
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .where(Obligation.requirement_id == requirement.id, Obligation.level != Level.DEPARTMENT,
               Obligation.exempted_at.is_(None), Obligation.closed_at.is_(None))
        .order_by(UnitName.sort_key, Obligation.unit_id)).all()
    mapping = as_now(session, [row[0] for row in rows], requirement.coverage_from, now)
    names = {row[0]: (row[1], row[2]) for row in session.execute(
        select(UnitName.unit_id, UnitName.name, UnitName.sort_key).where(UnitName.covering(now)))}
    groups: defaultdict[tuple[int, ...], list[tuple[str, Status | None]]] = defaultdict(list)
    for unit_id, name, status in rows:
        groups[mapping[unit_id]].append((name or "", status))
    lines = [
        (min((names[unit][1] for unit in units if unit in names), default="~"), NowLine(
            tuple(names[unit][0] for unit in units if unit in names), tuple(name for name, _status in found),
            len(found), sum(status in (Status.ACCEPTED, Status.ISSUED) for _name, status in found)))
        for units, found in groups.items()]
    return [line for _key, line in sorted(lines, key=lambda pair: (pair[0], pair[1].then))]
