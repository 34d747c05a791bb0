"""What leadership watches over: the consolidation, and what all units recorded, whether their report is in or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from core.dates import start_of_day
from models.figure import Figure
from models.programme import Channel, Theme
from models.requirement import Requirement
from queries.commendation import PickedModel, list_picked
from queries.consolidation.counted import ScaleCount, UnitCount, all_units, count_activities, count_answers
from queries.consolidation.ground import Ground, read_ground
from queries.consolidation.inspected import units_of
from queries.consolidation.planned import planned_figures
from queries.figure import window_of
from queries.inspection import FindingLine, concerning, list_lines, of_units
from queries.programme import Label, labels_of
from queries.unit import UnitLine


@dataclass(frozen=True)
class Watch:
    """One consolidation with the records of all who owe it."""

    ground: Ground
    themes: Sequence[Label]
    channels: Sequence[Label]
    counts: Sequence[UnitCount]
    """Activities of all units, by unit and channel."""
    answers: Sequence[ScaleCount]
    planned: Mapping[str, Figure]
    """What the plans of those units promise whose figures are in, so that it compares with what they did."""
    findings: Sequence[FindingLine]
    """Findings of inspections at all units, as they stand, what is due first above."""
    models: Sequence[PickedModel] = ()
    """Good models of the year that were picked; the Department's alone."""


def read_watch(session: Session, requirement: Requirement, unit: UnitLine, on: date) -> Watch:
    """Read it as it stands at the end of ``on``. Six queries beside those of the ground.

    Raises NoConsolidationError when the unit does not owe ``requirement``.
    """
    ground = read_ground(session, requirement, unit, on)
    units, window = all_units(requirement.id, unit.id), window_of(requirement, ground.gathered.until)
    themes, channels = labels_of(session, requirement.programme_id, Theme, Channel)
    inside = {unit.id, *(row.unit_id for row in ground.direct if row.is_included)}
    inside |= {child.unit_id for children in ground.inside.values() for child in children}
    return Watch(
        ground, themes, channels,
        count_activities(session, units, window, [theme.code for theme in themes], []),
        count_answers(session, units, window),
        planned_figures(session, ground.gathered.indicators, requirement.programme_id, unit.id, inside),
        list_lines(
            session, [of_units(units_of(requirement.id, unit.id, on, is_department=ground.is_department)),
                      concerning(requirement.coverage_from, ground.gathered.until)], on=on, now=start_of_day(on)),
        list_picked(session, requirement.programme_id, on=on) if ground.is_department else ())
