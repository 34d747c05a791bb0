"""The subject of an official letter (công văn): "V/v …" centred under its number (Decree 30/2020/NĐ-CP, cell 5b)."""

from reportlab.platypus import Flowable

from exports.fonts import REGULAR, require
from exports.layout.letterhead import Letterhead
from exports.layout.preset import Style
from exports.layout.sheet import Block
from exports.layout.typesetter import Line, balance

ABOUT = require("V/v")
STYLE = Style(face=REGULAR, size=12, leading=15, align="centre")
BELOW = 4.0


class LetterSubject(Block):
    """The subject in the left column of the letterhead above it, upright, 12 pt, 6 pt below the number."""

    gap = 6.0

    def __init__(self, letterhead: Letterhead, subject: str) -> None:
        super().__init__()
        self.letterhead = letterhead
        self.subject = subject
        self._lines: list[Line] = []
        self._size = (0.0, 0.0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Break the subject into balanced lines of the left column, which the letterhead has measured."""
        self._lines = balance(self.typesetter, f"{ABOUT} {self.subject}", STYLE, self.letterhead.left_width)
        self._size = width, STYLE.leading * len(self._lines) + BELOW
        return self._size

    @property
    def lines(self) -> list[Line]:
        """The lines of the subject, once they were broken."""
        return self._lines

    def split(self, width: float, height: float) -> list[Flowable]:
        """The subject is never parted."""
        return []

    def draw(self) -> None:
        """Write the lines."""
        self.canv.write_block(self._lines, STYLE, 0, self._size[1], self.letterhead.left_width)
