"""What the board consists of; page, PDF and XLSX read these."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from models.unit import UnitKind
from models.waiting import Waiting
from queries.obligation import Completeness, ObligationLine


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One requirement with the count of all units shown to the viewer, before any filter."""

    id: int
    code: str
    label: str
    title: str
    due_on: date
    count: Completeness
    year: int | None = None
    """Of the due day, where another column bears the same label; else None."""

    @property
    def words(self) -> str:
        """The label as documents print it, as "Kế hoạch năm 2024" beside that of 2023."""
        return f"{self.label} {self.year}" if self.year else self.label


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit, or the units among which it was split.

    ``cells`` in the order of the columns: empty where nothing is owed, several lines where several units are one now.
    """

    unit_id: int
    unit_code: str
    unit_name: str
    unit_kind: UnitKind
    district: str
    cells: tuple[tuple[ObligationLine, ...], ...]

    @property
    def lines(self) -> Iterator[ObligationLine]:
        """Everything in the row."""
        return (line for cell in self.cells for line in cell)


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """Units that report to one place, with counts over all of them by column (filters do not change a count)."""

    code: str
    label: str
    rows: tuple[BoardRow, ...]
    counts: tuple[Completeness, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """How many units each choice of a filter would show beside the other filters, whatever is searched for."""

    states: Mapping[str, int]
    waiting: Mapping[Waiting, int]
    kinds: Mapping[UnitKind, int]
    districts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Board:
    """The whole board; ``shown`` is how many units pass the filters, of ``total``."""

    columns: tuple[BoardColumn, ...]
    groups: tuple[BoardGroup, ...]
    shown: int
    total: int
    facets: Facets
    on: date
    """The day at whose end things stood so, or today."""


__all__ = ["Board", "BoardColumn", "BoardGroup", "BoardRow", "Facets"]
