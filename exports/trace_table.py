"""The annex "Nguồn của nội dung": for each sentence of the report its figures and the units' reports it came from."""

from collections.abc import Iterator, Sequence

from exports.layout.rows import Column, Row, RowKind
from exports.layout.sheet import Block
from exports.layout.table import RowTable
from queries.trace_annex import TraceLine

SOURCES = "Nguồn của nội dung"
COLUMNS = (
    Column("Câu", 14, "centre"),
    Column("Nội dung trong báo cáo", 130),
    Column("Nguồn: chỉ tiêu, đơn vị, bản báo cáo, ngày gửi", 108),
)


def trace_table(lines: Sequence[TraceLine]) -> list[Block]:
    """The sentences heading by heading, numbered under each."""
    return [RowTable(COLUMNS, _rows(lines))]


def _rows(lines: Sequence[TraceLine]) -> Iterator[Row]:
    """One row a sentence; a row over each heading."""
    heading = ""
    for line in lines:
        if line.heading != heading:
            heading = line.heading
            yield Row(("", heading), RowKind.GROUP)
        yield Row((str(line.number), line.text, line.source))
