"""The working figures of a report: what the unit says, beside what the portal counts, and how sense is checked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.translation import N_
from models.base import Model, enum_column
from models.figure import EMPTY, Aggregate, Figure, FigureState, IndicatorRule, Provenance

REASON_MIN_LENGTH = 5
REASON_MAX_LENGTH = 1000
NARRATIVE_MAX_LENGTH = 20_000
ADDED_UP = frozenset({Aggregate.SUM, Aggregate.SUM_DISTINCT, Aggregate.SUM_OF})
"""Rules under which a whole year cannot be less than its first half."""


class ReportFigure(Model):
    """What the unit itself says of one indicator. No row: the counted figure stands, or nothing was typed yet.

    For a unit that consolidates others this is its own part; the parts below it come from accepted versions.
    """

    __tablename__ = "report_figure"
    __table_args__ = (
        CheckConstraint("(state = 'value') = (value is not null)", name="value"),
        CheckConstraint("provenance <> 'overridden' or length(reason) > 0", name="reason"),
    )

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), primary_key=True)
    state: Mapped[FigureState] = enum_column(FigureState, "state")
    value: Mapped[Decimal | None]
    provenance: Mapped[Provenance] = enum_column(Provenance, "provenance")
    """TYPED for indicators without a source, OVERRIDDEN (with a reason) where it replaces a counted figure."""
    reason: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """What a unit says of one cell; EMPTY takes back what it said before, so that the counted figure stands."""

    figure: Figure
    reason: str = ""


class ReasonNeededError(ValueError):
    """A counted figure is to be replaced without saying why; ``codes`` name the cells."""

    def __init__(self, codes: Iterable[str]) -> None:
        """Keep the codes."""
        self.codes = tuple(codes)
        super().__init__(", ".join(self.codes))


def needs_reason(entry: Figure, counted: Figure) -> bool:
    """Whether a cell that the portal can count needs a reason: for another figure than the counted one.

    "Không phát sinh" where nothing was recorded only says aloud what the records say.
    """
    if entry.is_empty or (entry.is_nil and counted.is_empty):
        return False
    return entry.state is not counted.state or entry.value != counted.value


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about figures that is worth a second look; it never stands in the way of sending."""

    code: str
    """The indicator at which to look."""
    message: str
    """Vietnamese, with %(…)s for ``values``."""
    values: Mapping[str, str] = field(default_factory=dict)


def doubts(rules: Iterable[IndicatorRule], names: Mapping[str, str], figures: Mapping[str, Figure],
           earlier: Mapping[str, Figure]) -> Iterator[Doubt]:
    """Where figures contradict each other.

    A part above its whole (on time ≤ settled, handled ≤ received, K1 ≤ K2), and a year below its own first half
    (``earlier``; empty for another period). ``names`` by code are put into the messages.
    """
    for rule in rules:
        if rule.aggregate is Aggregate.RATIO:
            yield from _part_above_whole(rule, names, figures)
        before, now = earlier.get(rule.code, EMPTY), figures.get(rule.code, EMPTY)
        is_known = before.value is not None and now.value is not None
        if rule.aggregate in ADDED_UP and is_known and now.number < before.number:
            yield Doubt(rule.code, N_("“%(name)s”: số cả năm nhỏ hơn số 6 tháng đầu năm."),
                        {"name": names.get(rule.code, rule.code)})


def _part_above_whole(rule: IndicatorRule, names: Mapping[str, str],
                      figures: Mapping[str, Figure]) -> Iterator[Doubt]:
    """The doubt about a rate above one hundred per cent."""
    part, whole = rule.operands
    above, below = figures.get(part, EMPTY), figures.get(whole, EMPTY)
    if above.is_empty or below.is_empty or above.number <= below.number:
        return
    yield Doubt(part, N_("“%(part)s” lớn hơn “%(whole)s”."),
                {"part": names.get(part, part), "whole": names.get(whole, whole)})
