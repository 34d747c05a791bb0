"""Prose: paragraphs that break over lines and pages, headings that never stand alone at the foot of a page."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from exports.layout.preset import BODY, SECTION, Style
from exports.layout.sheet import Block
from exports.layout.typesetter import Line, bind_numbers

FEW = 2
"""The least number of a paragraph's lines on either side of a page break."""


class Prose(Block):
    """One paragraph in one style. It breaks between lines, never leaving fewer than two on a page."""

    may_overtake = True

    def __init__(self, text: str, style: Style = BODY, lines: Sequence[Line] | None = None) -> None:
        super().__init__()
        self.text = text
        self.style = style
        self.gap = style.gap
        self.is_rest = lines is not None
        """Whether this is the later part of a broken paragraph: no indent, no space above."""
        self.is_open = False
        """Whether the paragraph goes on overleaf, so that its last line is spread too."""
        self._lines = list(lines) if lines is not None else None
        self._width = 0.0

    def lines(self, width: float) -> list[Line]:
        """The paragraph's lines at ``width``; broken once."""
        if self._lines is None:
            bound = self.typesetter.wrap(bind_numbers(self.text), self.style, width)
            self._lines = [(line.replace("\u00a0", " "), length) for line, length in bound]
        self._width = width
        return self._lines

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The size of the paragraph."""
        return width, self.style.leading * len(self.lines(width))

    def split(self, width: float, height: float) -> list[Flowable]:
        """Break at the last line that fits; [] when fewer than two lines would fit or be left."""
        lines = self.lines(width)
        return list(self.cut(min(int(height / self.style.leading + 1e-6), len(lines) - FEW)))

    def cut(self, count: int) -> tuple["Prose", ...]:
        """The paragraph in two after ``count`` lines; () when too few lines would stand on either side."""
        lines = self._lines or []
        if count < FEW or len(lines) - count < FEW:
            return ()
        head = Prose(self.text, self.style, lines[:count])
        head.gap, head.is_rest, head.is_open = self.gap, self.is_rest, True
        tail = Prose(self.text, self.style, lines[count:])
        tail.gap, tail.is_open = 0.0, self.is_open
        return head, tail

    def draw(self) -> None:
        """Write the lines, justified where the style says so."""
        lines, style, width = self._lines or [], self.style, self._width
        top = style.leading * len(lines)
        if style.align != "justify":
            self._draw_ragged(lines, style, width, top)
            return
        inked = []
        last = len(lines) - 1
        for number, (text, length) in enumerate(lines):
            indent = style.left + (style.first if number == 0 and not self.is_rest else 0.0)
            spread = 0.0
            if number < last or self.is_open:
                blanks = text.count(" ") + text.count("\u00a0")
                spread = (width - indent - length) / blanks if blanks else 0.0
            inked.append((indent, top - style.rise - number * style.leading, text, spread))
        if inked:
            self.canv.write_spread(inked, style.face, style.size)

    def _draw_ragged(self, lines: list[Line], style: Style, width: float, top: float) -> None:
        """Write lines that are not justified; a first indent belongs to the first line only."""
        if style.first and lines and not self.is_rest:
            baseline = top - style.rise
            self.canv.write([(style.left + style.first, baseline, lines[0][0])], style.face, style.size)
            lines, top = lines[1:], top - style.leading
        self.canv.write_block(lines, style, 0, top, width)


class Heading(Prose):
    """A heading of the outline; it also stands in the file's table of bookmarks."""

    def __init__(self, text: str, style: Style = SECTION, level: int = 0) -> None:
        super().__init__(text, style)
        self.level = level
        self.may_overtake = level > 0
        self.key = ""

    def split(self, width: float, height: float) -> list[Flowable]:
        """A heading is never broken."""
        return []

    def draw(self) -> None:
        """Write the heading and set its bookmark."""
        self.canv.bookmark(self.text, self.level, self.style.leading * len(self._lines or ()))
        super().draw()


class Together(Block):
    """Blocks under each other of which all but the last stay with the beginning of the last."""

    def __init__(self, *blocks: Flowable) -> None:
        super().__init__()
        self.blocks = blocks
        self.gap = blocks[0].getSpaceBefore()
        self.may_overtake = all(getattr(block, "may_overtake", False) for block in blocks)
        self._width = 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The height of all blocks with the spaces between them."""
        self._width = width
        total = 0.0
        for number, block in enumerate(self.blocks):
            total += block.wrapOn(self.canv, width, height - total)[1]
            total += block.getSpaceBefore() if number else 0.0
        return width, total

    def split(self, width: float, height: float) -> list[Flowable]:
        """Break inside the last block when its beginning fits below the others; [] otherwise."""
        *leaders, last = self.blocks
        used = last.getSpaceBefore() if leaders else 0.0
        for number, block in enumerate(leaders):
            used += block.wrapOn(self.canv, width, height)[1]
            used += block.getSpaceBefore() if number else 0.0
        parts = last.splitOn(self.canv, width, height - used) if height > used else []
        if not parts:
            return []
        head = Together(*leaders, parts[0]) if leaders else parts[0]
        return [head, *parts[1:]]

    def draw(self) -> None:
        """Draw the blocks from the top down."""
        height = sum(block.getSpaceBefore() for block in self.blocks[1:])
        sizes = [block.wrapOn(self.canv, self._width, 1e6)[1] for block in self.blocks]
        top = height + sum(sizes)
        for number, (block, size) in enumerate(zip(self.blocks, sizes, strict=True)):
            top -= size + (block.getSpaceBefore() if number else 0.0)
            block.drawOn(self.canv, 0, top)
