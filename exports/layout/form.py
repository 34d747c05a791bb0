"""Blocks of a form for a pen: questions with drawn boxes, lines to write on, boxes for a day.

Boxes are drawn, for no face of the papers holds them. The code of a question stands small in the left margin and the
number of an option in small beside its box, so that whoever types a sheet in reads both without looking for them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor, black
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from core.tokens import LIGHT
from exports.fonts import ITALIC, REGULAR
from exports.layout.preset import Style
from exports.layout.sheet import Block, Rule, Sheet
from exports.layout.typesetter import Line

MUTED, EDGE = HexColor(LIGHT.muted), HexColor(LIGHT.edge)
BOX = 4 * mm
"""The edge of a box to cross: room for a pen."""
TEXT = Style(size=12, leading=15)
CODE = Style(size=8, leading=10)
HINT = Style(face=ITALIC, size=10.5, leading=13)
SMALL = 8.0
MARGIN_ROOM = 13 * mm
"""From the text to the left end of a code in the margin."""
WRITE_LEADING = 7.5 * mm
"""Between two lines to write on."""


def boxes(sheet: Sheet, places: Iterable[tuple[float, float]], edge: float = BOX) -> None:
    """Empty boxes by their lower left corners, one path for all."""
    path = sheet.beginPath()
    for x, y in places:
        path.rect(x, y, edge, edge)
    sheet.setStrokeColor(black)
    sheet.setLineWidth(0.8)
    sheet.drawPath(path)


@dataclass(frozen=True, slots=True)
class Option:
    """A box with its number and words."""

    number: str
    words: str


class Asked(Block):
    """The words of a question with its code in the margin, and a hint; what follows must stay with it."""

    gap = 6.0

    def __init__(self, code: str, text: str, hint: str = "") -> None:
        super().__init__()
        self.code, self.text, self.hint = code, text, hint
        self._lines: tuple[list[Line], list[Line], list[Line]] = ([], [], [])
        self._size = (0.0, 0.0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Break the words."""
        setter = self.typesetter
        self._lines = (setter.wrap(self.text, TEXT, width), setter.wrap(self.hint, HINT, width),
                       setter.wrap(self.code, CODE, MARGIN_ROOM - 4))
        self._size = width, max(len(self._lines[0]) * TEXT.leading + len(self._lines[1]) * HINT.leading,
                                len(self._lines[2]) * CODE.leading)
        return self._size

    def split(self, width: float, height: float) -> list[Flowable]:
        """The words of a question are never parted."""
        return []

    def draw(self) -> None:
        """Write words, hint, and the code in the margin."""
        sheet, (width, height) = self.canv, self._size
        bottom = sheet.write_block(self._lines[0], TEXT, 0, height, width)
        sheet.write_block(self._lines[1], HINT, 0, bottom, width)
        sheet.setFillColor(MUTED)
        sheet.write_block(self._lines[2], CODE, -MARGIN_ROOM, height - 3, MARGIN_ROOM)
        sheet.setFillColor(black)


