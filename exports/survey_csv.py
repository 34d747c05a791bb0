"""Sheets one by one as CSV for a Vietnamese spreadsheet: UTF-8 with its mark, semicolons, no formula ever.

What people wrote may begin like a formula; a spreadsheet that opened the file would work it out. Such a cell gets an
apostrophe in front, which shows it as text.
"""

import csv
import io
from collections.abc import Iterator
from itertools import islice

from queries.survey.raw import RawSheets

MARK = "\ufeff"
BATCH = 1_000
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First signs that some spreadsheet takes for the beginning of a formula."""


def build(sheets: RawSheets) -> Iterator[bytes]:
    """The file in pieces of some thousand rows; equal sheets give equal bytes."""
    written = _lines([list(map(harmless, sheets.heads))])
    yield (MARK + written).encode()
    texts = [place for place in range(len(sheets.heads)) if place not in sheets.numbers]
    numbers = sorted(sheets.measured)
    while part := list(islice(sheets.rows, BATCH)):
        for row in part:
            for place in texts:
                if row[place] and not row[place][0].isalnum():
                    row[place] = harmless(row[place])
            for place in numbers:
                if "." in row[place]:
                    row[place] = row[place].replace(".", ",")
        yield _lines(part).encode()


def harmless(cell: str) -> str:
    """The cell, with an apostrophe in front where it begins like a formula: ``'=1+1``."""
    return f"'{cell}" if cell.startswith(DANGEROUS) or cell.lstrip().startswith(DANGEROUS) else cell


def _lines(rows: list[list[str]]) -> str:
    """Rows as lines."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerows(rows)
    return buffer.getvalue()


__all__ = ["build", "harmless"]
