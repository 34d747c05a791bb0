"""A file of rows beside what the portal holds: new, changed, unchanged or wrong, cell by cell. Writes nothing."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from enum import StrEnum
from functools import cached_property

from core.table_file import Fault, Table
from core.translation import N_

Change = tuple[str, str, str]
"""The label of a column, what the portal holds, what the file says."""


class RowState(StrEnum):
    """What a row of a file would do."""

    WRONG = "wrong"
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"

    @property
    def label(self) -> str:
        """The word for it, as 'Có thay đổi'."""
        return {"new": N_("Mới"), "changed": N_("Có thay đổi"), "unchanged": N_("Giữ nguyên"),
                "wrong": N_("Cần sửa")}[self.value]


@dataclass(frozen=True, slots=True)
class RowPreview:
    """One row of a file beside what the portal holds; ``key`` is a code or user name, ``about`` a few more words."""

    number: int
    key: str
    title: str
    about: str = ""
    state: RowState = RowState.UNCHANGED
    changes: tuple[Change, ...] = ()
    """Of a changed row what differs; of a new one what it says, the old text empty."""
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """A whole file: its rows as they stand in it, and every fault."""

    rows: tuple[RowPreview, ...] = ()
    faults: tuple[Fault, ...] = ()

    @cached_property
    def counts(self) -> dict[RowState, int]:
        """How many rows are in each state."""
        found = Counter(row.state for row in self.rows)
        return {state: found[state] for state in RowState}

    @property
    def is_good(self) -> bool:
        """Whether the file may be used."""
        return bool(self.rows) and not self.faults

    @property
    def will_change(self) -> bool:
        """Whether using it would write anything."""
        return self.counts[RowState.NEW] + self.counts[RowState.CHANGED] > 0

    @property
    def general(self) -> tuple[Fault, ...]:
        """Faults of the file as a whole, or of its heads."""
        numbers = {row.number for row in self.rows}
        return tuple(fault for fault in self.faults if fault.row not in numbers)

    @cached_property
    def digest(self) -> str:
        """Changes when the file would do something else than what was looked at: 16 hexadecimal digits."""
        said = [(row.number, row.key, row.state.value, row.changes) for row in self.rows]
        return hashlib.sha256(repr((said, [astuple(fault) for fault in self.faults])).encode()).hexdigest()[:16]


def faults_by_row(faults: Iterable[Fault]) -> dict[int, tuple[Fault, ...]]:
    """Faults by the number of their row."""
    found: dict[int, list[Fault]] = {}
    for fault in faults:
        found.setdefault(fault.row, []).append(fault)
    return {number: tuple(own) for number, own in found.items()}


def compare(table: Table, judged: Mapping[int, RowPreview], faults: Sequence[Fault], key: str,
            title: str) -> Comparison:
    """Put rows that could be judged beside those that could not, in the order of the file.

    ``judged`` maps the number of a row to its preview; ``key`` and ``title`` name the columns to call a wrong row by.
    """
    own = faults_by_row(faults)
    rows = []
    for row in table.rows:
        if row.number in own:
            known = judged.get(row.number)
            rows.append(RowPreview(row.number, row[key], row[title], known.about if known else "", RowState.WRONG,
                                   faults=own[row.number]))
        elif row.number in judged:
            rows.append(judged[row.number])
    listed = {row.number for row in table.rows}
    rows += [RowPreview(number, "", "", state=RowState.WRONG, faults=found)  # torn rows: the cells cannot be told apart
             for number, found in own.items() if number > 1 and number not in listed]
    return Comparison(tuple(sorted(rows, key=lambda row: row.number)), tuple(faults))


__all__ = ["Change", "Comparison", "RowPreview", "RowState", "compare", "faults_by_row"]
