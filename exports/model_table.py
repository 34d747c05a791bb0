"""The consolidated report's appendix V: good models, initiatives and examples that were picked."""

from collections.abc import Iterator, Sequence

from exports.layout.rows import Column, Row, RowKind
from exports.layout.sheet import Block
from exports.layout.table import RowTable
from queries.model_annex import ModelLine

COLUMNS = (
    Column("TT", 12, "centre"),
    Column("Mô hình, điển hình", 62),
    Column("Đơn vị", 54),
    Column("Nội dung, kết quả", 124),
)


def model_table(models: Sequence[ModelLine]) -> list[Block]:
    """What was picked, kind by kind."""
    return [RowTable(COLUMNS, _rows(models))]


def _rows(models: Sequence[ModelLine]) -> Iterator[Row]:
    """One row each, numbered through; a heading over each kind."""
    kind = ""
    for number, model in enumerate(models, start=1):
        if model.kind != kind:
            kind = model.kind
            yield Row(("", kind), RowKind.GROUP)
        title = f"{model.title}\n{model.person}" if model.person else model.title
        yield Row((str(number), title, model.unit_name, model.text))
