"""Tables that several documents share: figures by indicator, with groups, comparisons and notes."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from core.numbers import format_decimal
from exports.layout.figures import SHORT_NOTE, Room, print_figure
from exports.layout.preset import NOTE
from exports.layout.prose import Prose
from exports.layout.rows import Column, Row, RowKind, TableStyle
from exports.layout.sheet import Block
from exports.layout.table import RowTable
from models.figure import Aggregate, Figure
from queries.document import FigureRow

COMPARISON_NOTE = "Ô so sánh để trống khi một trong hai kỳ không có số để so."
_RATES = frozenset({Aggregate.RATIO, Aggregate.WEIGHTED_SHARE})


def figure_table(figures: Sequence[FigureRow]) -> list[Block]:
    """Figures by indicator and group: planned, this period, cumulative, last year, comparison; with its notes."""
    with_source = any(row.provenance for row in figures)
    columns = [
        Column("Mã", 12, "centre"),
        Column("Chỉ tiêu", 70 if not with_source else 52),
        Column("Đơn vị tính", 20, "centre"),
        Column("Kế hoạch năm", 24, "right"),
        Column("Thực hiện kỳ này", 41, "right"),
        Column("Lũy kế từ đầu năm", 41, "right"),
        Column("Cùng kỳ năm trước", 24, "right"),
        Column("So sánh cùng kỳ", 21, "right"),
    ]
    if with_source:
        columns.append(Column("Nguồn số liệu", 24))
    table = RowTable(columns, _figure_rows(figures, with_source), TableStyle(), "Không có chỉ tiêu nào.")
    return [table, Prose(f"{SHORT_NOTE} {COMPARISON_NOTE}", NOTE)]


def _figure_rows(figures: Sequence[FigureRow], with_source: bool) -> Iterator[Row]:
    """One row an indicator below a heading for each group."""
    for group, rows in groupby(figures, key=lambda row: row.group):
        members = list(rows)
        if group:
            yield Row((group, members[0].group_name or f"Nhóm chỉ tiêu {group}"), RowKind.GROUP)
        for row in members:
            cells = (
                row.code,
                row.name,
                row.unit,
                print_figure(row.planned, row.aggregate, Room.NARROW),
                _with_counts(row.current, row.aggregate),
                _with_counts(row.cumulative, row.aggregate),
                print_figure(row.previous, row.aggregate, Room.NARROW),
                compare(row.current, row.previous, row.aggregate),
            )
            yield Row((*cells, row.provenance) if with_source else cells)


def _with_counts(figure: Figure, aggregate: Aggregate) -> str:
    """A figure with the counts behind a rate, but with the short marks of a narrow cell."""
    return print_figure(figure, aggregate, Room.NARROW if figure.value is None else Room.WIDE)


def compare(current: Figure, previous: Figure, aggregate: Aggregate) -> str:
    """This period against the last: "105,3%", for a rate the difference in points as "+1,2 điểm"; "" if unknown."""
    if current.value is None or previous.value is None:
        return ""
    if aggregate in _RATES:
        return f"{_signed(current.value - previous.value, 1)} điểm"
    if aggregate is Aggregate.WEIGHTED_MEAN:
        return _signed(current.value - previous.value, 2)
    if aggregate is Aggregate.COUNT_YES or previous.value == 0:
        return ""
    return f"{format_decimal(100 * current.value / previous.value, 1)}%"


def _signed(difference: Decimal, places: int) -> str:
    """A difference with its sign as "+1,2" or "−0,4"."""
    text = format_decimal(abs(difference), places)
    return f"{'−' if difference < 0 else '+'}{text}"
