"""Emulation points as a list: one row a unit, one column a rule."""

from collections.abc import Callable
from dataclasses import dataclass

from exports.list_book import Columns, ListColumn
from exports.workbook import MEAN, Value
from queries.emulation import Group, Standing, Year


@dataclass(frozen=True, slots=True)
class PointLine:
    """One unit; ``with_rank`` says whether its rank may be told."""

    row: Standing
    group: Group
    with_rank: bool


POINTS: Columns[PointLine] = (
    ListColumn("Nhóm", lambda line: line.group.label, 30),
    ListColumn("Đơn vị", lambda line: line.row.unit.name, 48),
    ListColumn("Mã", lambda line: line.row.unit.code, 16),
    ListColumn("Cấp trên", lambda line: line.row.unit.parent_name, 40),
    ListColumn("Điểm chính", lambda line: line.row.score.earned, 12, MEAN),
    ListColumn("Điểm tối đa được xét", lambda line: line.row.score.possible, 12, MEAN),
    ListColumn("Quy về 100", lambda line: line.row.score.main, 12, MEAN),
    ListColumn("Cộng", lambda line: line.row.score.bonus, 10, MEAN),
    ListColumn("Trừ", lambda line: line.row.score.deduction, 10, MEAN),
    ListColumn("Tổng điểm", lambda line: line.row.total, 12, MEAN),
    ListColumn("Hạng", lambda line: str(line.row.rank) if line.with_rank and line.row.rank else None, 10),
)
"""What is told of every year."""


def columns_of(year: Year) -> Columns[PointLine]:
    """The columns of a year, with one a rule; an empty cell where a rule does not apply."""
    rules = tuple(ListColumn(f"{rule.label} (tối đa {rule.points})", _points(rule.code), 16, MEAN)
                  for rule in year.rules)
    return (*POINTS, *rules)


def _points(code: str) -> Callable[[PointLine], Value]:
    """How a line gives its points by a rule."""
    return lambda line: next((point.points for point in line.row.score.points if point.code == code), None)


__all__ = ["POINTS", "PointLine", "columns_of"]
