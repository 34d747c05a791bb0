"""The heat table's geometry: how deep each cell is tinted, the same on the page and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass

STEPS = 5
"""Tints from few to many; nothing at all has a look of its own and is no tint."""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One row; ``steps`` beside ``counts``."""

    label: str
    counts: tuple[int, ...]
    steps: tuple[int, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in the whole row."""
        return not any(self.counts)


@dataclass(frozen=True, slots=True)
class Heat:
    """Counts by row and column with the tint of each cell."""

    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    empty_columns: tuple[str, ...]
    """Columns without anything."""

    @property
    def counts(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Rows as documents keep them: (label, counts)."""
        return tuple((row.label, row.counts) for row in self.rows)


def heat_step(count: int, most: int) -> int:
    """The tint of a cell: 0 for nothing, else 1 (few) to ``STEPS``, where ``most`` is the largest count."""
    return min(count * STEPS // (most + 1), STEPS - 1) + 1 if count > 0 else 0


def heat_of_counts(columns: Sequence[str], rows: Sequence[tuple[str, tuple[int, ...]]],
                   column_sums: Sequence[int] | None = None) -> Heat:
    """The table of some counts. ``column_sums`` are those over more than the rows, where there is more."""
    most = max((count for _label, counts in rows for count in counts), default=0)
    sums = column_sums if column_sums is not None else [sum(row[1][place] for row in rows)
                                                       for place in range(len(columns))]
    return Heat(
        tuple(columns),
        tuple(HeatRow(label, counts, tuple(heat_step(count, most) for count in counts)) for label, counts in rows),
        tuple(label for label, number in zip(columns, sums, strict=True) if not number))


__all__ = ["STEPS", "Heat", "HeatRow", "heat_of_counts", "heat_step"]
