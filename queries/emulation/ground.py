"""What is measured of units for emulation: one measure a unit and kind of rule, each with its sentences and records.

A fixed number of statements, however many units. Days late are those frozen at the first submission; satisfaction is
told only where the results of surveys would tell it (product law 9).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import ScalarSelect, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from core.dates import format_day, local_day
from core.translation import N_
from models.activity import Activity, ActivityReach, activity_theme
from models.emulation import RuleKind
from models.emulation_score import Measure, Part, Reason
from models.plan import PlanItem
from models.programme import Audience, Channel, Medium, Programme, Theme
from models.requirement import Level, Obligation, Requirement, RequirementKind
from models.submission import Submission
from models.unit import Unit, UnitKind
from queries.emulation.opinion import measure_opinions
from queries.emulation.record import measure_findings, measure_models
from queries.unit import DEPARTMENT_ID, UnitLine, unit_lines

Measures = defaultdict[int, dict[RuleKind, Measure]]
INTERMEDIATE, AFFILIATED = "intermediate", "affiliated"


@dataclass(frozen=True, slots=True)
class Judged:
    """A unit that is judged, with the group in which it is ranked."""

    id: int
    code: str
    name: str
    kind: UnitKind
    parent_name: str
    group_code: str
    """INTERMEDIATE, AFFILIATED, or for schools the kind."""


@dataclass(frozen=True)
class Ground:
    """Everything that points of a year are made of: units by name, and what was measured of each."""

    year: int
    counted_on: date
    units: tuple[Judged, ...]
    measures: Mapping[int, Mapping[RuleKind, Measure]]


def counted_on(year: int, today: date) -> date:
    """The last day whose data counts: today, but not after the year."""
    return min(today, date(year, 12, 31))


def read_ground(session: Session, programme: Programme, *, on: date, now: datetime,
                only: Collection[int] | None = None) -> Ground:
    """Measure the units that owe something in the programme, all or ``only`` these.

    Sixteen statements at most, one more after the year. ``on`` is the last day that counts.
    """
    measures: Measures = defaultdict(dict)
    owed = _measure_timeliness(session, programme.id, measures, now, only)
    statement = unit_lines(on).add_columns(DEPARTMENT_ID).where(Unit.id.in_(
        select(Obligation.unit_id).join(Requirement, Requirement.id == Obligation.requirement_id)
        .where(Requirement.programme_id == programme.id, Obligation.level != Level.DEPARTMENT)))
    if only is not None:
        statement = statement.where(Unit.id.in_(list(only)))
    lines = [_judged(_line(row), department) for *row, department in session.execute(statement)]
    units = tuple(line for line in lines if line.kind.is_reporter)
    _measure_plans(session, programme.id, measures, on)
    _measure_coverage(session, programme.id, measures, on, owed)
    ids = [unit.id for unit in units]
    measure_opinions(session, programme, ids, measures, on)
    measure_models(session, programme, ids, measures)
    measure_findings(session, programme, ids, measures, on, now)
    return Ground(programme.year, on, units, measures)


def _line(row: Sequence[object]) -> UnitLine:
    """A row of units as a line."""
    return UnitLine(*("" if value is None and place > 8 else value for place, value in enumerate(row)))  # type: ignore[arg-type]  # columns in the order of the fields


def _judged(line: UnitLine, department: int | None) -> Judged:
    """A unit with its group."""
    group = line.kind.value
    if line.kind.is_intermediate:
        group = INTERMEDIATE
    elif line.parent_id in (department, None):
        group = AFFILIATED
    return Judged(line.id, line.code, line.name, line.kind, line.parent_name, group)


def _measure_timeliness(session: Session, programme_id: int, measures: Measures, now: datetime,
                        only: Collection[int] | None) -> set[int]:
    """Days late of plan and reports. Ids of units that owe something still. One query."""
    statement = (
        select(Obligation, Requirement.kind, Requirement.title, Submission.first_submitted_at, Submission.late_days)
        .join(Requirement, Requirement.id == Obligation.requirement_id)
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .where(Requirement.programme_id == programme_id, Obligation.level != Level.DEPARTMENT)
        .order_by(Requirement.due_on, Requirement.id))
    rows = session.execute(statement if only is None else statement.where(Obligation.unit_id.in_(list(only))))
    parts: defaultdict[tuple[int, RuleKind], list[Part]] = defaultdict(list)
    beside: defaultdict[tuple[int, RuleKind], list[Reason]] = defaultdict(list)
    owing = set()
    for obligation, kind, title, sent_at, late_days in rows:
        rule = RuleKind.REPORT_TIMELY if kind.is_report else RuleKind.PLAN_TIMELY
        key = (obligation.unit_id, rule)
        task = title if kind is RequirementKind.AD_HOC else kind.label
        found = _timely(obligation, task, f"{'report' if kind.is_report else 'plan'}:{obligation.id}", sent_at,
                        late_days, now)
        if obligation.is_owed:
            owing.add(obligation.unit_id)
        if isinstance(found, Part):
            parts[key].append(found)
        else:
            beside[key].append(found)
    for unit_id, rule in parts.keys() | beside.keys():
        measures[unit_id][rule] = Measure(tuple(parts[unit_id, rule]), tuple(beside[unit_id, rule]))
    return owing


def _timely(obligation: Obligation, task: str, trace: str, sent_at: datetime | None, late_days: int | None,
            now: datetime) -> Part | Reason:
    """How one thing that was owed was handed in, or why it is not judged."""
    values = (("task", task),)
    if obligation.exempted_at is not None:
        return Reason(N_("Được miễn %(task)s"), values, trace)
    if sent_at is not None and late_days is not None:
        day = ("day", format_day(local_day(sent_at)))
        if late_days:
            return Part(Fraction(late_days), Reason(
                N_("Nộp %(task)s chậm %(days)s ngày (%(day)s)"), (*values, ("days", str(late_days)), day), trace))
        return Part(Fraction(0), Reason(N_("Nộp %(task)s đúng hạn (%(day)s)"), (*values, day), trace))
    if obligation.closed_at is not None:
        return Reason(N_("Thôi giao %(task)s"), values, trace)
    due = (*values, ("day", format_day(obligation.due_on)))
    if obligation.deadline_at <= now:
        return Part(None, Reason(N_("Chưa nộp %(task)s (hạn %(day)s)"), due, trace))
    return Reason(N_("Chưa đến hạn nộp %(task)s (%(day)s)"), due, trace)


def _measure_plans(session: Session, programme_id: int, measures: Measures, on: date) -> None:
    """Of the items of plans that were sent those that are due or done: how many were carried out. One query.

    Items of several plans of a year are added up and traced to the first of them.
    """
    is_done = exists().where(
        Activity.plan_item_id == PlanItem.id, Activity.removed_at.is_(None), Activity.starts_on <= on)
    items = (
        select(Obligation.unit_id, Obligation.id, PlanItem.ends_on, is_done.label("done"))
        .join(Requirement, Requirement.id == Obligation.requirement_id)
        .join(Submission, Submission.obligation_id == Obligation.id)
        .join(PlanItem, and_(PlanItem.submission_id == Submission.id, PlanItem.removed_at.is_(None)))
        .where(Requirement.programme_id == programme_id, Requirement.kind == RequirementKind.PLAN,
               Obligation.exempted_at.is_(None), Submission.first_submitted_at.is_not(None)).subquery())
    counted = func.count().filter(or_(items.c.ends_on <= on, items.c.done))
    rows = session.execute(select(items.c.unit_id, func.min(items.c.id), counted,
                                  func.count().filter(items.c.done)).group_by(items.c.unit_id))
    for unit_id, obligation_id, due, done in rows:
        if due:
            measures[unit_id][RuleKind.PLAN_DONE] = Measure((_share(
                N_("Đã làm %(done)s/%(all)s việc đến hạn trong kế hoạch"), done, due, f"plan:{obligation_id}"),))
    for found in measures.values():
        unsent = [part for part in found.get(RuleKind.PLAN_TIMELY, Measure()).parts if part.value is None]
        if unsent:
            found[RuleKind.PLAN_DONE] = Measure((Part(Fraction(0), Reason(
                N_("Chưa gửi kế hoạch nên chưa có việc nào được tính"), (), unsent[0].reason.trace)),))
        found.setdefault(RuleKind.PLAN_DONE, Measure((), (Reason(
            N_("Chưa có việc nào trong kế hoạch đến hạn"), ()),)))


def _share(text: str, part: int, whole: int, trace: str) -> Part:
    """A percentage with its numerator and denominator told."""
    return Part(Fraction(100 * part, whole), Reason(text, (("done", str(part)), ("all", str(whole))), trace))


def _measure_coverage(session: Session, programme_id: int, measures: Measures, on: date, owed: set[int]) -> None:
    """Pairs of theme and channel, and of theme and audience, that an activity covers. Three queries."""
    themes, channels, audiences = (_count(model, programme_id) for model in (Theme, Channel, Audience))
    sizes = session.execute(select(themes, channels, audiences)).one()
    held = (
        select(Activity.unit_id, activity_theme.c.theme_id.label("theme_id"))
        .join(activity_theme, activity_theme.c.activity_id == Activity.id)
        .where(Activity.programme_id == programme_id, Activity.removed_at.is_(None), Activity.starts_on <= on))
    by_channel = held.add_columns(Medium.channel_id).join(Medium, Medium.id == Activity.medium_id)
    by_audience = held.add_columns(ActivityReach.audience_id).join(
        ActivityReach, and_(ActivityReach.activity_id == Activity.id, ActivityReach.turns > 0))
    for kind, text, pairs, whole in (
            (RuleKind.COVERAGE_CHANNELS, N_("Đã phủ %(done)s/%(all)s cặp nội dung và hình thức"), by_channel,
             sizes[0] * sizes[1]),
            (RuleKind.COVERAGE_AUDIENCES, N_("Đã phủ %(done)s/%(all)s cặp nội dung và đối tượng"), by_audience,
             sizes[0] * sizes[2])):
        found = _pairs(session, pairs)
        for unit_id in owed if whole else ():
            measures[unit_id][kind] = Measure((_share(text, found.get(unit_id, 0), whole, f"activities:{unit_id}"),))


def _count(model: type[Theme] | type[Channel] | type[Audience], programme_id: int) -> ScalarSelect[int]:
    """How many rows of a kind a programme has."""
    return select(func.count()).select_from(model).where(model.programme_id == programme_id).scalar_subquery()


def _pairs(session: Session, pairs: Select[*tuple[object, ...]]) -> dict[int, int]:
    """How many different pairs each unit has."""
    distinct = pairs.distinct().subquery()
    return dict(session.execute(select(distinct.c.unit_id, func.count()).group_by(distinct.c.unit_id)).all())


__all__ = ["AFFILIATED", "INTERMEDIATE", "Ground", "Judged", "Measures", "counted_on", "read_ground"]
