"""The heat table: counts by row and column, the more the deeper; nothing at all is framed, not left pale."""

from collections.abc import Sequence

from core.chart.words import NARROW, RISE, Measure, approximate_width, clip, wrap
from core.heat import STEPS, Heat, HeatRow
from core.numbers import format_integer
from core.shapes import Chart, Rect, Shape, Text

NAME_SHARE = 0.24
NARROW_NAME_SHARE = 0.32
LEAST_COLUMN = 34.0
"""Columns narrower than this (points) are headed by a number; a key above says which is which."""
HEAD_SIZE, HEAD_LEADING = 9.0, 11.0
CELL_SIZE, CELL_LEADING = 10.0, 12.0
ROW = 17.0
SEAM = 1.0
"""Ground between two cells, points."""
FRAME = 0.75


def heat_table(
    title: str,
    description: str,
    heat: Heat,
    *,
    head: str,
    width: float = 480.0,
    name_lines: int = 8,
    head_lines: int = 6,
    nothing: str = "0",
    measure: Measure = approximate_width,
) -> Chart:
    """Lay out a cell a count, names on the left and heads above of at most so many lines.

    ``head`` is the head of the names in the table behind, ``nothing`` what that says in place of a zero.
    """
    names = width * (NARROW_NAME_SHARE if width < NARROW else NAME_SHARE)
    column = (width - names) / max(len(heat.columns), 1)
    shapes, y = _heads(heat.columns, names, column, width, head_lines, measure)
    size = figure_size(max((count for row in heat.rows for count in row.counts), default=0), column, measure)
    cells: list[Rect] = []
    figures: list[Text] = []
    for row in heat.rows:
        lines = clip(wrap(row.label, names - 6, CELL_SIZE, measure), name_lines, names - 6, CELL_SIZE, measure)
        height = ROW + CELL_LEADING * (len(lines) - 1)
        shapes += [Text(0, y + ROW - RISE + CELL_LEADING * place, line, CELL_SIZE, "label")
                   for place, line in enumerate(lines)]
        for place, (count, step) in enumerate(zip(row.counts, row.steps, strict=True)):
            cell = Rect(names + place * column, y, column - SEAM, height - SEAM, f"heat-{step}")
            cells += _cell(cell, step)
            figures.append(Text(cell.x + cell.width / 2, y + (height + ROW) / 2 - RISE, format_integer(count), size,
                                _figure_role(step), "middle"))
        y += height
    shapes += sorted(cells, key=lambda cell: cell.role != "heat-frame")
    shapes += sorted(figures, key=lambda figure: figure.role)
    return Chart(title, description, width, max(y, 1.0), tuple(shapes), (head, *heat.columns),
                 tuple(_told(row, nothing) for row in heat.rows))


def figure_size(most: int, column: float, measure: Measure) -> float:
    """Return the size at which the largest figure stands in its cell."""
    return min(CELL_SIZE, CELL_SIZE * (column - 3) / measure(format_integer(most), CELL_SIZE))


def _heads(columns: Sequence[str], names: float, column: float, width: float, most: int,
           measure: Measure) -> tuple[list[Shape], float]:
    """Return the heads, standing on the first row, and where that begins."""
    shapes: list[Shape] = []
    y = 0.0
    words: list[str] = list(columns)
    if column < LEAST_COLUMN:
        words = [str(number) for number in range(1, len(columns) + 1)]
        for number, name in zip(words, columns, strict=True):
            for place, line in enumerate(wrap(name, width - 20, HEAD_SIZE, measure)):
                y += HEAD_LEADING + (2 if place == 0 else 0)
                shapes += [Text(0, y, f"{number}.", HEAD_SIZE, "legend")] * (place == 0)
                shapes.append(Text(20, y, line, HEAD_SIZE, "legend"))
        y += 8
    heads = [clip(wrap(word, column - 4, HEAD_SIZE, measure), most, column - 4, HEAD_SIZE, measure) for word in words]
    bottom = y + max((len(lines) for lines in heads), default=1) * HEAD_LEADING + 4
    for place, lines in enumerate(heads):
        middle = names + place * column + column / 2
        shapes += [Text(middle, bottom - 4.5 - HEAD_LEADING * (len(lines) - 1 - number), line, HEAD_SIZE, "label",
                        "middle") for number, line in enumerate(lines)]
    return shapes, bottom


def _cell(cell: Rect, step: int) -> list[Rect]:
    """Return the cell's ground; of nothing within a frame, which grey print shows too."""
    if step:
        return [cell]
    inner = Rect(cell.x + FRAME, cell.y + FRAME, max(cell.width - 2 * FRAME, 0), cell.height - 2 * FRAME, cell.role)
    return [Rect(cell.x, cell.y, cell.width, cell.height, "heat-frame"), inner]


def _figure_role(step: int) -> str:
    """Return the role of a figure on a tint: three inks."""
    return "heat-none" if not step else "heat-deep" if step == STEPS else "heat-figure"


def _told(row: HeatRow, nothing: str) -> tuple[str, ...]:
    """Return the row of the table behind."""
    return (row.label, *(format_integer(count) if count else nothing for count in row.counts))


__all__ = ["ROW", "heat_table"]
