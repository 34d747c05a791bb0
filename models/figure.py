"""Figures: what one cell of a report says, and how cells add up.

A cell has three answers that are never confused (product law 4): nothing was entered yet
(``EMPTY``), "không phát sinh" was said on purpose (``NIL``), or there is a ``VALUE``, zero included.
A rate carries its numerator and denominator, so that the rate of a total is recomputed and never averaged.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.translation import N_


class FigureState(StrEnum):
    """What a cell answers."""

    EMPTY = "empty"
    NIL = "nil"
    VALUE = "value"

    @property
    def label(self) -> str:
        """The Vietnamese word for the state, as 'Không phát sinh'."""
        return {"empty": N_("Chưa nhập"), "nil": N_("Không phát sinh"), "value": N_("Có số liệu")}[self.value]


class Provenance(StrEnum):
    """Where a figure comes from (product law 6)."""

    COUNTED = "counted"
    TYPED = "typed"
    OVERRIDDEN = "overridden"
    COMPUTED = "computed"
    CONSOLIDATED = "consolidated"

    @property
    def label(self) -> str:
        """The Vietnamese word for the provenance, as 'Đếm từ hoạt động'."""
        return {
            "counted": N_("Đếm từ hoạt động, khảo sát"),
            "typed": N_("Nhập tay"),
            "overridden": N_("Sửa có lý do"),
            "computed": N_("Tính theo công thức"),
            "consolidated": N_("Cộng từ báo cáo đã duyệt"),
        }[self.value]


class Aggregate(StrEnum):
    """How the figures of several units make the figure of all of them (indicators.csv, column aggregate)."""

    SUM = "sum"
    SUM_DISTINCT = "sum distinct"
    """Persons, not turns: added across units, never across activities."""
    COUNT_YES = "count_yes"
    LAST = "last"
    """The last value of the period within a unit; added across units."""
    RATIO = "ratio"
    WEIGHTED_SHARE = "weighted share"
    """A percentage pooled over answer sheets: Σ numerator / Σ denominator."""
    WEIGHTED_MEAN = "weighted mean"
    """A mean pooled over answer sheets: Σ (points) / Σ (answers)."""
    SUM_OF = "sum of"
    """The sum of other indicators of the same unit."""

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Cộng các đơn vị'."""
        return {
            "sum": N_("Cộng các đơn vị"), "sum distinct": N_("Cộng số người, không cộng qua các hoạt động"),
            "count_yes": N_("Đếm đơn vị trả lời có"), "last": N_("Lấy giá trị cuối kỳ, rồi cộng các đơn vị"),
            "ratio": N_("Tỷ lệ của hai chỉ tiêu"), "weighted share": N_("Tỷ lệ gộp theo số phiếu"),
            "weighted mean": N_("Điểm trung bình gộp theo số phiếu"), "sum of": N_("Tổng của các chỉ tiêu khác"),
        }[self.value]

    @property
    def is_formula(self) -> bool:
        """Whether a unit's own figure is computed from its other figures."""
        return self in (Aggregate.RATIO, Aggregate.SUM_OF)


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell. ``value`` is None unless ``state`` is VALUE; percentages are 0..100, money is whole đồng.

    For rates and means ``numerator`` and ``denominator`` are kept beside the value, in the units of the
    indicators they come from (for a mean: total points and number of answers).
    For a yes/no indicator of one unit the value is 1 or 0; of many units it is the number that said yes, with
    the number of units that answered as ``denominator``.
    """

    state: FigureState = FigureState.EMPTY
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    def __post_init__(self) -> None:
        """Raise ValueError when state and value contradict each other."""
        if (self.state is FigureState.VALUE) != (self.value is not None):
            raise ValueError(f"a figure in state {self.state} cannot hold the value {self.value}")

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered."""
        return self.state is FigureState.EMPTY

    @property
    def is_nil(self) -> bool:
        """Whether "không phát sinh" was answered."""
        return self.state is FigureState.NIL

    @property
    def number(self) -> Decimal:
        """The value for adding up: 0 for an empty cell and for "không phát sinh"."""
        return self.value if self.value is not None else Decimal(0)


EMPTY = Figure()
NIL = Figure(FigureState.NIL)
HUNDRED = Decimal(100)


def figure_of(value: Decimal | int, numerator: Decimal | None = None, denominator: Decimal | None = None) -> Figure:
    """A cell that holds ``value``: ``figure_of(3)`` is three, ``figure_of(0)`` is zero and not nothing."""
    return Figure(FigureState.VALUE, Decimal(value), numerator, denominator)


