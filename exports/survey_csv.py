"""Sheets one by one as CSV for a Vietnamese spreadsheet: UTF-8 with its mark, semicolons, no formula ever.

What people wrote may begin like a formula; a spreadsheet that opened the file would work it out. Such a cell gets an
apostrophe in front, which shows it as text.
"""

import re
from collections.abc import Iterator
from itertools import islice

from exports.row_words import Spell, put
from queries.survey.raw import RawSheets

MARK, SEPARATOR, END = "\ufeff", ";", "\r\n"
BATCH = 1_000
_SIGNS = re.compile('[;"\r\n]')
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First signs that some spreadsheet takes for the beginning of a formula."""


def build(sheets: RawSheets) -> Iterator[bytes]:
    """The file in pieces of some thousand rows; equal sheets give equal bytes."""
    yield (MARK + SEPARATOR.join(_quote(harmless(head)) for head in sheets.heads) + END).encode()
    last = len(sheets.heads) - 1
    cells = [_spell(place, sheets, END if place == last else SEPARATOR) for place in range(last + 1)]
    lines = put(sheets.rows, sheets.runs, cells)
    while part := "".join(islice(lines, BATCH)):
        yield part.encode()


def harmless(cell: str) -> str:
    """The cell, with an apostrophe in front where it begins like a formula: ``'=1+1``."""
    return f"'{cell}" if cell.startswith(DANGEROUS) or cell.lstrip().startswith(DANGEROUS) else cell


def _spell(place: int, sheets: RawSheets, end: str) -> Spell:
    """How a column's cells are written, with what ends them: numbers with a decimal comma, texts harmless."""
    if place in sheets.measured:
        return lambda cell: _quote(cell.replace(".", ",")) + end
    if place in sheets.numbers:
        return lambda cell: _quote(cell) + end
    return lambda cell: _quote(harmless(cell)) + end


def _quote(cell: str) -> str:
    """The cell, in quotes where it holds a sign of the format."""
    return '"' + cell.replace('"', '""') + '"' if _SIGNS.search(cell) else cell


__all__ = ["build", "harmless"]
