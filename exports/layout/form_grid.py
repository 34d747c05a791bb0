"""Grids of a form for a pen: items down, levels across, a drawn box in every cell; the head on every page."""

from collections.abc import Iterable, Sequence

from exports.layout.form import BOX, boxes
from exports.layout.rows import Column, Row, RowKind, TableStyle
from exports.layout.table import RowTable, TablePage


class GridPage(TablePage):
    """The rows of a grid on one page, with a box in every column of a level."""

    FIRST = 2
    """Columns before the boxes: code and words."""

    def draw(self) -> None:
        """Draw the boxes, then text and rules as every table has them."""
        edges = [0.0]
        for width in self.widths:
            edges.append(edges[-1] + width)
        top = self.height - self.head.height
        places: list[tuple[float, float]] = []
        for row in self.rows:
            if row.kind is RowKind.PLAIN and not row.is_broken:
                y = top - row.height / 2 - BOX / 2
                for number in range(self.FIRST, len(self.widths)):
                    if not row.cells[number]:
                        places.append(((edges[number] + edges[number + 1] - BOX) / 2, y))
            top -= row.height
        boxes(self.canv, places)
        super().draw()


class Grid(RowTable):
    """A table of items on the same levels; a cell that holds no words gets a box."""

    page_kind = GridPage


def grid_of(labels: Sequence[str], rows: Iterable[Row], with_not_applicable: str = "") -> Grid:
    """A grid: code, words, a column a level and, where offered, one for "không áp dụng"."""
    heads = [f"{number}. {label}" for number, label in enumerate(labels, start=1)]
    heads += [f"n. {with_not_applicable}"] if with_not_applicable else []
    columns = [Column("Câu", 10, "centre"), Column("Nội dung", 172 - 17 * len(heads)),
               *(Column(head, 17, "centre") for head in heads)]
    return Grid(columns, rows, TableStyle(size=10, leading=12))


__all__ = ["Grid", "grid_of"]