def rate_of(numerator: Figure, denominator: Figure) -> Figure:
    """The percentage of two cells: empty when either is empty, nil when there is nothing to divide by."""
    if numerator.is_empty or denominator.is_empty:
        return EMPTY
    if denominator.number == 0:
        return NIL
    return figure_of(
        HUNDRED * numerator.number / denominator.number, numerator.number, denominator.number
    )


def share_of(numerator: Decimal, denominator: Decimal) -> Figure:
    """The percentage ``numerator`` is of ``denominator``; "không phát sinh" when the denominator is 0."""
    if denominator == 0:
        return NIL
    return figure_of(HUNDRED * numerator / denominator, numerator, denominator)


def mean_of(points: Decimal, answers: Decimal) -> Figure:
    """The mean of ``answers`` answers that make ``points`` together; nil when there is none."""
    if answers == 0:
        return NIL
    return figure_of(points / answers, points, answers)


def sum_of(cells: Iterable[Figure]) -> Figure:
    """The sum of cells: empty when all are empty, nil when all that answered said nil, else a value."""
    answered = [cell for cell in cells if not cell.is_empty]
    if not answered:
        return EMPTY
    if all(cell.is_nil for cell in answered):
        return NIL
    return figure_of(sum((cell.number for cell in answered), Decimal(0)))


def count_yes(cells: Iterable[Figure]) -> Figure:
    """The number of units that said yes, over the number that answered; empty when nobody did.

    A cell that is itself a count over several units brings its own denominator.
    """
    answered = [cell for cell in cells if not cell.is_empty]
    if not answered:
        return EMPTY
    yes = sum((cell.number for cell in answered), Decimal(0))
    asked = sum((cell.denominator if cell.denominator is not None else Decimal(1) for cell in answered), Decimal(0))
    return figure_of(yes, yes, asked)


def pool(cells: Iterable[Figure], scale: Decimal) -> Figure:
    """The rate of all cells together: ``scale`` × Σ numerators / Σ denominators (never an average of rates)."""
    answered = [cell for cell in cells if not cell.is_empty]
    if not answered:
        return EMPTY
    numerator = sum((cell.numerator or Decimal(0) for cell in answered), Decimal(0))
    denominator = sum((cell.denominator or Decimal(0) for cell in answered), Decimal(0))
    if denominator == 0:
        return NIL
    return figure_of(scale * numerator / denominator, numerator, denominator)


@dataclass(frozen=True, slots=True)
class IndicatorRule:
    """What arithmetic needs to know of an indicator; ``operands`` are codes of the same set.

    ``operands`` is (numerator, denominator) for a ratio, the addends for a sum of others, the weight for a
    weighted figure, and empty otherwise.
    """

    code: str
    aggregate: Aggregate
    operands: tuple[str, ...] = ()


def combine(rule: IndicatorRule, cells: Iterable[Figure]) -> Figure:
    """The figure of several units for one indicator that is no formula (a formula is recomputed by ``compute``)."""
    match rule.aggregate:
        case Aggregate.COUNT_YES:
            return count_yes(cells)
        case Aggregate.WEIGHTED_SHARE:
            return pool(cells, HUNDRED)
        case Aggregate.WEIGHTED_MEAN:
            return pool(cells, Decimal(1))
        case _:
            return sum_of(cells)


def compute(rule: IndicatorRule, figures: Mapping[str, Figure]) -> Figure:
    """The figure of a formula from the other figures of the same unit; a missing operand counts as empty."""
    operands = [figures.get(code, EMPTY) for code in rule.operands]
    if rule.aggregate is Aggregate.RATIO:
        return rate_of(operands[0], operands[1])
    return sum_of(operands)


def total(rules: Iterable[IndicatorRule], parts: Iterable[Mapping[str, Figure]]) -> dict[str, Figure]:
    """The figures of all ``parts`` (one mapping of code to figure per unit) together, by code.

    Plain indicators are combined across the parts first, then formulas are recomputed from the totals.
    """
    rules, parts = list(rules), list(parts)
    result = {
        rule.code: combine(rule, (part.get(rule.code, EMPTY) for part in parts))
        for rule in rules
        if not rule.aggregate.is_formula
    }
    for rule in rules:
        if rule.aggregate.is_formula:
            result[rule.code] = compute(rule, result)
    return result
