"""Very many plain rows in a file's own words: what a run of cells looks like is worked out once for each of its values.

A survey's million sheets hold few different answers. Rows therefore come as keys, one for each run of neighbouring
cells, and a row of the file is what is remembered of its keys, one after the other.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

MOST_KNOWN, LONGEST_KNOWN = 2_000, 300
"""Keys of a run that are remembered, and their longest words in signs: free texts hardly ever come twice, and a
questionnaire may ask for thirty of them."""
Read = Callable[[Any], tuple[str, ...]]
"""The cells that a key stands for, as many for every key of a run."""
Spell = Callable[[str], str]
"""What a cell looks like in the file."""


def put(rows: Iterable[Sequence[Hashable]], runs: Sequence[Read], cells: Sequence[Spell]) -> Iterator[str]:
    """Each row in the file's words: a key for each of ``runs``, which together have as many cells as ``cells``."""
    waiting = iter(rows)
    first = next(waiting, None)
    if first is None:
        return
    known, start = list[_Known](), 0
    for read, key in zip(runs, first, strict=True):
        end = start + len(read(key))
        known.append(_Known(read, cells[start:end]))
        start = end
    for row in chain((first,), waiting):
        yield "".join([words[key] for words, key in zip(known, row, strict=True)])


class _Known(dict[Hashable, str]):
    """What the keys of a run look like; worked out when one is first asked for."""

    def __init__(self, read: Read, cells: Sequence[Spell]) -> None:
        super().__init__()
        self.read, self.cells = read, cells

    def __missing__(self, key: Hashable) -> str:
        """The words of a key, remembered where they may come again."""
        words = "".join([spell(value) for spell, value in zip(self.cells, self.read(key), strict=True)])
        if len(words) <= LONGEST_KNOWN:
            if len(self) >= MOST_KNOWN:
                self.clear()
            self[key] = words
        return words


__all__ = ["Read", "Spell", "put"]
