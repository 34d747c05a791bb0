"""Figures by unit of a consolidated report as a list; nothing to report and no figure are told apart in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from exports.layout.figures import EMPTY_WORDS, NIL_WORDS, Room, print_figure
from exports.list_book import Columns, ListColumn
from exports.workbook import MEAN, TEXT
from models.figure import EMPTY, Aggregate, Figure, sum_of
from queries.consolidation.overview import ConsolidationLine, Overview
from queries.figure import IndicatorLine

_DECIMAL = (Aggregate.RATIO, Aggregate.WEIGHTED_SHARE, Aggregate.WEIGHTED_MEAN)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of a group; ``why_not`` says why it has no figures."""

    group: str
    name: str
    why_not: str
    figures: Mapping[str, Figure]


def unit_lines(overview: Overview) -> Iterator[UnitLine]:
    """The units of the page, group by group."""
    for group in overview.groups:
        for row, figures in group.units:
            yield UnitLine(group.label, row.name, "" if row.is_included else row.why_not, figures)


def columns(overview: Overview) -> Columns[UnitLine]:
    """Group, unit, and one column for each of the report's columns; "A1+B1" adds two indicators up."""
    lines = {line.code: line for line in overview.ground.gathered.indicators}
    return (
        ListColumn("Nhóm", lambda line: line.group, 40),
        ListColumn("Đơn vị", lambda line: line.name, 48),
        ListColumn("Chưa có số liệu vì", lambda line: line.why_not, 24),
        *(ListColumn(column.replace("+", " + "), partial(_cell, column, lines[column.split("+")[0]]), 14,
                     MEAN if lines[column.split("+")[0]].aggregate in _DECIMAL else TEXT)
          for column in overview.ground.columns),
    )


def _cell(column: str, indicator: IndicatorLine, line: UnitLine) -> str | int | Decimal | None:
    """One figure; None beside the reason why the unit has none. Rates are per cent."""
    if line.why_not:
        return None
    codes = column.split("+")
    figure = line.figures.get(column, EMPTY) if len(codes) == 1 else sum_of(
        line.figures.get(code, EMPTY) for code in codes)
    if figure.value is None:
        return NIL_WORDS if figure.is_nil else EMPTY_WORDS
    if indicator.aggregate is Aggregate.COUNT_YES:
        return print_figure(figure, indicator.aggregate, Room.PLAIN)
    return figure.value


__all__ = ["UnitLine", "columns", "unit_lines"]

CONSOLIDATIONS: Columns[ConsolidationLine] = (
    ListColumn("Báo cáo", lambda line: line.requirement_title, 50),
    ListColumn("Đơn vị tổng hợp", lambda line: line.unit_name, 44),
    ListColumn("Báo cáo được duyệt", lambda line: line.included, 12),
    ListColumn("Phải tổng hợp", lambda line: line.owed, 12),
    ListColumn("Số bản", lambda line: line.version_count, 10),
    ListColumn("Hạn gửi", lambda line: line.due_on, 14),
    ListColumn("Tình trạng", lambda line: line.status.label if line.status else "Chưa bắt đầu", 18),
)
"""The consolidated reports of all requirements."""
