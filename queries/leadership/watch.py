"""What leadership watches over: the consolidation, and what all units recorded, whether their report is in or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import Session

from core.dates import start_of_day
from models.commendation import Commendation
from models.figure import Figure
from models.finding import Finding
from models.programme import Channel, Theme
from models.requirement import Requirement
from queries.commendation import PickedModel, list_picked
from queries.consolidation.counted import (
    ScaleCount,
    UnitCount,
    all_units,
    count_activities,
    inherit,
    scale_counts,
)
from queries.consolidation.ground import Ground
from queries.consolidation.inspected import units_of
from queries.consolidation.planned import planned_figures, planned_of
from queries.figure import heirs_of, until_of, window_of
from queries.inspection import FindingLine, concerning, list_lines, of_units
from queries.leadership.answer import EarlierPeriod, Told, read_earlier, read_told
from queries.leadership.ground import Past, Standings, groups_of, read_ground, stand
from queries.leadership.then import findings_then, promised_then
from queries.programme import Label, labels_of
from queries.reorganisation import as_now
from queries.unit import UnitLine


@dataclass(frozen=True)
class Watch:
    """One consolidation with the records of all who owe it."""

    ground: Ground
    themes: Sequence[Label]
    channels: Sequence[Label]
    counts: Sequence[UnitCount]
    """Activities of all units, by unit and channel."""
    told: Told
    answers: Sequence[ScaleCount]
    """What is told of surveys, all units together, by factor."""
    earlier: EarlierPeriod | None
    heirs: Mapping[int, int]
    """With whom closed units count, by unit."""
    planned: Mapping[str, Figure]
    """What the plans of those units promise whose figures are in, so that it compares with what they did."""
    findings: Sequence[FindingLine]
    """Findings of inspections at all units, as they stood, what is due first above."""
    models: Sequence[PickedModel]
    """Good models of the year that were picked; the Department's alone."""
    past: Past | None
    """None while things are looked at as they stand now."""
    unknown_figures: int
    """Own figures that were typed anew since the day."""


def read_watch(session: Session, requirement: Requirement, unit: UnitLine, on: date, today: date, *,
               is_past: bool) -> Watch:
    """Read it as it stands at the end of ``on``. About fifteen queries, two more where units were reorganised.

    Raises NoConsolidationError when the unit does not owe ``requirement``, NotYetAskedError when nobody did then.
    """
    found = stand(session, requirement, unit, on, is_past=is_past)
    until = until_of(requirement, on)
    owing = {row.unit_id for row in found.reports if not row.is_exempt}
    heirs = {old: heir for old, heir in heirs_of(session, requirement.id).items() if heir in owing and not any(
        row.unit_id == old and row.is_owed for row in found.reports)}
    groups = groups_of(found.reports, unit)
    told = read_told(session, requirement, unit.id, until, today=today, heirs=heirs, groups=groups | {
        old: groups[heir] for old, heir in heirs.items()} if is_past else None, owing=owing)
    ground, unknown = read_ground(session, requirement, unit, on, found, told.raw, heirs)
    themes, channels = labels_of(session, requirement.programme_id, Theme, Channel)
    moment = found.past.moment if found.past is not None else None
    units = all_units(requirement.id, unit.id, moment, heirs)
    counts = inherit(heirs, count_activities(session, units, window_of(requirement, until),
                                             [theme.code for theme in themes], []))
    earlier = read_earlier(session, requirement, unit.id, moment)
    gone = {row.unit_id for row in earlier.answers} - owing - heirs.keys() if earlier is not None else set()
    followed = as_now(session, gone, requirement.coverage_from, on) if gone else {}
    return Watch(
        ground, themes, channels, [row for row in counts if row.unit_id in owing], told,
        scale_counts(told.pooled), earlier,
        {old: after[0] for old, after in followed.items() if after} | heirs,
        _planned(session, ground, found), _findings(session, ground, found.past), _models(session, ground, found.past),
        found.past, unknown)


def _planned(session: Session, ground: Ground, found: Standings) -> Mapping[str, Figure]:
    """What plans promise. One query, none for an earlier day."""
    inside = {row.unit_id for row in ground.direct if row.is_included} | {ground.unit.id}
    inside |= {child.unit_id for children in ground.inside.values() for child in children}
    if found.past is None:
        return planned_figures(session, ground.gathered.indicators, ground.requirement.programme_id, ground.unit.id,
                               inside)
    plans = [row for unit_id, row in found.plans.items() if unit_id in inside]
    return planned_of(ground.gathered.indicators, *promised_then(plans, found.past.versions))


def _findings(session: Session, ground: Ground, past: Past | None) -> Sequence[FindingLine]:
    """Findings that the period tells of. One query."""
    requirement, on = ground.requirement, ground.on
    units = of_units(units_of(requirement.id, ground.unit.id, on, is_department=ground.is_department))
    if past is None:
        return list_lines(session, [units, concerning(requirement.coverage_from, ground.gathered.until)],
                          on=on, now=start_of_day(on))
    written: list[ColumnElement[bool]] = [units, Finding.raised_at < past.moment,
                                          Finding.raised_on <= ground.gathered.until]
    return findings_then(list_lines(session, written, on=on, now=past.last), past.trail, requirement.coverage_from,
                         past.moment)


def _models(session: Session, ground: Ground, past: Past | None) -> Sequence[PickedModel]:
    """Good models that were picked. One query, none for a district."""
    if not ground.is_department:
        return ()
    programme_id, on = ground.requirement.programme_id, ground.on
    if past is None:
        return list_picked(session, programme_id, on=on)
    kept = past.trail.picked - past.trail.unnamed
    chosen = or_(Commendation.id.in_(kept), and_(
        Commendation.id.in_(past.trail.picked & past.trail.unnamed), Commendation.picked_at.is_not(None)))
    return list_picked(session, programme_id, on=on, chosen=chosen)


__all__ = ["Watch", "read_watch"]
