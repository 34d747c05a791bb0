"""The consolidated report's appendices II to IV: figures by unit, who sent what when, the plan's appendix."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth

from core.dates import format_day
from core.numbers import roman
from exports.fonts import BOLD, ITALIC
from exports.layout.figures import EMPTY_SHORT, SHORT_NOTE, Room, print_figure
from exports.layout.preset import NOTE
from exports.layout.prose import Prose
from exports.layout.rows import PADDING, Column, Row, RowKind, TableStyle
from exports.layout.sheet import Block
from exports.layout.table import RowTable
from models.figure import EMPTY, Aggregate, Figure, sum_of
from queries.document import (
    AppendixLine,
    ConsolidatedDocument,
    FigureRow,
    SubmissionLine,
    UnitFigures,
)

SMALL = TableStyle(size=10, leading=12.5)
TABLE_WIDTH, NUMBER_WIDTH, LEAST_NAME, MOST_NAME, NARROWEST = 252.0, 12.0, 38.0, 76.0, 10.2
"""Widths of appendix II in mm: the whole, the numbers, names at least and at most, a column of figures at least."""
WIDEST_RATE = "100,00%"
RATES = frozenset({Aggregate.RATIO, Aggregate.WEIGHTED_SHARE})
CHILDREN_NOTE = (
    "Trường in nghiêng là trường trực thuộc phòng, đã nằm trong số liệu của phòng, không cộng thêm."
)


class UnitColumns:
    """The columns of appendix II: codes, how each is aggregated, and how a unit's cells are printed."""

    def __init__(self, document: ConsolidatedDocument) -> None:
        self.heads = document.unit_columns
        self.rows: Mapping[str, FigureRow] = {row.code: row for row in document.figures}
        self.codes = [tuple(code.split("+")) for _, code in document.unit_columns]
        self.aggregates = [self._aggregate(codes) for codes in self.codes]

    def _aggregate(self, codes: tuple[str, ...]) -> Aggregate:
        row = self.rows.get(codes[0])
        return row.aggregate if row and len(codes) == 1 else Aggregate.SUM

    def cells(self, figures: Mapping[str, Figure]) -> list[str]:
        """The printed cells of one line."""
        printed = []
        for codes, aggregate in zip(self.codes, self.aggregates, strict=True):
            if len(codes) == 1:
                figure = figures.get(codes[0], EMPTY)
            else:
                figure = sum_of(figures.get(code, EMPTY) for code in codes)
            printed.append(print_figure(figure, aggregate, Room.NARROW))
        return printed

    def columns(self, widest: Sequence[str]) -> list[Column]:
        """Number, unit, and one column a code, as wide as its text in ``widest``, its head and its unit need.

        Figures too wide for the page share what numbers and names leave, and break after a dot.
        """
        columns = [Column("TT", NUMBER_WIDTH, "centre"), Column("Đơn vị", 0)]
        for place, ((heading, _), text) in enumerate(zip(self.heads, widest, strict=True)):
            parts = [f"{part}+" for part in heading.split("+")[:-1]] + heading.split("+")[-1:]
            samples = (text, *parts, WIDEST_RATE if self.aggregates[place] in RATES else "")
            row = self.rows.get(self.codes[place][0])
            unit = row.unit if row else ""
            widths = [stringWidth(sample, BOLD, SMALL.size) for sample in samples]
            widths += [stringWidth(word, ITALIC, SMALL.size - 1) for word in f"({unit})".split()]
            columns.append(Column(heading, max((max(widths) + 2 * PADDING + 1) / mm, NARROWEST), "right", unit))
        room, wanted = TABLE_WIDTH - NUMBER_WIDTH - LEAST_NAME, sum(column.width for column in columns[2:])
        if wanted > room:
            columns[2:] = [replace(column, width=column.width * room / wanted) for column in columns[2:]]
        spare = TABLE_WIDTH - sum(column.width for column in columns)
        columns[1] = Column("Đơn vị", min(max(spare, LEAST_NAME), MOST_NAME))
        return columns

    def legend(self) -> str:
        """What the codes of the heads stand for: "A1: văn bản chỉ đạo…; B1: …"."""
        named = [
            f"{heading}: {' cộng '.join(self.rows[code].name if code in self.rows else code for code in codes)}"
            for (heading, _), codes in zip(self.heads, self.codes, strict=True)
        ]
        return "; ".join(named)


