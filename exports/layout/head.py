"""The head of a printed table: one line of columns, or two where neighbours share a head above theirs."""

from collections.abc import Sequence
from dataclasses import dataclass

from exports.fonts import BOLD, ITALIC
from exports.layout.preset import Style
from exports.layout.rows import LIFT, PADDING, Column, TableStyle
from exports.layout.sheet import Rule, Sheet
from exports.layout.typesetter import Line, Typesetter


@dataclass(frozen=True, slots=True)
class _Box:
    """One cell of the head: its edges in points, whether it stands in the upper, the lower or both lines."""

    left: float
    right: float
    upper: bool
    lower: bool
    words: list[Line]
    unit: list[Line]


class TableHead:
    """A head measured once and painted on every page of its table."""

    def __init__(
        self, typesetter: Typesetter, columns: Sequence[Column], widths: Sequence[float], style: TableStyle
    ) -> None:
        self.bold = Style(face=BOLD, size=style.size, leading=style.leading, align="centre")
        self.italic = Style(face=ITALIC, size=style.size - 1, leading=style.leading, align="centre")
        self._typesetter = typesetter
        self._boxes = self._make_boxes(columns, widths)
        leading = style.leading
        upper = [len(box.words) for box in self._boxes if box.upper and not box.lower]
        lower = [len(box.words) + len(box.unit) for box in self._boxes if box.lower and not box.upper]
        whole = [len(box.words) + len(box.unit) for box in self._boxes if box.upper and box.lower]
        self.upper_height = max(upper, default=0) * leading + 2 * LIFT if upper else 0.0
        self.lower_height = max(max(lower, default=1), 1) * leading + 2 * LIFT
        tallest = max(whole, default=0) * leading + 2 * LIFT
        self.lower_height += max(tallest - self.upper_height - self.lower_height, 0.0)
        self.height = self.upper_height + self.lower_height

    def _make_boxes(self, columns: Sequence[Column], widths: Sequence[float]) -> list[_Box]:
        """The cells of the head from left to right."""
        boxes: list[_Box] = []
        edge = 0.0
        for number, (column, width) in enumerate(zip(columns, widths, strict=True)):
            starts = column.over and (number == 0 or columns[number - 1].over != column.over)
            if starts:
                span = 0.0
                for other, other_width in zip(columns[number:], widths[number:], strict=True):
                    if other.over != column.over:
                        break
                    span += other_width
                boxes.append(
                    _Box(edge, edge + span, True, False, self._wrap(column.over, self.bold, span), [])
                )
            unit = self._wrap(f"({column.unit})", self.italic, width) if column.unit else []
            words = self._wrap(column.heading, self.bold, width)
            boxes.append(_Box(edge, edge + width, not column.over, True, words, unit))
            edge += width
        return boxes

    def _wrap(self, text: str, style: Style, width: float) -> list[Line]:
        return self._typesetter.wrap(text, style, width - 2 * PADDING)

    def draw(self, sheet: Sheet, top: float, rules: list[Rule]) -> float:
        """Paint the head from ``top`` down, add its rules, return its bottom."""
        middle, bottom = top - self.upper_height, top - self.height
        for box in self._boxes:
            ceiling = top if box.upper else middle
            floor = bottom if box.lower else middle
            lines = len(box.words) + len(box.unit)
            free = ceiling - floor - lines * self.bold.leading
            below = sheet.write_block(
                box.words,
                self.bold,
                box.left + PADDING,
                ceiling - free / 2,
                box.right - box.left - 2 * PADDING,
            )
            sheet.write_block(
                box.unit, self.italic, box.left + PADDING, below, box.right - box.left - 2 * PADDING
            )
            rules += [(box.left, ceiling, box.left, floor), (box.right, ceiling, box.right, floor)]
            rules += [(box.left, ceiling, box.right, ceiling), (box.left, floor, box.right, floor)]
        return bottom
