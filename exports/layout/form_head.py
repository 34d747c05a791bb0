"""The head of a form: who asks, whose sheet it is, and the title."""

from collections.abc import Sequence

from exports.fonts import BOLD, ITALIC
from exports.layout.preset import Style
from exports.layout.sheet import Block
from exports.layout.typesetter import Line


class FormHead(Block):
    """Agency names at the left, whose form it is at the right, the title below."""

    def __init__(self, parent: str, agency: str, right: Sequence[str], title: str) -> None:
        super().__init__()
        self.texts = (parent, agency, title)
        self.right = right
        self._size = (0.0, 0.0)
        self._stacks: list[list[tuple[list[Line], Style]]] = []
        self._title: list[Line] = []

    NAME = Style(size=12, leading=15, align="centre")
    AGENCY = Style(face=BOLD, size=12, leading=15, align="centre")
    RIGHT = Style(face=ITALIC, size=10.5, leading=13, align="right")
    TITLE = Style(face=BOLD, size=14, leading=18, align="centre")
    SHARE = 0.56

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Break the names and the title."""
        setter, left = self.typesetter, width * self.SHARE
        self._stacks = [
            [(setter.wrap(self.texts[0], self.NAME, left), self.NAME),
             (setter.wrap(self.texts[1], self.AGENCY, left), self.AGENCY)],
            [(setter.wrap(text, self.RIGHT, width - left - 10), self.RIGHT) for text in self.right],
        ]
        self._title = setter.wrap(self.texts[2], self.TITLE, width)
        self._size = width, self._upper() + 16 + len(self._title) * self.TITLE.leading
        return self._size

    def _upper(self) -> float:
        """The height of the taller column."""
        return max(sum(len(lines) * style.leading for lines, style in stack) for stack in self._stacks)

    def draw(self) -> None:
        """Write both columns, the rule below the agency, and the title."""
        sheet, (width, height) = self.canv, self._size
        left = width * self.SHARE
        for x, room, stack in ((0.0, left, self._stacks[0]), (left + 10, width - left - 10, self._stacks[1])):
            top = height
            for lines, style in stack:
                top = sheet.write_block(lines, style, x, top, room)
            if x == 0.0 and self._stacks[0][1][0]:
                half = 0.2 * max(line[1] for line in self._stacks[0][1][0])
                sheet.rules([(left / 2 - half, top - 2, left / 2 + half, top - 2)], 0.75)
        sheet.bookmark(self.texts[2], 0, height)
        sheet.write_block(self._title, self.TITLE, 0, height - self._upper() - 16, width)


__all__ = ["FormHead"]