def unit_table(document: ConsolidatedDocument) -> list[Block]:
    """Figures by unit in groups with their totals, schools below their district, and the grand total."""
    shape = UnitColumns(document)
    totals = [
        shape.cells(document.grand_total),
        *(shape.cells(group.total) for group in document.unit_groups),
    ]
    widest = [max(texts, key=len) for texts in zip(*totals, strict=True)]
    table = RowTable(shape.columns(widest), _unit_rows(document, shape), SMALL, "Không có đơn vị nào.")
    has_children = any(unit.children for group in document.unit_groups for unit in group.units)
    notes = [SHORT_NOTE, CHILDREN_NOTE] if has_children else [SHORT_NOTE]
    blocks: list[Block] = [table, Prose(" ".join(notes), NOTE)]
    if shape.heads:
        blocks.append(Prose(f"Ký hiệu cột: {shape.legend()}.", NOTE))
    return blocks


def _unit_rows(document: ConsolidatedDocument, shape: UnitColumns) -> Iterator[Row]:
    """Groups, units, their schools, totals."""
    for number, group in enumerate(document.unit_groups, start=1):
        yield Row((roman(number), group.label), RowKind.GROUP)
        for place, unit in enumerate(group.units, start=1):
            yield _unit_row(str(place), unit, shape, RowKind.PLAIN)
            for child_place, child in enumerate(unit.children, start=1):
                yield _unit_row(f"{place}.{child_place}", child, shape, RowKind.CHILD)
        yield Row(("", f"Cộng {group.label}", *shape.cells(group.total)), RowKind.TOTAL)
    if document.unit_groups:
        yield Row(("", "TỔNG CỘNG", *shape.cells(document.grand_total)), RowKind.TOTAL)


def _unit_row(mark: str, unit: UnitFigures, shape: UnitColumns, kind: RowKind) -> Row:
    """One unit's line; a unit without frozen figures says why."""
    name = f"{unit.name} ({unit.status[:1].lower()}{unit.status[1:]})" if unit.status else unit.name
    return Row((mark, name, *shape.cells(unit.figures)), kind)


def submission_table(lines: Sequence[SubmissionLine]) -> list[Block]:
    """Who sent the plan and the report, under which number, when, and in which state."""
    columns = [
        Column("TT", 10.5, "centre"),
        Column("Đơn vị", 78.5),
        Column("Số, ký hiệu", 25.5, "centre", over="Kế hoạch"),
        Column("Ngày gửi", 18.6, "centre", over="Kế hoạch"),
        Column("Tình trạng", 27.4, "centre", over="Kế hoạch"),
        Column("Số, ký hiệu", 25.5, "centre", over="Báo cáo"),
        Column("Ngày gửi", 18.6, "centre", over="Báo cáo"),
        Column("Ngày duyệt", 19.6, "centre", over="Báo cáo"),
        Column("Tình trạng", 27.4, "centre", over="Báo cáo"),
    ]
    return [RowTable(columns, _submission_rows(lines), SMALL, "Không có đơn vị nào.")]


def _submission_rows(lines: Sequence[SubmissionLine]) -> Iterator[Row]:
    """One row a unit, numbered within its group."""
    group, number = 0, 0
    for line in lines:
        if line.is_group:
            group, number = group + 1, 0
            yield Row((roman(group), line.unit_name), RowKind.GROUP)
            continue
        number += 1
        yield Row(
            (
                str(number),
                line.unit_name,
                line.plan_number or EMPTY_SHORT,
                _day(line.plan_on),
                line.plan_status or EMPTY_SHORT,
                line.report_number or EMPTY_SHORT,
                _day(line.report_on),
                _day(line.accepted_on),
                line.report_status or EMPTY_SHORT,
            )
        )


def _day(day: date | None) -> str:
    return format_day(day) if day else EMPTY_SHORT


def appendix_table(lines: Sequence[AppendixLine]) -> list[Block]:
    """The rows of the plan's appendix with what came of them."""
    columns = [
        Column("TT", 12, "centre"),
        Column("Nội dung tuyên truyền", 68),
        Column("Hình thức tuyên truyền", 58),
        Column("Đơn vị thực hiện", 44),
        Column("Kết quả (số lượng)", 42),
        Column("Đánh giá", 28),
    ]
    rows = (
        Row((str(number), line.content, line.forms, line.units, line.result, line.assessment))
        for number, line in enumerate(lines, start=1)
    )
    return [RowTable(columns, rows)]