class Options(Block):
    """Boxes with their words, in as many columns as the longest words allow (three at most), read downwards."""

    gap = 3.0
    INDENT = BOX + 16
    MOST_COLUMNS = 3
    MANY = 6
    """From so many options on, one that is too long for a column is broken rather than all set below each other."""

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__()
        self.options = options
        self._laid: list[tuple[Option, list[Line]]] = []
        self._columns = 1
        self._heights: list[float] = []
        self._width = 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Choose the columns and break the words."""
        setter = self.typesetter
        lengths = sorted(setter.line(option.words, REGULAR, TEXT.size)[1] for option in self.options)
        longest = lengths[-1] if lengths else 0.0
        self._columns = max(1, min(self.MOST_COLUMNS, int(width / (longest + self.INDENT + 10)), len(self.options)))
        if self._columns == 1 and len(lengths) >= self.MANY and lengths[-2] + self.INDENT + 10 < width / 2:
            self._columns = 2
        room = width / self._columns - self.INDENT - 6
        self._laid = [(option, setter.wrap(option.words, TEXT, room)) for option in self.options]
        self._heights = [max(len(lines) * TEXT.leading, BOX + 4) + 1 for _, lines in self._laid]
        self._width = width
        return width, max((sum(self._heights[start:stop]) for start, stop in self._spans()), default=0.0)

    def _spans(self) -> list[tuple[int, int]]:
        """First and one past the last option of each column."""
        deep = -(-len(self._laid) // self._columns)
        return [(start, min(start + deep, len(self._laid))) for start in range(0, len(self._laid), max(deep, 1))]

    def split(self, width: float, height: float) -> list[Flowable]:
        """Break a long list in one column between options; [] when it has several or too few fit."""
        self.wrap(width, height)
        used, count = 0.0, 0
        while count < len(self._heights) and used + self._heights[count] <= height:
            used += self._heights[count]
            count += 1
        if self._columns > 1 or count < 2 or len(self.options) - count < 1:
            return []
        return [Options(self.options[:count]), Options(self.options[count:])]

    def draw(self) -> None:
        """Draw the boxes, their numbers and words."""
        sheet, column = self.canv, self._width / self._columns
        top = self.wrap(self._width, 0)[1]
        places, numbers = [], []
        for place, (start, stop) in enumerate(self._spans()):
            y = top
            for number in range(start, stop):
                option, lines = self._laid[number]
                x = place * column
                places.append((x + 11, y - BOX - 2))
                numbers.append((x, y - BOX + 1.5, option.number))
                sheet.write_block(lines, TEXT, x + self.INDENT, y, column)
                y -= self._heights[number]
        boxes(sheet, places)
        sheet.setFillColor(MUTED)
        sheet.write(numbers, REGULAR, SMALL)
        sheet.setFillColor(black)


class WriteLines(Block):
    """Lines to write on: ``count`` of them, over ``share`` of the width, with words before the first."""

    gap = 2.0

    def __init__(self, count: int = 1, share: float = 1.0, before: str = "") -> None:
        super().__init__()
        self.count, self.share, self.before = count, share, before
        self._width = 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """A little more than a pen needs."""
        self._width = width
        return width, self.count * WRITE_LEADING

    def draw(self) -> None:
        """Draw dotted rules and the words before them."""
        sheet = self.canv
        start = 0.0
        if self.before:
            line = self.typesetter.line(self.before, REGULAR, TEXT.size)
            sheet.write([(0.0, (self.count - 1) * WRITE_LEADING + 3, line[0])], REGULAR, TEXT.size)
            start = line[1] + 4
        sheet.saveState()
        sheet.setDash(1, 2)
        sheet.rules([(start if number == self.count - 1 else 0.0, number * WRITE_LEADING + 2,
                      max(self._width * self.share, start + 60), number * WRITE_LEADING + 2)
                     for number in range(self.count)])
        sheet.restoreState()


class DayBoxes(Block):
    """Boxes for a day: two digits, two digits, four digits, parted by slashes."""

    gap = 3.0
    CELL = 6 * mm

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """One line of boxes."""
        return width, self.CELL + 4

    def draw(self) -> None:
        """Draw eight boxes and two slashes."""
        x, places, slashes = 0.0, [], []
        for group, count in enumerate((2, 2, 4)):
            if group:
                slashes.append((x + 2, 5.0, "/"))
                x += 9
            places += [(x + number * self.CELL, 2.0) for number in range(count)]
            x += count * self.CELL
        boxes(self.canv, places, self.CELL)
        self.canv.write(slashes, REGULAR, 13)


class Aside(Block):
    """A framed line for the office: "Ngày thu phiếu" and the like, with room to write."""

    gap = 8.0

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words
        self._lines: list[Line] = []
        self._size = (0.0, 0.0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Break the words."""
        self._lines = self.typesetter.wrap(self.words, HINT, width - 12)
        self._size = width, len(self._lines) * HINT.leading + 10
        return self._size

    def draw(self) -> None:
        """Write the words in a frame."""
        width, height = self._size
        frame: list[Rule] = [(0, 0, width, 0), (0, height, width, height), (0, 0, 0, height), (width, 0, width, height)]
        self.canv.setStrokeColor(EDGE)
        self.canv.rules(frame)
        self.canv.setStrokeColor(black)
        self.canv.write_block(self._lines, HINT, 6, height - 5, width)


class MarkKey(Block):
    """How to mark, drawn: a crossed box is chosen, a filled one is taken back."""

    gap = 4.0

    def __init__(self, chosen: str, taken_back: str) -> None:
        super().__init__()
        self.words = (chosen, taken_back)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """One line."""
        return width, BOX + 6

    def draw(self) -> None:
        """Draw both boxes with their words."""
        sheet, x, y = self.canv, 0.0, 3.0
        for number, words in enumerate(self.words):
            boxes(sheet, [(x, y)])
            if number == 0:
                sheet.rules([(x + 2, y + 2, x + BOX - 2, y + BOX - 2), (x + 2, y + BOX - 2, x + BOX - 2, y + 2)], 1.3)
            else:
                sheet.rect(x, y, BOX, BOX, stroke=0, fill=1)
            line = self.typesetter.line(words, REGULAR, 11)
            sheet.write([(x + BOX + 5, y + 2.5, line[0])], REGULAR, 11)
            x += BOX + line[1] + 24


__all__ = ["BOX", "Aside", "Asked", "DayBoxes", "MarkKey", "Option", "Options", "WriteLines", "boxes"]
