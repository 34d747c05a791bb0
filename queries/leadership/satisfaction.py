"""Satisfaction by district and kind of unit: small groups are hidden so that they cannot be worked out (law 9)."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.satisfaction import SMALLEST_GROUP, LevelCounts, mean_of, satisfied_share
from queries.consolidation.annex import place_of
from queries.leadership.watch import Watch


@dataclass(frozen=True, slots=True)
class SatisfactionRow:
    """One district or kind of unit; ``counts`` is None where it may not be shown."""

    label: str
    counts: LevelCounts | None

    @property
    def share(self) -> float | None:
        """Share of levels 4 and 5, 0..1; None where nothing is shown."""
        share = satisfied_share(self.counts) if self.counts is not None else None
        return float(share) if share is not None else None

    @property
    def mean(self) -> float | None:
        """The mean on the five-point scale; None where nothing is shown."""
        mean = mean_of(self.counts) if self.counts is not None else None
        return float(mean) if mean is not None else None


def headline_counts(watch: Watch) -> dict[str, LevelCounts]:
    """Answers to the headline question by district and kind of unit, those without an answer too."""
    places = place_of(watch.ground)
    counts = {label: LevelCounts() for label in places.values()}
    for row in watch.answers:
        if row.is_headline and row.unit_id in places:
            counts[places[row.unit_id]] += LevelCounts(row.levels)
    return counts


def hidden_groups(sizes: Mapping[str, int]) -> set[str]:
    """Groups that may not be shown beside their total: those under five, and more until the hidden ones hold five.

    With one small group alone, the total minus the others would tell it; so the next smallest goes with it.
    """
    hidden = {label for label, size in sizes.items() if 0 < size < SMALLEST_GROUP}
    others = sorted((size, label) for label, size in sizes.items() if size >= SMALLEST_GROUP)
    while hidden and others and (len(hidden) < 2 or sum(sizes[label] for label in hidden) < SMALLEST_GROUP):
        hidden.add(others.pop(0)[1])
    return hidden


def satisfaction_rows(watch: Watch) -> tuple[SatisfactionRow, ...]:
    """One row per district and kind of unit that has answers, in the order of appendix II."""
    counts = headline_counts(watch)
    hidden = hidden_groups({label: found.n for label, found in counts.items()})
    return tuple(
        SatisfactionRow(label, None if label in hidden else found) for label, found in counts.items() if found.n)


def headline_total(watch: Watch) -> LevelCounts:
    """Answers to the headline question of all units."""
    return sum((LevelCounts(row.levels) for row in watch.answers if row.is_headline), LevelCounts())
