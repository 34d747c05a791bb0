"""Sheets one by one, for the Office: streamed from the driver, in an order that is not that of arrival.

The random keys of sheets order the rows. No day and no place stand in a row, but the unit and the channel, and those
only where the group may be shown: sheets of a unit that may not are left out whole, and where a channel of a unit
may not, none is named (product law 9). Sheets that the Office excluded are left out, too.
"""

import json
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.codebook import BLANK, NOT_APPLICABLE, NOT_ASKED, OUTCOME, Cell, Codebook
from models.disclosure import ALL
from models.question import NUMERIC, TEXTUAL, QuestionKind
from models.survey import SurveyChannel
from queries.survey.compose import Composer
from queries.survey.result import SurveyResult

BATCH = 2_000
RUN = 3
"""Cells that are read together: eight answers to each make some five hundred that a file's writer can remember."""
NOT_APPLICABLE_SIGN, NOT_ASKED_SIGN = "n", "x"
"""As on paper; nothing stands for a question that was left blank."""
_FIXED = ("Đơn vị", "Kênh")
_STATEMENT = text(
    "select p.unit_id, s.channel, s.choices, s.details from survey_sheet s join survey_place p on p.id = s.place_id "
    "where p.round_id = :round_id and s.excluded_reason = '' order by s.id")
Run = tuple[str, ...]
RawRow = list[Hashable]
"""A key for each run of neighbouring cells: where the same was answered, the same key stands."""


@dataclass(frozen=True, slots=True)
class RawSheets:
    """Heads and rows. A cell is a text; ``numbers`` says which columns hold numbers as "4" or "82.5".

    Rows are keys, as ``exports.row_words`` wants them: few are different, and ``runs`` says which cells they stand for.
    """

    heads: tuple[str, ...]
    rows: Iterator[RawRow]
    runs: tuple[Callable[[Any], Run], ...]
    """For each key of a row, how it is read; as many cells together as there are heads."""
    count: int
    """Rows at most; as many where nothing arrives meanwhile."""
    left_out: int
    """Sheets of groups that may not be shown, and sums counted by hand, which are no sheets."""
    numbers: frozenset[int]
    measured: frozenset[int] = frozenset()
    """Of these, columns of numbers that people gave, which may have decimals."""


def get_raw(session: Session, composer: Composer, result: SurveyResult, *, with_texts: bool) -> RawSheets:
    """The sheets of a unit and all below it. One query, read as the rows are taken."""
    book, tree = composer.book, composer.tree
    cells = [place for place, cell in enumerate(book.cells) if with_texts or not _is_text(cell)]
    units = {abs(leaf): leaf for leaf in tree.walk(result.unit_id) if leaf not in tree.children}
    names = {unit: composer.ground.members[unit].name for unit, leaf in units.items()
             if (leaf, ALL) not in composer.hidden}
    labels = {(unit, channel.value): "" if (units[unit], channel.value) in composer.hidden else channel.label
              for unit in names for channel in SurveyChannel}
    count = sum(size for (leaf, channel), size in composer.sheets.items()
                if channel not in (ALL, SurveyChannel.TALLY.value) and leaf in units.values() and abs(leaf) in names)
    heads = (*_FIXED, *(_head(book.cells[place]) for place in cells))
    placed = [(number, book.cells[place]) for number, place in enumerate(cells, start=len(_FIXED))]
    numbers = frozenset(number for number, cell in placed if _is_number(cell))
    measured = frozenset(number for number, cell in placed if cell.has_sum)
    runs = [_Run(run[0], [_signs(book.cells[place]) for place in run]) for run in _runs(cells, book)]
    reads: tuple[Callable[[Any], Run], ...] = (_alone, _alone, *(run.read for run in runs))
    if not result.is_shown:
        return RawSheets(heads, iter(()), reads, 0, result.sheets, numbers, measured)
    rows = _rows(_read(session, result.round.id), book, runs, names, labels)
    return RawSheets(heads, rows, reads, count, result.sheets - count, numbers, measured)


def _alone(key: str) -> Run:
    """A cell that is its own key."""
    return (key,)


class _Run:
    """A few cells beside each other."""

    def __init__(self, first: int, signs: list[list[str]]) -> None:
        self.first, self.last, self.signs = first, first + len(signs), signs

    def read(self, key: bytes | str) -> Run:
        """Packed answers in words; a number, text or day that was given beside them stands for itself."""
        if isinstance(key, str):
            return (key,)
        return tuple([table[value] for table, value in zip(self.signs, key, strict=True)])


def _read(session: Session, round_id: int) -> Iterator[Sequence[Any]]:
    """Rows of the driver, some thousand at a time."""
    options = {"stream_results": True, "yield_per": BATCH}
    for part in session.connection().execute(_STATEMENT, {"round_id": round_id},
                                             execution_options=options).partitions(BATCH):
        yield from part


def _rows(found: Iterator[Sequence[Any]], book: Codebook, runs: Sequence[_Run], names: Mapping[int, str],
          labels: Mapping[tuple[int, str], str]) -> Iterator[RawRow]:
    """Sheets in keys, those of units without a name left out."""
    heads = {(unit, channel): (names[unit], label) for (unit, channel), label in labels.items()}
    parts = [slice(run.first, run.last) for run in runs]
    given = [(number, book.cells[run.first].code) for number, run in enumerate(runs, start=len(_FIXED))
             if _has_detail(book.cells[run.first])]
    for unit, channel, choices, details in found:
        head = heads.get((unit, channel))
        if head is None:
            continue
        row: RawRow = [*head, *[choices[part] for part in parts]]
        if details:
            told = json.loads(details) if isinstance(details, str | bytes) else details
            for number, code in given:
                if code in told:
                    row[number] = str(told[code])
        yield row


def _runs(cells: Sequence[int], book: Codebook) -> Iterator[list[int]]:
    """The places of cells in runs of neighbours, none longer than RUN; a cell whose answer stands beside is alone."""
    run: list[int] = []
    for place in cells:
        is_alone = _has_detail(book.cells[place])
        if run and (is_alone or place != run[-1] + 1 or len(run) == RUN or _has_detail(book.cells[run[-1]])):
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _signs(cell: Cell) -> list[str]:
    """What stands for each byte of a cell."""
    table = [""] * 256
    if cell.question is not None and cell.question.kind is QuestionKind.MULTIPLE:
        table[1], table[2] = "1", "0"
    elif not _has_detail(cell):
        table[1:len(cell.values) + 1] = cell.values
    table[BLANK], table[NOT_APPLICABLE], table[NOT_ASKED] = "", NOT_APPLICABLE_SIGN, NOT_ASKED_SIGN
    return table


def _head(cell: Cell) -> str:
    """The head of a column."""
    return "Kết quả" if cell.code == OUTCOME else cell.code


def _has_detail(cell: Cell) -> bool:
    """Whether its answer stands beside the packed ones."""
    return cell.question is not None and cell.question.kind in (*NUMERIC, *TEXTUAL, QuestionKind.DATE)


def _is_text(cell: Cell) -> bool:
    """Whether people write it in their own words."""
    return cell.question is not None and cell.question.kind in TEXTUAL


def _is_number(cell: Cell) -> bool:
    """Whether its column holds numbers: levels, ticks and numbers given."""
    kind = cell.question.kind if cell.question is not None else None
    return kind in (QuestionKind.SCALE, QuestionKind.GRID, QuestionKind.MULTIPLE, *NUMERIC)


__all__ = ["NOT_APPLICABLE_SIGN", "NOT_ASKED_SIGN", "RawRow", "RawSheets", "get_raw"]
