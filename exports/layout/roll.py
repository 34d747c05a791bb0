"""A roll of units by where they stand: a paragraph a state, as many names as there is room for, the rest counted."""

from collections.abc import Sequence
from itertools import islice

from exports.layout.board import CUT_NOTE, INK, MUTED, TITLE, Zone, clipped
from exports.layout.preset import Style
from exports.layout.typesetter import Line

TEXT = Style(size=11, leading=15)
MOST_NAMES = 300
"""Names of one paragraph that are tried; more never fit a page."""


class RollZone(Zone):
    """Pairs (name, state) as "Chưa nộp (39): A; B; …" below a title."""

    is_elastic = True

    def __init__(self, title: str, pairs: Sequence[tuple[str, str]], nothing: str, others: str = "đơn vị khác") -> None:
        super().__init__()
        self.title, self.nothing, self.others = title, nothing, others
        self.states: dict[str, list[str]] = {}
        for name, state in pairs:
            self.states.setdefault(state, []).append(name)
        self._lines: list[Line] = []
        self._last = ""
        self._size = (0.0, 0.0)

    def fit(self, width: float, room: float) -> float:
        """As many names as fit above the line that counts the others."""
        free = max(int((room - TITLE.leading - CUT_NOTE.leading) / TEXT.leading), 0)
        self._lines, left = [], 0
        for state, names in self.states.items():
            lines, shown = self._paragraph(state, names, width, free - len(self._lines)) if not left else ([], 0)
            self._lines += lines
            left += len(names) - shown
        self._last = f"… và {left} {self.others}." if left else "" if self.states else self.nothing
        self._size = width, TITLE.leading + len(self._lines) * TEXT.leading + bool(self._last) * CUT_NOTE.leading
        return self._size[1]

    def _paragraph(self, state: str, names: Sequence[str], width: float, most: int) -> tuple[list[Line], int]:
        """The lines of one state, and how many of its names they hold."""
        low, high = 0, min(len(names), MOST_NAMES)
        best: list[Line] = []
        while low < high:
            middle = (low + high + 1) // 2
            text = f"{state} ({len(names)}): {'; '.join(islice(names, middle))}"
            lines = self.typesetter.wrap(f"{text}{'.' if middle == len(names) else ';'}", TEXT, width)
            if len(lines) <= most:
                low, best = middle, lines
            else:
                high = middle - 1
        return best, low

    def draw(self) -> None:
        """Write the title, the paragraphs and what was left out."""
        width, height = self._size
        sheet, setter = self.canv, self.typesetter
        sheet.setFillColor(INK)
        title = clipped(setter, setter.wrap(self.title, TITLE, width), TITLE, width, 1)
        top = sheet.write_block(title, TITLE, 0, height, width)
        top = sheet.write_block(self._lines, TEXT, 0, top, width)
        if self._last:
            sheet.setFillColor(MUTED)
            line = setter.line(self._last, CUT_NOTE.face, CUT_NOTE.size)
            sheet.write_block([line], CUT_NOTE, 0, top, width)
