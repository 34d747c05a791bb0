"""What has moved since a version was frozen: late activities, units below accepted anew (product law 5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.figure import EMPTY, Figure, figure_of
from models.requirement import Obligation, Requirement
from models.submission import Submission, SubmissionVersion, VersionFigure
from queries.figure.counted import count_figures
from queries.figure.heir import heirs_of
from queries.figure.indicator import IndicatorLine, list_indicators
from queries.figure.own import window_of
from queries.figure.part import ChildPart, child_parts, frozen_figures
from queries.figure.source import ActivityRecord, TallyRecord, load_records


@dataclass(frozen=True, slots=True)
class DriftRow:
    """One counted figure: what was counted when the version was sent, and what is counted now."""

    code: str
    name: str
    unit: str
    frozen: Figure
    now: Figure


@dataclass(frozen=True, slots=True)
class ChildDrift:
    """A unit below whose accepted version is another than the one that was added up; None is none."""

    unit_id: int
    name: str
    frozen: int | None
    now: int | None


@dataclass(frozen=True, slots=True)
class Drift:
    """Everything that moved since; empty when nothing did."""

    figures: tuple[DriftRow, ...]
    children: tuple[ChildDrift, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing moved."""
        return not (self.figures or self.children)


def drift(session: Session, version: SubmissionVersion, *, on: date, until: date | None = None) -> Drift:
    """What moved since a version was sent, up to ``until`` (default: the last day of its own figures).

    Eleven queries at most, however many units are below.
    """
    obligation, requirement = session.execute(
        select(Obligation, Requirement).join(Requirement, Requirement.id == Obligation.requirement_id)
        .join(Submission, Submission.obligation_id == Obligation.id)
        .where(Submission.id == version.submission_id)).one()
    indicators = list_indicators(session, requirement.programme_id, requirement.id)
    window = window_of(requirement, until or version.data_until,
                       heirs_of(session, requirement.id, [obligation.unit_id]))
    counted = count_figures(session, indicators, window, [obligation.unit_id])[obligation.unit_id]
    frozen = dict(session.execute(
        select(VersionFigure.indicator_id, VersionFigure.counted)
        .where(VersionFigure.version_id == version.id)).all())
    children: tuple[ChildDrift, ...] = ()
    if "children" in version.content:
        parts = child_parts(session, requirement_id=requirement.id, unit_id=obligation.unit_id, on=on)
        children = _child_drift(version.content["children"], parts)
    return Drift(tuple(_moved(indicators, frozen, counted)), children)


def _moved(indicators: tuple[IndicatorLine, ...], frozen: Mapping[int, Decimal | None],
           counted: Mapping[str, Figure]) -> list[DriftRow]:
    """Counted figures that differ; six places are kept."""
    rows = []
    for line in indicators:
        if not line.is_counted or line.id not in frozen:
            continue
        before, now = frozen[line.id], counted[line.code]
        if _rounded(before) != _rounded(now.value):
            was = EMPTY if before is None else figure_of(before)
            rows.append(DriftRow(line.code, line.name, line.unit, was, now))
    return rows


def _rounded(value: Decimal | None) -> Decimal | None:
    """A value as the database keeps it."""
    return None if value is None else value.quantize(Decimal("0.000001"))


def _child_drift(frozen: list[dict[str, int | None]], parts: list[ChildPart]) -> tuple[ChildDrift, ...]:
    """Units below whose accepted version changed."""
    before = {row["unit_id"]: row["version"] for row in frozen}
    return tuple(
        ChildDrift(part.unit_id, part.name, before.get(part.unit_id), part.version)
        for part in parts if before.get(part.unit_id) != part.version)


@dataclass(frozen=True, slots=True)
class ChildSource:
    """A unit below behind a frozen figure."""

    unit_id: int
    name: str
    version: int | None
    figure: Figure
    why_not: str
    obligation_id: int


@dataclass(frozen=True, slots=True)
class FigureSources:
    """What stood behind one frozen figure."""

    activities: tuple[ActivityRecord, ...]
    tallies: tuple[TallyRecord, ...]
    children: tuple[ChildSource, ...]


def figure_sources(session: Session, version: SubmissionVersion, indicator: IndicatorLine) -> FigureSources:
    """The activities, sheets and units below behind a frozen figure. One query, none without units below."""
    records = load_records(version.content).behind(indicator)
    rows = version.content.get("children", [])
    figures = frozen_figures(session, [row["version_id"] for row in rows if row["version_id"]])
    children = tuple(
        ChildSource(row["unit_id"], row["name"], row["version"],
                    figures[row["version_id"]].get(indicator.code, EMPTY) if row["version_id"] else EMPTY,
                    row["why_not"], row["obligation_id"])
        for row in rows)
    return FigureSources(records.activities, records.tallies, children)
