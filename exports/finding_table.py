"""Tables of findings on paper: of one unit, and of all units with their counts."""

from collections.abc import Iterator, Sequence

from core.dates import format_day
from core.numbers import format_integer
from exports.layout.preset import NOTE
from exports.layout.prose import Prose
from exports.layout.rows import Column, Row, RowKind
from exports.layout.sheet import Block
from exports.layout.table import RowTable
from queries.inspection_annex import FindingRow, FindingTally, InspectionAnnex

NOTHING = "Không còn kiến nghị nào chưa khắc phục."
SUMS = "Đã khắc phục, đã khép lại, chờ xem xét, trong hạn và quá hạn cộng lại bằng số kiến nghị."


def unit_finding_table(rows: Sequence[FindingRow]) -> list[Block]:
    """A unit's findings with its answers."""
    columns = [
        Column("TT", 10, "centre"), Column("Cuộc kiểm tra", 46), Column("Kiến nghị", 72),
        Column("Mức độ", 24), Column("Hạn khắc phục", 24, "centre"), Column("Trả lời của đơn vị", 48),
        Column("Tình trạng", 28)]
    return [RowTable(columns, _unit_rows(rows))]


def _unit_rows(rows: Sequence[FindingRow]) -> Iterator[Row]:
    """One row a finding, in the order given."""
    for number, row in enumerate(rows, start=1):
        yield Row((str(number), row.source, row.what, row.severity, format_day(row.due_on), row.answer, row.state))


def inspection_tables(annex: InspectionAnnex) -> list[Block]:
    """Counts by place with their total, then the findings that are still open, by unit."""
    heads = ("Đơn vị đã kiểm tra", "Đơn vị có kiến nghị", "Kiến nghị", "Đã khắc phục", "Đã khép lại", "Chờ xem xét",
             "Trong hạn", "Quá hạn")
    counts = RowTable([Column("Địa bàn, khối đơn vị", 84), *(Column(head, 21, "right") for head in heads)],
                      _tally_rows(annex))
    open_columns = [
        Column("TT", 10, "centre"), Column("Đơn vị", 46), Column("Kiến nghị", 74), Column("Mức độ", 24),
        Column("Hạn khắc phục", 24, "centre"), Column("Trả lời của đơn vị", 46), Column("Tình trạng", 28)]
    return [Prose(head_words(annex)), counts, Prose(SUMS, NOTE), Prose("Kiến nghị chưa khắc phục xong:"),
            RowTable(open_columns, _open_rows(annex.findings), nothing=NOTHING)]


def head_words(annex: InspectionAnnex) -> str:
    """Counts with their denominators, in one sentence."""
    total = annex.total
    return (f"Tính đến ngày {format_day(annex.as_of)}: {format_integer(annex.inspections)} cuộc kiểm tra trong kỳ tại "
            f"{format_integer(total.visited)}/{format_integer(annex.owed)} đơn vị; {format_integer(total.findings)} "
            f"kiến nghị của {format_integer(total.with_findings)} đơn vị, đã khắc phục "
            f"{format_integer(total.mended)}/{format_integer(total.findings)}, quá hạn "
            f"{format_integer(total.overdue)}/{format_integer(total.findings)}.")


def _tally_rows(annex: InspectionAnnex) -> Iterator[Row]:
    """One row a place, then the total."""
    for tally in annex.tallies:
        yield Row((tally.label, *_cells(tally)))
    yield Row(("TỔNG CỘNG", *_cells(annex.total)), RowKind.TOTAL)


def _cells(tally: FindingTally) -> list[str]:
    """The numbers of one line."""
    return [format_integer(value) for value in (
        tally.visited, tally.with_findings, tally.findings, tally.mended, tally.closed, tally.answered, tally.open,
        tally.overdue)]


def _open_rows(rows: Sequence[FindingRow]) -> Iterator[Row]:
    """One row a finding, in the order given."""
    for number, row in enumerate(rows, start=1):
        yield Row((str(number), row.unit, row.what, row.severity, format_day(row.due_on), row.answer, row.state))


__all__ = ["head_words", "inspection_tables", "unit_finding_table"]
