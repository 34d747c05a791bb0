"""Everything a report's figures are made of: own part, units below, total."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from models.figure import Figure, Provenance, total
from models.requirement import Requirement
from queries.figure.counted import Window
from queries.figure.heir import heirs_of
from queries.figure.indicator import IndicatorLine, list_indicators
from queries.figure.own import OwnFigure, own_figures, window_of
from queries.figure.part import ChildPart, child_parts, consolidated_figures


@dataclass(frozen=True, slots=True)
class Gathered:
    """The figures of one report as they stand now."""

    indicators: tuple[IndicatorLine, ...]
    own: Mapping[str, OwnFigure]
    """The unit's own part, by indicator code."""
    parts: tuple[ChildPart, ...]
    """Units below; none for a unit that consolidates nobody."""
    below: Mapping[str, Figure]
    """The accepted parts together, without the own part."""
    figures: Mapping[str, Figure]
    """What the report says: the own part, or own part and accepted parts together."""
    window: Window
    """The days that the figures tell of."""
    consolidates: bool
    heirs: Mapping[int, int] = field(default_factory=dict)
    """Of every closed unit whose report does not stand, the one whose report counts its records (``heirs_of``)."""

    @property
    def since(self) -> date:
        """The first day that the figures tell of."""
        return self.window.since

    @property
    def until(self) -> date:
        """The last day that the figures tell of."""
        return self.window.until

    @property
    def included(self) -> tuple[ChildPart, ...]:
        """Units below whose accepted figures are in."""
        return tuple(part for part in self.parts if part.is_included)

    @property
    def lacking(self) -> tuple[ChildPart, ...]:
        """Units below that owe it and are not in."""
        return tuple(part for part in self.parts if not part.is_included and not part.is_exempt)

    @property
    def owed_count(self) -> int:
        """How many units below are in or lacking; excused ones are neither."""
        return len(self.included) + len(self.lacking)

    def provenance(self, code: str) -> Provenance:
        """Where the figure that the report says comes from."""
        own = self.own[code]
        if not self.consolidates or own.provenance is Provenance.COMPUTED:
            return own.provenance
        return Provenance.CONSOLIDATED

    def indicator(self, code: str) -> IndicatorLine | None:
        """One indicator by code."""
        return next((line for line in self.indicators if line.code == code), None)


def gather(session: Session, *, requirement: Requirement, unit_id: int, submission_id: int | None,
           until: date, on: date, consolidates: bool,
           indicators: tuple[IndicatorLine, ...] | None = None) -> Gathered:
    """The figures of a unit's report up to ``until``, units named as on ``on``. Eight to eleven queries.

    ``consolidates`` says whether units report to it (``UnitKind.is_intermediate``, or the Department).
    """
    lines = indicators or list_indicators(session, requirement.programme_id, requirement.id)
    heirs = heirs_of(session, requirement.id)
    window = window_of(requirement, until, {old: heir for old, heir in heirs.items() if heir == unit_id})
    own = own_figures(session, submission_id=submission_id, unit_id=unit_id, window=window, indicators=lines)
    parts: list[ChildPart] = []
    if consolidates:
        parts = child_parts(session, requirement_id=requirement.id, unit_id=unit_id, on=on)
    plain = {code: cell.figure for code, cell in own.items()}
    rules = [line.rule for line in lines]
    below = consolidated_figures(rules, {}, parts) if consolidates else {}
    figures = total(rules, [plain, below]) if consolidates else plain  # a total of totals is the total of all
    return Gathered(lines, own, tuple(parts), below, figures, window, consolidates, heirs)
