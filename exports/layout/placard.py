"""A sheet for a wall: lines that shrink until they fit, and one code that takes what room is left.

A placard is drawn in the measures of A4 and scaled as a whole, so that A5 looks the same in small. Pages are made
straight on the canvas: a placard is one page whatever stands on it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from reportlab.lib.colors import Color, HexColor, black

from core.tokens import LIGHT
from exports.layout.board import clipped
from exports.layout.preset import Style
from exports.layout.qr import draw_code, quiet_edge
from exports.layout.sheet import CREATOR, Sheet
from exports.layout.typesetter import Line, Typesetter, balance

INK, MUTED, JADE, EDGE = (HexColor(colour) for colour in (LIGHT.ink, LIGHT.muted, LIGHT.jade, LIGHT.edge))
LEADING = 1.24
"""Leading of a line in its size: room for stacked marks."""
CUT = (4, 3)
"""Dashes and gaps of a line to cut along, points."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Lines in one style: ``most`` of them at most, set smaller down to ``smallest`` before dots say there is more."""

    text: str
    style: Style
    most: int = 2
    smallest: float = 9.0
    colour: Color = INK
    gap: float = 0.0
    """Space above, points."""
    rule: float = 0.0
    """A rule below, as a share of the widest line; 0 for none."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A few short facts beside each other, parted by hairlines: (what is large, what stands below)."""

    pairs: tuple[tuple[str, str], ...]
    large: Style
    small: Style
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Code:
    """The code; its edge without the quiet zone lies between ``least`` and ``most`` points."""

    content: str
    least: float
    most: float


Part = Notice | Facts | Code
_Drawing = tuple[float, Callable[[Sheet, float], None]]
"""The height that a part takes, and what draws it from its top down."""


class Placard:
    """Parts below each other on a page of ``width`` × ``height`` points, ``margin`` free on every side."""

    def __init__(self, parts: Sequence[Part], width: float, height: float, margin: float) -> None:
        self.parts = parts
        self.width = width - 2 * margin
        self.height = height - 2 * margin
        self.margin = margin

    def draw(self, sheet: Sheet) -> None:
        """Draw the parts; what the code leaves over parts them evenly."""
        setter = sheet.typesetter
        fixed = {number: self._measure(setter, part) for number, part in enumerate(self.parts)
                 if not isinstance(part, Code)}
        room = self.height - sum(height for height, _ in fixed.values())
        drawings = [fixed.get(number) or self._code(part, room) for number, part in enumerate(self.parts)
                    if number in fixed or isinstance(part, Code)]
        left = self.height - sum(height for height, _ in drawings)
        space = max(left, 0.0) / max(len(drawings) - 1, 1)
        top = self.margin + self.height
        for height, draw in drawings:
            draw(sheet, top)
            top -= height + space
        sheet.setFillColor(black)
        sheet.setStrokeColor(black)

    def _measure(self, setter: Typesetter, part: Part) -> _Drawing:
        """A part whose height follows from its words."""
        if isinstance(part, Notice):
            return self._notice(setter, part)
        assert isinstance(part, Facts)
        return self._facts(setter, part)

    def _notice(self, setter: Typesetter, notice: Notice) -> _Drawing:
        """Lines, and the rule below them."""
        lines, style = fit(setter, notice, self.width)
        height = (notice.gap + len(lines) * style.leading + (6 if notice.rule else 0)) if lines else 0.0

        def draw(sheet: Sheet, top: float) -> None:
            sheet.setFillColor(notice.colour)
            bottom = sheet.write_block(lines, style, self.margin, top - notice.gap, self.width)
            if notice.rule and lines:
                half = notice.rule * max(line[1] for line in lines) / 2
                middle = self.margin + self.width / 2
                sheet.setStrokeColor(notice.colour)
                sheet.rules([(middle - half, bottom - 3, middle + half, bottom - 3)], 0.9)

        return height, draw

    def _facts(self, setter: Typesetter, facts: Facts) -> _Drawing:
        """Columns of equal width."""
        column = self.width / len(facts.pairs)
        room = column - 12
        laid = [(fit(setter, Notice(large, facts.large, 1, colour=JADE), room),
                 fit(setter, Notice(small, facts.small, 2), room)) for large, small in facts.pairs]
        tall = facts.large.leading + max(len(small[0]) for _, small in laid) * facts.small.leading

        def draw(sheet: Sheet, top: float) -> None:
            start = top - facts.gap
            for number, ((large, large_style), (small, small_style)) in enumerate(laid):
                x = self.margin + number * column + 6
                sheet.setFillColor(JADE)
                sheet.write_block(large, large_style, x, start, room)
                sheet.setFillColor(INK)
                sheet.write_block(small, small_style, x, start - facts.large.leading, room)
            sheet.setStrokeColor(EDGE)
            edges = [self.margin + number * column for number in range(1, len(laid))]
            sheet.rules([(x, start, x, start - tall) for x in edges], 0.6)

        return facts.gap + tall, draw

    def _code(self, part: Part, room: float) -> _Drawing:
        """The code with its quiet zone above and below, as large as the room allows."""
        assert isinstance(part, Code)
        shade = 2 * quiet_edge(part.content, 1.0)
        edge = min(max(room / (1 + shade), part.least), part.most)
        quiet = quiet_edge(part.content, edge)

        def draw(sheet: Sheet, top: float) -> None:
            x = self.margin + (self.width - edge) / 2
            draw_code(sheet, part.content, x, top - quiet - edge, edge)

        return edge + 2 * quiet, draw


def fit(setter: Typesetter, notice: Notice, width: float) -> tuple[list[Line], Style]:
    """The lines of a notice in the largest size in which ``most`` lines are enough, and that style."""
    style = notice.style
    while True:
        if len(setter.wrap(notice.text, style, width)) <= notice.most:
            lines = balance(setter, notice.text, style, width)
            if len(lines) <= notice.most:
                return lines, style
        if style.size - 0.5 < notice.smallest:
            return clipped(setter, setter.wrap(notice.text, style, width), style, width, notice.most), style
        style = sized(style, style.size - 0.5)


def sized(style: Style, size: float) -> Style:
    """The style in another size, its leading in step."""
    return replace(style, size=size, leading=size * LEADING)


def cut_lines(sheet: Sheet, lines: Sequence[tuple[float, float, float, float]]) -> None:
    """Dashed hairlines to cut along."""
    sheet.saveState()
    sheet.setStrokeColor(EDGE)
    sheet.setDash(*CUT)
    sheet.rules(lines, 0.5)
    sheet.restoreState()


def grid_cuts(width: float, height: float, across: int, down: int) -> list[tuple[float, float, float, float]]:
    """The lines that part a page into equal pieces."""
    upright = [(width * number / across, 0.0, width * number / across, height) for number in range(1, across)]
    return upright + [(0.0, height * number / down, width, height * number / down) for number in range(1, down)]


def print_pages(pages: Sequence[Callable[[Sheet], None]], size: tuple[float, float], title: str, author: str,
                sheet: type[Sheet] = Sheet) -> bytes:
    """Pages of one size as a file; each is drawn by its function. Equal drawings give equal bytes."""
    buffer = BytesIO()
    canvas = sheet(buffer, pagesize=size, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject(title)
    canvas.setCreator(CREATOR)
    for number, draw in enumerate(pages):
        if number == 0:
            canvas.bookmark(title, 0, size[1])
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


__all__ = ["Code", "Facts", "Notice", "Part", "Placard", "cut_lines", "fit", "grid_cuts", "print_pages", "sized"]
