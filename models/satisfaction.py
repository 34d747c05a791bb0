"""How satisfaction is measured: our own formulae (domain facts, section 4.4), never called SIPAS.

Answers 1..5 alone enter n; "không áp dụng" and blanks leave it. Nothing is rounded here; shares are 0..1.
Groups under five are not shown (product law 9).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from math import ceil

from core.translation import N_

SMALLEST_GROUP = 5
"""Fewer answers than this are never shown."""
SMALL_SAMPLE = 30
"""Fewer answers than this are shown as "mẫu nhỏ" and never ranked."""
SERVICE_FACTORS = ("F1", "F2", "F3", "F4", "F5")
"""The factors whose means make the overall mean; F6 (information) is told apart."""
FORMULA_NAME = N_("Tỷ lệ hài lòng: số trả lời mức 4 và 5 trên tổng số trả lời ở năm mức; điểm trung bình thang 5")
TOO_FEW = N_("chưa đủ 5 phiếu")
WITHHELD = N_("giữ kín")
"""In place of a survey's result: of a small group, or of a larger one that would tell of a small one."""


@dataclass(frozen=True, slots=True)
class LevelCounts:
    """How many sheets gave each answer to one question, or to several pooled."""

    levels: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    """Counts of levels 1..5, most dissatisfied first."""
    not_applicable: int = 0
    blank: int = 0

    @property
    def n(self) -> int:
        """Answers that count."""
        return sum(self.levels)

    @property
    def total(self) -> int:
        """Sheets accounted for: every one answered, said "không áp dụng", or left the question blank."""
        return self.n + self.not_applicable + self.blank

    @property
    def points(self) -> int:
        """Σx: the levels added up."""
        return sum(level * count for level, count in enumerate(self.levels, start=1))

    @property
    def satisfied(self) -> int:
        """Answers at levels 4 and 5."""
        return self.levels[3] + self.levels[4]

    @property
    def dissatisfied(self) -> int:
        """Answers at levels 1 and 2."""
        return self.levels[0] + self.levels[1]

    @property
    def is_shown(self) -> bool:
        """Whether there are enough answers to show anything of them."""
        return self.n >= SMALLEST_GROUP

    @property
    def is_small(self) -> bool:
        """Whether they are shown with the words "mẫu nhỏ"."""
        return SMALLEST_GROUP <= self.n < SMALL_SAMPLE

    def __add__(self, other: "LevelCounts") -> "LevelCounts":
        """Pool two groups."""
        first, second = self.levels, other.levels
        return LevelCounts(
            (first[0] + second[0], first[1] + second[1], first[2] + second[2], first[3] + second[3],
             first[4] + second[4]),
            self.not_applicable + other.not_applicable, self.blank + other.blank)


def pool(groups: Iterable[LevelCounts]) -> LevelCounts:
    """All answers of several groups together."""
    return sum(groups, LevelCounts())


def mean_of(counts: LevelCounts) -> Decimal | None:
    """Σx / n on the five-point scale: 5,5,4,4,3,2 gives 3.8333…; None without answers."""
    return Decimal(counts.points) / counts.n if counts.n else None


def satisfied_share(counts: LevelCounts) -> Decimal | None:
    """Share of answers at levels 4 and 5, of all answers; None without answers."""
    return Decimal(counts.satisfied) / counts.n if counts.n else None


def dissatisfied_share(counts: LevelCounts) -> Decimal | None:
    """Share of answers at levels 1 and 2, of all answers; None without answers."""
    return Decimal(counts.dissatisfied) / counts.n if counts.n else None


def index_of_five(mean: Decimal) -> Decimal:
    """The mean as a percentage of five: 1 is 20, 5 is 100."""
    return mean / 5 * 100


def index_from_zero(mean: Decimal) -> Decimal:
    """The mean on a scale of 0..100: 1 is 0, 5 is 100."""
    return (mean - 1) / 4 * 100


def factor_mean(questions: Sequence[LevelCounts]) -> Decimal | None:
    """The mean of the questions' means, each of equal weight; a question without answers has none to give."""
    means = [mean for mean in map(mean_of, questions) if mean is not None]
    return sum(means, Decimal()) / len(means) if means else None


def overall_mean(factor_means: Sequence[Decimal | None]) -> Decimal | None:
    """The mean of the five service factors' means; None when one of them has no answers."""
    known = [mean for mean in factor_means if mean is not None]
    if not known or len(known) != len(factor_means):
        return None
    return sum(known, Decimal()) / len(known)


def margin_of(share: Decimal, n: int, population: int | None = None) -> Decimal | None:
    """Half the width of the 95 % interval of a share: 1.96·√(p(1−p)/n), with √((N−n)/(N−1)) when N is known.

    The correction for a finite population is only applied where the number of people asked is known, and then
    n may not exceed it. None without answers.
    """
    if n <= 0:
        return None
    with localcontext() as context:
        context.prec = 28
        margin = Decimal("1.96") * (share * (1 - share) / n).sqrt()
        if population is not None and population > 1:
            margin *= (Decimal(max(population - n, 0)) / (population - 1)).sqrt()
        return margin


def sample_size(population: int, error: Decimal = Decimal("0.05")) -> int:
    """How many to ask of N: N / (1 + N·e²), rounded up, at most N (Slovin)."""
    return min(population, ceil(population / (1 + population * error**2)))


def shown_only(questions: Iterable[LevelCounts]) -> list[LevelCounts]:
    """Those questions that may be shown. A factor is made of these alone, or a hidden one could be subtracted."""
    return [counts for counts in questions if counts.is_shown]


__all__ = [
    "FORMULA_NAME", "SERVICE_FACTORS", "SMALLEST_GROUP", "SMALL_SAMPLE", "TOO_FEW", "WITHHELD", "LevelCounts",
    "dissatisfied_share", "factor_mean", "index_from_zero", "index_of_five", "margin_of", "mean_of",
    "overall_mean", "pool", "sample_size", "satisfied_share", "shown_only",
]
