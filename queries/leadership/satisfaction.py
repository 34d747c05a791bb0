"""Satisfaction by district and kind of unit with its change: what may be shown is ``models.disclosure``'s to say."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.disclosure import ALL, Tree, hidden_cells
from models.satisfaction import LevelCounts, mean_of, satisfied_share
from models.survey import SurveyChannel
from queries.survey.answer import Answers

_ROOT = 0
_PERIOD, _BEFORE, _AFTER = "period", "before", "after"
Counts = Mapping[tuple[int, str], LevelCounts]
"""Answers to the headline question by group (from 1) and part: a round, or the rest."""


@dataclass(frozen=True, slots=True)
class Change:
    """Two groups of answers that are compared; both may be shown."""

    earlier: LevelCounts
    later: LevelCounts

    @property
    def points(self) -> float:
        """By how many percentage points the share of levels 4 and 5 has moved."""
        return 100 * (_share(self.later) - _share(self.earlier))


@dataclass(frozen=True, slots=True)
class SatisfactionRow:
    """One district or kind of unit; ``counts`` is None where it may not be shown, ``change`` where it cannot."""

    label: str
    counts: LevelCounts | None
    change: Change | None = None

    @property
    def share(self) -> float | None:
        """Share of levels 4 and 5, 0..1; None where nothing is shown."""
        return _share(self.counts) if self.counts is not None else None

    @property
    def mean(self) -> float | None:
        """The mean on the five-point scale; None where nothing is shown."""
        mean = mean_of(self.counts) if self.counts is not None else None
        return float(mean) if mean is not None else None


@dataclass(frozen=True)
class Satisfaction:
    """The table: groups in the order of appendix II, and all together; None where nobody answered."""

    rows: tuple[SatisfactionRow, ...] = ()
    total: SatisfactionRow | None = None
    compared: tuple[str, str] | None = None
    """What the change is from and to: titles of rounds, or of an earlier period and this one; None without any."""


def _share(counts: LevelCounts) -> float:
    share = satisfied_share(counts)
    return float(share) if share is not None else 0.0


def satisfaction_of(labels: Sequence[str], now: Counts, *, whole: Counts | None = None, earlier: Counts | None = None,
                    parts: tuple[str, str] | None = None, compared: tuple[str, str] | None = None) -> Satisfaction:
    """The table of some groups. ``earlier`` are the answers of an earlier period; else ``parts`` names two rounds.

    ``whole`` is what ``now``, an earlier day's, has grown to by today: what today tells must not tell more of the day.
    """
    hidden, sizes = _hidden(labels, now)
    if whole is not None:
        hidden |= _hidden_of_day(labels, now, whole)
    old_hidden = _hidden(labels, earlier)[0] if earlier is not None else frozenset()

    def row(place: int, label: str) -> SatisfactionRow:
        counts = None if (place, ALL) in hidden else _sum(now, place)
        change = None
        if counts is not None and earlier is not None and (place, ALL) not in old_hidden:
            change = _change(_sum(earlier, place), counts)
        elif counts is not None and earlier is None and parts is not None and not {
                (place, part) for part in parts} & hidden:
            change = _change(_sum(now, place, parts[0]), _sum(now, place, parts[1]))
        return SatisfactionRow(label, counts, change)

    rows = tuple(row(place, label) for place, label in enumerate(labels, 1) if sizes.get((place, ALL)))
    total = row(_ROOT, "") if sizes.get((_ROOT, ALL)) else None
    changed = any(found.change for found in (*rows, total) if found is not None)
    return Satisfaction(rows, total, compared if changed else None)


def _change(earlier: LevelCounts, later: LevelCounts) -> Change | None:
    """Both, where both have answers."""
    return Change(earlier, later) if earlier.is_shown and later.is_shown else None


def _hidden(labels: Sequence[str], counts: Counts) -> tuple[frozenset[tuple[int, str]], dict[tuple[int, str], int]]:
    """The cells that must not be shown, and how many answers each cell has."""
    tree = Tree(_ROOT, {_ROOT: list(range(1, len(labels) + 1))})
    sizes = tree.add_up({cell: found.n for cell, found in counts.items()})
    return hidden_cells(tree, sizes), sizes


def _hidden_of_day(labels: Sequence[str], day: Counts, whole: Counts) -> frozenset[tuple[int, str]]:
    """Groups of an earlier day that must not be shown beside what is shown of today."""
    by_day = {(place, _BEFORE): _sum(day, place) for place in range(1, len(labels) + 1)}
    after = {(place, _AFTER): LevelCounts((_sum(whole, place).n - _sum(day, place).n, 0, 0, 0, 0))
             for place in range(1, len(labels) + 1)}
    hidden, _sizes = _hidden(labels, by_day | after)
    return frozenset((place, ALL) for place, part in hidden if part in (_BEFORE, ALL))


def _sum(counts: Counts, place: int, part: str | None = None) -> LevelCounts:
    """Answers of a group, or of all; of one part, or of all."""
    return sum((found for (at, of), found in counts.items() if place in (_ROOT, at) and part in (None, of)),
               LevelCounts())


def headline_counts(told: Iterable[Answers], places: Mapping[int, int], rounds: Iterable[int] = ()) -> Counts:
    """Answers to the headline question that may be told of units, by group of ``places`` and by round or the rest."""
    wanted = set(rounds)
    found: defaultdict[tuple[int, str], LevelCounts] = defaultdict(LevelCounts)
    for row in told:
        if row.unit_id in places:
            is_round = row.channel is not SurveyChannel.TALLY and row.source_id in wanted
            part = str(row.source_id) if is_round else _PERIOD
            found[places[row.unit_id], part] += LevelCounts(row.headline_levels.levels)
    return dict(found)


__all__ = ["Change", "Counts", "Satisfaction", "SatisfactionRow", "headline_counts", "satisfaction_of"]
