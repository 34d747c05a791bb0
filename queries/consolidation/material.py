"""Everything a consolidated report is made of, read once in a number of queries that does not grow with the units."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.figure import Figure, FigureState, compute, figure_of
from models.indicator import Indicator
from models.programme import AppendixRow, Channel, Programme, Theme
from models.requirement import Requirement
from models.submission import VersionFigure
from queries.commendation import PickedModel, list_reported
from queries.consolidation.counted import (
    ScaleCount,
    UnitCount,
    count_activities,
    count_answers,
    included_units,
    inherit,
)
from queries.consolidation.ground import Ground, NoConsolidationError, read_ground
from queries.consolidation.inspected import inspected_on
from queries.figure import heirs_of, weigh, window_of
from queries.inspection.document import Inspected
from queries.programme import rows_of
from queries.report import ReportState, list_sections, outline_kind, section_texts
from queries.submission import OpenParts, get_submission_line
from queries.unit import UnitLine


@dataclass(frozen=True)
class Material(Ground):
    """What was read for one document, beyond the ground."""

    state: ReportState
    """The unit's own report: outline, texts and figures."""
    programme: Programme
    frozen: Mapping[int, Mapping[str, Figure]]
    """Frozen figures of the columns, by version, for units of the second level."""
    own_parts: Mapping[int, Mapping[str, Figure]]
    """The own part of consolidating units of the first level, by unit."""
    themes: Sequence[Theme]
    channels: Sequence[Channel]
    appendix: Sequence[AppendixRow]
    counts: Sequence[UnitCount]
    answers: Sequence[ScaleCount]
    models: Sequence[PickedModel] = ()
    """Good models and examples that were picked by the day."""
    inspected: Inspected | None = None
    """Inspections and findings, as they stood on the day."""


def read_material(session: Session, requirement: Requirement, unit: UnitLine, on: date,
                  state: ReportState | None = None) -> Material:
    """Read it all, for the figures as they stand at the end of ``on``, units called as on that day.

    ``state`` is the unit's report of that day where it was read already.
    Raises NoConsolidationError when the unit does not owe ``requirement``.
    """
    ground = read_ground(session, requirement, unit, on, state.gathered if state is not None else None)
    state = state or _state(session, ground)
    frozen, own_parts = read_columns(session, ground)
    heirs, window = heirs_of(session, requirement.id), window_of(requirement, state.until)
    units = included_units(unit.id, ground.versions, heirs)
    themes = rows_of(session, Theme, requirement.programme_id)
    appendix = rows_of(session, AppendixRow, requirement.programme_id)
    return Material(
        **{field.name: getattr(ground, field.name) for field in fields(Ground)},
        state=state, programme=session.get_one(Programme, requirement.programme_id), frozen=frozen,
        own_parts=own_parts, themes=themes, channels=rows_of(session, Channel, requirement.programme_id),
        appendix=appendix,
        counts=inherit(heirs, count_activities(session, units, window, [theme.code for theme in themes],
                                               [row.theme_codes for row in appendix])),
        answers=count_answers(session, units, window), models=list_reported(session, requirement, unit.id, on),
        inspected=inspected_on(session, ground))


def _state(session: Session, ground: Ground) -> ReportState:
    """The unit's own report with its outline and texts, on the figures already gathered. Three queries."""
    line = get_submission_line(session, ground.own.obligation_id, ground.on)
    if line is None:
        raise NoConsolidationError(ground.unit.code)
    sections = list_sections(session, line.programme_id, outline_kind(line), line.kind, line.year,
                             line.requirement_id)
    texts = section_texts(session, line.submission_id)
    return ReportState(line, ground.requirement, sections, texts, ground.gathered, OpenParts(False, {}))


def read_columns(session: Session, ground: Ground) -> tuple[dict[int, dict[str, Figure]], dict[int, dict[str, Figure]]]:
    """Figures of the columns: of units of the second level by version, own parts by unit. One query."""
    offices = ground.offices
    frozen: defaultdict[int, dict[str, Figure]] = defaultdict(dict)
    own_parts: defaultdict[int, dict[str, Figure]] = defaultdict(dict)
    if not offices:
        return frozen, own_parts
    schools = [child.version_id for children in ground.inside.values() for child in children]
    rows = session.execute(
        select(VersionFigure.version_id, Indicator.code, VersionFigure.state, VersionFigure.value,
               VersionFigure.numerator, VersionFigure.denominator, VersionFigure.own_value)
        .join(Indicator, Indicator.id == VersionFigure.indicator_id)
        .where(VersionFigure.version_id.in_([*offices, *schools]), Indicator.code.in_(ground.column_codes)))
    for version_id, code, state, value, numerator, denominator, own in rows:
        if version_id not in offices:
            frozen[version_id][code] = Figure(FigureState(state), value, numerator, denominator)
        elif own is not None:
            own_parts[offices[version_id].unit_id][code] = figure_of(own)
    for figures in own_parts.values():
        for line in ground.gathered.indicators:
            if line.is_formula and all(code in figures for code in line.rule.operands):
                figures[line.code] = compute(line.rule, figures)
            elif line.code in figures:
                figures[line.code] = weigh(line, figures[line.code], figures)
    return frozen, own_parts


__all__ = ["Material", "NoConsolidationError", "read_columns", "read_material"]
