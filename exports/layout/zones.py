"""Zones of the summary: facts as big numbers, sentences, and pairs of a unit and its state."""

from collections.abc import Sequence

from reportlab.lib.colors import HexColor

from core.tokens import LIGHT
from exports.fonts import BOLD, ITALIC, REGULAR
from exports.layout.board import CUT_NOTE, INK, JADE, MUTED, TITLE, Zone, clipped
from exports.layout.preset import Style
from exports.layout.typesetter import Line
from queries.document import SummaryFact

HAIR = HexColor(LIGHT.line)
SMALL = Style(size=11, leading=15)
ITEM = Style(size=13, leading=17)


class FactsZone(Zone):
    """Facts as big numbers, four a row, at most two rows."""

    ACROSS, MOST = 4, 8
    HEIGHT = 66.0
    LABEL = Style(size=10.5, leading=12.5)
    NOTE = Style(face=ITALIC, size=10.5, leading=12.5)
    BIGGEST, SMALLEST = 22.0, 9.0

    def __init__(self, facts: Sequence[SummaryFact]) -> None:
        super().__init__()
        self.facts = facts[: self.MOST]
        self._width = 0.0

    def fit(self, width: float, room: float) -> float:
        """One or two rows of cards."""
        self._width = width
        return self._rows() * (self.HEIGHT + 6) - 6 if self.facts else 0.0

    def _rows(self) -> int:
        return -(-len(self.facts) // self.ACROSS)

    def draw(self) -> None:
        """Draw one card a fact."""
        across = min(self.ACROSS, len(self.facts)) or 1
        width = (self._width - 6 * (across - 1)) / across
        top = self._rows() * (self.HEIGHT + 6) - 6
        for number, fact in enumerate(self.facts):
            row, place = divmod(number, across)
            self._card(fact, place * (width + 6), top - row * (self.HEIGHT + 6), width)

    def _card(self, fact: SummaryFact, x: float, top: float, width: float) -> None:
        """A number, what it counts, and over what."""
        sheet, setter, room = self.canv, self.typesetter, width - 12
        sheet.setStrokeColor(HAIR)
        sheet.rect(x, top - self.HEIGHT, width, self.HEIGHT)
        size = self.BIGGEST
        while size > self.SMALLEST and setter.line(fact.value, BOLD, size)[1] > room:
            size -= 1
        value = Style(face=BOLD, size=size, leading=28)
        sheet.setFillColor(JADE)
        sheet.write_block(
            clipped(setter, setter.wrap(fact.value, value, room), value, room, 1), value, x + 6, top, room
        )
        sheet.setFillColor(INK)
        label = clipped(
            setter, setter.wrap(fact.label, self.LABEL, room), self.LABEL, room, 2 if fact.note else 3
        )
        below = sheet.write_block(label, self.LABEL, x + 6, top - 27, room)
        sheet.setFillColor(MUTED)
        note = clipped(
            setter, setter.wrap(fact.note, self.NOTE, room), self.NOTE, room, 1 if len(label) > 1 else 2
        )
        sheet.write_block(note, self.NOTE, x + 6, below, room)


class SentencesZone(Zone):
    """Sentences as dash paragraphs; what has no room is counted."""

    is_elastic = True
    INDENT = 12.0

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__()
        self.sentences = sentences
        self._lines: list[tuple[float, Line]] = []

    def fit(self, width: float, room: float) -> float:
        """As many whole sentences as fit; a sentence too long for the page ends with dots."""
        setter, room = self.typesetter, room - ITEM.leading
        self._lines = []
        for number, sentence in enumerate(self.sentences):
            lines = setter.wrap(sentence, ITEM, width - self.INDENT)
            free = int(room / ITEM.leading) - len(self._lines)
            if len(lines) > free and (number or free < 1):
                rest = f"… và {len(self.sentences) - number} ý khác trong báo cáo đầy đủ."
                self._lines.append((0.0, setter.line(rest, REGULAR, ITEM.size)))
                break
            lines = clipped(setter, lines, ITEM, width - self.INDENT, max(free, 1))
            marked = [(self.INDENT if place else 0.0, line) for place, line in enumerate(lines)]
            if marked:
                marked[0] = (0.0, (f"–\u00a0{lines[0][0]}", 0.0))
            self._lines += marked
        return len(self._lines) * ITEM.leading

    def draw(self) -> None:
        """Write the lines."""
        top = len(self._lines) * ITEM.leading
        self.canv.setFillColor(INK)
        self.canv.write(
            [
                (x, top - ITEM.rise - number * ITEM.leading, line[0])
                for number, (x, line) in enumerate(self._lines)
            ],
            ITEM.face,
            ITEM.size,
        )


class ListZone(Zone):
    """Pairs (unit, state) in two columns below a title; those without room are counted."""

    is_elastic = True
    ACROSS = 2
    OTHERS = "đơn vị khác"
    """What those without room are called."""

    def __init__(self, title: str, pairs: Sequence[tuple[str, str]], nothing: str) -> None:
        super().__init__()
        self.title = title
        self.pairs = pairs
        self.nothing = nothing
        self._entries: list[list[Line]] = []
        self._rest = 0
        self._size = (0.0, 0.0)

    def fit(self, width: float, room: float) -> float:
        """As many pairs as both columns hold, each on at most two lines."""
        column = width / self.ACROSS - 8
        most = max(int((room - TITLE.leading) / SMALL.leading) - 1, 0)
        used = [0] * self.ACROSS
        self._entries = []
        for name, state in self.pairs:
            lines = self._entry(name, state, column)
            place = len(self._entries) % self.ACROSS
            if used[place] + len(lines) > most:
                break
            used[place] += len(lines)
            self._entries.append(lines)
        self._rest = len(self.pairs) - len(self._entries)
        last = 1 if self._rest or not self.pairs else 0
        self._size = width, TITLE.leading + (max(used) + last) * SMALL.leading
        return self._size[1]

    def _entry(self, name: str, state: str, width: float) -> list[Line]:
        """A unit and its state on at most two lines; a long name gives way, never the state."""
        setter = self.typesetter
        lines = setter.wrap(f"{name}: {state}", SMALL, width)
        if len(lines) <= 2:
            return lines
        named = clipped(setter, setter.wrap(name, SMALL, width), SMALL, width, 1)
        return [*named, *clipped(setter, setter.wrap(state, SMALL, width), SMALL, width, 1)]

    def draw(self) -> None:
        """Write the title, the columns and what was left out."""
        width, height = self._size
        sheet, setter = self.canv, self.typesetter
        sheet.setFillColor(INK)
        sheet.write_block([setter.line(self.title, TITLE.face, TITLE.size)], TITLE, 0, height, width)
        tops = [height - TITLE.leading] * self.ACROSS
        for number, lines in enumerate(self._entries):
            place = number % self.ACROSS
            tops[place] = sheet.write_block(lines, SMALL, place * width / self.ACROSS, tops[place], width)
        last = f"… và {self._rest} {self.OTHERS}." if self._rest else "" if self.pairs else self.nothing
        if last:
            sheet.setFillColor(MUTED)
            line = setter.line(last, CUT_NOTE.face, CUT_NOTE.size)
            sheet.write_block([line], CUT_NOTE, 0, min(tops), width)
